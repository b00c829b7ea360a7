import assert from 'node:assert/strict';
import type { ProcessReport, ThreadReport } from '../../src/model/report';
import { ownThreads, programPath, record, runCommand } from '../support/cviz';

interface Expected {
  readonly code: number | null;
  readonly signal: string | null;
  /** Message of the main thread's error. */
  readonly error?: string;
  readonly worker?: { readonly code: number | null; readonly error?: RegExp };
}

const ends: Readonly<Record<string, Expected>> = {
  natural: { code: 0, signal: null },
  exit: { code: 9, signal: null },
  exitCode: { code: 10, signal: null },
  exitInListener: { code: 12, signal: null },
  throw: { code: 1, signal: null, error: 'thrown on purpose' },
  reject: { code: 1, signal: null, error: 'rejected on purpose' },
  signal: { code: null, signal: 'SIGTERM' },
  kill: { code: null, signal: 'SIGKILL' },
  abort: { code: null, signal: 'SIGABRT' },
  workerThrows: {
    code: 1,
    signal: null,
    error: 'worker threw',
    worker: { code: 1, error: /^worker threw$/ },
  },
  workerExits: { code: 0, signal: null, worker: { code: 4 } },
  workerTerminated: { code: 0, signal: null, worker: { code: 1 } },
  workerOutOfMemory: {
    code: 1,
    signal: null,
    error: 'Worker terminated due to reaching memory limit: JS heap out of memory',
    worker: { code: 1 },
  },
};

/** Node hears of a worker's error before its end or together with it, as it happens, and shows that in the trace. */
function stable(stderr: string): string {
  return stderr.replace(/^ +at (\[kOnExit\]|Worker\.<computed>\.onexit) .*\n/gm, '');
}

describe('how threads and processes end', () => {
  for (const [name, expected] of Object.entries(ends)) {
    it(name, async () => {
      const program = [programPath('ends.js'), name];
      const bare = await runCommand(process.execPath, program);
      const { report, ...recorded } = await record(program);
      assert.equal(recorded.code, bare.code, 'exit code is the program’s own');
      assert.equal(recorded.signal, bare.signal, 'so is the signal');
      assert.equal(recorded.stdout, bare.stdout);
      assert.equal(stable(recorded.stderr), stable(bare.stderr));
      const root = report.processes[0] as ProcessReport;
      const [main, worker] = ownThreads(root) as [ThreadReport, ThreadReport | undefined];
      assert.deepEqual(root.exit, { code: expected.code, signal: expected.signal });
      assert.equal(main.error?.message, expected.error);
      assert.equal(worker?.exit?.code, expected.worker?.code);
      if (expected.worker?.error !== undefined)
        assert.match(worker?.error?.message ?? '', expected.worker.error);
      assert.notEqual(root.endMs, null);
    });
  }

  it('a worker made from source text without eval: its error is on the worker, with its line', async () => {
    const program = [programPath('ends.js'), 'sourceWithoutEval'];
    const bare = await runCommand(process.execPath, program);
    const { report, ...recorded } = await record(program);
    assert.equal(recorded.code, 1);
    assert.equal(recorded.stderr, bare.stderr);
    const worker = ownThreads(report.processes[0] as ProcessReport)[1];
    assert.equal(worker?.error?.code, 'ERR_WORKER_PATH');
    assert.match(worker.spawnedAt ?? '', /ends\.js:\d+$/);
    assert.notEqual(worker.endMs, null);
  });
});

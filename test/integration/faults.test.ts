import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TraceRecord } from '../../src/trace/records';
import {
  inParallel,
  makeTemporaryDirectory,
  ownEnvironment,
  probedEnvironment,
  programPath,
  readLog,
  runBareAndProbed,
  runCommand,
  type BareAndProbed,
  type Ended,
} from '../support/cviz';

/** Lines of several threads and processes, whose order is nobody's promise. */
function lines(text: string): string[] {
  return text.split('\n').sort();
}

function assertSame({ bare, probed }: BareAndProbed): void {
  assert.deepEqual(lines(probed.stdout), lines(bare.stdout));
  assert.equal(probed.stderr, bare.stderr);
  assert.deepEqual([probed.code, probed.signal], [bare.code, bare.signal]);
}

/** What is missing of the steps whose lines came out. */
function missingSteps(directory: string, stdout: string): string[] {
  const records: TraceRecord[] = [];
  for (const name of readdirSync(directory)) records.push(...readLog(path.join(directory, name)));
  const steps = stdout.split('\n').slice(0, -1);
  return [...new Set(steps)].flatMap((step) => {
    const done = steps.filter((its) => its === step).length;
    const written = records.filter((record) => record.kind === step).length;
    return written < done ? [`${step}: ${written} of ${done}`] : [];
  });
}

interface Killed {
  readonly steps: number;
  readonly missing: readonly string[];
}

/** Starts rare.js and kills it so many milliseconds after its start, or after its first line. */
async function runKilled(afterMs: number, isFromFirstLine: boolean): Promise<Killed> {
  const directory = makeTemporaryDirectory();
  try {
    const { stdout, stderr, signal } = await runCommand(process.execPath, [programPath('rare.js')], {
      env: probedEnvironment(ownEnvironment(), directory),
      limitMs: 20_000,
      during: (child) => {
        const kill = (): void => void setTimeout(() => child.kill('SIGKILL'), afterMs);
        if (isFromFirstLine) child.stdout.once('data', kill);
        else kill();
      },
    });
    assert.equal(stderr, '');
    assert.equal(signal, 'SIGKILL');
    return { steps: stdout.split('\n').length - 1, missing: missingSteps(directory, stdout) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

describe('a program that is killed', function () {
  this.timeout(120_000);
  const RUNS = 200;

  it(`at ${RUNS} random moments: all that was rare is in the logs, which can be read to their torn ends`, async () => {
    let steps = 0;
    await inParallel(
      Array.from({ length: RUNS }, (_, index) => index),
      4,
      async (index) => {
        // A fifth of them while Node starts.
        const isStarting = index % 5 === 0;
        const afterMs = Math.random() * 150;
        const killed = await runKilled(afterMs, !isStarting);
        assert.deepEqual(
          killed.missing,
          [],
          `killed ${afterMs} ms after its ${isStarting ? 'start' : 'first line'}`,
        );
        steps += killed.steps;
      },
    );
    assert.ok(steps > 10 * RUNS, `${steps} steps`);
  });
});

describe('a program at its limits', function () {
  this.timeout(60_000);
  const program = programPath('exhausted.js');
  const node = JSON.stringify(process.execPath);
  const underLimit = (limit: string, what: string): string[] => [
    '-c',
    `${limit}; exec ${node} ${JSON.stringify(program)} ${what}`,
  ];

  for (const [name, limit, what] of [
    ['files may not grow (ulimit -f)', 'ulimit -f 8', 'fileSize'],
    ['descriptors are used up (ulimit -n)', 'ulimit -n 40', 'descriptors'],
  ] as const) {
    it(name, async () => {
      assertSame(await runBareAndProbed(underLimit(limit, what), { node: 'bash' }));
    });
  }

  it('the folder of the run cannot be written to', async () => {
    const directory = makeTemporaryDirectory();
    const bare = await runCommand(process.execPath, [program, 'plain'], { env: ownEnvironment() });
    try {
      const file = path.join(directory, 'file');
      writeFileSync(file, '');
      chmodSync(directory, 0o500);
      // A superuser may write into any folder, but not into a file as if it were one.
      for (const folder of [directory, file, '/proc', '/dev/null/x']) {
        const probed = await runCommand(process.execPath, [program, 'plain'], {
          env: probedEnvironment(ownEnvironment(), folder),
        });
        assert.deepEqual(probed, bare);
      }
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it('the folder of the run is removed while it is used', async () => {
    const bareFolder = makeTemporaryDirectory();
    const directory = makeTemporaryDirectory();
    try {
      const bare = await runCommand(process.execPath, [program, 'removedFolder', bareFolder], {
        env: ownEnvironment(),
      });
      const run = path.join(directory, 'run');
      mkdirSync(run);
      const probed = await runCommand(process.execPath, [program, 'removedFolder', directory], {
        env: probedEnvironment(ownEnvironment(), run),
      });
      assert.deepEqual(probed, bare);
      assert.deepEqual(readdirSync(directory), []);
    } finally {
      for (const folder of [bareFolder, directory]) rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** Groups of functions in patchedBuiltins.js: whoever counts calls of these counts as many as without the probe. */
const neverCalled = ['times', 'files', 'errors', 'atomics'];
/** These may be called by the probe, but may as well throw whenever they are. */
const mayBeBroken = [
  ...neverCalled,
  'iterators',
  'collections',
  'json',
  'functions',
  'promises',
  'strings',
  'regularExpressions',
  'process',
  'buffers',
  'views',
];
/** It breaks nothing to replace them by others that do the same. */
const mayBeWrapped = [...mayBeBroken, 'arrays', 'objects', 'reflect', 'numbers', 'util'];

const CALLS = /^"calls" "\w+" "([^"]+)".*\n/gm;

function withoutCounts({ bare, probed, logs }: BareAndProbed): BareAndProbed {
  const strip = (ended: Ended): Ended => ({ ...ended, stdout: ended.stdout.replace(CALLS, '') });
  return { bare: strip(bare), probed: strip(probed), logs };
}

describe('a hostile program sees nothing and breaks nothing', function () {
  this.timeout(60_000);
  const run = (name: string, env: NodeJS.ProcessEnv = {}, before: string[] = []): Promise<BareAndProbed> =>
    runBareAndProbed([...before, programPath(`hostile/${name}.js`)], {
      env: { ...ownEnvironment(), ...env },
      limitMs: 15_000,
    });

  for (const group of mayBeWrapped) {
    it(`functions of the language patched: ${group}`, async () => {
      const counted = await run('patchedBuiltins', { GROUP: group });
      assertSame(withoutCounts(counted));
      assert.equal(counted.logs, 3);
      if (neverCalled.includes(group)) assertSame(counted);
      if (!mayBeBroken.includes(group)) return;
      // Those that the program or Node itself calls have to work.
      const calls = [...counted.bare.stdout.matchAll(CALLS)].map(([, label]) => label);
      const broken = await run('patchedBuiltins', { GROUP: group, CALLED: JSON.stringify(calls) });
      assertSame(withoutCounts(broken));
    });
  }

  const frozen = ['worker', 'ports', 'broadcast', 'atomics', 'process', 'childProcess'];
  for (const what of [...frozen, 'events', 'error', 'language', 'everything']) {
    it(`frozen: ${what}`, async () => {
      assertSame(await run('frozen', { FREEZE: what }));
    });
  }

  const removable = ['Atomics', 'Buffer', 'setTimeout', 'URL', 'BroadcastChannel', 'Proxy', 'Promise'];
  for (const names of [
    ...removable,
    'WebAssembly',
    'Object',
    'Reflect',
    'Error',
    'process,Array',
    'performance,queueMicrotask',
    'JSON,Math,Number,String,Symbol,BigInt',
  ]) {
    it(`globals removed: ${names}`, async () => {
      assertSame(await run('frozen', { REMOVE: names }));
    });
  }

  it('names that are hard to write down', async () => {
    assertSame(await run('names'));
  });

  it('values that are hard to look at', async () => {
    assertSame(await run('values'));
  });

  it('modules loaded anew, other realms, faked timers, subclasses', async () => {
    assertSame(await run('resets'));
  });

  const preload = ['--require', programPath('hostile/patchApi.js')];
  it('Node’s functions wrapped by the program', async () => {
    assertSame(await run('patchedApi', { PATCH: 'itself' }));
  });
  it('Node’s functions wrapped by what is preloaded', async () => {
    assertSame(await run('patchedApi', {}, preload));
  });
  it('Node’s functions wrapped twice', async () => {
    assertSame(await run('patchedApi', { PATCH: 'itself' }, preload));
  });
});

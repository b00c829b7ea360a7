import { strict as assert } from 'node:assert';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Emitter } from '../../../src/base/emitter';
import { err, ok } from '../../../src/base/result';
import {
  ObservedProgram,
  type ProgramEnd,
  type ProgramListener,
} from '../../../src/extension/observedProgram';
import type { LiveRun, RecordingBytes, RunEnd, RunRequest } from '../../../src/run/liveRun';

const request: RunRequest = {
  title: 'a.js',
  command: 'node',
  args: ['a.js'],
  cwd: '/',
  recordingPath: null,
  probePath: '/probe.js',
  productVersion: '0',
};

/** A run that writes down what it was told. */
class FakeRun implements LiveRun {
  readonly directory = '/run';
  readonly recordingPath = '/run/recording.cviz';
  readonly told: string[] = [];
  readonly bytes = new Emitter<RecordingBytes>();
  readonly ended = new Emitter<RunEnd>();
  readonly onBytes = this.bytes.event;
  readonly onEnded = this.ended.event;
  environmentFor(base: Readonly<Record<string, string | undefined>>): Record<string, string> {
    return { ...(base as Record<string, string>), CVIZ_RUN: '/run' };
  }
  rootStarted(pid: number): void {
    this.told.push(`started ${pid}`);
  }
  rootExited(code: number | null, signal: string | null): void {
    this.told.push(`exited ${String(code)} ${String(signal)}`);
  }
  stopProgram(): void {
    this.told.push('stop');
  }
  dispose(): void {
    this.told.push('dispose');
  }
}

class FakeTerminal {
  terminated = 0;
  listener: ProgramListener | null = null;
  environment: Record<string, string> = {};
  setOver: () => void = () => undefined;
  readonly over = new Promise<void>((resolve) => (this.setOver = resolve));
  readonly launch = (environment: Record<string, string>, listener: ProgramListener) => {
    this.environment = environment;
    this.listener = listener;
    return Promise.resolve(
      ok({
        over: this.over,
        terminate: () => {
          this.terminated++;
        },
        dispose: () => undefined,
      }),
    );
  };
}

async function launched(): Promise<{
  run: FakeRun;
  terminal: FakeTerminal;
  program: ObservedProgram;
  ends: ProgramEnd[];
}> {
  const run = new FakeRun();
  const terminal = new FakeTerminal();
  const prepared = await ObservedProgram.prepare(request, () => Promise.resolve(ok(run)));
  assert.ok(prepared.ok);
  const ends: ProgramEnd[] = [];
  prepared.value.onEnded((end) => ends.push(end));
  assert.ok((await prepared.value.launch({ A: 'a' }, terminal.launch)).ok);
  return { run, terminal, program: prepared.value, ends };
}

describe('an observed program', () => {
  it('starts with the environment that the run asks for', async () => {
    const { terminal } = await launched();
    assert.deepEqual(terminal.environment, { A: 'a', CVIZ_RUN: '/run' });
  });

  it('tells the run what happens in the terminal, and is over when the run says so', async () => {
    const { run, terminal, program, ends } = await launched();
    terminal.listener?.started(7);
    terminal.listener?.exited(3);
    // VS Code tells it twice: the process has ended, the task has ended.
    terminal.listener?.exited(null);
    assert.deepEqual(run.told, ['started 7', 'exited 3 null']);
    assert.equal(program.isOver, false);
    run.ended.fire({ problem: null });
    assert.equal(program.isOver, true);
    assert.deepEqual(ends, [{ kind: 'ended', problem: null }]);
  });

  it('says so when there never was a process', async () => {
    const { run, terminal, program, ends } = await launched();
    terminal.listener?.exited(null);
    assert.deepEqual(ends, [{ kind: 'notStarted' }]);
    assert.equal(program.isOver, true);
    assert.deepEqual(run.told, []);
  });

  it('passes on why a run or a terminal could not be had, and leaves nothing behind', async () => {
    const refused = await ObservedProgram.prepare(request, () => Promise.resolve(err('No room.')));
    assert.deepEqual(refused, err('No room.'));
    const run = new FakeRun();
    const prepared = await ObservedProgram.prepare(request, () => Promise.resolve(ok(run)));
    assert.ok(prepared.ok);
    assert.deepEqual(
      await prepared.value.launch({}, () => Promise.resolve(err('No terminal.'))),
      err('No terminal.'),
    );
    assert.deepEqual(run.told, ['dispose']);
  });

  it('stops when both the tree and the terminal are done', async () => {
    const { run, terminal, program } = await launched();
    terminal.listener?.started(7);
    let stopped: boolean | null = null;
    const stopping = program.stop().then((value) => (stopped = value));
    assert.deepEqual(run.told, ['started 7', 'stop']);
    run.ended.fire({ problem: null });
    await nextTurn();
    assert.equal(stopped, null, 'its terminal is not free yet');
    terminal.setOver();
    assert.equal(await stopping, true);
    assert.equal(terminal.terminated, 0);
  });

  it('is stopped also while its terminal is still opening', async () => {
    const late = await launched();
    const stopping = late.program.stop();
    late.terminal.listener?.started(7);
    assert.deepEqual(late.run.told, ['stop', 'started 7', 'stop']);
    late.run.ended.fire({ problem: null });
    late.terminal.setOver();
    assert.equal(await stopping, true);

    const never = await launched();
    const stoppingNever = never.program.stop();
    never.terminal.listener?.exited(null);
    never.terminal.setOver();
    assert.equal(await stoppingNever, true);
    assert.deepEqual(never.ends, [{ kind: 'ended', problem: null }]);
  });

  it('ends the terminal when asking did not help', async function () {
    this.timeout(10_000);
    this.slow(10_000);
    const { run, terminal, program } = await launched();
    const stopping = program.stop();
    const timer = setInterval(() => {
      if (terminal.terminated === 0) return;
      clearInterval(timer);
      run.ended.fire({ problem: null });
      terminal.setOver();
    }, 20);
    assert.equal(await stopping, true);
    assert.equal(terminal.terminated, 1);
  });

  it('tells the run nothing any more once it is disposed', async () => {
    const { run, terminal, program } = await launched();
    program.dispose();
    terminal.listener?.started(7);
    terminal.listener?.exited(0);
    assert.deepEqual(run.told, ['dispose']);
    assert.equal(program.isOver, true);
  });
});

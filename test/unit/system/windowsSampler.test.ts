import assert from 'node:assert/strict';
import { currentState, rows, stateTimes } from '../../../src/model/select';
import { FIRST_LINES } from '../../../src/system/windows/lookScript';
import type { LineChildEvents } from '../../../src/system/windows/powerShell';
import { WindowsSampler, type WindowsSamplerParts } from '../../../src/system/windows/windowsSampler';
import { captured, SamplerRecords } from '../../support/samplerRecords';

/** The root of the captured answers started then; time 100 s of the machine is two seconds later. */
const ROOT = 5120;
const START_MS = 1_700_000_000_123;
const WALL_MS = START_MS + 2000;

class Child {
  readonly program: string;
  readonly events: LineChildEvents;
  readonly written: string[] = [];
  isDisposed = false;

  constructor(program: string, events: LineChildEvents) {
    this.program = program;
    this.events = events;
  }

  /** What it was asked last. */
  get asked(): string | undefined {
    return this.written.at(-1);
  }
}

/** A machine where PowerShell prints what the test says, when it says so. */
class Machine {
  readonly records = new SamplerRecords('win32');
  readonly children: Child[] = [];
  readonly living = new Set<number>();
  readonly sampler: WindowsSampler;
  seconds = 100;

  constructor() {
    const parts: WindowsSamplerParts = {
      programs: ['powershell.exe', 'pwsh.exe'],
      start: (file, _args, events) => {
        const child = new Child(file, events);
        this.children.push(child);
        return {
          write: (text) => child.written.push(text),
          dispose: () => (child.isDisposed = true),
        };
      },
      now: () => {
        return { time: this.seconds * 1e9, wallMs: WALL_MS + (this.seconds - 100) * 1000 };
      },
      isAlive: (pid) => this.living.has(pid),
    };
    this.sampler = new WindowsSampler(this.records.writer, parts);
  }

  get child(): Child {
    return this.children.at(-1) ?? assert.fail('no PowerShell was started');
  }

  /** Lets time pass, then makes a pass. */
  pass(seconds = 0): void {
    this.seconds += seconds;
    this.sampler.pass();
    this.records.take();
  }

  /** Lines of an answer, the end included. */
  answer(lines: readonly string[]): void {
    for (const line of lines) this.child.events.onLine(line);
  }
}

/** The answers of a captured file, each a list of lines. */
function answersOf(file: string): string[][] {
  const answers: string[][] = [[]];
  for (const line of captured(file).trim().split('\n')) {
    answers.at(-1)?.push(line);
    if (line.startsWith('end ')) answers.push([]);
  }
  return answers;
}

describe('WindowsSampler', () => {
  const [first = [], second = []] = answersOf('lookWindows10.txt');
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
    machine.sampler.addRoot(ROOT);
  });

  /** Both captured answers, and a third one in which nothing happened but the root's child was asked for. */
  function lookTwice(): void {
    machine.pass();
    machine.answer(first);
    machine.pass(0.5);
    machine.answer(second);
    machine.pass(0.5);
  }

  it('starts one PowerShell and asks it again and again', () => {
    lookTwice();
    assert.equal(machine.children.length, 1);
    assert.deepEqual(machine.child.written, [
      FIRST_LINES,
      'Get-Look @(5120)\r\n',
      'Get-Look @(5120)\r\n',
      'Get-Look @(5120,6000)\r\n',
    ]);
  });

  it('asks nothing as long as the answer has not come, and writes it in the next pass', () => {
    machine.pass();
    machine.answer(first.slice(0, -1));
    machine.pass(1);
    assert.equal(machine.child.written.length, 2);
    assert.equal(machine.records.of('tick').length, 0);
    machine.answer(first.slice(-1));
    machine.pass(0.1);
    assert.deepEqual(
      machine.records.of('tick').map(({ time, processes, threads }) => [time, processes, threads]),
      [[100e9, 1, 3]],
    );
  });

  it("takes PowerShell's own time of the look, if that can be", () => {
    machine.pass();
    machine.seconds = 101;
    machine.answer([...first.slice(0, -1), 'end [1004000000,10000000,0]']);
    machine.pass();
    assert.equal(machine.records.of('tick')[0]?.time, 100.4e9);
  });

  it('tells the model the tree, memory, threads, their CPU time, state and reason', () => {
    lookTwice();
    const { model } = machine.records;
    const tree = rows(model, new Map()).flatMap(({ depth, ...row }) =>
      row.kind === 'process' ? [[depth, row.process.pid, row.process.args]] : [],
    );
    assert.deepEqual(tree, [
      [0, 5120, [String.raw`C:\Program Files\nodejs\node.exe`, 'main.js', 'two words', '--path=C:\\']],
      [1, 6000, [String.raw`C:\Windows\system32\cmd.exe`, '/d', '/s', '/c', 'dir']],
    ]);
    const root = model.processes.get('5120')!;
    assert.equal(root.start, 98e9);
    assert.deepEqual(root.resident, [
      { time: 100e9, rss: 48_234_496, privateCommit: 31_457_280 },
      { time: 100.5e9, rss: 50_331_648, privateCommit: 33_554_432 },
    ]);
    assert.deepEqual(
      root.threads.map(({ kind, tid, name, last, end }) => [kind, tid, name, last?.cpu, end]),
      [
        ['main', 5124, null, 156_250_000, null],
        ['native', 5130, null, 0, 100.5e9],
        ['native', 5132, null, 468_750_000, null],
      ],
    );
    const states = root.threads.map((thread) => currentState(model, thread));
    assert.deepEqual(states, [
      { state: 'waiting', reason: 'eventLoop' },
      { state: 'terminated', reason: 'unknown' },
      { state: 'running', reason: 'unknown' },
    ]);
    assert.ok(Math.abs(stateTimes(model, root.threads[2]!).running - 468_750_000) < 1);
    assert.equal(root.threads[0]?.facts?.priority, 8);
    assert.equal(root.facts?.threads, 2);
    assert.equal(root.facts.uid, null);
    assert.equal(model.sampler?.precision, 'ticks');
    assert.deepEqual(machine.sampler.livePids(), [5120, 6000]);
    assert.equal(machine.sampler.threadCount, 2);
  });

  it('says nothing of a sleeping thread that has not changed', () => {
    lookTwice();
    const lanes = machine.records.of('threadSample').map(({ lane }) => lane);
    assert.deepEqual(lanes, [1, 2, 3, 3]);
    // One that could run but did not is no sleeper.
    machine.answer([second[2]!, 'end [0,10000000,0]']);
    machine.pass(1);
    assert.deepEqual(machine.records.of('threadSample').at(-1)?.lane, 3);
    assert.equal(machine.records.of('threadSample').length, 5);
  });

  it('tells processes of one pid apart, and ends what is lost', () => {
    lookTwice();
    const third = ['lost [5120]', 'end [0,10000000,0]'];
    machine.answer(third);
    machine.pass(1);
    const reused =
      'found {"Name":"a.exe","ProcessId":5120,"ParentProcessId":6000,"CreationDate":"\\/Date(1700000003000)\\/","CommandLine":"a"}';
    machine.answer([reused, 'end [0,10000000,0]']);
    machine.pass(1);
    machine.answer(['process [5120,0,1,1,8] [[5124,5,8,0,8,17000000030000000]]', 'end [0,10000000,0]']);
    machine.pass(1);
    const { model } = machine.records;
    assert.deepEqual([...model.processes.keys()], ['5120', '6000', '5120.2']);
    assert.equal(model.processes.get('5120.2')?.parentId, '6000');
    assert.equal(model.processes.get('5120.2')?.threads[0]?.tid, 5124);
    assert.equal(machine.records.of('processGone').length, 1);
  });

  it('charges what PowerShell used, but not its start, and then looks less often', () => {
    lookTwice();
    const ticks = machine.records.of('tick');
    assert.deepEqual(
      ticks.map(({ cost }) => cost),
      [0, 31_250_000],
    );
    for (let count = 1; count < 20; count++) {
      machine.answer([`end [0,10000000,${9_687_500 + count * 450_000}]`]);
      machine.pass(6);
      machine.pass();
    }
    const interval = machine.records.of('tick').at(-1)!.interval;
    assert.ok(interval > 1.4e9 && interval < 1.6e9, `${interval}`);
  });

  it('looks again at once when there are new processes, for their threads', () => {
    machine.pass();
    machine.answer(first);
    machine.pass(0.1);
    assert.equal(machine.child.written.length, 2, 'the root was known');
    machine.pass(0.4);
    machine.answer(second);
    machine.pass(0.01);
    assert.equal(machine.child.asked, 'Get-Look @(5120,6000)\r\n');
  });

  it('starts another PowerShell when one has died, and nothing is missed', () => {
    machine.living.add(ROOT);
    machine.living.add(6000);
    lookTwice();
    machine.child.events.onEnd('EXIT_1');
    machine.pass(0.1);
    assert.equal(machine.children.length, 1, 'not at once');
    machine.pass(2);
    assert.equal(machine.children.length, 2);
    machine.answer(first);
    machine.pass(1);
    assert.equal(machine.records.of('tick').length, 3);
    assert.equal(machine.records.of('process').length, 2);
    assert.deepEqual(
      machine.records.of('processGone').map(({ pid }) => pid),
      [6000],
      'it ended meanwhile',
    );
    assert.equal(machine.records.of('unreadable').length, 0);
  });

  it('takes version 7 where version 5 is missing', () => {
    machine.pass();
    machine.child.events.onEnd('ENOENT');
    machine.pass();
    assert.deepEqual(
      machine.children.map(({ program }) => program),
      ['powershell.exe', 'pwsh.exe'],
    );
    machine.answer(first);
    machine.pass(1);
    assert.equal(machine.records.of('tick').length, 1);
    assert.equal(machine.records.of('unreadable').length, 0);
  });

  it('says that there is none, gives up, and follows the root by its pid', () => {
    machine.living.add(ROOT);
    for (let count = 0; count < 40; count++) {
      machine.pass(1);
      if (!machine.child.isDisposed) machine.child.events.onEnd('ENOENT');
    }
    assert.equal(machine.children.length, 5, 'a few times');
    const { model } = machine.records;
    assert.deepEqual([...(model.sampler?.unreadable ?? [])], [['processes', 'ENOENT']]);
    assert.equal(machine.records.of('unreadable').length, 1);
    assert.deepEqual(machine.sampler.livePids(), [ROOT]);
    machine.living.clear();
    machine.pass(1);
    assert.deepEqual(machine.sampler.livePids(), []);
  });

  it('says that policy confines it, or WMI does not answer', () => {
    const [, failed = [], confined = []] = answersOf('lookWindowsServer.txt');
    for (const [lines, reason] of [
      [failed, 'CimException'],
      [confined, 'ConstrainedLanguage'],
    ] as const) {
      machine = new Machine();
      machine.sampler.addRoot(ROOT);
      machine.living.add(ROOT);
      machine.pass();
      machine.answer(lines);
      if (reason === 'ConstrainedLanguage') machine.child.events.onEnd('EXIT_0');
      machine.pass();
      assert.deepEqual([...(machine.records.model.sampler?.unreadable ?? [])], [['processes', reason]]);
      assert.deepEqual(machine.sampler.livePids(), [ROOT]);
    }
  });

  it('says once of which process it may not read the threads', () => {
    const [look = []] = answersOf('lookWindowsServer.txt');
    machine.pass();
    machine.answer(look);
    machine.pass(1);
    machine.answer(['unreadable [5120] Win32Exception', 'end [0,10000000,0]']);
    machine.pass(1);
    assert.deepEqual(
      machine.records.of('unreadable').map(({ pid, what, reason }) => [pid, what, reason]),
      [[ROOT, 'threads', 'Win32Exception']],
    );
  });

  it('does not wait for an answer for ever', () => {
    machine.living.add(ROOT);
    machine.pass();
    machine.pass(61);
    assert.ok(machine.child.isDisposed);
    assert.equal(machine.records.of('unreadable')[0]?.reason, 'ETIMEDOUT');
    machine.pass(2);
    assert.equal(machine.children.length, 2);
  });

  it('ends its PowerShell when it is disposed of', () => {
    machine.pass();
    machine.sampler.dispose();
    assert.ok(machine.child.isDisposed);
    machine.pass(5);
    assert.equal(machine.children.length, 1);
  });

  it('starts nothing without a program', () => {
    const idle = new Machine();
    idle.pass(5);
    assert.equal(idle.children.length, 0);
  });
});

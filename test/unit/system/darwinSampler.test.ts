import assert from 'node:assert/strict';
import { recentCpuShare } from '../../../src/model/processCpu';
import { rows } from '../../../src/model/select';
import { DarwinSampler, type DarwinSamplerParts } from '../../../src/system/darwin/darwinSampler';
import { LIST_ARGUMENTS } from '../../../src/system/darwin/psText';
import { err, ok, type Result } from '../../../src/base/result';
import { captured, SamplerRecords } from '../../support/samplerRecords';

const WALL_MS = Date.UTC(2023, 10, 14, 22, 13, 22);
const list = captured('psListMacos12.txt');
const threads = captured('psThreadsMacos12.txt');
const ROOT = 4401;

/** A machine where ps prints what the test says, when it says so. */
class Machine {
  readonly records = new SamplerRecords('darwin');
  readonly sampler: DarwinSampler;
  /** Runs of ps under way. */
  readonly asked: { readonly args: readonly string[]; readonly answer: (text: Result<string>) => void }[] =
    [];
  readonly living = new Set<number>();
  ended = 0;
  private seconds = 100;

  constructor() {
    const parts: DarwinSamplerParts = {
      run: (_file, args, _env, done) => {
        const run = { args, answer: done };
        this.asked.push(run);
        return { dispose: () => this.ended++ };
      },
      now: () => {
        return { time: this.seconds * 1e9, wallMs: WALL_MS + (this.seconds - 100) * 1000 };
      },
      isAlive: (pid) => this.living.has(pid),
    };
    this.sampler = new DarwinSampler(this.records.writer, parts);
  }

  /** Lets time pass, then makes a pass. */
  pass(seconds = 0): void {
    this.seconds += seconds;
    this.sampler.pass();
    this.records.take();
  }

  answer(text: string | null): void {
    const run = this.asked.shift();
    assert.ok(run !== undefined, 'ps was asked');
    run.answer(text === null ? err('ENOENT') : ok(text));
  }

  /** A whole look, a second after the last one. */
  look(listed: string, listedThreads: string): void {
    this.pass(1);
    this.answer(listed);
    if (this.asked.length > 0) this.answer(listedThreads);
    this.pass();
  }
}

describe('DarwinSampler', () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
    machine.sampler.addRoot(ROOT);
  });

  it('does not wait for ps: writes in a later pass, with the time of asking', () => {
    machine.pass();
    machine.pass(0.1);
    assert.equal(machine.asked.length, 1, 'one at a time');
    assert.deepEqual(machine.asked[0]?.args, LIST_ARGUMENTS);
    machine.answer(list);
    assert.deepEqual(machine.asked[0].args, ['-M', '-ww', '-p', '4401,4402,4404,4405']);
    machine.pass(0.2);
    assert.equal(machine.records.of('tick').length, 0);
    machine.answer(threads);
    machine.pass(0.05);
    const ticks = machine.records.of('tick');
    assert.deepEqual(
      ticks.map(({ time, cost, processes, threads: count }) => [time, cost, processes, count]),
      [[100e9, 0.3e9, 4, 8]],
    );
    assert.ok(machine.records.of('processSample').every(({ time }) => time === 100e9));
  });

  it('tells the model the tree, CPU time, memory, threads and facts', () => {
    machine.look(list, threads);
    machine.look(list.replace('0:12.34 node', '0:12.84 node'), threads);
    const { model } = machine.records;
    const tree = rows(model, new Map()).map(({ depth, ...row }) =>
      row.kind === 'process' ? [depth, row.process.pid, row.process.args[0]] : [row.kind],
    );
    assert.deepEqual(tree, [
      [0, 4401, 'sh'],
      [1, 4402, 'node'],
      [2, 4404, '/usr/local/bin/node'],
      [2, 4405, 'dd'],
    ]);
    const node = model.processes.get('4402')!;
    assert.deepEqual(
      node.cpuSamples.map(({ cpu }) => cpu),
      [12.34e9, 12.84e9],
    );
    assert.equal(recentCpuShare(model, node), 0.5);
    assert.equal(node.resident.at(-1)?.rss, 44872 * 1024);
    assert.equal(node.resident.at(-1)?.privateCommit, null);
    assert.deepEqual(node.threadList?.[0], { state: 'R', cpu: 20.29e9 });
    assert.equal(node.threadList.length, 7);
    assert.deepEqual([node.facts?.state, node.facts?.priority, node.facts?.uid], ['R', 31, 501]);
    assert.equal(node.facts?.affinity, null);
    assert.equal(model.sampler?.precision, 'none');
    assert.deepEqual(machine.sampler.livePids(), [4401, 4402, 4404, 4405]);
    assert.equal(machine.sampler.threadCount, 8);
  });

  it('finds the parent although starts are told in whole seconds', () => {
    machine.look(list, threads);
    const late = `${list}
 5000  4402 Tue Nov 14 22:13:22 2023     S    31T  0   501   1204   0:00.00 late
 5001  5000 Tue Nov 14 22:13:22 2023     S    31T  0   501   1204   0:00.00 later`;
    machine.look(late, threads);
    const { model } = machine.records;
    assert.equal(model.processes.get('5000')?.parentId, '4402');
    assert.equal(model.processes.get('5001')?.parentId, '5000');
    assert.equal(machine.records.of('tick').at(-1)?.time, 102e9);
    assert.equal(model.processes.get('5000')?.start, 101e9, 'not before the look that did not have it');
  });

  it('finds a parent whose start somebody else told more finely', () => {
    const { records } = machine;
    const node = { comm: 'node', args: '[]' };
    records.writer.add('process', { time: 9e9, pid: 4, ppid: 1, startTicks: 1, start: 8.7e9, ...node });
    records.writer.add('process', { time: 9e9, pid: 5, ppid: 4, startTicks: 2, start: 8e9, ...node });
    records.take();
    assert.equal(records.model.processes.get('5')?.parentId, '4');
  });

  it('says once that a process is gone; an orphan stays', () => {
    machine.look(list, threads);
    // The shell is a zombie now, and launchd the parent of its child.
    const later = list
      .replace('S+   31T  0   501   1640', 'Z+   31T  0   501      0')
      .replace('4402  4401', '4402     1');
    machine.look(later, threads);
    machine.look(later.replace(/^ 4401 .*\n/m, ''), threads);
    assert.deepEqual(
      machine.records.of('processGone').map(({ pid, code, signal }) => [pid, code, signal]),
      [[4401, null, null]],
    );
    assert.deepEqual(machine.sampler.livePids(), [4402, 4404, 4405]);
    assert.equal(machine.records.model.processes.get('4402')?.parentId, '4401');
  });

  it('takes a pid that is used again for another process', () => {
    machine.look(list, threads);
    machine.look(list.replace(/22:13:21(.*rdisk0)/, '22:13:23$1'), threads);
    const starts = machine.records.of('process').flatMap(({ pid, start }) => (pid === 4405 ? [start] : []));
    assert.equal(starts.length, 2);
    assert.deepEqual([...machine.records.model.processes.keys()].sort(), [
      '4401',
      '4402',
      '4404',
      '4405',
      '4405.2',
    ]);
  });

  it('does not take a new root for gone because of a list that is older than it', () => {
    machine.look(list, threads);
    machine.pass(1);
    machine.pass(0.1);
    machine.sampler.addRoot(433);
    machine.answer(list.replace(/^ {2}433 .*\n/m, ''));
    machine.answer(threads);
    machine.pass();
    assert.ok(machine.sampler.livePids().includes(433));
    machine.look(list, threads);
    assert.ok(machine.records.of('process').some(({ pid }) => pid === 433));
  });

  it('looks less often when that costs more', () => {
    const costly = (seconds: number): number => {
      machine.pass();
      machine.pass(20);
      machine.answer(list);
      machine.pass(seconds);
      machine.answer(threads);
      machine.pass();
      return machine.records.of('tick').at(-1)!.interval;
    };
    machine.look(list, threads);
    assert.equal(machine.records.of('tick')[0]?.interval, 0.5e9);
    for (let count = 0; count < 20; count++) costly(0.06);
    const interval = costly(0.06);
    assert.ok(interval > 1.9e9 && interval <= 2e9, `${interval}`);
    for (let count = 0; count < 20; count++) costly(1);
    assert.equal(costly(1), 5e9, 'but not for ever');
  });

  it('says that there is no ps, gives up, and follows the root by its pid', () => {
    machine.living.add(ROOT);
    for (let failure = 0; failure < 3; failure++) {
      machine.pass(3);
      machine.answer(null);
      machine.pass();
    }
    machine.pass(3);
    assert.equal(machine.asked.length, 0);
    const { model } = machine.records;
    assert.deepEqual([...(model.sampler?.unreadable ?? [])], [['processes', 'ENOENT']]);
    assert.equal(machine.records.of('unreadable').length, 1);
    assert.deepEqual(machine.sampler.livePids(), [ROOT]);
    machine.living.clear();
    machine.pass(1);
    assert.deepEqual(machine.sampler.livePids(), []);
  });

  it('goes on after a failure', () => {
    machine.living.add(ROOT);
    machine.pass(1);
    machine.answer('');
    machine.pass();
    machine.pass(1);
    assert.equal(machine.asked.length, 0, 'not at once');
    machine.pass(1);
    machine.look(list, threads);
    assert.equal(machine.records.of('tick').length, 1);
  });

  it('ends the ps under way when it is disposed of', () => {
    machine.pass();
    machine.sampler.dispose();
    assert.equal(machine.ended, 1);
    machine.pass(5);
    assert.equal(machine.asked.length, 1, 'nothing new is begun');
  });

  it('does nothing without a program', () => {
    const idle = new Machine();
    idle.pass(5);
    assert.equal(idle.asked.length, 0);
  });
});

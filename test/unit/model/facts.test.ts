import assert from 'node:assert/strict';
import { emptyModel } from '../../../src/model/model';
import { reduce } from '../../../src/model/reduce';
import { report } from '../../../src/model/report';
import { currentState } from '../../../src/model/select';
import { sharedMappings } from '../../../src/model/sharedMappings';
import type { Model } from '../../../src/model/types';
import type { TraceRecord } from '../../../src/trace/records';

const of = { pid: 100, startTicks: 7 };
const MIB = 1024 * 1024;

function modelOf(records: readonly TraceRecord[]): Model {
  const model = emptyModel();
  for (const record of records) reduce(model, record, 1);
  return model;
}

function found(pid: number): TraceRecord {
  return {
    kind: 'process',
    time: 10,
    pid,
    ppid: pid === 100 ? 1 : 100,
    startTicks: 7,
    start: 1,
    comm: 'node',
    args: '["node","main.js"]',
  };
}

const thread: TraceRecord = {
  kind: 'thread',
  time: 10,
  lane: 1,
  pid: 100,
  processStartTicks: 7,
  tid: 100,
  startTicks: 7,
  start: 1,
  name: 'node',
};

const sampler: TraceRecord = {
  kind: 'samplerStart',
  time: 5,
  cores: 4,
  platform: 'linux',
  precision: 'ns',
};

function segment(time: number, name: string, bytes: number): TraceRecord {
  return {
    kind: 'segment',
    time,
    ...of,
    segment: name,
    mappings: 2,
    size: 2 * bytes,
    rss: bytes,
    pss: bytes,
    private: bytes,
    shared: 0,
    swap: 0,
  };
}

function mapping(pid: number, object: string, rss: number): TraceRecord {
  const sizes = { rss, pss: rss / 2, private: 0, shared: rss };
  return { kind: 'mapping', time: 20, pid, startTicks: 7, object, name: `/lib/${object}`, ...sizes };
}

describe('what the system keeps of a process', () => {
  it('is in the report, as the record says', () => {
    const model = modelOf([
      sampler,
      found(100),
      thread,
      {
        kind: 'processFacts',
        time: 20,
        ...of,
        state: 'S'.charCodeAt(0),
        uid: 1000,
        group: 100,
        session: 99,
        priority: 25,
        nice: 5,
        policy: 'normal',
        affinity: '0-1',
        threads: 11,
        limits: '{"Max open files":[1024,null]}',
        cgroup: '/a',
        cpuLimit: 1.5,
        memoryLimit: 512 * MIB,
      },
      {
        kind: 'threadFacts',
        time: 20,
        lane: 1,
        priority: 25,
        nice: 5,
        policy: 'normal',
        affinity: '0-1',
        voluntarySwitches: 12,
        involuntarySwitches: 3,
        minorFaults: 1000,
        majorFaults: 2,
        stackPointer: 0x7ffc12345678,
        programCounter: 0x7fda4220b2ad,
        programCounterIn: '/lib/libc.so.6',
        stackSize: 132 * 1024,
        stackResident: 40 * 1024,
      },
      {
        kind: 'descriptors',
        time: 20,
        ...of,
        total: 20,
        byKind: '{"socket":3,"pipe":17}',
        list: '[[0,"pipe","pipe:[1]"],[3,"socket","tcp 127.0.0.1:80"]]',
      },
      { kind: 'unreadable', time: 20, ...of, what: 'syscall', reason: 'EPERM' },
      { kind: 'unreadable', time: 20, pid: null, startTicks: null, what: 'schedstat', reason: 'ENOENT' },
    ]);
    const { processes, sampler: how } = report(model);
    const [process] = processes;
    assert.ok(process);
    assert.deepEqual(process.facts, {
      state: 'S',
      uid: 1000,
      group: 100,
      session: 99,
      priority: 25,
      nice: 5,
      policy: 'normal',
      affinity: '0-1',
      cores: { count: 1.5, limitedBy: 'cgroup' },
      threads: 11,
      cgroup: '/a',
      cpuLimit: 1.5,
      memoryLimitBytes: 512 * MIB,
      limits: { 'Max open files': { soft: 1024, hard: null } },
    });
    assert.deepEqual(process.descriptors, {
      total: 20,
      byKind: { socket: 3, pipe: 17 },
      list: [
        { number: 0, kind: 'pipe', name: 'pipe:[1]' },
        { number: 3, kind: 'socket', name: 'tcp 127.0.0.1:80' },
      ],
    });
    assert.deepEqual(process.unreadable, { syscall: 'EPERM' });
    assert.deepEqual(how?.unreadable, { schedstat: 'ENOENT' });
    const [main] = process.threads;
    assert.equal(main?.facts?.stackPointer, '0x7ffc12345678');
    assert.equal(main.facts.programCounter, '0x7fda4220b2ad');
    assert.equal(main.facts.involuntarySwitches, 3);
  });

  it('is null where nobody could ask', () => {
    const [process] = report(modelOf([sampler, found(100)])).processes;
    assert.ok(process);
    assert.deepEqual([process.facts, process.descriptors, process.segments], [null, null, null]);
    assert.deepEqual(
      process.threads.map(({ facts, heapSpaces }) => [facts, heapSpaces]),
      [[null, null]],
    );
  });

  it('survives lists that are none', () => {
    for (const text of [
      '',
      '{',
      '7',
      '[1,[2],["3",4,{}],[5,"file"]]',
      '{"a":"b","c":[null,"x"],"__proto__":1}',
    ]) {
      const model = modelOf([
        found(100),
        { kind: 'descriptors', time: 20, ...of, total: 1, byKind: text, list: text },
        { kind: 'processSample', time: 20, ...of, cpu: 1, threads: 1, threadList: text },
      ]);
      assert.ok(report(model).processes[0]?.descriptors);
    }
  });
});

describe('the parts of a process’s memory', () => {
  it('are those of the newest look, and no others', () => {
    const model = modelOf([
      found(100),
      segment(20, 'text', MIB),
      segment(20, 'stack', 2 * MIB),
      segment(20, 'something of the future', MIB),
      segment(30, 'text', 3 * MIB),
      segment(30, 'anonymous', 4 * MIB),
    ]);
    const { segments } = report(model).processes[0] ?? {};
    assert.deepEqual(
      segments?.map(({ segment: name, rssBytes }) => [name, rssBytes / MIB]),
      [
        ['text', 3],
        ['anonymous', 4],
      ],
    );
  });

  it('tell which processes map the same file', () => {
    const model = modelOf([
      found(100),
      found(101),
      found(102),
      mapping(100, 'libc', 2 * MIB),
      mapping(101, 'libc', MIB),
      mapping(101, 'own', MIB),
      mapping(100, 'node', 9 * MIB),
      mapping(102, 'node', 8 * MIB),
      mapping(102, 'libc', MIB),
      // It unmaps it again.
      mapping(102, 'libc', 0),
    ]);
    assert.deepEqual(
      sharedMappings(model).map(({ name, holders }) => [name, ...holders.map(({ process }) => process.id)]),
      [
        ['/lib/node', '100', '102'],
        ['/lib/libc', '100', '101'],
      ],
    );
  });
});

describe('the command line of a process', () => {
  it('stays when the process, on its way out, has none any more', () => {
    const [process] = modelOf([
      found(100),
      { ...found(100), time: 20, args: '[]' } as TraceRecord,
    ]).processes.values();
    assert.deepEqual(process?.args, ['node', 'main.js']);
  });

  it('is its name where it never had one', () => {
    const [process] = modelOf([{ ...found(100), args: '[]' } as TraceRecord]).processes.values();
    assert.deepEqual(process?.args, ['node']);
  });
});

describe('a process of which the system tells only its CPU time', () => {
  const told = (time: number, cpu: number): TraceRecord => {
    return { kind: 'processSample', time, ...of, cpu, threads: 2, threadList: '[["R",12],["S",null]]' };
  };

  it('has states that are estimates, and the threads the system lists', () => {
    const model = modelOf([
      { ...sampler, precision: 'none', platform: 'darwin' },
      { ...found(100), start: 10 } as TraceRecord,
      told(1e9, 0.25e9),
      told(2e9, 1.25e9),
    ]);
    const [process] = model.processes.values();
    const main = process?.threads[0];
    assert.ok(process && main);
    const { running, waiting } = main.timeline.totals;
    assert.ok(Math.abs(running - 1.25e9) < 1e3 && Math.abs(waiting - 0.75e9) < 1e3, `${running} ${waiting}`);
    assert.ok(Math.abs(main.timeline.estimatedTime - 2e9) < 1e3);
    assert.equal(currentState(model, main).state, 'running');
    assert.deepEqual(process.threadList, [
      { state: 'R', cpu: 12e6 },
      { state: 'S', cpu: null },
    ]);
    assert.equal(report(model).processes[0]?.threads[0]?.cpuMs, null);
  });
});

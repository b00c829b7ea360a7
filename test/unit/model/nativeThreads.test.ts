import assert from 'node:assert/strict';
import { nativeRolesOf } from '../../../src/model/nativeThreads';
import { processCores } from '../../../src/model/cores';
import { modelOf } from '../../support/traceNotation';

/** The roles of a process whose threads the kernel lists by these names, the first one being main. */
function roles(names: readonly string[], argv = 'node main.js'): string[] {
  const threads = names.map((name, index) => `1 os thread 100/${100 + index} since=0 name=${name}`);
  const model = modelOf(`
    0 run starts "node main.js"
    0 run root 100
    ${threads.join('\n')}
    2 main begins pid=100 args="${argv}"`);
  const [process] = model.processes.values();
  assert.ok(process);
  return [...nativeRolesOf(process).values()];
}

const pool = (count: number, role: string): string[] => Array<string>(count).fill(role);

describe('native threads', () => {
  it('of Node 24 and later are known by their names', () => {
    const names = ['MainThread', 'DelayedTaskSche', ...pool(4, 'V8Worker'), 'SignalInspector'];
    assert.deepEqual(roles([...names, ...pool(4, 'libuv-worker')]), [
      'delayedTasks',
      ...pool(4, 'v8Platform'),
      'signals',
      ...pool(4, 'libuvPool'),
    ]);
    assert.deepEqual(roles(['node-MainThread', 'node-V8Worker', 'napi-helper']), [
      'v8Platform',
      'delayedTasks',
    ]);
  });

  it('of Node 20 by the order in which Node starts them', () => {
    assert.deepEqual(roles(pool(11, 'node')), [
      'delayedTasks',
      ...pool(4, 'v8Platform'),
      'signals',
      ...pool(4, 'libuvPool'),
    ]);
  });

  it('of Node 22, where only some have names', () => {
    assert.deepEqual(roles(['node', 'DelayedTaskSche', ...pool(5, 'node'), 'libuv-worker', 'libuv-worker']), [
      'delayedTasks',
      ...pool(4, 'v8Platform'),
      'signals',
      'libuvPool',
      'libuvPool',
    ]);
  });

  it('of Node with another size of V8’s pool', () => {
    assert.deepEqual(roles(pool(5, 'node'), 'node main.js').slice(0, 2), ['delayedTasks', 'v8Platform']);
  });

  it('of other programs have none', () => {
    const model = modelOf(`
      0 run starts "python3 a.py"
      0 run root 100
      1 os thread 100/100 since=0 name=python3
      1 os thread 100/101 since=0 name=python3`);
    const [process] = model.processes.values();
    assert.ok(process);
    assert.deepEqual([...nativeRolesOf(process).values()], ['other']);
  });
});

describe('the cores a process may use', () => {
  const model = modelOf(`
    0 run starts "node main.js"
    0 run root 100`);
  const [process] = model.processes.values();
  const cores = (affinity: string | null, cpuLimit: number | null, machine: number | null) => {
    assert.ok(process);
    const facts = { ...noFacts, affinity, cpuLimit };
    return processCores({ ...process, facts }, machine);
  };

  it('are the machine’s, those of its affinity, or what its cgroup allows', () => {
    assert.deepEqual(cores('0-7', null, 8), { count: 8, limitedBy: 'machine' });
    assert.deepEqual(cores('0,2-3', null, 8), { count: 3, limitedBy: 'affinity' });
    assert.deepEqual(cores('0-7', 1.5, 8), { count: 1.5, limitedBy: 'cgroup' });
    assert.deepEqual(cores('0', 1.5, 8), { count: 1, limitedBy: 'affinity' });
    assert.deepEqual(cores(null, null, 8), { count: 8, limitedBy: 'machine' });
  });

  it('are not known where nobody tells', () => {
    assert.equal(cores(null, null, null), null);
    assert.equal(cores('<b>', 0, null), null);
  });
});

const noFacts = {
  time: 0,
  state: 'S',
  uid: 0,
  group: 1,
  session: 1,
  priority: 20,
  nice: 0,
  policy: 'normal',
  affinity: null,
  threads: 1,
  limits: [],
  cgroup: null,
  cpuLimit: null,
  memoryLimit: null,
};

import assert from 'node:assert/strict';
import { unobservedReason } from '../../../src/model/select';
import type { Deed, Model } from '../../../src/model/types';
import { STORY_START } from '../../support/storyLine';
import { modelOf } from '../../support/traceNotation';
import { NS_PER_MS } from '../../../src/base/units';

/** `100/0 at 20, main.js:9:1` */
function told(deed: Deed | null | undefined): string | null {
  if (deed == null) return null;
  return `${deed.threadId} at ${(deed.time - STORY_START) / NS_PER_MS}, ${deed.location ?? '?'}`;
}

function killer(model: Model, id = '101'): string | null {
  return told(model.processes.get(id)?.killedBy);
}

const parent = `
  5   main begins pid=100 ticks=7
  6   main calls 1 fork "node child.js" at=main.js:3:5
  7   main started 1 pid=101 ticks=8`;

describe('a process ended by a signal', () => {
  it('that a thread of the run sent was killed by that thread', () => {
    const model = modelOf(`${parent}
      20  main kills 101 15 at=main.js:9:1
      22  main heard 1 pid=101 signal=SIGTERM`);
    assert.equal(killer(model), '100/0 at 20, main.js:9:1');
  });

  it('is so, too, when its end was read before the deed', () => {
    const model = modelOf(`${parent}
      22  main heard 1 pid=101 signal=SIGKILL
      8   other begins pid=102
      20  other kills 101 9 at=other.js:1:1`);
    assert.equal(killer(model), '102/0 at 20, other.js:1:1');
  });

  const innocent: readonly (readonly [string, string])[] = [
    ['another signal', '20 main kills 101 2'],
    ['no signal, only a question', '20 main kills 101 0'],
    ['a signal that could not be sent', '20 main kills 101 15 error=-3'],
    ['a signal to another process', '20 main kills 102 15'],
    ['a signal before it began', '5 main kills 101 15'],
    ['a signal after its end', '23 main kills 101 15'],
  ];
  for (const [name, line] of innocent) {
    it(`is not blamed on ${name}`, () => {
      assert.equal(killer(modelOf(`${parent}\n22 main heard 1 pid=101 signal=SIGTERM\n${line}`)), null);
    });
  }

  it('is blamed on the first such signal', () => {
    const model = modelOf(`${parent}
      20  main kills 101 15 at=main.js:9:1
      21  main kills 101 15 at=main.js:10:1
      22  main heard 1 pid=101 signal=SIGTERM`);
    assert.equal(killer(model), '100/0 at 20, main.js:9:1');
  });

  it('is blamed on a signal to the group it leads', () => {
    const model = modelOf(`${parent}
      20  main kills -101 9
      22  main heard 1 pid=101 signal=SIGKILL`);
    assert.equal(killer(model), '100/0 at 20, ?');
  });

  it('that is named otherwise in the end has another killer', () => {
    const model = modelOf(`${parent}
      20  main kills 101 15 at=main.js:9:1
      21  main kills 101 9 at=main.js:10:1
      22  os buries 101 ticks=8 signal=SIGTERM
      23  main heard 1 pid=101 signal=SIGKILL`);
    assert.equal(killer(model), '100/0 at 21, main.js:10:1');
  });

  it('with a pid used again is the one that lived then', () => {
    const model = modelOf(`${parent}
      20  main kills 101 9 at=main.js:9:1
      22  main heard 1 pid=101 signal=SIGKILL
      30  main calls 2 spawn two at=main.js:4:1
      31  main started 2 pid=101 ticks=9
      40  main heard 2 pid=101 signal=SIGKILL`);
    assert.equal(killer(model), '100/0 at 20, main.js:9:1');
    assert.equal(killer(model, '101.2'), null);
  });
});

describe('a worker', () => {
  const worker = `
    5   main begins pid=100
    6   main creates 1 ./w.js
    7   main created 1 worker=1
    9   w begins pid=100 worker=1 tid=107 call=main#1`;
  const ender = (model: Model): string | null => told(model.threads.get('100/1')?.endedBy);

  it('that was terminated knows by whom', () => {
    const model = modelOf(`${worker}
      20  main terminates 1 at=main.js:8:1
      21  main terminates 1 at=main.js:9:1
      22  main lost 1 worker=1 code=1`);
    assert.equal(ender(model), '100/0 at 20, main.js:8:1');
  });

  it('that ended by itself was not terminated, whatever was read first', () => {
    const before = modelOf(`${worker}
      19  w ends code=0
      20  main terminates 1`);
    const after = modelOf(`${worker}
      20  main terminates 1
      19  w ends code=0`);
    assert.deepEqual([ender(before), ender(after)], [null, null]);
  });

  it('that was gone already was not terminated', () => {
    const model = modelOf(`${worker}
      20  main lost 1 worker=1 code=1
      25  main terminates 1`);
    assert.equal(ender(model), null);
  });

  it('that ran out of memory has its error with a code', () => {
    const model = modelOf(`${worker}
      20  main lost 1 worker=1 code=1 error="ERR_WORKER_OUT_OF_MEMORY: Worker terminated: JS heap out of memory"`);
    assert.deepEqual(model.threads.get('100/1')?.error, {
      name: null,
      message: 'Worker terminated: JS heap out of memory',
      code: 'ERR_WORKER_OUT_OF_MEMORY',
      stack: null,
    });
  });

  it('whose error has no code keeps its text as it is', () => {
    const model = modelOf(`${worker}
      20  main lost 1 worker=1 code=1 error="oops: no"`);
    assert.deepEqual(model.threads.get('100/1')?.error?.message, 'oops: no');
    assert.equal(model.threads.get('100/1')?.error?.code, null);
  });
});

describe('what else is told of ends', () => {
  it('the line of process.exit', () => {
    const model = modelOf(`
      5   main begins pid=100
      9   main ends code=3 at=main.js:7:2`);
    assert.equal(model.threads.get('100/0')?.exitLocation, 'main.js:7:2');
  });

  it('why a process is not observed: only the one that the call made', () => {
    const model = modelOf(`${parent}
      7   main misses 1 permission
      9   os process 103 ppid=101 ticks=10 since=9 args="sleep 1"`);
    const reason = (id: string): string | null => unobservedReason(model, model.processes.get(id)!);
    assert.deepEqual([reason('100'), reason('101'), reason('103')], [null, 'permission', null]);
    assert.equal(model.processes.get('103')?.parentId, '101');
  });

  it('long tasks, which are no state of the thread', () => {
    const model = modelOf(`
      5   main begins pid=100 cpu=0
      90  main stalls since=20
      90  main stalls since=95`);
    assert.deepEqual(model.threads.get('100/0')?.longTasks, [
      { start: STORY_START + 20 * NS_PER_MS, end: STORY_START + 90 * NS_PER_MS },
    ]);
    assert.deepEqual(model.threads.get('100/0')?.blockedSpans, []);
  });
});

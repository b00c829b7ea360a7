import assert from 'node:assert/strict';
import { NS_PER_MS } from '../../../src/base/units';
import {
  arrowById,
  arrowDensity,
  arrowEnds,
  arrowsIn,
  arrowsOfInterval,
  countArrows,
} from '../../../src/model/arrows';
import type { Arrow, ArrowFilter } from '../../../src/model/arrowTypes';
import { emptyModel } from '../../../src/model/model';
import { reduce } from '../../../src/model/reduce';
import type { Model } from '../../../src/model/types';
import { readAll } from '../../support/recordings';
import { STORY_START } from '../../support/storyLine';
import { modelOf, recordingOf } from '../../support/traceNotation';

const at = (ms: number): number => STORY_START + ms * NS_PER_MS;

/** `message 100/0 10 -> 100/1 12` */
function outline(model: Model, from = 0, to = 1e6, filter?: ArrowFilter): string[] {
  return arrowsIn(model, at(from), at(to), 1000, filter).map(toldArrow);
}

function toldArrow(arrow: Arrow): string {
  const { from, to } = arrowEnds(arrow);
  const ms = (time: number): number => (time - STORY_START) / NS_PER_MS;
  return `${arrow.kind} ${from.threadId} ${ms(from.time)} -> ${to.threadId} ${ms(to.time)}`;
}

const touching = (...threads: string[]): ArrowFilter => ({
  touching: new Set(threads),
  accepts: () => true,
});

const pair = `
  5   main begins pid=100 cpu=0
  6   main creates 1 ./w.js at=main.js:2:9
  6   main holds 1 creator call=1
  7   main created 1 worker=1
  9   w begins pid=100 worker=1 tid=107 call=main#1 cpu=3
  9   w holds 1 worker`;

const spawned = 'spawn 100/0 6 -> 100/1 6';

describe('arrows of messages', () => {
  const model = modelOf(`${pair}
    10  main sends 1 1 took=1 bytes=40 at=main.js:5:1
    11  main sends 1 2
    14  w gets 1 1 took=3
    20  w gets 1 2
    21  w sends 1 1
    30  main sends 1 3`);

  it('lead from the sending call to the start of the handling; those under way have none yet', () => {
    assert.deepEqual(outline(model, 8), ['message 100/0 10 -> 100/1 14', 'message 100/0 11 -> 100/1 20']);
  });

  it('are those under way within the window', () => {
    assert.deepEqual(outline(model, 15, 16), ['message 100/0 11 -> 100/1 20']);
    assert.deepEqual(outline(model, 12, 13).length, 2);
    assert.deepEqual(outline(model, 21, 40), []);
  });

  it('tell size, serialising, queueing and handling', () => {
    const arrow = arrowById(model, 'message worker:main#1 0>1 1');
    assert.ok(arrow?.kind === 'message');
    assert.deepEqual(
      [arrow.bytes, arrow.bytesEstimated, arrow.serialize, arrow.queue, arrow.handle],
      [40, true, NS_PER_MS, 3 * NS_PER_MS, 3 * NS_PER_MS],
    );
    assert.equal(arrow.message.location, 'main.js:5:1');
    const second = arrowById(model, 'message worker:main#1 0>1 2');
    assert.ok(second?.kind === 'message');
    assert.equal(second.handle, null, 'its handlers run');
  });

  it('have no name that leads nowhere', () => {
    for (const id of ['', 'message', 'message x 1', 'message worker:main#1 0>1 9', 'spawn x', 'wake 100/1 7'])
      assert.equal(arrowById(model, id), null, id);
    assert.equal(arrowById(model, 'message worker:main#1 0>1 3'), null, 'not delivered');
  });

  it('go on with a port that moved to another thread', () => {
    const moved = modelOf(`${pair}
      20  main holds 3 pair peer=4
      20  main holds 4 pair peer=3
      20  main sends 3 1
      21  main gets 4 1
      21  main sends 3 2
      22  main moves 4 via=1 message=1 index=0 received=1
      22  main sends 1 1
      23  w holds 2 message via=1 message=1 index=0
      23  w gets 1 1
      24  w gets 2 1
      30  main sends 3 3
      31  w gets 2 2`);
    assert.deepEqual(outline(moved, 19).sort(), [
      'message 100/0 20 -> 100/0 21',
      'message 100/0 21 -> 100/1 24',
      'message 100/0 22 -> 100/1 23',
      'message 100/0 30 -> 100/1 31',
    ]);
    const third = arrowById(moved, 'message port:main:3:4 0>1 3');
    assert.equal(third === null ? null : toldArrow(third), 'message 100/0 30 -> 100/1 31');
  });

  it('of broadcasts lead to every member', () => {
    const told = modelOf(`${pair}
      10  main holds 2 broadcast name="to all"
      10  w holds 2 broadcast name="to all"
      20  main sends 2 1
      22  w gets 2 1
      23  w sends 2 1
      25  main gets 2 1`);
    assert.deepEqual(outline(told, 15).sort(), [
      'message 100/0 20 -> 100/1 22',
      'message 100/1 23 -> 100/0 25',
    ]);
    for (const { id } of arrowsIn(told, at(15), at(99), 9)) assert.equal(arrowById(told, id)?.id, id);
  });
});

describe('arrows of spawns', () => {
  it('lead to the worker, and to the main thread of a process', () => {
    const model = modelOf(`${pair}
      20  main calls 2 spawn "ls -l" at=main.js:3:5
      21  main started 2 pid=101
      25  os process 101 ppid=100`);
    assert.deepEqual(outline(model), [spawned, 'spawn 100/0 20 -> 101/0 20']);
    assert.equal(arrowById(model, 'spawn main#2')?.kind, 'spawn');
  });

  it('are none for a call that failed', () => {
    const model = modelOf(`${pair}
      20  main calls 2 spawn "nothing" at=main.js:3:5
      21  main started 2 error=ENOENT`);
    assert.deepEqual(outline(model), [spawned]);
    assert.equal(arrowById(model, 'spawn main#2'), null);
  });
});

const waiting = `${pair}
  10  main shares 1 1024
  10  w shares 1 1024 same=main:1`;

describe('arrows of wake-ups', () => {
  const model = modelOf(`${waiting}
    20  w waits 1 1 0 at=w.js:3:1
    30  main notifies 1 0 1 at=main.js:9:2
    31  w wakes 1 ok
    40  w waits 2 1 0 timeout=5
    45  w wakes 2 timed-out`);

  it('lead from the call of notify to the end of the wait', () => {
    assert.deepEqual(outline(model, 15), ['wake 100/0 30 -> 100/1 31']);
  });

  it('are named by the waiting thread and the wait’s start', () => {
    const id = `wake 100/1 ${at(20)}`;
    const arrow = arrowById(model, id);
    assert.ok(arrow?.kind === 'wake');
    assert.equal(arrow.notify.location, 'main.js:9:2');
    assert.equal(arrow.wait.location, 'w.js:3:1');
    assert.equal(arrowById(model, `wake 100/1 ${at(40)}`), null, 'nobody woke it');
  });
});

describe('arrows', () => {
  const model = modelOf(`${waiting}
    12  main creates 2 ./v.js
    12  main holds 2 creator call=2
    12  main created 2 worker=2
    13  v begins pid=100 worker=2 tid=108 call=main#2
    13  v holds 1 worker
    20  main sends 1 1
    21  main sends 2 1
    22  w gets 1 1 took=1
    23  v gets 1 1 took=1
    24  w sends 1 1
    26  main gets 1 1 took=1
    30  w waits 1 1 0
    40  main notifies 1 0 1
    41  w wakes 1 ok`);

  it('are counted as they are listed, for any window and any threads', () => {
    for (const filter of [undefined, touching('100/1'), touching('100/2'), touching('100/0', '100/2')]) {
      for (let from = 0; from < 45; from++) {
        for (const width of [0.5, 3, 100]) {
          const { message, spawn, wake } = countArrows(model, at(from), at(from + width), filter);
          assert.equal(message + spawn + wake, outline(model, from, from + width, filter).length);
        }
      }
    }
  });

  it('touch the threads that are asked for', () => {
    assert.deepEqual(outline(model, 15, 99, touching('100/2')), ['message 100/0 21 -> 100/2 23']);
    const none: ArrowFilter = { touching: null, accepts: (_, to) => to === '100/0' };
    assert.deepEqual(outline(model, 0, 99, none), ['message 100/1 24 -> 100/0 26']);
  });

  it('stop at the limit', () => {
    assert.equal(arrowsIn(model, at(0), at(99), 3).length, 3);
  });

  it('of an interval are those that end or begin in it, in order', () => {
    const w = model.threads.get('100/1')!;
    const { incoming, outgoing } = arrowsOfInterval(model, w, at(6), at(99));
    const names = (ids: readonly string[]): string[] => ids.map((id) => toldArrow(arrowById(model, id)!));
    assert.deepEqual(names(incoming), [spawned, 'message 100/0 20 -> 100/1 22', 'wake 100/0 40 -> 100/1 41']);
    assert.deepEqual(names(outgoing), ['message 100/1 24 -> 100/0 26']);
    assert.deepEqual(arrowsOfInterval(model, w, at(22.5), at(24)), { incoming: [], outgoing: [] });
    // What ends a wait belongs to the wait, not to what comes next.
    assert.deepEqual(names(arrowsOfInterval(model, w, at(30), at(41)).incoming), [
      'wake 100/0 40 -> 100/1 41',
    ]);
    assert.deepEqual(names(arrowsOfInterval(model, w, at(41), at(60)).incoming), []);
  });

  it('are counted by stretches of time', () => {
    const edges = [at(0), at(20), at(21.5), at(23), at(100)];
    assert.deepEqual([...arrowDensity(model, ['100/0'], edges)], [0, 2, 0, 2]);
    assert.deepEqual([...arrowDensity(model, ['100/1'], edges)], [0, 0, 1, 2]);
    assert.deepEqual([...arrowDensity(model, ['100/1'], edges, undefined, ['wake'])], [0, 0, 0, 1]);
  });

  it('keep up with what comes, also out of turn', () => {
    const story = `${waiting}
      20  main sends 1 1
      24  w gets 1 1 took=2
      21  main sends 1 2
      22  main sends 1 3
      29  w gets 1 3 took=1
      27  w gets 1 2 took=9
      30  w waits 1 1 0
      40  main notifies 1 0 1
      41  w wakes 1 ok
      50  main calls 2 spawn ls
      51  main started 2 pid=101`;
    const growing = emptyModel();
    for (const { record, source } of readAll([recordingOf(story)]).records) {
      reduce(growing, record, source);
      countArrows(growing, at(0), at(99));
    }
    assert.deepEqual(outline(growing), outline(modelOf(story)));
    assert.equal(outline(growing).length, 6);
  });
});

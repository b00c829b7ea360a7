import assert from 'node:assert/strict';
import { NS_PER_MS } from '../../../src/base/units';
import { currentState } from '../../../src/model/select';
import { liveStates } from '../../../src/model/states';
import type { Model } from '../../../src/model/types';
import { modelOf } from '../../support/traceNotation';

const start = `
  0   run starts "node main.js"
  0   os starts
  0   run root 100
  0   os thread 100/100 since=0
  0   main begins pid=100 cpu=0`;

/** The intervals of the main thread: `from..to state ms, … (reason)`. */
function intervals(model: Model): string[] {
  const thread = model.threads.get('100/0');
  assert.ok(thread);
  const base = model.start ?? 0;
  const ms = (ns: number): number => Math.round((ns / NS_PER_MS) * 1000) / 1000;
  return Array.from({ length: thread.timeline.length }, (_, index) => {
    const interval = thread.timeline.at(index);
    const parts = liveStates
      .filter((state) => interval[state] > 0.5)
      .map((state) => `${state} ${ms(interval[state])}`);
    const why = interval.estimated ? `${interval.reason}, estimated` : interval.reason;
    return `${ms(interval.start - base)}..${ms(interval.end - base)} ${parts.join(', ')} (${why})`;
  });
}

describe('the intervals of a thread', () => {
  it('have the exact edges of a wait that the probe saw, however coarsely the system was looked at', () => {
    const model = modelOf(`${start}
      10  os sees 100/100 R cpu=10
      11  os tick
      13.5  main calls 1 execSync "sleep 1" at=main.js:1:1
      113.25 main started 1 pid=101
      113.25 main heard 1 pid=101 code=0
      120 os sees 100/100 R cpu=20.25
      121 os tick`);
    assert.deepEqual(intervals(model), [
      '0..13.5 running 13.5 (unknown)',
      '13.5..113.25 blocked 99.75 (childProcess)',
      '113.25..120 running 6.75 (unknown)',
    ]);
  });

  it('share out a wait for a CPU that came after a wait the probe saw', () => {
    const model = modelOf(`${start}
      10  os sees 100/100 R cpu=10
      20  main calls 1 execSync "sleep 1" at=main.js:1:1
      60  main started 1 pid=101
      60  main heard 1 pid=101 code=0
      70  os sees 100/100 R cpu=30 queue=10`);
    const thread = model.threads.get('100/0');
    assert.ok(thread);
    const { running, ready, blocked } = thread.timeline.totals;
    // On a CPU or waiting for one for 30 of the 60 ms, of which only 20 are outside of the call.
    assert.ok(Math.abs(running - 30e6) < 1 && Math.abs(ready - 10e6) < 1, `${running} ${ready}`);
    assert.ok(Math.abs(blocked - 30e6) < 1, String(blocked));
    assert.ok(Math.abs(thread.timeline.blockedBy('childProcess') - 30e6) < 1);
  });

  it('know a wait for a CPU from the sleep before it, though the kernel counts it only when it is over', () => {
    const model = modelOf(`${start}
      10  os sees 100/100 S do_epoll_wait cpu=10
      11  os tick
      31  os tick
      51  os tick
      71  os tick
      80  os sees 100/100 S do_epoll_wait cpu=12 queue=40`);
    assert.deepEqual(intervals(model), [
      '0..10 running 10 (eventLoop)',
      '10..38 waiting 28 (eventLoop)',
      '38..80 ready 40, running 2 (eventLoop)',
    ]);
  });

  it('give back what was taken for sleep when it turns out to have been a wait for a CPU', () => {
    const model = modelOf(`${start}
      10  os sees 100/100 R cpu=10
      300 os sees 100/100 R cpu=15
      320 os sees 100/100 S do_epoll_wait cpu=30 queue=280
      321 os tick`);
    const thread = model.threads.get('100/0');
    assert.ok(thread);
    const { running, ready, waiting } = thread.timeline.totals;
    assert.deepEqual(
      [running, ready, waiting].map((ns) => Math.round(ns / NS_PER_MS)),
      [30, 280, 10],
    );
    const load = model.load.between(model.start ?? 0, (model.start ?? 0) + 320 * NS_PER_MS);
    assert.ok(Math.abs(load.ready - 280 / 320) < 0.02, String(load.ready));
    for (let index = 0; index < thread.timeline.length; index++) {
      const interval = thread.timeline.at(index);
      for (const state of liveStates) assert.ok(interval[state] >= 0, `${state} ${interval[state]}`);
    }
  });

  it('outside of a known wait are not blocked by it, whenever the thread was looked at', () => {
    const model = modelOf(`${start}
      10  os sees 100/100 S do_epoll_wait cpu=10
      11  os tick
      20  main calls 1 execSync "sleep 1" at=main.js:1:1
      40  os sees 100/100 S do_sys_poll cpu=11
      60  main started 1 pid=101
      60  main heard 1 pid=101 code=0
      80  os sees 100/100 S do_epoll_wait cpu=12
      81  os tick`);
    const thread = model.threads.get('100/0');
    assert.ok(thread);
    const { blocked, waiting } = thread.timeline.totals;
    assert.deepEqual(
      [blocked, waiting].map((ns) => Math.round(ns / NS_PER_MS)),
      [40, 28],
    );
  });

  it('tell a page fault from other reads of a disk', () => {
    const model = modelOf(`${start}
      10  os sees 100/100 R cpu=10 faults=3
      20  os sees 100/100 D folio_wait_bit_common cpu=11 faults=3
      30  os sees 100/100 D folio_wait_bit_common cpu=12 faults=4
      40  os tick`);
    assert.deepEqual(
      intervals(model).map((text) => /\((.*)\)/.exec(text)?.[1]),
      ['unknown', 'disk', 'pageFault'],
    );
  });

  it('are an estimate from the event loop alone where the system tells nothing of threads', () => {
    const model = modelOf(`
      0    run starts "node main.js"
      0    os starts precision=none
      0    run root 100
      0    main begins pid=100
      1000 main heap 1 idle=600
      1200 main calls 1 execSync "sleep 1" at=main.js:1:1
      1700 main started 1 pid=101
      1700 main heard 1 pid=101 code=0
      2000 main heap 1 idle=1000
      3000 main heap 1 idle=2000`);
    const thread = model.threads.get('100/0');
    assert.ok(thread);
    const { running, waiting, blocked } = thread.timeline.totals;
    assert.deepEqual(
      [running, waiting, blocked].map((ns) => Math.round(ns / NS_PER_MS)),
      [500, 2000, 500],
    );
    assert.equal(thread.timeline.estimatedTime, 3000 * NS_PER_MS);
    assert.equal(currentState(model, thread).state, 'waiting');
  });
});

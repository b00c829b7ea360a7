import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NS_PER_MS, type Ns } from '../../../src/base/units';
import { longestBlocked } from '../../../src/model/explainLongest';
import { rangeSummary } from '../../../src/model/rangeSummary';
import { blockedOfThread } from '../../../src/model/rangeSummaryBlocked';
import { stateTimes } from '../../../src/model/select';
import { liveStates } from '../../../src/model/states';
import type { Model } from '../../../src/model/types';
import { STORY_START } from '../../support/storyLine';
import { modelOf } from '../../support/traceNotation';
import { poolModel } from '../webview/fixtures/poolModel';
import { START } from '../webview/fixtures/simulation';

const at = (ms: number): Ns => STORY_START + ms * NS_PER_MS;
const ms = (ns: Ns | undefined): number => Math.round((ns ?? NaN) / 1e5) / 10;

const story = `
  0   run starts "node main.js"
  0   os starts
  0   run root 100
  0   os thread 100/100 since=0
  0   main begins pid=100 cpu=0
  1   main creates 1 ./w.js at=main.js:2:9
  1   main holds 1 creator call=1
  1   main created 1 worker=1
  2   os thread 100/107 since=2
  9   w begins pid=100 worker=1 tid=107 call=main#1 cpu=0
  9   w holds 1 worker
  10  main shares 1 1024
  11  w shares 1 1024 same=main:1
  20  os sees 100/107 R cpu=11
  20  os sees 100/100 S do_epoll_wait cpu=5
  21  os tick
  30  w waits 1 1 0 at=lock.js:18:3
  40  main sends 1 1 at=main.js:9:1
  41  main sends 1 2 at=main.js:9:1
  50  w wakes 1 ok
  51  w gets 1 1 took=1
  53  w gets 1 2 took=1
  60  w waits 2 1 0 at=lock.js:18:3
  90  w wakes 2 ok
  92  main calls 2 execSync "git status" at=main.js:5:1
  97  main started 2 pid=101
  97  main heard 2 pid=101 code=0
  110 os sees 100/107 S do_epoll_wait cpu=50
  110 os sees 100/100 S do_epoll_wait cpu=10
  111 os tick
  131 os tick
  140 os sees 100/107 S pipe_read cpu=51
  141 os tick
  181 os tick
  200 os sees 100/107 S do_epoll_wait cpu=52`;

describe('a stretch of time', () => {
  const model = modelOf(story);

  it('has blocked time by reason and line', () => {
    const { blocked, isPartial } = rangeSummary(model, at(0), at(100));
    assert.equal(isPartial, false);
    assert.deepEqual(
      blocked.map(({ reason, call, location, time, count, longest }) => [
        ...[reason, call, location, ms(time), count, longest.threadId, ms(longest.time)],
      ]),
      [
        ['atomicsWait', null, 'lock.js:18:3', 50, 2, '100/1', 30],
        ['childProcess', 'execSync', 'main.js:5:1', 5, 1, '100/0', 5],
      ],
    );
  });

  it('counts only the part of a wait that lies within', () => {
    const { blocked } = rangeSummary(model, at(40), at(70));
    assert.deepEqual(
      blocked.map(({ time, count }) => [ms(time), count]),
      [[20, 2]],
    );
  });

  it('counts messages by thread, and how long they queued', () => {
    const { threads, latencies, sent, received } = rangeSummary(model, at(0), at(52));
    assert.deepEqual([sent, received], [2, 1]);
    assert.deepEqual(threads.map(({ thread, sent: out, received: got }) => [thread.id, out, got]).sort(), [
      ['100/0', 2, 0],
      ['100/1', 0, 1],
    ]);
    assert.deepEqual([latencies?.count, ms(latencies?.max)], [1, 11]);
    const all = rangeSummary(model, at(0), at(200)).latencies;
    assert.deepEqual([all?.count, ms(all?.p50), ms(all?.max)], [2, 11, 12]);
    assert.equal(
      all?.histogram.reduce((sum, bar) => sum + bar, 0),
      2,
    );
  });

  it('is empty outside of the run', () => {
    const { threads, blocked, latencies } = rangeSummary(model, at(-50), at(-10));
    assert.deepEqual([threads, blocked, latencies], [[], [], null]);
  });
});

describe('the longest Blocked stretches', () => {
  it('are those of all threads, with reason and line', () => {
    const { stretches, isPartial } = longestBlocked(modelOf(story), 3);
    assert.equal(isPartial, false);
    assert.deepEqual(
      stretches.map(({ threadId, time, reason, location }) => [threadId, ms(time), reason, location]),
      [
        ['100/1', 49, 'pipe', null],
        ['100/1', 30, 'atomicsWait', 'lock.js:18:3'],
        ['100/1', 20, 'atomicsWait', 'lock.js:18:3'],
      ],
    );
  });

  it('are found again as the run goes on, also of a wait that is not over', () => {
    const whole = poolModel(5120);
    const [longest] = longestBlocked(whole, 5).stretches;
    assert.deepEqual([longest?.reason, ms(longest?.time)], ['atomicsWait', 1200]);
    const thread = whole.threads.get(longest?.threadId ?? '') ?? assert.fail();
    const [group] = blockedOfThread(whole, thread).groups;
    assert.equal(group?.count, 2);
    assert.equal(ms(group.time), ms(1200 * NS_PER_MS + (whole.now - START - 4400 * NS_PER_MS)));
    assert.deepEqual(longestBlocked(whole, 5), longestBlocked(whole, 5), 'asked twice');
  });
});

describe('the sums over a stretch', () => {
  const model = poolModel(5120);
  const life: readonly [Ns, Ns] = [model.start ?? 0, model.now];

  it('add up to the whole, wherever it is cut', () => {
    const whole = rangeSummary(model, ...life);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 }), (shares) => {
        const cuts = [...new Set(shares)]
          .toSorted((a, b) => a - b)
          .map((share) => life[0] + share * (life[1] - life[0]))
          .filter((cut) => cut > life[0] && cut < life[1]);
        const edges = [life[0], ...cuts, life[1]];
        const parts =
          cuts.length === 0 ? [whole] : edges.slice(1).map((to, i) => partOf(model, edges[i] ?? 0, to));
        for (const state of liveStates) {
          assertNear(
            sum(parts, ({ totals }) => totals[state]),
            whole.totals[state],
            state,
          );
        }
        assertNear(
          sum(parts, (part) => part.estimated),
          whole.estimated,
          'estimated',
        );
        assertNear(
          sum(parts, ({ blocked }) => sum(blocked, ({ time }) => time)),
          sum(whole.blocked, ({ time }) => time),
          'blocked by line',
        );
        // The newest message may have been sent at the very end.
        assert.ok(Math.abs(sum(parts, ({ sent }) => sent) - whole.sent) <= 1);
        assert.equal(
          sum(parts, ({ received }) => received),
          whole.received,
        );
        assert.equal(
          sum(parts, ({ latencies }) => latencies?.count ?? 0),
          whole.latencies?.count,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('of a whole life are those of the thread', () => {
    for (const { thread, times } of rangeSummary(model, ...life).threads) {
      const all = stateTimes(model, thread);
      for (const state of liveStates) assertNear(times[state], all[state], `${thread.id} ${state}`);
    }
  });
});

function partOf(model: Model, from: Ns, to: Ns): ReturnType<typeof rangeSummary> {
  return rangeSummary(model, from, to);
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

/** Columns of intervals are single floats. */
function assertNear(one: number, other: number, what: string): void {
  const allowed = 100 + Math.abs(other) * 1e-6;
  assert.ok(Math.abs(one - other) <= allowed, `${what}: ${one} is not ${other}`);
}

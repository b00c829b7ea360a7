import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LoadHistory } from '../../../src/model/loadHistory';
import { liveStates, waitReasons } from '../../../src/model/states';
import { ESTIMATED, TIMES_LENGTH } from '../../../src/model/intervalColumns';
import { Timeline } from '../../../src/model/timeline';

/** What may happen to a timeline between two looks at it. */
type Step =
  | {
      readonly kind: 'append';
      readonly times: readonly number[];
      readonly reason: number;
      readonly estimated: boolean;
    }
  | { readonly kind: 'wasReady'; readonly time: number }
  | { readonly kind: 'relabel' | 'coarsen' }
  | { readonly kind: 'look'; readonly from: number; readonly to: number };

const duration = fc.oneof(
  fc.constant(0),
  fc.double({ min: 1, max: 1e8, noNaN: true }),
  fc.double({ min: 1, max: 1000, noNaN: true }),
);
const share = fc.double({ min: -0.1, max: 1.1, noNaN: true });
const append = fc.record({
  kind: fc.constant('append' as const),
  times: fc.array(duration, { minLength: liveStates.length, maxLength: liveStates.length }),
  reason: fc.nat(waitReasons.length - 1),
  estimated: fc.boolean(),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 60, arbitrary: append },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('look' as const), from: share, to: share }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wasReady' as const), time: duration }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('relabel' as const, 'coarsen' as const) }) },
);

function apply(timeline: Timeline, load: LoadHistory, done: Step): void {
  switch (done.kind) {
    case 'append': {
      const [fresh = 0, ready = 0, running = 0, waiting = 0, blocked = 0] = done.times;
      const reason = waitReasons[done.reason] ?? 'unknown';
      timeline.add(fresh, ready, running, waiting, blocked, reason, done.estimated);
      return;
    }
    case 'wasReady':
      timeline.sleepWasReady(done.time, load);
      return;
    case 'relabel':
      timeline.relabelSleepAsNew();
      return;
    case 'coarsen':
      timeline.coarsen();
      return;
    case 'look': {
      const life = timeline.end - timeline.start;
      look(timeline, timeline.start + done.from * life, timeline.start + done.to * life);
    }
  }
}

function look(timeline: Timeline, from: number, to: number): void {
  const found = new Float64Array(TIMES_LENGTH);
  timeline.addTimes(from, to, found);
  const expected = naive(timeline, from, to);
  const scale = timeline.end - timeline.start;
  for (const [index, value] of expected.entries()) {
    assert.ok(
      Math.abs((found[index] ?? NaN) - value) <= 1e-9 * scale + 1e-3,
      `${liveStates[index] ?? 'estimated'} ${found[index]} for ${value}`,
    );
    // What did not happen must not seem to have happened a little, or marks of it would be painted.
    if (value === 0 && liveStates[index] !== 'waiting') assert.equal(found[index], 0);
  }
}

function naive(timeline: Timeline, from: number, to: number): number[] {
  const sums = new Array<number>(TIMES_LENGTH).fill(0);
  for (let index = 0; index < timeline.length; index++) {
    const interval = timeline.at(index);
    const overlap = Math.min(to, interval.end) - Math.max(from, interval.start);
    if (overlap <= 0) continue;
    const part = overlap / (interval.end - interval.start);
    for (const [place, state] of liveStates.entries()) sums[place]! += interval[state] * part;
    if (interval.estimated) sums[ESTIMATED]! += overlap;
  }
  return sums;
}

describe('sums over a timeline', () => {
  it('are those of its intervals, whatever was appended or changed meanwhile', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300, size: 'max' }), fc.array(share), (steps, ends) => {
        const timeline = new Timeline(1e12);
        const load = new LoadHistory();
        for (const done of steps) apply(timeline, load, done);
        const life = timeline.end - timeline.start;
        for (const end of ends) look(timeline, timeline.start, timeline.start + end * life);
        for (const end of ends) look(timeline, timeline.start + end * life, timeline.end);
        look(timeline, -Infinity, Infinity);
      }),
    );
  });

  it('tell what was waited for', () => {
    fc.assert(
      fc.property(
        fc.array(append, { minLength: 1, maxLength: 200, size: 'max' }),
        fc.nat(),
        fc.nat(),
        (steps, a, b) => {
          const timeline = new Timeline(0);
          for (const done of steps) apply(timeline, new LoadHistory(), done);
          const [first, end] = [a % (timeline.length + 1), b % (timeline.length + 1)].sort((x, y) => x - y);
          const asleep = new Float64Array(waitReasons.length);
          timeline.addSleepByReason(first!, end!, asleep);
          for (const [index, reason] of waitReasons.entries()) {
            let expected = 0;
            for (let at = first!; at < end!; at++) {
              const interval = timeline.at(at);
              if (interval.reason === reason) expected += interval.waiting + interval.blocked;
            }
            assert.ok(Math.abs(asleep[index]! - expected) <= 1e-9 * timeline.end + 200);
          }
        },
      ),
    );
  });

  it('take a few steps, however many intervals there are', () => {
    const timeline = new Timeline(0);
    const count = 1_000_000;
    for (let index = 0; index < count; index++) {
      if (index % 2 === 0) timeline.add(0, 0, 1000, 0, 0, 'unknown', false);
      else timeline.add(0, 0, 0, 3000, 0, 'eventLoop', false);
    }
    assert.equal(timeline.length, count);
    const into = new Float64Array(TIMES_LENGTH);
    timeline.addTimes(0, timeline.end, into);
    const begin = performance.now();
    const looks = 10_000;
    for (let index = 0; index < looks; index++) {
      into.fill(0);
      timeline.addTimes(index * 7001, timeline.end - index * 1009, into);
    }
    const microseconds = ((performance.now() - begin) * 1000) / looks;
    // A walk over them would take thousands.
    assert.ok(microseconds < 50, `${microseconds} µs a sum`);
  });
});

describe('a timeline', () => {
  it('does not spread what happens seldom over all that came before', () => {
    const timeline = new Timeline(0);
    const asleep = (): void => timeline.add(0, 0, 0, 2e7, 0, 'eventLoop', false);
    asleep();
    asleep();
    timeline.add(0, 0, 5e4, 2e7 - 5e4, 0, 'eventLoop', false);
    asleep();
    asleep();
    assert.equal(timeline.length, 3);
    assert.deepEqual(
      [0, 1, 2].map((index) => timeline.at(index).running),
      [0, Math.fround(5e4), 0],
    );
  });

  it('finds the next interval from wherever it is told to begin', () => {
    fc.assert(
      fc.property(fc.array(append, { minLength: 1 }), share, fc.nat(), (steps, at, hint) => {
        const timeline = new Timeline(0);
        for (const done of steps) apply(timeline, new LoadHistory(), done);
        const time = at * timeline.end;
        const from = hint % (timeline.length + 1);
        let expected = from;
        while (expected < timeline.length && timeline.endOf(expected) <= time) expected++;
        assert.equal(timeline.nextEndingAfter(time, from), expected);
      }),
    );
  });
});

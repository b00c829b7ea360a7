import assert from 'node:assert/strict';
import fc from 'fast-check';
import { liveStates, waitReasons } from '../../../src/model/states';
import { noTimes, Timeline, type StateTimes } from '../../../src/model/timeline';

const duration = fc.double({ min: 0, max: 1e9, noNaN: true });
const stretch = fc.record(
  {
    times: fc.record<StateTimes>({
      new: duration,
      ready: duration,
      running: duration,
      waiting: duration,
      blocked: duration,
    }),
    reason: fc.constantFrom(...waitReasons),
    estimated: fc.boolean(),
  },
  { noNullPrototype: true },
);

/** Columns are single floats. */
const TOLERANCE = 1e-6;

function sum(times: StateTimes): number {
  return liveStates.reduce((total, state) => total + times[state], 0);
}

describe('a timeline', () => {
  it('has no gaps, and its parts add up, whatever is appended', () => {
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 60 }), (stretches) => {
        const timeline = new Timeline(1e12);
        for (const { times, reason, estimated } of stretches) timeline.append(times, reason, estimated);
        let end = timeline.start;
        for (let index = 0; index < timeline.length; index++) {
          const interval = timeline.at(index);
          assert.equal(interval.start, end);
          assert.ok(interval.end >= interval.start);
          for (const state of liveStates) assert.ok(interval[state] >= 0, `${state} ${interval[state]}`);
          const life = interval.end - interval.start;
          assert.ok(Math.abs(sum(interval) - life) <= 1 + life * TOLERANCE);
          end = interval.end;
        }
        assert.equal(timeline.end, end);
        const expected = noTimes();
        for (const { times } of stretches) for (const state of liveStates) expected[state] += times[state];
        assert.deepEqual(timeline.totals, expected);
        assert.ok(Math.abs(end - timeline.start - sum(expected)) <= 1 + sum(expected) * TOLERANCE);
      }),
    );
  });

  it('finds the interval at any moment', () => {
    fc.assert(
      fc.property(
        fc.array(stretch, { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (list, at) => {
          const timeline = new Timeline(1e12);
          for (const { times, reason, estimated } of list) timeline.append(times, reason, estimated);
          fc.pre(timeline.length > 0);
          const time = timeline.start + at * (timeline.end - timeline.start);
          const { start, end } = timeline.at(timeline.indexAt(time));
          assert.ok(start <= time && time <= end);
        },
      ),
    );
  });

  it('answers -1 while it is empty', () => {
    assert.equal(new Timeline(5).indexAt(5), -1);
  });

  it('keeps one interval for an hour of the same', () => {
    const timeline = new Timeline(0);
    for (let pass = 0; pass < 10_000; pass++)
      timeline.append({ ...noTimes(), waiting: 2e7 }, 'eventLoop', false);
    assert.equal(timeline.length, 1);
    assert.equal(timeline.at(0).waiting, 2e11);
  });

  it('keeps a busy hour pure, looked at often', () => {
    const timeline = new Timeline(0);
    for (let pass = 0; pass < 180_000; pass++) {
      timeline.append({ ...noTimes(), running: 20_000_000 }, 'unknown', false);
    }
    const life = timeline.end - timeline.start;
    for (let index = 0; index < timeline.length; index++) {
      assert.ok(
        timeline.at(index).waiting <= life * TOLERANCE,
        `${timeline.at(index).waiting} ns of waiting`,
      );
    }
  });

  it('keeps apart what differs in state, reason or certainty', () => {
    const timeline = new Timeline(0);
    const waiting = { ...noTimes(), waiting: 10 };
    timeline.append(waiting, 'eventLoop', false);
    timeline.append(waiting, 'unknown', false);
    timeline.append(waiting, 'unknown', true);
    timeline.append({ ...noTimes(), running: 10 }, 'unknown', true);
    assert.equal(timeline.length, 4);
    assert.equal(timeline.estimatedTime, 20);
  });

  it('takes no interval without a duration', () => {
    const timeline = new Timeline(0);
    timeline.append(noTimes(), 'unknown', false);
    assert.equal(timeline.length, 0);
  });

  it('becomes coarser without losing time', () => {
    fc.assert(
      fc.property(fc.array(stretch, { minLength: 4, maxLength: 60 }), (stretches) => {
        const timeline = new Timeline(1e12);
        for (const { times, reason, estimated } of stretches) timeline.append(times, reason, estimated);
        const { length, end } = timeline;
        const before = sumOfIntervals(timeline);
        timeline.coarsen();
        assert.equal(timeline.length, length - (length >> 2));
        assert.equal(timeline.end, end);
        const after = sumOfIntervals(timeline);
        for (const state of liveStates) {
          assert.ok(Math.abs(after[state] - before[state]) <= 1 + (end - timeline.start) * TOLERANCE, state);
        }
        let at = timeline.start;
        for (let index = 0; index < timeline.length; index++) {
          assert.equal(timeline.at(index).start, at);
          assert.ok(timeline.at(index).end >= at);
          at = timeline.at(index).end;
        }
      }),
    );
  });

  it('knows for how long it was blocked by what', () => {
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 60 }), (stretches) => {
        const timeline = new Timeline(0);
        for (const { times, reason, estimated } of stretches) timeline.append(times, reason, estimated);
        const total = waitReasons.reduce((all, reason) => all + timeline.blockedBy(reason), 0);
        assert.ok(Math.abs(total - timeline.totals.blocked) <= 1e-6 * (1 + total));
      }),
    );
  });
});

function sumOfIntervals(timeline: Timeline): StateTimes {
  const all = noTimes();
  for (let index = 0; index < timeline.length; index++) {
    const interval = timeline.at(index);
    for (const state of liveStates) all[state] += interval[state];
  }
  return all;
}

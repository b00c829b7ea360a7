import assert from 'node:assert/strict';
import fc from 'fast-check';
import { liveStates } from '../../../src/model/states';
import { noTimes, Timeline, type Interval, type StateTimes } from '../../../src/model/timeline';
import { LaneSegments, STATES, SUMMED } from '../../../webview/timeline/segments';

interface Segment {
  readonly x: number;
  readonly width: number;
  readonly interval: number;
  readonly shares: StateTimes;
  readonly estimated: boolean;
}

/** A lane written as durations and states: `['running', 10], ['waiting', 5]`. */
function lane(...parts: readonly (readonly [keyof StateTimes, number])[]): Timeline {
  const timeline = new Timeline(0);
  for (const [state, duration] of parts)
    timeline.append({ ...noTimes(), [state]: duration }, 'unknown', false);
  return timeline;
}

/** One for all, as in the panel: nothing may be left over from the lane before. */
const segments = new LaneSegments();

function layout(
  timeline: Timeline,
  range: { from: number; to: number },
  width: number,
  tail: Interval | null = null,
): Segment[] {
  segments.fill(timeline, tail, range, width);
  return Array.from({ length: segments.count }, (_, index) => {
    const shares = noTimes();
    for (const [place, state] of liveStates.entries())
      shares[state] = segments.shares[index * STATES + place]!;
    return {
      x: segments.x[index]!,
      width: segments.width[index]!,
      interval: segments.interval[index]!,
      shares,
      estimated: segments.estimated[index] === 1,
    };
  });
}

const places = (found: readonly Segment[]): number[][] => found.map(({ x, width }) => [x, width]);

describe('segments of a lane', () => {
  it('are the intervals themselves where they are wide', () => {
    const found = layout(lane(['running', 40], ['blocked', 60]), { from: 0, to: 100 }, 100);
    assert.deepEqual(places(found), [
      [0, 40],
      [40, 60],
    ]);
    assert.deepEqual(
      found.map(({ interval }) => interval),
      [0, 1],
    );
    assert.equal(found[1]?.shares.blocked, 1);
  });

  it('add up what shares a pixel column, by duration', () => {
    const found = layout(
      lane(['running', 3], ['waiting', 1], ['running', 2], ['blocked', 4]),
      { from: 0, to: 10 },
      1,
    );
    assert.equal(found.length, 1);
    const only = found[0]!;
    assert.equal(only.interval, SUMMED);
    assert.ok(Math.abs(only.shares.running - 0.5) < 1e-6);
    assert.ok(Math.abs(only.shares.blocked - 0.4) < 1e-6);
  });

  it('give a column on the border of two intervals its part of each', () => {
    const found = layout(lane(['running', 25], ['blocked', 75]), { from: 0, to: 100 }, 10);
    const border = found.find(({ x }) => x === 2);
    assert.ok(border !== undefined);
    assert.equal(border.width, 1);
    assert.ok(Math.abs(border.shares.running - 0.5) < 1e-6);
  });

  it('are cut at the edges of the view', () => {
    assert.deepEqual(places(layout(lane(['running', 100]), { from: 40, to: 60 }, 20)), [[0, 20]]);
  });

  it('are none in a range without width, or in one that is broken', () => {
    for (const range of [
      { from: 5, to: 5 },
      { from: 5, to: 4 },
      { from: NaN, to: 5 },
      { from: -Infinity, to: Infinity },
    ])
      assert.deepEqual(layout(lane(['running', 100]), range, 20), []);
    assert.deepEqual(layout(lane(['running', 100]), { from: 0, to: 5 }, 0), []);
    assert.deepEqual(layout(new Timeline(5), { from: 0, to: 10 }, 20), []);
  });

  it('begin and end with the life, hours away from the view too', () => {
    const timeline = lane(['running', 50], ['waiting', 50]);
    assert.deepEqual(places(layout(timeline, { from: -100, to: 300 }, 40)), [
      [10, 5],
      [15, 5],
    ]);
    assert.deepEqual(layout(timeline, { from: 1e15, to: 2e15 }, 40), []);
    assert.deepEqual(layout(timeline, { from: -2e15, to: -1e15 }, 40), []);
    assert.equal(layout(timeline, { from: -1e15, to: 1e15 }, 40).length, 1);
  });

  it('include what is not recorded yet', () => {
    const tail: Interval = {
      start: 20,
      end: 50,
      ...noTimes(),
      blocked: 30,
      reason: 'lock',
      estimated: true,
    };
    const wide = layout(lane(['running', 20]), { from: 0, to: 100 }, 100, tail);
    assert.deepEqual(places(wide), [
      [0, 20],
      [20, 30],
    ]);
    assert.deepEqual([wide[1]!.interval, wide[1]!.estimated, wide[1]!.shares.blocked], [1, true, 1]);
    const [narrow] = layout(lane(['running', 20]), { from: 0, to: 100 }, 1, tail);
    assert.ok(Math.abs(narrow!.shares.blocked - 0.6) < 1e-6);
    assert.equal(narrow!.estimated, true);
    const alone = layout(new Timeline(20), { from: 0, to: 100 }, 10, tail);
    assert.deepEqual(places(alone), [[2, 3]]);
  });

  it('cover every column of a life once, and keep the shares of the states, at every zoom', () => {
    const part = fc.tuple(fc.constantFrom(...liveStates), fc.double({ min: 0.01, max: 30, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 200, size: 'max' }),
        fc.integer({ min: 1, max: 90 }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        fc.double({ min: 1e-4, max: 1, noNaN: true }),
        (parts, width, begin, part) => {
          const timeline = lane(...parts);
          const from = begin * timeline.end;
          const to = from + part * (timeline.end - from);
          let next = 0;
          const shown = noTimes();
          for (const segment of layout(timeline, { from, to }, width)) {
            assert.equal(segment.x, next);
            next += segment.width;
            for (const state of liveStates)
              shown[state] += (segment.shares[state] * segment.width * (to - from)) / width;
          }
          assert.equal(next, width);
          const real = noTimes();
          for (let index = 0; index < timeline.length; index++) {
            const { start, end, ...rest } = timeline.at(index);
            const share = Math.max(0, Math.min(end, to) - Math.max(start, from)) / (end - start);
            for (const state of liveStates) real[state] += rest[state] * share;
          }
          for (const state of liveStates) {
            const difference = Math.abs(shown[state] - real[state]);
            assert.ok(difference < (to - from) * 1e-4, `${state}: ${shown[state]} for ${real[state]}`);
          }
        },
      ),
    );
  });

  it('cost what the columns cost, not what the intervals do', () => {
    const timeline = new Timeline(0);
    for (let index = 0; index < 500_000; index++) {
      timeline.add(0, 0, 1000, 0, 0, 'unknown', false);
      timeline.add(0, 0, 0, 1000, 0, 'eventLoop', false);
    }
    const range = { from: 0, to: timeline.end };
    layout(timeline, range, 1000);
    const begin = performance.now();
    for (let frame = 0; frame < 20; frame++) segments.fill(timeline, null, range, 1000);
    const ms = (performance.now() - begin) / 20;
    assert.ok(ms < 8, `${ms} ms a frame`);
  });
});

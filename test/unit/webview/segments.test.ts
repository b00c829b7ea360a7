import assert from 'node:assert/strict';
import fc from 'fast-check';
import { liveStates } from '../../../src/model/states';
import { noTimes, Timeline, type Interval, type StateTimes } from '../../../src/model/timeline';
import { segmentsOf, stackBands } from '../../../webview/timeline/segments';

/** A lane written as durations and states: `['running', 10], ['waiting', 5]`. */
function lane(...parts: readonly (readonly [keyof StateTimes, number])[]): Interval[] {
  const timeline = new Timeline(0);
  for (const [state, duration] of parts)
    timeline.append({ ...noTimes(), [state]: duration }, 'unknown', false);
  return Array.from({ length: timeline.length }, (_, index) => timeline.at(index));
}

function layout(
  intervals: readonly Interval[],
  range: { from: number; to: number },
  width: number,
): ReturnType<typeof segmentsOf> {
  return segmentsOf((visit) => intervals.forEach(visit), range, width);
}

describe('segments of a lane', () => {
  it('are the intervals themselves where they are wide', () => {
    const found = layout(lane(['running', 40], ['blocked', 60]), { from: 0, to: 100 }, 100);
    assert.deepEqual(
      found.map(({ x, width }) => [x, width]),
      [
        [0, 40],
        [40, 60],
      ],
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
    const found = layout(lane(['running', 100]), { from: 40, to: 60 }, 20);
    assert.deepEqual(
      found.map(({ x, width }) => [x, width]),
      [[0, 20]],
    );
  });

  it('are none in a range without width', () => {
    assert.deepEqual(layout(lane(['running', 100]), { from: 5, to: 5 }, 20), []);
  });

  it('cover every column of a life once, and keep the shares of the states', () => {
    const part = fc.tuple(fc.constantFrom(...liveStates), fc.double({ min: 0.01, max: 30, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 90 }),
        (parts, width) => {
          const intervals = lane(...parts);
          const end = intervals.at(-1)?.end ?? 0;
          const found = layout(intervals, { from: 0, to: end }, width);
          let next = 0;
          const shown = noTimes();
          for (const segment of found) {
            assert.equal(segment.x, next);
            next += segment.width;
            for (const state of liveStates)
              shown[state] += (segment.shares[state] * segment.width * end) / width;
          }
          assert.equal(next, width);
          for (const state of liveStates) {
            const real = intervals.reduce((sum, interval) => sum + interval[state], 0);
            assert.ok(Math.abs(shown[state] - real) < end * 1e-4, `${state}: ${shown[state]} for ${real}`);
          }
        },
      ),
    );
  });
});

describe('bands of a segment', () => {
  it('fill the lane with whole pixels, running at the bottom', () => {
    const bands = stackBands({ ...noTimes(), running: 0.5, waiting: 0.3, blocked: 0.2 }, 16);
    assert.deepEqual(
      bands.map(({ state }) => state),
      ['running', 'blocked', 'waiting'],
    );
    assert.equal(bands[0]?.bottom, 0);
    assert.equal(
      bands.reduce((sum, { height }) => sum + height, 0),
      16,
    );
  });

  it('keep a rare state visible, and leave a negligible one out', () => {
    const bands = stackBands({ ...noTimes(), waiting: 0.96, blocked: 0.03, ready: 0.01 }, 16);
    assert.deepEqual(
      bands.map(({ state, height }) => [state, height]),
      [
        ['blocked', 1],
        ['waiting', 15],
      ],
    );
  });
});

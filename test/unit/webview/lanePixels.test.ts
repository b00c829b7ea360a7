import assert from 'node:assert/strict';
import fc from 'fast-check';
import { liveStates, type LiveState } from '../../../src/model/states';
import { Timeline } from '../../../src/model/timeline';
import { stackHeights } from '../../../webview/timeline/bands';
import { LanePixels } from '../../../webview/timeline/lanePixels';
import type { PixelColors } from '../../../webview/timeline/pixelColors';
import { LaneSegments } from '../../../webview/timeline/segments';

const MS = 1e6;
const SECOND = 1e9;
const HATCH = 6;
/** A colour by number: 1 is New, … 5 is Blocked; 0 is nothing; hatched ones from 100 on. */
const colors: PixelColors = {
  states: Uint32Array.of(1, 2, 3, 4, 5),
  hatched: Uint32Array.from({ length: 5 * HATCH }, (_, index) => 100 + index),
  hatchSize: HATCH,
};
const colorOf = (state: LiveState): number => liveStates.indexOf(state) + 1;

function paint(
  timeline: Timeline,
  range: { from: number; to: number },
  width = 1000,
  height = 11,
  pixelRatio = 1,
): LanePixels {
  const segments = new LaneSegments();
  segments.fill(timeline, null, range, width);
  const pixels = new LanePixels();
  pixels.begin(width, height + 4, colors, pixelRatio);
  pixels.paintLane(segments, { top: 2, height, gap: 1 });
  return pixels;
}

function count({ pixels }: LanePixels, state: LiveState): number {
  return pixels.reduce((sum, pixel) => sum + (pixel === colorOf(state) ? 1 : 0), 0);
}

/** Half a minute of `usual`, 200 µs of `rare`, and the rest of the minute. */
function minute(usual: LiveState, rare: LiveState): Timeline {
  const timeline = new Timeline(0);
  const add = (state: LiveState, duration: number): void => {
    const times = liveStates.map((each) => (each === state ? duration : 0));
    timeline.add(times[0]!, times[1]!, times[2]!, times[3]!, times[4]!, 'unknown', false);
  };
  add(usual, 30.0007 * SECOND);
  add(rare, 0.2 * MS);
  add(usual, 60 * SECOND - timeline.end);
  return timeline;
}

/** From the whole minute to a microsecond, the rare moment at different places of the picture. */
function* zooms(): Generator<{ from: number; to: number }> {
  const moment = 30.0007 * SECOND + 0.1 * MS;
  for (let width = 60 * SECOND; width > 1000; width *= 0.73) {
    for (const place of [0.1234, 0.5, 0.871]) {
      const from = moment - place * width;
      yield { from, to: from + width };
    }
  }
}

describe('a state that is rare and short', () => {
  for (const usual of ['waiting', 'running', 'ready'] as const) {
    for (const rare of ['blocked', 'running', 'new'] as const) {
      if (rare === usual) continue;
      it(`keeps a mark of ${rare} in ${usual} at every zoom`, () => {
        const timeline = minute(usual, rare);
        for (const range of zooms()) {
          const least = rare === 'blocked' ? 2 : 1;
          const found = count(paint(timeline, range), rare);
          assert.ok(found >= least, `${found} pixels over ${range.to - range.from} ns`);
        }
      });
    }
  }

  it('is seen in the thinnest lane too, if it is Blocked', () => {
    for (const range of zooms())
      assert.ok(count(paint(minute('waiting', 'blocked'), range, 1000, 1), 'blocked') >= 1);
  });

  it('is seen on a screen with fine pixels, as high as elsewhere', () => {
    for (const range of zooms())
      assert.ok(count(paint(minute('waiting', 'blocked'), range, 2000, 22, 2), 'blocked') >= 4);
  });

  it('may be left out if it is Ready', () => {
    const whole = { from: 0, to: 60 * SECOND };
    assert.equal(count(paint(minute('running', 'ready'), whole), 'ready'), 0);
  });

  it('is found among a million other intervals', () => {
    const timeline = new Timeline(0);
    for (let index = 0; index < 500_000; index++) {
      timeline.add(0, 0, 50_000, 0, 0, 'unknown', false);
      timeline.add(0, 0, 0, 70_000, 0, 'eventLoop', false);
      if (index === 123_456) timeline.add(0, 0, 0, 0, 200_000, 'lock', false);
    }
    const moment = timeline.startOf(2 * 123_456 + 2);
    assert.equal(timeline.at(timeline.indexAt(moment)).blocked, 200_000);
    for (let width = timeline.end; width > 1000; width /= 1.7) {
      const from = Math.max(0, moment - width / 3);
      assert.ok(count(paint(timeline, { from, to: from + width }), 'blocked') >= 2, `${width} ns`);
    }
  });
});

describe('the pixels of a lane', () => {
  it('fill its bar and nothing else', () => {
    const timeline = minute('running', 'blocked');
    const { pixels, width, height } = paint(timeline, { from: 0, to: 60 * SECOND });
    for (let y = 0; y < height; y++) {
      const isBar = y >= 2 && y < 13;
      const row = pixels.subarray(y * width, (y + 1) * width);
      const painted = row.reduce((sum, pixel) => sum + (pixel === 0 ? 0 : 1), 0);
      // One pixel is the gap between what is left and what is right of the rare moment.
      assert.equal(painted, isBar ? width - 1 : 0, `row ${y}`);
    }
  });

  it('are striped where most of the time is estimated', () => {
    const timeline = new Timeline(0);
    timeline.add(0, 0, 10, 0, 0, 'unknown', true);
    timeline.add(0, 0, 0, 10, 0, 'unknown', false);
    const { pixels, width } = paint(timeline, { from: 0, to: 20 }, 20);
    const line = [...pixels.subarray(5 * width, 6 * width)];
    assert.deepEqual(
      line.slice(0, 9),
      Array.from({ length: 9 }, (_, x) => 100 + 2 * HATCH + ((x + 5) % HATCH)),
    );
    assert.equal(line[15], colorOf('waiting'));
  });
});

describe('bands of a column', () => {
  function heights(shares: Partial<Record<LiveState, number>>, height: number, line = 1): number[] {
    const found = new Int32Array(liveStates.length);
    stackHeights(
      Float32Array.from(liveStates, (state) => shares[state] ?? 0),
      0,
      height,
      line,
      found,
    );
    return [...found];
  }

  it('share out its pixels', () => {
    assert.deepEqual(heights({ running: 0.5, waiting: 0.3, blocked: 0.2 }, 16), [0, 0, 8, 5, 3]);
  });

  it('keep a rare state visible, and leave out a wait for a CPU that is negligible', () => {
    assert.deepEqual(heights({ waiting: 0.96, blocked: 0.03, ready: 0.01 }, 16), [0, 0, 0, 14, 2]);
    assert.deepEqual(heights({ waiting: 0.99, running: 1e-6, new: 1e-6 }, 16), [1, 0, 1, 14, 0]);
    assert.deepEqual(heights({ waiting: 0.99, blocked: 1e-9 }, 16, 2), [0, 0, 0, 12, 4]);
  });

  it('leave the last pixel to Blocked', () => {
    assert.deepEqual(heights({ waiting: 0.99, blocked: 1e-6 }, 1), [0, 0, 0, 0, 1]);
    assert.deepEqual(heights({ running: 0.6, waiting: 0.3, blocked: 0.1 }, 2), [0, 0, 1, 0, 1]);
  });

  it('are as high as the lane together, whatever the shares', () => {
    const share = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(share, { minLength: 5, maxLength: 5 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 3 }),
        (parts, height, line) => {
          const total = parts.reduce((sum, part) => sum + part, 0);
          fc.pre(total > 0);
          const found = new Int32Array(5);
          const shares = Float32Array.from(parts, (part) => part / total);
          stackHeights(shares, 0, height, line, found);
          assert.equal(
            found.reduce((sum, value) => sum + value, 0),
            height,
          );
          assert.ok(found.every((value) => value >= 0));
          if (shares[4]! > 0) assert.ok(found[4]! >= 1);
        },
      ),
    );
  });
});

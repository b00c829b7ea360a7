/**
 * From a lane's intervals to what is painted: intervals of a pixel and more keep their shape, the shorter ones
 * that share a pixel column are added up in it. Pure; units are device pixels.
 */
import { liveStates, type LiveState } from '../../src/model/states';
import { noTimes, type Interval, type StateTimes } from '../../src/model/timeline';
import type { TimeRange } from './range';

/** A stretch of whole pixel columns painted alike. */
export interface Segment {
  readonly x: number;
  readonly width: number;
  /** Share of each state in the time shown, adding up to 1. The order within is not known. */
  readonly shares: Readonly<StateTimes>;
  readonly estimated: boolean;
}

export type VisitIntervals = (visit: (interval: Interval) => void) => void;

/** `range` is in the same clock as the intervals. */
export function segmentsOf(visitIntervals: VisitIntervals, range: TimeRange, width: number): Segment[] {
  const layout = new SegmentLayout(width);
  const scale = width / (range.to - range.from);
  if (!Number.isFinite(scale) || scale <= 0) return [];
  visitIntervals((interval) => {
    const left = Math.max(0, (interval.start - range.from) * scale);
    const right = Math.min(width, (interval.end - range.from) * scale);
    if (right > left) layout.add(interval, left, right);
  });
  return layout.finish();
}

class SegmentLayout {
  private readonly segments: Segment[] = [];
  private column = -1;
  private times = noTimes();
  private total = 0;
  private estimated = 0;

  private readonly width: number;

  constructor(width: number) {
    this.width = width;
  }

  add(interval: Interval, left: number, right: number): void {
    const firstWhole = Math.ceil(left);
    const lastWhole = Math.floor(right);
    if (lastWhole <= firstWhole) {
      // Within one column, or across the border of two.
      const border = Math.min(right, Math.floor(left) + 1);
      this.addToColumn(interval, Math.floor(left), border - left);
      if (right > border) this.addToColumn(interval, Math.floor(border), right - border);
      return;
    }
    if (firstWhole > left) this.addToColumn(interval, firstWhole - 1, firstWhole - left);
    this.flush();
    const shares = sharesOf(interval);
    this.segments.push({
      x: firstWhole,
      width: lastWhole - firstWhole,
      shares,
      estimated: interval.estimated,
    });
    if (right > lastWhole) this.addToColumn(interval, lastWhole, right - lastWhole);
  }

  finish(): Segment[] {
    this.flush();
    return this.segments;
  }

  /** `weight` is the part of the column, in pixels, that the interval takes. */
  private addToColumn(interval: Interval, column: number, weight: number): void {
    if (weight <= 0 || column >= this.width) return;
    if (column !== this.column) {
      this.flush();
      this.column = column;
    }
    const perNs = weight / (interval.end - interval.start);
    for (const state of liveStates) this.times[state] += interval[state] * perNs;
    this.total += weight;
    if (interval.estimated) this.estimated += weight;
  }

  private flush(): void {
    if (this.total > 0) {
      const shares = noTimes();
      for (const state of liveStates) shares[state] = this.times[state] / this.total;
      const estimated = this.estimated > this.total / 2;
      this.segments.push({ x: this.column, width: 1, shares, estimated });
    }
    this.column = -1;
    this.times = noTimes();
    this.total = 0;
    this.estimated = 0;
  }
}

function sharesOf(interval: Interval): StateTimes {
  const duration = interval.end - interval.start;
  const shares = noTimes();
  for (const state of liveStates) shares[state] = interval[state] / duration;
  return shares;
}

export interface Band {
  readonly state: LiveState;
  /** From the lane's bottom up. */
  readonly bottom: number;
  readonly height: number;
}

/** Bottom to top; the states that matter most stand on the ground, where heights are easiest to compare. */
const stackOrder: readonly LiveState[] = ['running', 'ready', 'blocked', 'new', 'waiting'];

/** A share below this would not be visible, and a band of it no more than a stain. */
const NEGLIGIBLE_SHARE = 0.02;

/**
 * The bands of a segment in a lane `height` pixels high. Whole pixels; every share that is not negligible gets
 * at least one, taken from the largest.
 */
export function stackBands(shares: Readonly<StateTimes>, height: number): Band[] {
  const present = stackOrder.filter((state) => shares[state] >= NEGLIGIBLE_SHARE);
  const heights = present.map((state) => Math.max(1, Math.round(shares[state] * height)));
  const excess = heights.reduce((sum, value) => sum + value, 0) - height;
  const largest = heights.indexOf(Math.max(...heights));
  if (largest >= 0) heights[largest] = Math.max(1, (heights[largest] ?? 0) - excess);
  let bottom = 0;
  return present.map((state, index) => {
    const band = { state, bottom, height: heights[index] ?? 0 };
    bottom += band.height;
    return band;
  });
}

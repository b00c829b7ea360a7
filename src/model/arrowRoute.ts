import type { Ns } from '../base/units';
import type { Arrow } from './arrowTypes';
import type { Model } from './types';

/** All arrows of one kind from one thread to another one, found by searching. Times are absolute. */
export interface ArrowRoute {
  readonly from: string;
  readonly to: string;
  /** How many are under way within [from, to]. */
  count(from: Ns, to: Ns): number;
  /** Visits those, until told to stop by `false`. */
  visit(model: Model, from: Ns, to: Ns, visit: (arrow: Arrow) => boolean): void;
  /** Visits those that begin (or end) in [start, end), in order, until told to stop by `false`. */
  visitEnds(model: Model, at: 'from' | 'to', start: Ns, end: Ns, visit: (arrow: Arrow) => boolean): void;
  /** How many begin (or end) before a time; `hint` is an earlier answer for an earlier time. */
  countBefore(at: 'from' | 'to', time: Ns, hint: number): number;
}

/** Arrows as pairs of times, where these do not lie in columns of messages. */
export class TimedArrows {
  /** By start. */
  private readonly starts: Float64Array;
  private readonly ends: Float64Array;
  private readonly refs: Float64Array;
  /** The latest end of all up to each place: tells from where on anything can still be under way. */
  private readonly latestEnds: Float64Array;
  /** By end. */
  private readonly sortedEnds: Float64Array;
  private readonly refsByEnd: Float64Array;

  /** `refs` name the arrows. */
  constructor(pairs: readonly { readonly start: Ns; readonly end: Ns; readonly ref: number }[]) {
    const byStart = pairs.toSorted((a, b) => a.start - b.start || a.end - b.end);
    const byEnd = pairs.toSorted((a, b) => a.end - b.end || a.start - b.start);
    this.starts = Float64Array.from(byStart, ({ start }) => start);
    this.ends = Float64Array.from(byStart, ({ end }) => end);
    this.refs = Float64Array.from(byStart, ({ ref }) => ref);
    this.sortedEnds = Float64Array.from(byEnd, ({ end }) => end);
    this.refsByEnd = Float64Array.from(byEnd, ({ ref }) => ref);
    this.latestEnds = this.ends.slice();
    for (let place = 1; place < this.latestEnds.length; place++) {
      const before = this.latestEnds[place - 1] ?? 0;
      this.latestEnds[place] = Math.max(before, this.latestEnds[place] ?? 0);
    }
  }

  count(from: Ns, to: Ns): number {
    return Math.max(0, before(this.starts, to) - before(this.sortedEnds, from));
  }

  visit(from: Ns, to: Ns, visit: (ref: number) => boolean): void {
    for (let place = before(this.latestEnds, from); place < this.starts.length; place++) {
      if ((this.starts[place] ?? 0) >= to) return;
      if ((this.ends[place] ?? 0) >= from && !visit(this.refs[place] ?? 0)) return;
    }
  }

  visitEnds(at: 'from' | 'to', start: Ns, end: Ns, visit: (ref: number) => boolean): void {
    const [times, refs] = at === 'from' ? [this.starts, this.refs] : [this.sortedEnds, this.refsByEnd];
    for (let place = before(times, start); place < times.length; place++) {
      if ((times[place] ?? 0) >= end || !visit(refs[place] ?? 0)) return;
    }
  }

  countBefore(at: 'from' | 'to', time: Ns): number {
    return before(at === 'from' ? this.starts : this.sortedEnds, time);
  }
}

function before(times: Float64Array, time: Ns): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

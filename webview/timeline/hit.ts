/** What lies under a point of the lanes. Pure. */
import type { Ns } from '../../src/base/units';
import { forEachInterval } from '../../src/model/select';
import { liveStates, type WaitReason } from '../../src/model/states';
import { noTimes, type Interval, type StateTimes } from '../../src/model/timeline';
import type { Model, Thread } from '../../src/model/types';

/** One interval, or several too short to tell apart at this zoom. */
export interface Hit {
  readonly start: Ns;
  readonly end: Ns;
  readonly times: Readonly<StateTimes>;
  /** What most of the waiting or blocked time waited for. */
  readonly reason: WaitReason;
  readonly estimated: boolean;
  /** How many intervals were added up; 1 means exact. */
  readonly count: number;
}

/** The intervals of a thread in [from, to] (one pixel column, absolute times), as one. */
export function hitThread(model: Model, thread: Thread, from: Ns, to: Ns): Hit | null {
  const found: Interval[] = [];
  forEachInterval(model, thread, from, to, (interval) => found.push(interval));
  const middle = (from + to) / 2;
  const [only] = found;
  if (only === undefined) return null;
  // At the border of two wide intervals the pointer means the one under its middle.
  const wide = found.find(
    (interval) =>
      interval.start <= middle && interval.end > middle && interval.end - interval.start >= to - from,
  );
  return joined(found.length === 1 ? [only] : wide === undefined ? found : [wide]);
}

function joined(intervals: readonly Interval[]): Hit {
  const times = noTimes();
  const asleep = new Map<WaitReason, Ns>();
  let estimated = 0;
  for (const interval of intervals) {
    for (const state of liveStates) times[state] += interval[state];
    asleep.set(interval.reason, (asleep.get(interval.reason) ?? 0) + interval.waiting + interval.blocked);
    if (interval.estimated) estimated += interval.end - interval.start;
  }
  const start = intervals[0]?.start ?? 0;
  const end = intervals.at(-1)?.end ?? start;
  const [reason] = [...asleep].sort((a, b) => b[1] - a[1])[0] ?? ['unknown' as const];
  return { start, end, times, reason, estimated: estimated > (end - start) / 2, count: intervals.length };
}

/** Index of the row at `y`, or -1 below the last one. */
export function rowIndexAt(y: number, rowHeight: number, count: number): number {
  const index = Math.floor(y / rowHeight);
  return index >= 0 && index < count ? index : -1;
}

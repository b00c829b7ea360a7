/** What lies under a point of the lanes. Pure. */
import type { Ns } from '../../src/base/units';
import { tailInterval } from '../../src/model/select';
import { liveStates, waitReasons, type WaitReason } from '../../src/model/states';
import { ESTIMATED, TIMES_LENGTH } from '../../src/model/intervalColumns';
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
  const { timeline } = thread;
  const { length } = timeline;
  const first = timeline.nextEndingAfter(from, 0);
  // The first interval that begins too late.
  let last = timeline.nextEndingAfter(to, first);
  if (last < length && timeline.startOf(last) < to) last++;
  const whole = tailInterval(model, thread);
  const tail = whole !== null && whole.start < to && whole.end > from ? whole : null;
  const count = Math.max(0, last - first) + (tail === null ? 0 : 1);
  if (count === 0 || (first < length && timeline.startOf(first) >= to)) return null;
  if (count === 1) return single(first < last || tail === null ? timeline.at(first) : tail);
  const wide = wideInterval(thread, tail, first, from, to);
  return wide === null ? joined(thread, first, last, tail) : single(wide);
}

/** At the border of two wide intervals the pointer means the one under its middle. */
function wideInterval(
  { timeline }: Thread,
  tail: Interval | null,
  first: number,
  from: Ns,
  to: Ns,
): Interval | null {
  const middle = (from + to) / 2;
  const index = timeline.nextEndingAfter(middle, first);
  const interval = index < timeline.length ? timeline.at(index) : tail;
  if (interval === null || interval.start > middle || interval.end <= middle) return null;
  return interval.end - interval.start >= to - from ? interval : null;
}

function single({ start, end, reason, estimated, ...times }: Interval): Hit {
  return { start, end, times, reason, estimated, count: 1 };
}

/** The sums over the intervals from `first` up to, not including, `last`, and the tail. */
function joined({ timeline }: Thread, first: number, last: number, tail: Interval | null): Hit {
  const sums = new Float64Array(TIMES_LENGTH);
  const asleep = new Float64Array(waitReasons.length);
  timeline.addWhole(first, last, sums);
  timeline.addSleepByReason(first, last, asleep);
  const start = first < last ? timeline.startOf(first) : (tail?.start ?? 0);
  const end = tail?.end ?? timeline.endOf(last - 1);
  const times = noTimes();
  for (const [index, state] of liveStates.entries()) times[state] = (sums[index] ?? 0) + (tail?.[state] ?? 0);
  const reasonOfTail = tail === null ? -1 : waitReasons.indexOf(tail.reason);
  if (tail !== null) asleep[reasonOfTail] = (asleep[reasonOfTail] ?? 0) + tail.waiting + tail.blocked;
  const most = asleep.indexOf(Math.max(...asleep));
  const estimated = (sums[ESTIMATED] ?? 0) + (tail?.estimated === true ? tail.end - tail.start : 0);
  return {
    start,
    end,
    times,
    reason: waitReasons[most] ?? 'unknown',
    estimated: estimated > (end - start) / 2,
    count: last - first + (tail === null ? 0 : 1),
  };
}

/** Index of the row at `y`, or -1 below the last one. */
export function rowIndexAt(y: number, rowHeight: number, count: number): number {
  const index = Math.floor(y / rowHeight);
  return index >= 0 && index < count ? index : -1;
}

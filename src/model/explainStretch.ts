/** The stretch of a thread's life that an explanation is about: one interval, or several alike. */
import type { Ns } from '../base/units';
import { tailInterval } from './select';
import { liveStates, type LiveState, type WaitReason } from './states';
import { dominant, noTimes, type Interval, type StateTimes } from './timeline';
import type { Model, Thread } from './types';

export interface Stretch {
  readonly start: Ns;
  readonly end: Ns;
  readonly times: Readonly<StateTimes>;
  /** The state in which most of it was spent. */
  readonly state: LiveState;
  /** Practically all of it was spent in that state; otherwise the order of the states is not known. */
  readonly isPure: boolean;
  /** What its waiting or blocked part waited for. */
  readonly reason: WaitReason;
  readonly estimated: boolean;
  /** How many recorded intervals it is made of. */
  readonly count: number;
  /** It goes on until the end of what is known, and the thread has not ended. */
  readonly isOpen: boolean;
  /** Indices into the thread's timeline; its length stands for the stretch since the newest look. */
  readonly first: number;
  readonly last: number;
}

/** Intervals beyond that many are left to stretches of their own. */
const MOST_JOINED = 4096;

/** The stretch around a moment; null where nothing is known of it, and when the thread was not alive. */
export function stretchAt(model: Model, thread: Thread, time: Ns): Stretch | null {
  const index = indexAt(model, thread, time);
  return index === null ? null : stretchAround(model, thread, index);
}

/** The stretch that holds the interval at an index. */
export function stretchAround(model: Model, thread: Thread, index: number): Stretch | null {
  const tail = tailInterval(model, thread);
  const at = (place: number): Interval | null => intervalAt(thread, tail, place);
  const seed = at(index);
  if (seed === null) return null;
  const joined: Interval[] = [seed];
  let first = index;
  let last = index;
  let edge = seed;
  for (let next = at(first - 1); next !== null; next = at(first - 1)) {
    if (joined.length > MOST_JOINED || !areAlike(thread, next, edge)) break;
    joined.push((edge = next));
    first--;
  }
  edge = seed;
  for (let next = at(last + 1); next !== null; next = at(last + 1)) {
    if (joined.length > MOST_JOINED || !areAlike(thread, edge, next)) break;
    joined.push((edge = next));
    last++;
  }
  const end = edge.end;
  const isOpen = thread.end === null && at(last + 1) === null;
  return { ...sumOf(joined), start: at(first)?.start ?? seed.start, end, isOpen, first, last };
}

/** What a thread did right after a stretch; null when that is not known. */
export function stretchAfter(model: Model, thread: Thread, { last }: Stretch): Stretch | null {
  return stretchAround(model, thread, last + 1);
}

/** How far the search for a stretch of the same state goes: a look at a million intervals would be felt. */
const FARTHEST = 50_000;

/** The nearest stretch before or after that was spent in the same state, for the most part. */
export function neighbourInState(
  model: Model,
  thread: Thread,
  stretch: Stretch,
  direction: -1 | 1,
): Stretch | null {
  const tail = tailInterval(model, thread);
  let index = direction < 0 ? stretch.first - 1 : stretch.last + 1;
  for (let step = 0; step < FARTHEST; step++, index += direction) {
    const interval = intervalAt(thread, tail, index);
    if (interval === null) return null;
    if (mostOf(interval) === stretch.state) return stretchAround(model, thread, index);
  }
  return null;
}

function indexAt(model: Model, thread: Thread, time: Ns): number | null {
  const { timeline } = thread;
  if (time < timeline.start) return null;
  if (time < timeline.end) return Math.max(0, timeline.indexAt(time));
  const tail = tailInterval(model, thread);
  if (tail !== null && time <= tail.end) return timeline.length;
  // The very end of a life that is over, or of what is known.
  return time === timeline.end && timeline.length > 0 ? timeline.length - 1 : null;
}

function intervalAt(thread: Thread, tail: Interval | null, index: number): Interval | null {
  const { timeline } = thread;
  if (index < 0) return null;
  if (index < timeline.length) return timeline.at(index);
  return index === timeline.length ? tail : null;
}

/** One goes on in the other: the same state for the same reason, known in the same way. */
function areAlike(thread: Thread, before: Interval, after: Interval): boolean {
  if (before.estimated !== after.estimated || before.reason !== after.reason) return false;
  const isBlocked = mostOf(before) === 'blocked' && mostOf(after) === 'blocked';
  if (isBlocked) return !isWaitsEdge(thread, after.start);
  const state = dominant(before, before.end - before.start);
  return state !== null && state === dominant(after, after.end - after.start);
}

/** A wait that the probe saw begins or ends just then. */
function isWaitsEdge({ blockedSpans }: Thread, time: Ns): boolean {
  const index = spanIndexAt(blockedSpans, time);
  for (const span of [blockedSpans[index], blockedSpans[index - 1]]) {
    if (span !== undefined && (isSame(span.start, time) || (span.end !== null && isSame(span.end, time))))
      return true;
  }
  return false;
}

/** Ends of intervals are sums of durations: not exact to the last bit. */
function isSame(one: Ns, other: Ns): boolean {
  return Math.abs(one - other) < 16;
}

/** Index of the last of some things in order of time that begins no later than this; -1 if none does. */
export function spanIndexAt(spans: readonly { readonly start: Ns }[], time: Ns): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? Infinity) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export function mostOf(times: Readonly<StateTimes>): LiveState {
  let most: LiveState = 'waiting';
  for (const state of liveStates) if (times[state] > times[most]) most = state;
  return most;
}

function sumOf(
  intervals: readonly Interval[],
): Pick<Stretch, 'times' | 'state' | 'isPure' | 'reason' | 'estimated' | 'count'> {
  const times = noTimes();
  let total = 0;
  for (const interval of intervals) {
    for (const state of liveStates) times[state] += interval[state];
    total += interval.end - interval.start;
  }
  const state = mostOf(times);
  const [one] = intervals;
  return {
    times,
    state,
    isPure: dominant(times, total) === state,
    reason: one?.reason ?? 'unknown',
    estimated: one?.estimated ?? false,
    count: intervals.length,
  };
}

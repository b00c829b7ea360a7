import type { Ns } from '../base/units';
import { ESTIMATED, IntervalColumns, SleepOfIntervals, waitingOf } from './intervalColumns';
import type { LoadHistory } from './loadHistory';
import { RunningSums } from './runningSums';
import { liveStates, waitReasons, type LiveState, type WaitReason } from './states';

/** Time spent in each state, nanoseconds. */
export type StateTimes = Record<LiveState, Ns>;

export function noTimes(): StateTimes {
  return { new: 0, ready: 0, running: 0, waiting: 0, blocked: 0 };
}

/**
 * One stretch of a lane. Its parts say how long the thread was in each state; their order inside the interval is
 * not known. They add up to `end - start`.
 */
export interface Interval extends Readonly<StateTimes> {
  readonly start: Ns;
  readonly end: Ns;
  /** What the waiting or blocked part waited for. */
  readonly reason: WaitReason;
  /** False: measured by the kernel or the probe. True: filled in, because nobody looked. */
  readonly estimated: boolean;
}

const INITIAL_CAPACITY = 16;
/** An interval spent to this share in one state is drawn as that state, and may merge with a like neighbour. */
const PURE_SHARE = 0.98;

/** How many intervals a wait for a CPU may reach back before it is known. */
const MOST_LOOKED_BACK = 256;

/** Indices of `liveStates`. */
const [NEW, READY, RUNNING, WAITING, BLOCKED] = [0, 1, 2, 3, 4] as const;
const MIXED = -1;

const reasonIndices = new Map<WaitReason, number>(waitReasons.map((reason, index) => [reason, index]));

/**
 * The life of a thread as intervals without gaps, from `start` on. The newest interval is kept exactly, since many
 * stretches may be added to it. Sums over any stretch of time are quick: see `addTimes`.
 */
export class Timeline {
  /** Number of intervals. */
  length = 0;
  /** Part of the totals that is estimated. */
  estimatedTime: Ns = 0;
  /** Up to where the life is accounted for. */
  end: Ns;
  /** In typed arrays: numbers in fields of objects would each be an allocation. */
  private readonly sums = new Float64Array(liveStates.length);
  private readonly newest = new Float64Array(liveStates.length);
  private newestReason = 0;
  private isNewestEstimated = false;
  /** The state in which practically all of the newest interval was spent, or MIXED. */
  private newestState = MIXED;
  /** Whether it is partly New, Running or Blocked, however little. */
  private newestTraces = 0;
  private readonly columns: IntervalColumns;
  /** Of all intervals but the newest. */
  private readonly sumsOfTimes: RunningSums;
  private readonly sumsOfSleep: RunningSums;
  private readonly blockedTimes = new Float64Array(waitReasons.length);

  constructor(start: Ns) {
    this.end = start;
    this.columns = new IntervalColumns(start, INITIAL_CAPACITY);
    this.sumsOfTimes = new RunningSums(this.columns);
    this.sumsOfSleep = new RunningSums(new SleepOfIntervals(this.columns));
  }

  /** Beginning of the thread's life; may be corrected as long as the timeline is empty. */
  get start(): Ns {
    return this.columns.begin;
  }

  set start(start: Ns) {
    this.columns.begin = start;
    this.changedFrom(0);
    if (this.length === 0) this.end = start;
  }

  /** Time spent in each state so far. */
  get totals(): StateTimes {
    return timesIn(this.sums);
  }

  get totalRunning(): Ns {
    return this.sums[RUNNING] ?? 0;
  }

  get totalReady(): Ns {
    return this.sums[READY] ?? 0;
  }

  /** How long it was blocked for this reason; over all reasons that is `totals.blocked`. */
  blockedBy(reason: WaitReason): Ns {
    return this.blockedTimes[indexOf(reason)] ?? 0;
  }

  /** Appends an interval that begins where the last one ended; `times` add up to its duration. */
  append(times: Readonly<StateTimes>, reason: WaitReason, estimated: boolean): void {
    const { ready, running, waiting, blocked } = times;
    this.add(times.new, ready, running, waiting, blocked, reason, estimated);
  }

  /** `append` without an object: a recording of an hour has millions of intervals. */

  add(
    fresh: Ns,
    ready: Ns,
    running: Ns,
    waiting: Ns,
    blocked: Ns,
    reason: WaitReason,
    estimated: boolean,
  ): void {
    const duration = fresh + ready + running + waiting + blocked;
    if (!(duration > 0)) return;
    if (estimated) this.estimatedTime += duration;
    this.end += duration;
    const reasonIndex = indexOf(reason);
    if (blocked > 0) this.blockedTimes[reasonIndex] = (this.blockedTimes[reasonIndex] ?? 0) + blocked;
    const most = duration * PURE_SHARE;
    const state =
      fresh >= most
        ? NEW
        : ready >= most
          ? READY
          : running >= most
            ? RUNNING
            : waiting >= most
              ? WAITING
              : blocked >= most
                ? BLOCKED
                : MIXED;
    // What happens seldom must not be spread over all that came before it.
    const traces = (fresh > 0 ? 1 : 0) | (running > 0 ? 2 : 0) | (blocked > 0 ? 4 : 0);
    const isLike =
      state !== MIXED &&
      state === this.newestState &&
      traces === this.newestTraces &&
      reasonIndex === this.newestReason &&
      estimated === this.isNewestEstimated &&
      this.length > 0;
    if (!isLike) this.push(reasonIndex, estimated, state);
    this.newestTraces = traces;
    addTimes(this.sums, fresh, ready, running, waiting, blocked);
    addTimes(this.newest, fresh, ready, running, waiting, blocked);
    this.columns.ends[this.length - 1] = this.end;
  }

  /** What was taken for sleep so far was the time before the thread's JavaScript began. */
  relabelSleepAsNew(): void {
    const { sums, newest, columns } = this;
    for (let index = 0; index < this.length; index++) {
      const interval = this.at(index);
      columns.new[index] = interval.new + interval.waiting + interval.blocked;
      columns.blocked[index] = 0;
      columns.reasons[index] = 0;
    }
    this.changedFrom(0);
    for (const times of [sums, newest]) {
      times[NEW] = (times[NEW] ?? 0) + (times[WAITING] ?? 0) + (times[BLOCKED] ?? 0);
      times[WAITING] = times[BLOCKED] = 0;
    }
    this.newestReason = 0;
    // Whatever comes next may be something else.
    this.newestState = MIXED;
    this.blockedTimes.fill(0);
  }

  at(index: number): Interval {
    const { columns } = this;
    const start = this.startOf(index);
    const end = this.endOf(index);
    const reason = waitReasons[columns.reasons[index] ?? 0] ?? 'unknown';
    const estimated = columns.estimates[index] === 1;
    if (index === this.length - 1) return { start, end, ...timesIn(this.newest), reason, estimated };
    const running = columns.running[index] ?? 0;
    const ready = columns.ready[index] ?? 0;
    const blocked = columns.blocked[index] ?? 0;
    const fresh = columns.new[index] ?? 0;
    const waiting = Math.max(0, end - start - running - ready - blocked - fresh);
    return { start, end, running, ready, blocked, new: fresh, waiting, reason, estimated };
  }

  startOf(index: number): Ns {
    return this.columns.startOf(index);
  }

  endOf(index: number): Ns {
    return this.columns.endOf(index);
  }

  /** Index of the interval that contains `time`, or the nearest one; -1 if there is none. */
  indexAt(time: Ns): number {
    return Math.min(this.length - 1, this.firstEndingAfter(time, 0, this.length));
  }

  /** Index of the first interval from `from` on that ends after `time`; `length` if there is none. */
  nextEndingAfter(time: Ns, from: number): number {
    const { ends } = this.columns;
    // Whoever goes along a lane is usually close.
    let step = 1;
    let low = from;
    let high = from;
    while (high < this.length && (ends[high] ?? 0) <= time) {
      low = high + 1;
      high += step;
      step *= 2;
    }
    return this.firstEndingAfter(time, low, Math.min(high, this.length));
  }

  private firstEndingAfter(time: Ns, from: number, to: number): number {
    const { ends } = this.columns;
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) > time) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /**
   * Adds the time spent in each state between two moments to `into`, in the order of `liveStates`, and at ESTIMATED how
   * much of all that is estimated. However many intervals lie between, this takes a few steps. Of an interval
   * that is cut, each state is taken to have its share in either part.
   */
  addTimes(from: Ns, to: Ns, into: Float64Array): void {
    const first = this.nextEndingAfter(from, Math.max(0, this.indexAt(from)));
    if (first >= this.length) return;
    const last = this.nextEndingAfter(to, first);
    this.addPart(first, from, to, into);
    this.addWhole(first + 1, last, into);
    if (last > first && last < this.length) this.addPart(last, from, to, into);
  }

  /** Adds the part of one interval that lies between two moments. */
  addPart(index: number, from: Ns, to: Ns, into: Float64Array): void {
    const start = this.startOf(index);
    const end = this.endOf(index);
    const overlap = Math.min(to, end) - Math.max(from, start);
    if (overlap <= 0) return;
    const share = overlap / (end - start);
    const { columns } = this;
    const isNewest = index === this.length - 1;
    const { newest } = this;
    const fresh = share * (isNewest ? (newest[NEW] ?? 0) : (columns.new[index] ?? 0));
    const ready = share * (isNewest ? (newest[READY] ?? 0) : (columns.ready[index] ?? 0));
    const running = share * (isNewest ? (newest[RUNNING] ?? 0) : (columns.running[index] ?? 0));
    const blocked = share * (isNewest ? (newest[BLOCKED] ?? 0) : (columns.blocked[index] ?? 0));
    addTimes(into, fresh, ready, running, waitingOf(overlap, fresh, ready, running, blocked), blocked);
    if (columns.estimates[index] === 1) into[ESTIMATED] = (into[ESTIMATED] ?? 0) + overlap;
  }

  /** Adds the intervals from `first` up to, not including, `end`. */
  addWhole(first: number, end: number, into: Float64Array): void {
    const newest = this.length - 1;
    if (first >= end) return;
    this.sumsOfTimes.add(first, Math.min(end, newest), into);
    if (end > newest) this.addPart(newest, -Infinity, Infinity, into);
  }

  /** For those who walk many intervals: all of them, also the newest, to the precision of the columns. */
  settledColumns(): IntervalColumns {
    if (this.length > 0) this.settle(this.length - 1);
    return this.columns;
  }

  /** Sets `into` to the times of all intervals before `end`, which is not the newest one's or a later index. */
  timesBefore(end: number, into: Float64Array): void {
    this.sumsOfTimes.before(end, into);
  }

  /** How long the intervals from `first` up to, not including, `end` waited or were blocked, by index of `waitReasons`. */
  addSleepByReason(first: number, end: number, into: Float64Array): void {
    if (first >= end) return;
    const newest = this.length - 1;
    this.sumsOfSleep.add(first, Math.min(end, newest), into);
    if (end <= newest) return;
    const { reason, waiting, blocked } = this.at(newest);
    into[indexOf(reason)] = (into[indexOf(reason)] ?? 0) + waiting + blocked;
  }

  /** Intervals from this one on are not what they were. */
  private changedFrom(index: number): void {
    this.sumsOfTimes.changedFrom(index);
    this.sumsOfSleep.changedFrom(index);
  }

  /** So much of the newest sleep was a wait for a CPU after all. */
  sleepWasReady(time: Ns, load: LoadHistory): void {
    let rest = time;
    const oldest = Math.max(0, this.length - MOST_LOOKED_BACK);
    for (let index = this.length - 1; index >= oldest && rest > 0; index--) {
      const { start, end, waiting, blocked, new: fresh, reason } = this.at(index);
      const ready = Math.min(rest, waiting + blocked + fresh);
      if (ready <= 0) continue;
      rest -= ready;
      load.add(start, end, 0, ready);
      const ofBlocked = Math.min(ready, blocked);
      const ofWaiting = Math.min(ready - ofBlocked, waiting);
      this.move(index, BLOCKED, ofBlocked);
      this.move(index, WAITING, ofWaiting);
      this.move(index, NEW, ready - ofBlocked - ofWaiting);
      const reasonIndex = indexOf(reason);
      this.blockedTimes[reasonIndex] = (this.blockedTimes[reasonIndex] ?? 0) - ofBlocked;
    }
  }

  /** From a state of an interval to Ready. */
  private move(index: number, from: typeof BLOCKED | typeof WAITING | typeof NEW, time: Ns): void {
    if (time <= 0) return;
    const { sums, newest, columns } = this;
    this.changedFrom(index);
    sums[from] = (sums[from] ?? 0) - time;
    sums[READY] = (sums[READY] ?? 0) + time;
    if (index === this.length - 1) {
      newest[from] = (newest[from] ?? 0) - time;
      newest[READY] = (newest[READY] ?? 0) + time;
      // What comes next is an interval of its own.
      this.newestState = MIXED;
      return;
    }
    columns.ready[index] = (columns.ready[index] ?? 0) + time;
    if (from === BLOCKED) columns.blocked[index] = Math.max(0, (columns.blocked[index] ?? 0) - time);
    if (from === NEW) columns.new[index] = Math.max(0, (columns.new[index] ?? 0) - time);
  }

  /**
   * Joins the older half of the intervals in pairs: what lies long ago is then known only half as finely. No time is lost,
   * and each state keeps its share.
   */
  coarsen(): void {
    const joined = this.length >> 2;
    // The newest is never among them.
    this.columns.joinPairs(joined, this.length);
    this.length -= joined;
    this.changedFrom(0);
  }

  /** Writes the newest interval to the columns. */
  private settle(index: number): void {
    const { newest, columns } = this;
    columns.new[index] = newest[NEW] ?? 0;
    columns.ready[index] = newest[READY] ?? 0;
    columns.running[index] = newest[RUNNING] ?? 0;
    columns.blocked[index] = newest[BLOCKED] ?? 0;
  }

  /** Begins an interval, to which nothing was added yet. */
  private push(reason: number, estimated: boolean, state: number): void {
    const { newest, length, columns } = this;
    if (length > 0) this.settle(length - 1);
    if (length === columns.ends.length) columns.grow();
    columns.reasons[length] = this.newestReason = reason;
    columns.estimates[length] = estimated ? 1 : 0;
    this.isNewestEstimated = estimated;
    this.newestState = state;
    newest.fill(0);
    this.length++;
  }
}

function addTimes(sums: Float64Array, fresh: Ns, ready: Ns, running: Ns, waiting: Ns, blocked: Ns): void {
  sums[NEW] = (sums[NEW] ?? 0) + fresh;
  sums[READY] = (sums[READY] ?? 0) + ready;
  sums[RUNNING] = (sums[RUNNING] ?? 0) + running;
  sums[WAITING] = (sums[WAITING] ?? 0) + waiting;
  sums[BLOCKED] = (sums[BLOCKED] ?? 0) + blocked;
}

function timesIn(sums: Float64Array): StateTimes {
  return {
    new: sums[NEW] ?? 0,
    ready: sums[READY] ?? 0,
    running: sums[RUNNING] ?? 0,
    waiting: sums[WAITING] ?? 0,
    blocked: sums[BLOCKED] ?? 0,
  };
}

function indexOf(reason: WaitReason): number {
  return reasonIndices.get(reason) ?? 0;
}

/** The state in which practically all of the duration was spent, if there is one. */
export function dominant(times: Readonly<StateTimes>, duration: Ns): LiveState | null {
  return liveStates.find((state) => times[state] >= duration * PURE_SHARE) ?? null;
}

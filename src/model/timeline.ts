import type { Ns } from '../base/units';
import type { LoadHistory } from './loadHistory';
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
const GROWTH = 1.5;
/** An interval spent to this share in one state is drawn as that state, and may merge with a like neighbour. */
const PURE_SHARE = 0.98;

/** How many intervals a wait for a CPU may reach back before it is known. */
const MOST_LOOKED_BACK = 256;

/** Indices of `liveStates`. */
const [NEW, READY, RUNNING, WAITING, BLOCKED] = [0, 1, 2, 3, 4] as const;
const MIXED = -1;

const reasonIndices = new Map<WaitReason, number>(waitReasons.map((reason, index) => [reason, index]));

/**
 * The life of a thread as intervals without gaps, from `start` on. Columns of typed arrays, 26 bytes an interval: a
 * recording holds millions of them. The newest interval is kept exactly, since many stretches may be added to it.
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
  private ends = new Float64Array(INITIAL_CAPACITY);
  private columns = noColumns(INITIAL_CAPACITY);
  private reasons = new Uint8Array(INITIAL_CAPACITY);
  private estimates = new Uint8Array(INITIAL_CAPACITY);
  private readonly blockedTimes = new Float64Array(waitReasons.length);
  private begin: Ns;

  constructor(start: Ns) {
    this.begin = start;
    this.end = start;
  }

  /** Beginning of the thread's life; may be corrected as long as the timeline is empty. */
  get start(): Ns {
    return this.begin;
  }

  set start(start: Ns) {
    this.begin = start;
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
    const isLike =
      state !== MIXED &&
      state === this.newestState &&
      reasonIndex === this.newestReason &&
      estimated === this.isNewestEstimated &&
      this.length > 0;
    if (!isLike) this.push(reasonIndex, estimated, state);
    addTimes(this.sums, fresh, ready, running, waiting, blocked);
    addTimes(this.newest, fresh, ready, running, waiting, blocked);
    this.ends[this.length - 1] = this.end;
  }

  /** What was taken for sleep so far was the time before the thread's JavaScript began. */
  relabelSleepAsNew(): void {
    const { sums, newest, columns } = this;
    for (let index = 0; index < this.length; index++) {
      const interval = this.at(index);
      columns.new[index] = interval.new + interval.waiting + interval.blocked;
      columns.blocked[index] = 0;
      this.reasons[index] = 0;
    }
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
    const start = index === 0 ? this.begin : (this.ends[index - 1] ?? this.begin);
    const end = this.ends[index] ?? start;
    const { columns } = this;
    const reason = waitReasons[this.reasons[index] ?? 0] ?? 'unknown';
    const estimated = this.estimates[index] === 1;
    if (index === this.length - 1) return { start, end, ...timesIn(this.newest), reason, estimated };
    const running = columns.running[index] ?? 0;
    const ready = columns.ready[index] ?? 0;
    const blocked = columns.blocked[index] ?? 0;
    const fresh = columns.new[index] ?? 0;
    const waiting = Math.max(0, end - start - running - ready - blocked - fresh);
    return { start, end, running, ready, blocked, new: fresh, waiting, reason, estimated };
  }

  /** Index of the interval that contains `time`, or the nearest one; -1 if there is none. */
  indexAt(time: Ns): number {
    let low = 0;
    let high = this.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ends[middle] ?? 0) > time) high = middle;
      else low = middle + 1;
    }
    return high;
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
    const { length, columns } = this;
    const joined = length >> 2;
    for (let to = 0; to < joined; to++) {
      const second = 2 * to + 1;
      const isSecondLonger = this.asleepAt(second) > this.asleepAt(second - 1);
      this.reasons[to] = this.reasons[isSecondLonger ? second : second - 1] ?? 0;
      this.estimates[to] = Math.max(this.estimates[second - 1] ?? 0, this.estimates[second] ?? 0);
      for (const column of Object.values(columns)) {
        column[to] = (column[second - 1] ?? 0) + (column[second] ?? 0);
      }
      // Last: what is read above needs the old ends.
      this.ends[to] = this.ends[second] ?? 0;
    }
    for (const column of [this.ends, this.reasons, this.estimates, ...Object.values(columns)]) {
      column.copyWithin(joined, 2 * joined, length);
    }
    this.length = length - joined;
  }

  private asleepAt(index: number): Ns {
    const { waiting, blocked } = this.at(index);
    return waiting + blocked;
  }

  /** Begins an interval, to which nothing was added yet. */
  private push(reason: number, estimated: boolean, state: number): void {
    const { newest, length } = this;
    if (length > 0) {
      const { columns } = this;
      columns.new[length - 1] = newest[NEW] ?? 0;
      columns.ready[length - 1] = newest[READY] ?? 0;
      columns.running[length - 1] = newest[RUNNING] ?? 0;
      columns.blocked[length - 1] = newest[BLOCKED] ?? 0;
    }
    if (length === this.ends.length) this.grow();
    this.reasons[length] = this.newestReason = reason;
    this.estimates[length] = estimated ? 1 : 0;
    this.isNewestEstimated = estimated;
    this.newestState = state;
    newest.fill(0);
    this.length++;
  }

  private grow(): void {
    const capacity = Math.ceil(this.ends.length * GROWTH);
    const { columns } = this;
    this.ends = copyInto(new Float64Array(capacity), this.ends);
    this.columns = {
      new: copyInto(new Float32Array(capacity), columns.new),
      ready: copyInto(new Float32Array(capacity), columns.ready),
      running: copyInto(new Float32Array(capacity), columns.running),
      blocked: copyInto(new Float32Array(capacity), columns.blocked),
    };
    this.reasons = copyInto(new Uint8Array(capacity), this.reasons);
    this.estimates = copyInto(new Uint8Array(capacity), this.estimates);
  }
}

/** The rest of an interval is waiting. */
type Columns = Record<'new' | 'ready' | 'running' | 'blocked', Float32Array>;

function noColumns(capacity: number): Columns {
  return {
    new: new Float32Array(capacity),
    ready: new Float32Array(capacity),
    running: new Float32Array(capacity),
    blocked: new Float32Array(capacity),
  };
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

function copyInto<T extends Float64Array | Float32Array | Uint8Array>(target: T, source: T): T {
  target.set(source);
  return target;
}

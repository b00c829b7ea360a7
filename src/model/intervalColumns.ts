import type { Ns } from '../base/units';
import type { Entries } from './runningSums';
import { liveStates, waitReasons } from './states';

/** Thousands of short ones grow quickly, long ones waste little. */
const SHORT = 4096;
const [SHORT_GROWTH, LONG_GROWTH] = [2, 1.5] as const;
const BYTES_PER_INTERVAL = 26;
/** Indices of `liveStates`. */
const [NEW, READY, RUNNING, WAITING, BLOCKED] = [0, 1, 2, 3, 4] as const;
/** Where sums of times have what is estimated, after the times in each of `liveStates`. */
export const ESTIMATED = liveStates.length;
/** Length of such sums. */
export const TIMES_LENGTH = ESTIMATED + 1;

/**
 * What a timeline knows of its intervals, column by column: a recording holds millions of them. Times are
 * nanoseconds; what the states leave of an interval is waiting.
 */
export class IntervalColumns implements Entries {
  readonly width = TIMES_LENGTH;
  /** Where the first interval begins. */
  begin: Ns;
  ends!: Float64Array;
  new!: Float32Array;
  ready!: Float32Array;
  running!: Float32Array;
  blocked!: Float32Array;
  /** Indices of `waitReasons`. */
  reasons!: Uint8Array;
  /** 1: estimated. */
  estimates!: Uint8Array;

  constructor(begin: Ns, capacity: number) {
    this.begin = begin;
    this.allocate(capacity);
  }

  startOf(index: number): Ns {
    return index === 0 ? this.begin : (this.ends[index - 1] ?? this.begin);
  }

  endOf(index: number): Ns {
    return this.ends[index] ?? this.startOf(index);
  }

  /** The columns that add up when intervals are joined. */
  get times(): readonly Float32Array[] {
    return [this.new, this.ready, this.running, this.blocked];
  }

  /** Adds the times of an interval to `into`. */
  addTo(index: number, into: Float64Array): void {
    const duration = this.endOf(index) - this.startOf(index);
    const fresh = this.new[index] ?? 0;
    const ready = this.ready[index] ?? 0;
    const running = this.running[index] ?? 0;
    const blocked = this.blocked[index] ?? 0;
    into[NEW] = (into[NEW] ?? 0) + fresh;
    into[READY] = (into[READY] ?? 0) + ready;
    into[RUNNING] = (into[RUNNING] ?? 0) + running;
    into[WAITING] = (into[WAITING] ?? 0) + waitingOf(duration, fresh, ready, running, blocked);
    into[BLOCKED] = (into[BLOCKED] ?? 0) + blocked;
    if (this.estimates[index] === 1) into[ESTIMATED] = (into[ESTIMATED] ?? 0) + duration;
  }

  asleepAt(index: number): Ns {
    const awake = (this.new[index] ?? 0) + (this.ready[index] ?? 0) + (this.running[index] ?? 0);
    return Math.max(0, this.endOf(index) - this.startOf(index) - awake);
  }

  /** Joins intervals in pairs: so many pairs, from the first on, leave as many intervals at the front. */
  joinPairs(pairs: number, length: number): void {
    for (let to = 0; to < pairs; to++) {
      const second = 2 * to + 1;
      const isSecondLonger = this.asleepAt(second) > this.asleepAt(second - 1);
      this.reasons[to] = this.reasons[isSecondLonger ? second : second - 1] ?? 0;
      this.estimates[to] = Math.max(this.estimates[second - 1] ?? 0, this.estimates[second] ?? 0);
      for (const column of this.times) column[to] = (column[second - 1] ?? 0) + (column[second] ?? 0);
      // Last: what is read above needs the old ends.
      this.ends[to] = this.ends[second] ?? 0;
    }
    for (const column of [this.ends, this.reasons, this.estimates, ...this.times]) {
      column.copyWithin(pairs, 2 * pairs, length);
    }
  }

  /** Makes room for more. */
  grow(): void {
    const { ends, new: fresh, ready, running, blocked, reasons, estimates } = this;
    this.allocate(Math.ceil(ends.length * (ends.length < SHORT ? SHORT_GROWTH : LONG_GROWTH)));
    this.ends.set(ends);
    this.new.set(fresh);
    this.ready.set(ready);
    this.running.set(running);
    this.blocked.set(blocked);
    this.reasons.set(reasons);
    this.estimates.set(estimates);
  }

  /** One piece of memory for all columns: thousands of timelines grow while a recording is opened. */
  private allocate(capacity: number): void {
    const buffer = new ArrayBuffer(capacity * BYTES_PER_INTERVAL);
    let at = 0;
    const next = (bytes: number): number => (at += bytes * capacity) - bytes * capacity;
    this.ends = new Float64Array(buffer, next(8), capacity);
    this.new = new Float32Array(buffer, next(4), capacity);
    this.ready = new Float32Array(buffer, next(4), capacity);
    this.running = new Float32Array(buffer, next(4), capacity);
    this.blocked = new Float32Array(buffer, next(4), capacity);
    this.reasons = new Uint8Array(buffer, next(1), capacity);
    this.estimates = new Uint8Array(buffer, next(1), capacity);
  }
}

/** How long intervals waited or were blocked, by index of their reason. */
export class SleepOfIntervals implements Entries {
  readonly width = waitReasons.length;
  private readonly columns: IntervalColumns;

  constructor(columns: IntervalColumns) {
    this.columns = columns;
  }

  addTo(index: number, into: Float64Array): void {
    const { columns } = this;
    const reason = columns.reasons[index] ?? 0;
    into[reason] = (into[reason] ?? 0) + columns.asleepAt(index);
  }
}

/** What the other states leave of an interval: columns of single floats may come to a little more than the whole. */
export function waitingOf(duration: Ns, fresh: Ns, ready: Ns, running: Ns, blocked: Ns): Ns {
  return Math.max(0, duration - fresh - ready - running - blocked);
}

import type { Ns } from '../base/units';
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

/**
 * The life of a thread as intervals without gaps, from `start` on. Columns of typed arrays: a recording holds
 * millions of intervals.
 */
export class Timeline {
  /** Number of intervals. */
  length = 0;
  readonly totals: StateTimes = noTimes();
  /** Part of the totals that is estimated. */
  estimatedTime: Ns = 0;
  private ends = new Float64Array(INITIAL_CAPACITY);
  private running = new Float64Array(INITIAL_CAPACITY);
  private ready = new Float64Array(INITIAL_CAPACITY);
  private blocked = new Float64Array(INITIAL_CAPACITY);
  private fresh = new Float64Array(INITIAL_CAPACITY);
  private reasons = new Uint8Array(INITIAL_CAPACITY);
  private estimates = new Uint8Array(INITIAL_CAPACITY);

  /** Beginning of the thread's life; may be corrected as long as the timeline is empty. */
  start: Ns;

  constructor(start: Ns) {
    this.start = start;
  }

  /** Up to where the life is accounted for. */
  get end(): Ns {
    return this.length === 0 ? this.start : (this.ends[this.length - 1] ?? this.start);
  }

  /** Appends an interval that begins where the last one ended; `times` add up to its duration. */
  append(times: Readonly<StateTimes>, reason: WaitReason, estimated: boolean): void {
    const duration = times.new + times.ready + times.running + times.waiting + times.blocked;
    if (!(duration > 0)) return;
    for (const state of liveStates) this.totals[state] += times[state];
    if (estimated) this.estimatedTime += duration;
    const end = this.end + duration;
    const reasonIndex = waitReasons.indexOf(reason);
    if (!this.mergeIntoLast(times, duration, end, reasonIndex, estimated)) {
      this.push(times, end, reasonIndex, estimated);
    }
  }

  /** What was taken for sleep so far was the time before the thread's JavaScript began. */
  relabelSleepAsNew(): void {
    for (let index = 0; index < this.length; index++) {
      const interval = this.at(index);
      this.fresh[index] = interval.new + interval.waiting + interval.blocked;
      this.blocked[index] = 0;
      this.reasons[index] = 0;
    }
    this.totals.new += this.totals.waiting + this.totals.blocked;
    this.totals.waiting = 0;
    this.totals.blocked = 0;
  }

  at(index: number): Interval {
    const start = index === 0 ? this.start : (this.ends[index - 1] ?? this.start);
    const end = this.ends[index] ?? start;
    const running = this.running[index] ?? 0;
    const ready = this.ready[index] ?? 0;
    const blocked = this.blocked[index] ?? 0;
    const fresh = this.fresh[index] ?? 0;
    return {
      start,
      end,
      running,
      ready,
      blocked,
      new: fresh,
      waiting: Math.max(0, end - start - running - ready - blocked - fresh),
      reason: waitReasons[this.reasons[index] ?? 0] ?? 'unknown',
      estimated: this.estimates[index] === 1,
    };
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

  private mergeIntoLast(
    times: Readonly<StateTimes>,
    duration: Ns,
    end: Ns,
    reason: number,
    estimated: boolean,
  ): boolean {
    const last = this.length - 1;
    if (last < 0 || this.reasons[last] !== reason || (this.estimates[last] === 1) !== estimated) return false;
    const previous = this.at(last);
    const state = dominant(times, duration);
    if (state === null || state !== dominant(previous, previous.end - previous.start)) return false;
    this.ends[last] = end;
    this.running[last] = previous.running + times.running;
    this.ready[last] = previous.ready + times.ready;
    this.blocked[last] = previous.blocked + times.blocked;
    this.fresh[last] = previous.new + times.new;
    return true;
  }

  private push(times: Readonly<StateTimes>, end: Ns, reason: number, estimated: boolean): void {
    const at = this.length++;
    if (at === this.ends.length) this.grow();
    this.ends[at] = end;
    this.running[at] = times.running;
    this.ready[at] = times.ready;
    this.blocked[at] = times.blocked;
    this.fresh[at] = times.new;
    this.reasons[at] = reason;
    this.estimates[at] = estimated ? 1 : 0;
  }

  private grow(): void {
    const capacity = this.ends.length * 2;
    this.ends = copyInto(new Float64Array(capacity), this.ends);
    this.running = copyInto(new Float64Array(capacity), this.running);
    this.ready = copyInto(new Float64Array(capacity), this.ready);
    this.blocked = copyInto(new Float64Array(capacity), this.blocked);
    this.fresh = copyInto(new Float64Array(capacity), this.fresh);
    this.reasons = copyInto(new Uint8Array(capacity), this.reasons);
    this.estimates = copyInto(new Uint8Array(capacity), this.estimates);
  }
}

/** The state in which practically all of the duration was spent, if there is one. */
export function dominant(times: Readonly<StateTimes>, duration: Ns): LiveState | null {
  return liveStates.find((state) => times[state] >= duration * PURE_SHARE) ?? null;
}

function copyInto<T extends Float64Array | Uint8Array>(target: T, source: T): T {
  target.set(source);
  return target;
}

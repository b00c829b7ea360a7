/** Blocked time by reason and line, of a thread's whole life or of a stretch of it. */
import type { Ns } from '../base/units';
import { spanIndexAt } from './explainStretch';
import { forEachInterval } from './select';
import { liveStates, type WaitReason } from './states';
import { TIMES_LENGTH } from './intervalColumns';
import type { Interval } from './timeline';
import type { BlockedSpan, Model, Thread } from './types';

export interface BlockedStretch {
  readonly threadId: string;
  readonly start: Ns;
  readonly end: Ns;
  /** How much of it was Blocked: all, unless samples saw it blocked only for a part of the time. */
  readonly time: Ns;
  readonly reason: WaitReason;
  readonly location: string | null;
}

export interface BlockedGroup {
  readonly reason: WaitReason;
  /** The call that blocks, where it starts a child process: execSync, spawnSync, execFileSync. */
  readonly call: string | null;
  readonly location: string | null;
  readonly time: Ns;
  /** How many times, as recorded. */
  readonly count: number;
  readonly longest: BlockedStretch;
}

/** Stretches and lines are remembered as far as anybody asks for. */
const MOST_KEPT = 16;

/** Stretches by reason and line, and the longest of all. */
export class BlockedTally {
  private readonly groups = new Map<string, BlockedGroup>();
  private top: BlockedStretch[] = [];

  add(stretch: BlockedStretch, call: string | null): void {
    if (!(stretch.time > 0)) return;
    const key = `${stretch.reason}\0${call ?? ''}\0${stretch.location ?? ''}`;
    const known = this.groups.get(key);
    const { reason, location, time } = stretch;
    const isLongest = known === undefined || time > known.longest.time;
    this.groups.set(key, {
      reason,
      call,
      location,
      time: (known?.time ?? 0) + time,
      count: (known?.count ?? 0) + 1,
      longest: isLongest ? stretch : known.longest,
    });
    this.keep(stretch);
  }

  addAll(other: BlockedTally): void {
    for (const [key, group] of other.groups) {
      const known = this.groups.get(key);
      this.groups.set(
        key,
        known === undefined
          ? group
          : {
              ...known,
              time: known.time + group.time,
              count: known.count + group.count,
              longest: group.longest.time > known.longest.time ? group.longest : known.longest,
            },
      );
    }
    for (const stretch of other.top) this.keep(stretch);
  }

  /** What took longest in all first. */
  sorted(): BlockedGroup[] {
    return [...this.groups.values()].sort((a, b) => b.time - a.time);
  }

  get longest(): readonly BlockedStretch[] {
    return this.top;
  }

  private keep(stretch: BlockedStretch): void {
    const shortest = this.top.at(-1);
    if (this.top.length >= MOST_KEPT && shortest !== undefined && stretch.time <= shortest.time) return;
    const place = this.top.findIndex(({ time }) => time < stretch.time);
    this.top.splice(place < 0 ? this.top.length : place, 0, stretch);
    this.top = this.top.slice(0, MOST_KEPT);
  }
}

/** Intervals that are passed at once where none of them was blocked. */
const SKIPPED = 512;
const BLOCKED = liveStates.indexOf('blocked');

/** Walks over a thread's blocked time within [from, to]; when more is recorded, it simply walks on. */
export class BlockedScan {
  private tally = new BlockedTally();
  private nextSpan: number;
  private nextInterval: number;
  /** Where the last settled interval ended: tells that intervals were joined meanwhile. */
  private settledUntil: Ns = -Infinity;
  private current: BlockedStretch | null = null;
  private known: { readonly stamp: string; readonly tally: BlockedTally } | null = null;

  constructor(
    private readonly thread: Thread,
    private readonly from: Ns = -Infinity,
    private readonly to: Ns = Infinity,
  ) {
    const { timeline, blockedSpans } = thread;
    this.nextInterval = from === -Infinity ? 0 : Math.max(0, timeline.indexAt(from));
    // Waits hardly ever overlap: the one before may reach into the stretch.
    this.nextSpan = from === -Infinity ? 0 : Math.max(0, spanIndexAt(blockedSpans, from) - 1);
  }

  /** Looks at up to `budget` more intervals and waits; answers what is left of it, or less than 0. */
  advance(model: Model, budget: number): number {
    const { timeline, blockedSpans } = this.thread;
    if (this.wasCoarsened()) this.restart();
    let left = budget;
    for (; this.nextSpan < blockedSpans.length; this.nextSpan++) {
      const span = blockedSpans[this.nextSpan];
      if (span === undefined || span.end === null || span.start >= this.to) break;
      if (left-- <= 0) return -1;
      this.addSpan(model, this.tally, span, span.end);
    }
    if (!this.hasOtherReasons()) return left;
    // The newest one may still grow.
    for (; this.nextInterval < timeline.length - 1; this.nextInterval++) {
      this.skipUnblocked();
      if (this.nextInterval >= timeline.length - 1) break;
      const interval = timeline.at(this.nextInterval);
      if (interval.start >= this.to) break;
      if (left-- <= 0) return -1;
      this.current = this.addInterval(this.tally, this.current, interval);
      this.settledUntil = interval.end;
    }
    return left;
  }

  /** What was found so far, with what is not over yet. */
  result(model: Model): BlockedTally {
    const stamp = this.stamp(model);
    if (this.known?.stamp !== stamp) this.known = { stamp, tally: this.computeResult(model) };
    return this.known.tally;
  }

  /** Tells whether there is anything new. */
  private stamp(model: Model): string {
    const { thread, nextSpan, nextInterval } = this;
    const now = thread.end ?? model.now;
    return `${nextSpan} ${nextInterval} ${thread.timeline.end} ${thread.timeline.length} ${now}`;
  }

  private computeResult(model: Model): BlockedTally {
    const all = new BlockedTally();
    all.addAll(this.tally);
    let current = this.current;
    const { timeline, blockedSpans, end } = this.thread;
    const open = blockedSpans[this.nextSpan];
    if (open?.end === null) this.addSpan(model, all, open, end ?? model.now);
    const reached = this.nextInterval >= timeline.length - 1;
    if (reached && this.hasOtherReasons()) {
      const from = Math.max(this.settledUntil, this.from);
      forEachInterval(model, this.thread, from, this.to, (interval) => {
        current = this.addInterval(all, current, interval);
      });
    }
    if (current !== null) all.add(current, null);
    return all;
  }

  /** Many intervals without any blocked time are passed in one step. */
  private skipUnblocked(): void {
    const { timeline } = this.thread;
    while (this.nextInterval % SKIPPED === 0 && this.nextInterval + SKIPPED < timeline.length) {
      const sums = new Float64Array(TIMES_LENGTH);
      timeline.addWhole(this.nextInterval, this.nextInterval + SKIPPED, sums);
      // Less than a nanosecond is what differences of large sums leave.
      if ((sums[BLOCKED] ?? 0) >= 1) return;
      if (this.current !== null) this.tally.add(this.current, null);
      this.current = null;
      this.nextInterval += SKIPPED;
      this.settledUntil = timeline.endOf(this.nextInterval - 1);
    }
  }

  /** What the probe did not see itself was sampled. */
  private hasOtherReasons(): boolean {
    const { timeline, last } = this.thread;
    const known = timeline.blockedBy('atomicsWait') + timeline.blockedBy('childProcess');
    const isBlockedNow = last?.runnable === null;
    return !this.hasSpans() || isBlockedNow || timeline.totals.blocked - known > 1;
  }

  private hasSpans(): boolean {
    return this.thread.blockedSpans.length > 0;
  }

  private addSpan(model: Model, tally: BlockedTally, span: BlockedSpan, spanEnd: Ns): void {
    const start = Math.max(span.start, this.from);
    const end = Math.min(spanEnd, this.to);
    const { reason, location, callToken } = span;
    const call = callToken === null ? null : (model.calls.get(callToken)?.api ?? null);
    tally.add({ threadId: this.thread.id, start, end, time: end - start, reason, location }, call);
  }

  /** Adds what is over by then and answers the stretch that the interval begins or goes on with. */
  private addInterval(
    tally: BlockedTally,
    current: BlockedStretch | null,
    interval: Interval,
  ): BlockedStretch | null {
    const { reason } = interval;
    const isOfProbe = this.hasSpans() && (reason === 'atomicsWait' || reason === 'childProcess');
    const next = interval.blocked > 0 && !isOfProbe ? this.clipped(interval) : null;
    const goesOn =
      current?.reason === reason && next !== null && isMostlyBlocked(current) && isMostlyBlocked(next);
    if (current !== null && next !== null && goesOn && next.start - current.end < 16) {
      return { ...current, end: next.end, time: current.time + next.time };
    }
    if (current !== null) tally.add(current, null);
    return next;
  }

  private clipped({ start, end, blocked, reason }: Interval): BlockedStretch | null {
    const from = Math.max(start, this.from);
    const to = Math.min(end, this.to);
    if (to <= from) return null;
    const time = blocked * ((to - from) / (end - start));
    return { threadId: this.thread.id, start: from, end: to, time, reason, location: null };
  }

  private wasCoarsened(): boolean {
    const { nextInterval, settledUntil } = this;
    if (settledUntil === -Infinity) return false;
    const { timeline } = this.thread;
    return nextInterval > timeline.length || timeline.at(nextInterval - 1).end !== settledUntil;
  }

  private restart(): void {
    const fresh = new BlockedScan(this.thread, this.from, this.to);
    this.tally = fresh.tally;
    this.nextSpan = fresh.nextSpan;
    this.nextInterval = fresh.nextInterval;
    this.settledUntil = -Infinity;
    this.current = null;
  }
}

function isMostlyBlocked({ start, end, time }: BlockedStretch): boolean {
  return time >= (end - start) / 2;
}

/** Looked at for one answer about one thread. */
const MOST_OF_THREAD = 500_000;

const scans = new WeakMap<Thread, BlockedScan>();

export interface BlockedOfThread {
  /** What took longest in all first. */
  readonly groups: readonly BlockedGroup[];
  readonly isPartial: boolean;
}

/** Blocked time of a thread's whole life; what did not change since the last call is not looked at again. */
export function blockedOfThread(model: Model, thread: Thread): BlockedOfThread {
  const scan = scanOf(thread);
  const isPartial = scan.advance(model, MOST_OF_THREAD) < 0;
  return { groups: scan.result(model).sorted(), isPartial };
}

export function scanOf(thread: Thread): BlockedScan {
  let scan = scans.get(thread);
  if (scan === undefined) scans.set(thread, (scan = new BlockedScan(thread)));
  return scan;
}

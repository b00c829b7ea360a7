/** The synchronous waits of a thread that the probe saw: their edges are exact. */
import type { Ns } from '../base/units';
import type { WaitReason } from './states';
import type { Thread } from './types';

export interface KnownWait {
  readonly start: Ns;
  readonly end: Ns;
  readonly reason: WaitReason;
}

/** The parts of waits the probe saw that lie within [start, end], in order and without overlap. */
export function waitsWithin(thread: Thread, start: Ns, end: Ns): readonly KnownWait[] {
  const { blockedSpans } = thread;
  let first = blockedSpans.length;
  while (first > 0 && (blockedSpans[first - 1]?.end ?? Infinity) > start) first--;
  if (first === blockedSpans.length) return NO_WAITS;
  const waits: KnownWait[] = [];
  let at = start;
  for (const span of blockedSpans.slice(first)) {
    // Waits of one thread cannot overlap, but what a stranger wrote may say so.
    const from = Math.max(span.start, at);
    const to = Math.min(span.end ?? end, end);
    if (to <= from) continue;
    waits.push({ start: from, end: to, reason: span.reason });
    at = to;
  }
  return waits;
}

const NO_WAITS: readonly KnownWait[] = [];

export function timeInWaits(thread: Thread, start: Ns, end: Ns): Ns {
  return totalOf(waitsWithin(thread, start, end));
}

export function totalOf(waits: readonly KnownWait[]): Ns {
  return waits.reduce((sum, wait) => sum + wait.end - wait.start, 0);
}

/** What a blocked thread was stuck in. */
import { NS_PER_MS, type Ns } from '../base/units';
import { systemCallDuring } from './explainIdle';
import { queuedFor } from './explainMessages';
import { spanIndexAt, type Stretch } from './explainStretch';
import { competitionFor } from './explainTimes';
import type { AtomicsWait, BlockedPart, SyncChild } from './explainTypes';
import type { BlockedSpan, Model, Thread } from './types';
import type { WaitView } from './waits';

export function explainBlocked(
  model: Model,
  thread: Thread,
  stretch: Stretch,
  waits: readonly WaitView[],
): BlockedPart {
  const { start, end, reason, times } = stretch;
  const span = spanDuring(thread, start, end);
  const wait = span?.reason === 'atomicsWait' ? waitOf(waits, thread, span) : null;
  return {
    state: 'blocked',
    time: times.blocked,
    reason: span?.reason ?? reason,
    location: span?.location ?? null,
    wait: wait === null ? null : explainWait(model, thread, wait),
    child: span === null ? null : childOf(model, span),
    systemCall: systemCallDuring(thread, stretch),
    queued: queuedFor(model, thread, end),
  };
}

/** Waits of one thread do not overlap, but what a stranger wrote may say so. */
const MOST_OVERLAPPING = 16;

/** The synchronous wait that takes most of a stretch. */
export function spanDuring({ blockedSpans }: Thread, start: Ns, end: Ns): BlockedSpan | null {
  let best: BlockedSpan | null = null;
  let longest = 0;
  const last = spanIndexAt(blockedSpans, end);
  for (let index = last; index >= 0 && last - index < MOST_OVERLAPPING; index--) {
    const span = blockedSpans[index];
    if (span === undefined) break;
    const overlap = Math.min(span.end ?? Infinity, end) - Math.max(span.start, start);
    if (overlap > longest) [best, longest] = [span, overlap];
  }
  return best;
}

/** Binary search, since there may be a hundred thousand. */
function waitOf(waits: readonly WaitView[], thread: Thread, { start }: BlockedSpan): WaitView | null {
  for (let index = spanIndexAt(waits, start); index >= 0; index--) {
    const wait = waits[index];
    if (wait === undefined || wait.start < start) return null;
    if (wait.threadId === thread.id && !wait.isAsync) return wait;
  }
  return null;
}

/** Until a woken thread runs again takes some microseconds; beyond this it waited for a CPU. */
const SLOW_WAKE: Ns = NS_PER_MS;

function explainWait(model: Model, thread: Thread, wait: WaitView): AtomicsWait {
  const { buffer, cell, byteOffset, timeoutMs, start, end, result, wokenBy } = wait;
  const wakeLatency = wokenBy === null || end === null ? null : Math.max(0, end - wokenBy.time);
  const isSlow = wokenBy !== null && end !== null && wakeLatency !== null && wakeLatency >= SLOW_WAKE;
  return {
    ...{ buffer, cell, byteOffset, timeoutMs, start, end, result, wokenBy, wakeLatency },
    competition: isSlow ? competitionFor(model, thread, wokenBy.time, end) : null,
  };
}

function childOf(model: Model, { callToken, end }: BlockedSpan): SyncChild | null {
  const call = callToken === null ? undefined : model.calls.get(callToken);
  if (call === undefined) return null;
  const process = call.processId === null ? null : (model.processes.get(call.processId) ?? null);
  return { call, process, end };
}

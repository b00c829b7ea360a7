/** Why an event loop was idle, and what ended that. */
import { NS_PER_MS, type Ns } from '../base/units';
import { firstDelivery } from './explainMessages';
import { stretchAfter, type Stretch } from './explainStretch';
import type { IdleEnd, WaitingPart } from './explainTypes';
import type { Model, Thread } from './types';

/** What comes within this of the end of a stretch came at its end: clocks and counters are no finer. */
const SAME_MOMENT: Ns = NS_PER_MS;

export function explainIdle(model: Model, thread: Thread, stretch: Stretch): WaitingPart {
  const { reason, times } = stretch;
  return {
    state: 'waiting',
    time: times.waiting,
    reason,
    systemCall: systemCallDuring(thread, stretch),
    endedBy: stretch.isOpen || reason === 'idlePool' ? null : idleEnd(model, thread, stretch),
  };
}

/** Known of the newest look at a thread only. */
export function systemCallDuring({ last }: Thread, { start, end }: Stretch): string | null {
  if (last === null || last.runnable !== null) return null;
  return start <= last.time && last.time <= end ? last.systemCall : null;
}

function idleEnd(model: Model, thread: Thread, stretch: Stretch): IdleEnd {
  const { end, isPure } = stretch;
  // Where the order within is not known, its end is not the end of the idle part.
  if (!isPure) return { kind: 'unknown' };
  const next = stretchAfter(model, thread, stretch);
  const until = next?.end ?? end;
  const delivery = firstDelivery(model, thread, end - SAME_MOMENT, until);
  const deliveredAt = delivery?.received ?? Infinity;
  const gone = firstEndOfChild(model, thread, end - SAME_MOMENT, Math.min(until, deliveredAt));
  if (gone !== null) return gone;
  if (delivery === null) return { kind: 'unknown' };
  const after = Math.max(0, deliveredAt - end);
  return { kind: 'message', delivery, after, isCertain: after <= SAME_MOMENT };
}

/** The first process or worker of this thread's making that ended in [from, to]. */
function firstEndOfChild(model: Model, thread: Thread, from: Ns, to: Ns): IdleEnd | null {
  let earliest = Infinity;
  let found: IdleEnd | null = null;
  for (const call of model.calls.values()) {
    if (call.threadId !== thread.id || call.sync) continue;
    const process = call.processId === null ? undefined : model.processes.get(call.processId);
    const worker = call.createdThreadId === null ? undefined : model.threads.get(call.createdThreadId);
    const end = process?.end ?? worker?.end ?? null;
    if (end === null || end < from || end > to || end >= earliest) continue;
    earliest = end;
    const after = Math.max(0, end - from - SAME_MOMENT);
    if (process !== undefined) found = { kind: 'childExit', process, after };
    else if (worker !== undefined) found = { kind: 'workerExit', worker, after };
  }
  return found;
}

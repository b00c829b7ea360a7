/** The longest stretch for which a thread was Blocked, as the Why tab counts them. */
import type { Ns } from '../../src/base/units';
import { scanOf } from '../../src/model/rangeSummaryBlocked';
import type { Model, Thread } from '../../src/model/types';

interface Known {
  readonly madeOf: readonly number[];
  readonly longest: Ns;
}

/** Of ended threads: they are asked for twice a second, and there may be thousands. */
const ended = new WeakMap<Thread, Known>();

export function longestBlockedOf(model: Model, thread: Thread): Ns {
  const { timeline, blockedSpans, end } = thread;
  const isNever = timeline.totals.blocked === 0 && blockedSpans.length === 0;
  if (isNever && (end !== null || thread.last?.runnable !== null)) return 0;
  const madeOf = [timeline.length, timeline.end, timeline.totals.blocked, blockedSpans.length];
  const known = ended.get(thread);
  if (known?.madeOf.every((value, index) => value === madeOf[index]) === true) return known.longest;
  const scan = scanOf(thread);
  scan.advance(model, Infinity);
  const longest = scan.result(model).longest[0]?.time ?? 0;
  if (end !== null) ended.set(thread, { madeOf, longest });
  return longest;
}

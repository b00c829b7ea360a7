/** The longest Blocked stretches of a whole run. */
import type { Ns } from '../base/units';
import { scanOf, type BlockedStretch } from './rangeSummaryBlocked';
import { isJavaScript } from './select';
import type { Model, Thread } from './types';

export interface LongestBlocked {
  /** The longest first. */
  readonly stretches: readonly BlockedStretch[];
  /** Not all was looked at yet: call again. */
  readonly isPartial: boolean;
}

/** Looked at in one call. */
const MOST_INTERVALS = 400_000;
/** Shorter ones are nobody's worry. */
const SHORTEST: Ns = 1e6;

/** Of threads that run JavaScript; of all others only where those never were blocked: a shell does little but wait. */
export function longestBlocked(model: Model, limit: number): LongestBlocked {
  const own = longestOf(model, limit, (thread) => isJavaScript(model, thread));
  if (own.stretches.length > 0 || own.isPartial) return own;
  return longestOf(model, limit, (thread) => !isJavaScript(model, thread));
}

function longestOf(model: Model, limit: number, isWanted: (thread: Thread) => boolean): LongestBlocked {
  let found: BlockedStretch[] = [];
  let left = MOST_INTERVALS;
  let isPartial = false;
  // Where most was blocked first: then the others need no look.
  const threads = [...model.threads.values()]
    .filter(isWanted)
    .map((thread) => ({ thread, most: mostPossible(model, thread) }))
    .sort((a, b) => b.most - a.most);
  for (const { thread, most } of threads) {
    const shortest = found.length < limit ? SHORTEST : (found.at(-1)?.time ?? SHORTEST);
    if (most < shortest) break;
    const scan = scanOf(thread);
    left = scan.advance(model, left);
    if (left < 0) {
      isPartial = true;
      left = 0;
    }
    for (const stretch of scan.result(model).longest) if (stretch.time >= SHORTEST) found.push(stretch);
    found = found.sort((a, b) => b.time - a.time || a.start - b.start).slice(0, limit);
  }
  return { stretches: found, isPartial };
}

/** No stretch of a thread can have been longer than all of them together. */
function mostPossible(model: Model, { timeline, blockedSpans, end }: Thread): Ns {
  const span = blockedSpans.at(-1);
  const open = span?.end === null ? (end ?? model.now) - span.start : 0;
  const sinceLook = end === null ? Math.max(0, model.now - timeline.end) : 0;
  // Known waits begin and end on a CPU, or waiting for one: they are a little longer than the time counted.
  return (timeline.totals.blocked + open + sinceLook) * 1.5;
}

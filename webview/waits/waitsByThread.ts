/** The model's waits by who waits, and how buffers are called on screen. Pure. */
import type { Ns } from '../../src/base/units';
import { sharedBuffers } from '../../src/model/sharedBuffers';
import type { Model } from '../../src/model/types';
import { waitViews, type WaitView } from '../../src/model/waits';

export interface Waits {
  /** In order of time. */
  readonly all: readonly WaitView[];
  readonly byThread: ReadonlyMap<string, readonly WaitView[]>;
  /** What the buffers are called on screen, from 1 in order of appearance, by id. */
  readonly bufferNumbers: ReadonlyMap<string, number>;
}

export function collectWaits(model: Model): Waits {
  const all = waitViews(model);
  const byThread = new Map<string, WaitView[]>();
  for (const wait of all) {
    const known = byThread.get(wait.threadId);
    if (known === undefined) byThread.set(wait.threadId, [wait]);
    else known.push(wait);
  }
  const bufferNumbers = new Map(sharedBuffers(model).map(({ id }, index) => [id, index + 1]));
  return { all, byThread, bufferNumbers };
}

/** The synchronous wait that takes most of a stretch of a thread's time. */
export function waitDuring(
  { byThread }: Waits,
  threadId: string,
  stretch: { readonly start: Ns; readonly end: Ns },
): WaitView | null {
  let best: WaitView | null = null;
  let longest = 0;
  const waits = byThread.get(threadId) ?? [];
  // From the end, since what is looked at is mostly new; synchronous waits of a thread do not overlap.
  for (let index = waits.length - 1; index >= 0; index--) {
    const wait = waits[index];
    if (wait === undefined || wait.isAsync || wait.start >= stretch.end) continue;
    if (wait.end !== null && wait.end <= stretch.start) break;
    const overlap = Math.min(wait.end ?? Infinity, stretch.end) - Math.max(wait.start, stretch.start);
    if (overlap > longest) [best, longest] = [wait, overlap];
  }
  return best;
}

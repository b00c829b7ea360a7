/** Threads that do not get to their messages. Pure. */
import { NS_PER_MS, type Ns } from '../../src/base/units';
import type { Model } from '../../src/model/types';
import type { MessageRow } from './rows';

export interface Backlog {
  readonly threadId: string;
  readonly waiting: number;
  /** Since when the oldest message waits. */
  readonly since: Ns;
}

/** A message that waits for less is on its way: nothing worth calling anybody's eyes to. */
const WORTH_TELLING: Ns = 500 * NS_PER_MS;

/** Whether messages that wait for that long are worth telling of. */
export function isTooLong(waiting: Ns): boolean {
  return waiting >= WORTH_TELLING;
}

/** By thread, whoever lets its messages wait, the worst first. */
export function backlogsOf(model: Model, rows: readonly MessageRow[]): ReadonlyMap<string, Backlog> {
  const byThread = new Map<string, Backlog>();
  for (const { to, waiting, oldest } of rows) {
    if (to.threadId === null || waiting === null || oldest === null) continue;
    const known = byThread.get(to.threadId);
    byThread.set(to.threadId, {
      threadId: to.threadId,
      waiting: (known?.waiting ?? 0) + waiting,
      since: Math.min(known?.since ?? oldest, oldest),
    });
  }
  const worst = [...byThread.values()]
    .filter(({ since }) => isTooLong(model.now - since))
    .sort((a, b) => b.waiting - a.waiting || a.since - b.since);
  return new Map(worst.map((backlog) => [backlog.threadId, backlog]));
}

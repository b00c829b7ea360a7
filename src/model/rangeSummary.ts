import type { Ns } from '../base/units';
import { intervalCount, timesWithin } from './explainTimes';
import { BlockedScan, BlockedTally, scanOf } from './rangeSummaryBlocked';
import { latenciesWithin, messagesByThread } from './rangeSummaryMessages';
import type { RangeSummary, ThreadShare } from './rangeSummaryTypes';
import { isJavaScript, lifeEnd } from './select';
import { liveStates } from './states';
import { noTimes } from './timeline';
import type { Model, Thread } from './types';

/** Intervals and waits looked at one by one for one answer. */
const MOST_INTERVALS = 300_000;

/** What the threads did within [from, to]. */
export function rangeSummary(model: Model, from: Ns, to: Ns): RangeSummary {
  const messages = messagesByThread(model, from, to);
  const threads: ThreadShare[] = [];
  const totals = noTimes();
  const tally = new BlockedTally();
  let left = MOST_INTERVALS;
  for (const thread of model.threads.values()) {
    if (thread.start >= to || lifeEnd(model, thread) <= from) continue;
    const { times, estimated } = timesWithin(model, thread, from, to);
    for (const state of liveStates) totals[state] += times[state];
    const counts = messages.get(thread.id) ?? NO_MESSAGES;
    threads.push({ thread, times, estimated, changes: changesWithin(thread, from, to), ...counts });
    if (left >= 0 && times.blocked > 0 && isJavaScript(model, thread))
      left = addBlocked(model, tally, thread, from, to, left);
  }
  threads.sort((a, b) => b.times.running - a.times.running);
  const latencies = latenciesWithin(model, from, to);
  return {
    ...{ from, to, threads, totals, latencies },
    estimated: sumOf(threads, ({ estimated }) => estimated),
    changes: sumOf(threads, ({ changes }) => changes),
    sent: sumOf(threads, ({ sent }) => sent),
    received: sumOf(threads, ({ received }) => received),
    blocked: tally.sorted(),
    isPartial: left < 0,
  };
}

const NO_MESSAGES = { sent: 0, received: 0, isApproximate: false } as const;

function changesWithin(thread: Thread, from: Ns, to: Ns): number {
  return Math.max(0, intervalCount(thread, from, to) - 1);
}

function addBlocked(
  model: Model,
  tally: BlockedTally,
  thread: Thread,
  from: Ns,
  to: Ns,
  budget: number,
): number {
  const isWhole = from <= thread.start && to >= lifeEnd(model, thread);
  const scan = isWhole ? scanOf(thread) : new BlockedScan(thread, from, to);
  const left = scan.advance(model, budget);
  tally.addAll(scan.result(model));
  return left;
}

function sumOf(threads: readonly ThreadShare[], value: (thread: ThreadShare) => number): number {
  return threads.reduce((sum, thread) => sum + value(thread), 0);
}

/** What blocked a thread, line by line. Pure. */
import type { Ns } from '../../src/base/units';
import { lifeEnd } from '../../src/model/select';
import type { Model, Notify, Thread } from '../../src/model/types';
import type { Waits } from './waitsByThread';

export interface BlockedLine {
  /** The call that blocks: Atomics.wait, or what started a child process. */
  readonly call: string;
  readonly location: string | null;
  readonly count: number;
  readonly total: Ns;
  readonly longest: Ns;
  /** Who woke it the last time that this is known. */
  readonly lastWaker: Notify | null;
}

/** Some programs wait a hundred thousand times: what is known of them is summed up once for every look at them. */
const cache = new WeakMap<Waits, Map<string, readonly BlockedLine[]>>();

/** Its synchronous waits by call and line, what took longest in all first. As of when `waits` were collected. */
export function blockedLines(model: Model, thread: Thread, waits: Waits): readonly BlockedLine[] {
  const ofThreads = cache.get(waits) ?? new Map<string, readonly BlockedLine[]>();
  cache.set(waits, ofThreads);
  const known = ofThreads.get(thread.id);
  if (known !== undefined) return known;
  const lines = compute(model, thread, waits);
  ofThreads.set(thread.id, lines);
  return lines;
}

function compute(model: Model, thread: Thread, waits: Waits): BlockedLine[] {
  const groups = new Map<string, BlockedLine>();
  const wakers = new Map((waits.byThread.get(thread.id) ?? []).map(({ start, wokenBy }) => [start, wokenBy]));
  for (const span of thread.blockedSpans) {
    const call = callName(model, span.reason === 'atomicsWait', span.callToken);
    const key = `${call}\0${span.location ?? ''}`;
    const known = groups.get(key);
    const time = Math.max(0, (span.end ?? lifeEnd(model, thread)) - span.start);
    const waker = span.reason === 'atomicsWait' ? (wakers.get(span.start) ?? null) : null;
    groups.set(key, {
      call,
      location: span.location,
      count: (known?.count ?? 0) + 1,
      total: (known?.total ?? 0) + time,
      longest: Math.max(known?.longest ?? 0, time),
      lastWaker: waker ?? known?.lastWaker ?? null,
    });
  }
  return [...groups.values()].sort((a, b) => b.total - a.total);
}

function callName(model: Model, isWait: boolean, callToken: string | null): string {
  if (isWait) return 'Atomics.wait';
  return (callToken === null ? undefined : model.calls.get(callToken)?.api) ?? '';
}

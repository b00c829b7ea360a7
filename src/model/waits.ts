import type { Bytes, Ns } from '../base/units';
import { rootOf } from './bufferNodes';
import { sharedBufferId } from './sharedBuffers';
import type { Model, Notify, Wait } from './types';

/** A call of Atomics.wait or waitAsync, as it is shown. */
export interface WaitView {
  readonly threadId: string;
  /** Id of the shared buffer (see sharedBuffers.ts). */
  readonly buffer: string | null;
  readonly cell: number;
  readonly byteOffset: Bytes;
  readonly timeoutMs: number | null;
  readonly isAsync: boolean;
  readonly location: string | null;
  readonly start: Ns;
  /** Null while it lasts. A wait whose thread was ended in the middle of it ends with the thread, without a result. */
  readonly end: Ns | null;
  readonly result: string | null;
  /** The call of notify that woke it, where that is certain. */
  readonly wokenBy: Notify | null;
}

interface Cached {
  readonly stamp: number;
  readonly views: readonly WaitView[];
}

const cache = new WeakMap<Model, Cached>();

/** All waits in order of time. */
export function waitViews(model: Model): readonly WaitView[] {
  // Both only ever grow, so their sum tells of a change in either.
  const stamp = model.index.messages.sharedRevision + model.index.endedThreads;
  const known = cache.get(model);
  if (known?.stamp === stamp) return known.views;
  const views = computeViews(model);
  cache.set(model, { stamp, views });
  return views;
}

function computeViews(model: Model): WaitView[] {
  const wakers = findWakers(model);
  const ids = new Map<string, string | null>();
  const views = model.waits.map((wait) => {
    const { bufferName } = wait;
    let buffer = ids.get(bufferName);
    if (buffer === undefined) ids.set(bufferName, (buffer = sharedBufferId(model, bufferName)));
    return {
      threadId: wait.threadId,
      buffer,
      cell: wait.cell,
      byteOffset: wait.byteOffset,
      timeoutMs: wait.timeoutMs,
      isAsync: wait.isAsync,
      location: wait.location,
      start: wait.start,
      end: endOf(model, wait),
      result: wait.result,
      wokenBy: wakers.get(wait) ?? null,
    };
  });
  return views.sort((a, b) => a.start - b.start || (a.threadId < b.threadId ? -1 : 1));
}

function endOf(model: Model, wait: Wait): Ns | null {
  if (wait.end !== null) return wait.end;
  const threadEnd = model.threads.get(wait.threadId)?.end ?? null;
  return threadEnd === null ? null : Math.max(threadEnd, wait.start);
}

/**
 * Who woke whom, where that is certain: a notify woke as many as are known to have been waiting at that place just
 * then and to have been woken afterwards; or, with fewer woken than waiting, those that had waited longest, since the
 * language has them woken in the order in which they began to wait (ECMA-262, RemoveWaiters).
 */
function findWakers(model: Model): Map<Wait, Notify> {
  const wakers = new Map<Wait, Notify>();
  for (const { waits, notifies } of byPlace(model).values()) matchPlace(waits, notifies, wakers);
  return wakers;
}

interface Place {
  readonly waits: Wait[];
  readonly notifies: Notify[];
}

function byPlace(model: Model): Map<string, Place> {
  const places = new Map<string, Place>();
  const placeOf = ({ bufferName, byteOffset }: Wait | Notify): Place => {
    const node = model.index.messages.bufferNodes.get(bufferName);
    const key = `${node === undefined ? bufferName : rootOf(node).name} ${byteOffset}`;
    let place = places.get(key);
    if (place === undefined) places.set(key, (place = { waits: [], notifies: [] }));
    return place;
  };
  for (const notify of model.notifies) placeOf(notify).notifies.push(notify);
  for (const wait of model.waits) placeOf(wait).waits.push(wait);
  return places;
}

function matchPlace(waits: readonly Wait[], notifies: readonly Notify[], wakers: Map<Wait, Notify>): void {
  const queued = waits.filter(({ result }) => result !== 'not-equal');
  const starting = queued.toSorted((a, b) => a.start - b.start);
  const ending = queued.toSorted((a, b) => lastMoment(a) - lastMoment(b));
  /** In the order in which they began. */
  const underWay = new Set<Wait>();
  let started = 0;
  let ended = 0;
  for (const notify of notifies.toSorted((a, b) => a.time - b.time)) {
    for (; started < starting.length; started++) {
      const wait = starting[started];
      if (wait === undefined || wait.start > notify.time) break;
      underWay.add(wait);
    }
    for (; ended < ending.length; ended++) {
      const wait = ending[ended];
      if (wait === undefined || lastMoment(wait) >= notify.time) break;
      underWay.delete(wait);
    }
    for (const wait of wokenBy(notify, underWay)) {
      wakers.set(wait, notify);
      // Each is woken once: the next notify woke others.
      underWay.delete(wait);
    }
  }
}

/** Those that a notify certainly woke, of those under way in the order of their beginnings. */
function wokenBy({ woken }: Notify, underWay: ReadonlySet<Wait>): readonly Wait[] {
  const all = [...underWay];
  const wakened = all.filter(({ result }) => result === 'ok');
  if (wakened.length === woken) return wakened;
  const first = all.slice(0, woken);
  if (first.length < woken || first.some(({ result }) => result !== 'ok')) return [];
  // A thread may have been held up between its word that it waits and the wait itself; then the ends tell.
  const others = wakened.filter((wait) => !first.includes(wait));
  const lastOfFirst = Math.max(...first.map(lastMoment));
  return others.every((wait) => lastMoment(wait) >= lastOfFirst) ? first : [];
}

function lastMoment({ end }: Wait): Ns {
  return end ?? Infinity;
}

/** In what order siblings stand. Pure. */
import type { Model, Process, Thread } from '../../src/model/types';
import type { Arrangement, RowSort } from './arrangement';
import type { Branch } from './processTree';
import { processBlockedTime, processCpuTime, threadBlockedTime, threadCpuTime } from './threadFigures';

export interface RowOrder {
  readonly threads: (threads: readonly Thread[]) => readonly Thread[];
  readonly branches: (branches: readonly Branch[]) => readonly Branch[];
}

export function rowOrder(model: Model, { sort, places }: Arrangement): RowOrder {
  const wanted = new Map(places);
  return {
    threads: (threads) =>
      placed(
        sorted(threads, (thread) => threadKey(model, thread, sort), sort),
        ({ id }) => wanted.get(id),
        wanted.size,
      ),
    branches: (branches) =>
      placed(
        sorted(branches, ({ process }) => processKey(model, process, sort), sort),
        ({ process }) => wanted.get(process.id),
        wanted.size,
      ),
  };
}

/** The earliest or the largest first; what is equal stays in order of appearance. */
function sorted<T>(items: readonly T[], key: (item: T) => number, sort: RowSort): readonly T[] {
  if (sort === 'tree' || items.length < 2) return items;
  // Numbers in a typed array: they are read a few hundred thousand times.
  const keys = Float64Array.from(items, key);
  const order = Uint32Array.from(items, (_item, index) => index);
  const direction = sort === 'start' ? 1 : -1;
  order.sort((a, b) => direction * ((keys[a] ?? 0) - (keys[b] ?? 0)) || a - b);
  const result: T[] = [];
  for (const index of order) {
    const item = items[index];
    if (item !== undefined) result.push(item);
  }
  return result;
}

function threadKey(model: Model, thread: Thread, sort: RowSort): number {
  switch (sort) {
    case 'tree':
      return 0;
    case 'start':
      return thread.start;
    case 'cpu':
      return threadCpuTime(model, thread);
    case 'blocked':
      return threadBlockedTime(model, thread);
  }
}

function processKey(model: Model, process: Process, sort: RowSort): number {
  switch (sort) {
    case 'tree':
      return 0;
    case 'start':
      return process.start;
    case 'cpu':
      return processCpuTime(model, process);
    case 'blocked':
      return processBlockedTime(model, process);
  }
}

/** Puts those with a place of their own there; the others fill the rest in their order. */
function placed<T>(
  items: readonly T[],
  placeOf: (item: T) => number | undefined,
  places: number,
): readonly T[] {
  if (places === 0) return items;
  const moved = items.flatMap((item) => {
    const place = placeOf(item);
    return place === undefined ? [] : [{ item, place }];
  });
  if (moved.length === 0) return items;
  moved.sort((a, b) => a.place - b.place);
  const others = items.filter((item) => placeOf(item) === undefined);
  const result: T[] = [];
  let used = 0;
  for (const { item, place } of moved) {
    const gap = Math.max(0, Math.floor(place) - result.length);
    // Not spread: there may be more siblings than a call may have arguments.
    for (const other of others.slice(used, used + gap)) result.push(other);
    used += gap;
    result.push(item);
  }
  return result.concat(others.slice(used));
}

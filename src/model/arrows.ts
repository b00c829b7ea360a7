/** Arrows between threads: messages, spawns, wake-ups. Pure; times are absolute. */
import type { Ns } from '../base/units';
import { arrowIndex } from './arrowIndex';
import {
  arrowKinds,
  type Arrow,
  type ArrowCounts,
  type ArrowEnds,
  type ArrowFilter,
  type ArrowId,
  type ArrowKind,
} from './arrowTypes';
import { spawnArrow } from './spawnArrows';
import type { Model, Thread } from './types';

/** The arrow of this name; null where there is none (any more, or yet). */
export function arrowById(model: Model, id: ArrowId): Arrow | null {
  const [, kind = '', subject = '', number = ''] = /^(\w+) (.*?)(?: (\d+(?:\.\d+)?))?$/s.exec(id) ?? [];
  switch (kind) {
    case 'message':
      return arrowIndex(model).message(model, subject, Number(number));
    case 'wake':
      return arrowIndex(model).wakes.arrow(subject, Number(number));
    case 'spawn': {
      const call = model.calls.get(id.slice('spawn '.length));
      return call === undefined ? null : spawnArrow(model, call);
    }
    default:
      return null;
  }
}

export function arrowEnds({ from, to }: Arrow): ArrowEnds {
  return { from, to };
}

const everything: ArrowFilter = { touching: null, accepts: () => true };

/** Up to `limit` arrows of these kinds that are under way within [from, to]. */
export function arrowsIn(
  model: Model,
  from: Ns,
  to: Ns,
  limit: number,
  filter: ArrowFilter = everything,
  kinds: readonly ArrowKind[] = arrowKinds,
): Arrow[] {
  const found: Arrow[] = [];
  const collect = (arrow: Arrow): boolean => found.push(arrow) < limit;
  const index = arrowIndex(model);
  for (const kind of kinds) {
    if (kind === 'spawn') {
      if (found.length < limit) index.spawns.visit(model, from, to, filter, collect);
      continue;
    }
    for (const route of index.routes(kind, filter)) {
      if (found.length < limit) route.visit(model, from, to, collect);
    }
  }
  return found;
}

/** How many there are, by kind: counted, not enumerated. */
export function countArrows(model: Model, from: Ns, to: Ns, filter: ArrowFilter = everything): ArrowCounts {
  const index = arrowIndex(model);
  const sum = (kind: 'message' | 'wake'): number =>
    index.routes(kind, filter).reduce((total, route) => total + route.count(from, to), 0);
  return { message: sum('message'), spawn: index.spawns.count(model, from, to, filter), wake: sum('wake') };
}

/**
 * How many messages and wake-ups begin or end at some threads, stretch by stretch between the `edges` (ascending):
 * counted by searching, never one by one.
 */
export function arrowDensity(
  model: Model,
  threadIds: Iterable<string>,
  edges: readonly Ns[],
  filter: ArrowFilter = everything,
  kinds: readonly ('message' | 'wake')[] = ['message', 'wake'],
): Float64Array {
  const counts = new Float64Array(Math.max(0, edges.length - 1));
  const index = arrowIndex(model);
  for (const threadId of threadIds) {
    for (const at of ['from', 'to'] as const) {
      for (const route of index.routesOf(threadId, at, kinds)) {
        if (!filter.accepts(route.from, route.to)) continue;
        let before = route.countBefore(at, edges[0] ?? 0, 0);
        for (let place = 0; place < counts.length; place++) {
          const next = route.countBefore(at, edges[place + 1] ?? Infinity, before);
          counts[place] = (counts[place] ?? 0) + next - before;
          before = next;
        }
      }
    }
  }
  return counts;
}

export interface IntervalArrows {
  readonly incoming: readonly ArrowId[];
  readonly outgoing: readonly ArrowId[];
}

const MOST_OF_INTERVAL = 50;

/** Arrows that end or begin in [start, end) of a thread, each in order of time there, 50 at most. */
export function arrowsOfInterval(model: Model, thread: Thread, start: Ns, end: Ns): IntervalArrows {
  return {
    incoming: endsWithin(model, thread.id, 'to', start, end),
    outgoing: endsWithin(model, thread.id, 'from', start, end),
  };
}

function endsWithin(model: Model, threadId: string, at: 'from' | 'to', start: Ns, end: Ns): ArrowId[] {
  const index = arrowIndex(model);
  const found: Arrow[] = [];
  for (const route of index.routesOf(threadId, at)) {
    let left = MOST_OF_INTERVAL;
    route.visitEnds(model, at, start, end, (arrow) => found.push(arrow) > 0 && --left > 0);
  }
  const filter: ArrowFilter = { touching: new Set([threadId]), accepts: () => true };
  index.spawns.visit(model, start, end, filter, (arrow) => {
    const { time, threadId: there } = arrow[at];
    if (there === threadId && time >= start && time < end) found.push(arrow);
    return true;
  });
  found.sort((a, b) => a[at].time - b[at].time);
  return found.slice(0, MOST_OF_INTERVAL).map(({ id }) => id);
}

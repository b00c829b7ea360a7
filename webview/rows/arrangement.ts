/** Which rows the user wants to see, and in what order. It comes back as unknown data after a reload: every field is checked. */
import { threadStates, type ThreadKind, type ThreadState } from '../../src/model/states';
import type { Ns } from '../../src/base/units';

export const rowSorts = ['tree', 'start', 'cpu', 'blocked'] as const;
/** `tree`: in order of appearance. Others: within each process and among siblings, the largest first (`start`: the earliest). */
export type RowSort = (typeof rowSorts)[number];

export interface Arrangement {
  /**
   * Words that a name, pid, thread id, file, argument, or line of a message contains, all of them; rows that match and
   * those around them stay.
   */
  readonly query: string;
  /** Threads that are in one of these states now; empty: all. */
  readonly states: readonly ThreadState[];
  /** Empty: all. */
  readonly kinds: readonly ThreadKind[];
  /** Only this process and what it started. */
  readonly processId: string | null;
  /** Only threads with one stretch of Blocked that was longer. */
  readonly blockedLongerThan: Ns | null;
  /** Hides threads that hardly ran and never were blocked. */
  readonly hideIdle: boolean;
  readonly hideNative: boolean;
  readonly hideEnded: boolean;
  readonly sort: RowSort;
  /** Rows that stay on top, by id, in this order. */
  readonly pins: readonly string[];
  /** Rows that the user moved among their siblings: by id, the place each one wants. */
  readonly places: readonly (readonly [string, number])[];
}

export const everything: Arrangement = {
  query: '',
  states: [],
  kinds: [],
  processId: null,
  blockedLongerThan: null,
  hideIdle: false,
  hideNative: false,
  hideEnded: false,
  sort: 'tree',
  pins: [],
  places: [],
};

const threadKinds: readonly ThreadKind[] = ['main', 'worker', 'native'];

export function parseArrangement(value: unknown): Arrangement {
  if (typeof value !== 'object' || value === null) return everything;
  const fields = value as Readonly<Record<string, unknown>>;
  const longer = fields['blockedLongerThan'];
  return {
    query: typeof fields['query'] === 'string' ? fields['query'] : '',
    states: threadStates.filter((state) => includes(fields['states'], state)),
    kinds: threadKinds.filter((kind) => includes(fields['kinds'], kind)),
    processId: typeof fields['processId'] === 'string' ? fields['processId'] : null,
    blockedLongerThan: typeof longer === 'number' && longer > 0 && Number.isFinite(longer) ? longer : null,
    hideIdle: fields['hideIdle'] === true,
    hideNative: fields['hideNative'] === true,
    hideEnded: fields['hideEnded'] === true,
    sort: rowSorts.find((sort) => sort === fields['sort']) ?? 'tree',
    pins: list(fields['pins']).filter((id) => typeof id === 'string'),
    places: list(fields['places']).filter(isPlace),
  };
}

function includes(value: unknown, item: string): boolean {
  return Array.isArray(value) && value.includes(item);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isPlace(value: unknown): value is readonly [string, number] {
  return Array.isArray(value) && typeof value[0] === 'string' && Number.isFinite(value[1]);
}

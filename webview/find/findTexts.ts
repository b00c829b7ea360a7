/** Texts of the search, the filter and the view menu. */
import type { Ns } from '../../src/base/units';
import type { ThreadKind } from '../../src/model/states';
import { formatDuration } from '../format';
import type { RowSort } from '../rows/arrangement';
import type { OptionalColumn } from '../savedState';
import type { Density } from '../timeline/lane';

export const search = {
  label: 'Search rows',
  placeholder: 'Search name, pid, file, message  (/)',
  title:
    'Names, pids, thread ids, arguments, worker files, lines that spawned a process or sent a message, and names of channels. Several words: all of them; “in quotes”: as written. Enter and Shift+Enter: next and previous; Escape: clear.',
  next: 'Next row (Enter)',
  previous: 'Previous row (Shift+Enter)',
  clear: 'Clear the search (Escape)',
  none: 'nothing found',
  found: (count: string): string => `${count} found`,
  position: (index: string, count: string): string => `${index} of ${count}`,
} as const;

export const filter = {
  button: 'Filter',
  one: (what: string): string => `Filter: ${what}`,
  several: (count: number): string => `Filter: ${count} active`,
  title: 'Choose which rows are shown',
  dialog: 'Filter',
  states: 'State now',
  kinds: 'Kind of thread',
  process: 'Process',
  allProcesses: 'All processes',
  processHint: 'Only this process and what it started.',
  moreProcesses: (count: string): string => `${count} more are not listed: select the row of one, and it is.`,
  blocked: 'Was blocked longer than',
  blockedAmount: 'Shortest time',
  blockedUnit: 'Unit',
  blockedHint: 'Without a break, at least once. Empty: any.',
  hide: 'Hide',
  hideIdle: 'idle threads',
  hideIdleHint:
    'Idle: used less than 0.5 % of a CPU over its life, and the probe saw no call that blocked it. A thread that nobody looked at is not taken for idle.',
  hideNative: 'native threads',
  hideNativeHint: 'Threads of Node itself: libuv’s pool, V8’s helpers, the inspector and signal threads',
  hideEnded: 'ended processes and threads',
  clearAll: 'Clear all',
} as const;

/** A filter in use, in a few words. */
export const active = {
  states: (names: readonly string[]): string => names.join(', '),
  process: (name: string): string => name,
  blocked: (time: Ns): string => `blocked longer than ${formatDuration(time)}`,
  notIdle: 'not idle',
  notNative: 'not native',
  notEnded: 'not ended',
  search: (query: string): string => `“${query}”`,
} as const;

export const kindNames: Readonly<Record<ThreadKind, string>> = {
  main: 'main',
  worker: 'worker',
  native: 'native',
};

export const view = {
  button: 'View',
  title: 'Order, height and columns of the rows',
  dialog: 'View',
  sort: 'Order',
  sortTitle:
    'Order of rows beside one another: processes of the same parent, threads of the same process. While the program runs, it is renewed twice a second at most.',
  restoreOrder: (count: number): string =>
    `Put ${count === 1 ? 'the moved row' : `${count} moved rows`} back`,
  density: 'Height of rows',
  columns: 'Columns',
  columnsHint: 'As far as the tree is wide enough for them',
  arrows: 'Arrows',
  arrowsTitle: 'Messages, spawns and wake-ups between lanes',
} as const;

export const sortNames: Readonly<Record<RowSort, string>> = {
  tree: 'As they appeared',
  start: 'Start, earliest first',
  cpu: 'CPU time, most first',
  blocked: 'Blocked time, longest first',
};

export const densityNames: Readonly<Record<Density, string>> = {
  compact: 'Compact',
  normal: 'Normal',
  roomy: 'Roomy',
};

export const columnNames: Readonly<Record<OptionalColumn, string>> = {
  state: 'State',
  cpu: 'CPU',
  memory: 'Memory',
};

export const hidden = {
  label: 'Filter in use',
  rows: (count: number, text: string): string =>
    count === 1 ? '1 row hidden by the filter' : `${text} rows hidden by the filter`,
  everything: 'No row is left: all are hidden by the filter',
  clear: 'Clear',
} as const;

export const pin = {
  pin: 'Pin on top (P)',
  unpin: 'No longer pin on top (P)',
} as const;

/** Why a row was found whose name does not contain what was searched for. */
export const found = (text: string): string => `found: ${text}`;

/** Units of the filter by blocked time, nanoseconds. */
export const blockedUnits = [
  { name: 'µs', factor: 1e3 },
  { name: 'ms', factor: 1e6 },
  { name: 's', factor: 1e9 },
] as const;

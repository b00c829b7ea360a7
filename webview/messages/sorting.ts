/** The order of the message rows. Pure. */
import { isMessageColumn, type MessageColumn } from './columns';
import type { MessageEnd, MessageRow } from './rows';

export interface MessageSort {
  readonly column: MessageColumn;
  readonly descending: boolean;
}

type Key = number | string | null;

const keys: Readonly<Record<MessageColumn, (row: MessageRow) => Key>> = {
  ends: ({ from, to }) => `${nameOf(from)}\0${nameOf(to)}`,
  kind: ({ kind, name }) => `${kind}\0${name ?? ''}`,
  sent: ({ sent }) => sent,
  delivered: ({ delivered }) => delivered,
  waiting: ({ waiting }) => waiting,
  bytes: ({ bytes }) => bytes,
  queue: ({ queue }) => queue?.p50 ?? null,
  serialize: ({ serialize }) => serialize?.p50 ?? null,
  handle: ({ handle }) => handle?.p50 ?? null,
  lines: ({ lines }) => lines[0]?.location ?? null,
  recorded: ({ sent, recorded }) => (sent === 0 ? null : recorded / sent),
};

/** Names that people read in order: worker 2 before worker 10. */
const byName = new Intl.Collator('en', { numeric: true });

/** What is not known comes last either way; what is equal stays in order of appearance. */
export function sorted(rows: readonly MessageRow[], sort: MessageSort | null): readonly MessageRow[] {
  if (sort === null) return rows;
  const key = keys[sort.column];
  const sign = sort.descending ? -1 : 1;
  return rows
    .map((row) => ({ row, key: key(row) }))
    .sort((a, b) => {
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
      return sign * compare(a.key, b.key);
    })
    .map(({ row }) => row);
}

function compare(a: number | string, b: number | string): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : byName.compare(String(a), String(b));
}

function nameOf({ process, thread }: MessageEnd): string {
  return `${process ?? ''} ${thread ?? ''}`;
}

/** What a click on a header does: figures begin with the largest, names with the first; a second click turns it. */
export function clicked(sort: MessageSort | null, column: MessageColumn): MessageSort {
  if (sort?.column === column) return { column, descending: !sort.descending };
  return { column, descending: column !== 'ends' && column !== 'kind' && column !== 'lines' };
}

/** From saved state, so of unknown shape. */
export function parseSort(value: unknown): MessageSort | null {
  if (typeof value !== 'object' || value === null || !('column' in value)) return null;
  const { column } = value;
  if (!isMessageColumn(column)) return null;
  return { column, descending: 'descending' in value && value.descending === true };
}

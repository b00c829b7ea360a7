/** What the search and the pins mark in rows: the same object as long as both are the same. */
import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { PanelStore } from '../store';
import { togglePin } from './rowActions';
import { wordsOf } from './searchText';

export interface RowMarks {
  /** Of the query, in comparable form. */
  readonly words: readonly string[];
  readonly pins: ReadonlySet<string>;
  readonly togglePin: (rowId: string) => void;
}

const known = new WeakMap<PanelStore, ReadonlySignal<RowMarks>>();

export function rowMarks(store: PanelStore): RowMarks {
  let marks = known.get(store);
  if (marks === undefined) known.set(store, (marks = marksOf(store)));
  return marks.value;
}

function marksOf(store: PanelStore): ReadonlySignal<RowMarks> {
  const query = computed(() => store.arrangement.value.query);
  const pins = computed(() => store.arrangement.value.pins);
  return computed(() => ({
    words: wordsOf(query.value),
    pins: new Set(pins.value),
    togglePin: (rowId) => togglePin(store, rowId),
  }));
}

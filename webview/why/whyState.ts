/** What the Why tab is about, and what is known of it: computed once for every calm look at the run. */
import { computed, effect, signal, untracked, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { Ns } from '../../src/base/units';
import { arrowById } from '../../src/model/arrows';
import type { Arrow } from '../../src/model/arrowTypes';
import { explain } from '../../src/model/explain';
import { longestBlocked, type LongestBlocked } from '../../src/model/explainLongest';
import type { Explanation } from '../../src/model/explainTypes';
import { rangeSummary } from '../../src/model/rangeSummary';
import type { RangeSummary } from '../../src/model/rangeSummaryTypes';
import type { Model, Thread } from '../../src/model/types';
import type { PanelStore } from '../store';
import { laneThreads } from '../timeline/lane';
import type { Naming } from './naming';

export type Subject =
  | { readonly kind: 'nothing'; readonly longest: LongestBlocked }
  | { readonly kind: 'interval'; readonly thread: Thread; readonly explanation: Explanation | null }
  | { readonly kind: 'range'; readonly summary: RangeSummary }
  | { readonly kind: 'arrow'; readonly arrow: Arrow | null };

export interface WhyState {
  readonly subject: ReadonlySignal<Subject>;
  /** Of a selected interval and a selected stretch of time: the one that was selected last. */
  readonly focus: Signal<'interval' | 'range'>;
}

const LONGEST_SHOWN = 5;
/** Between two looks at a long recording, so that the page stays responsive. */
const LOOK_ON_MS = 30;

const states = new WeakMap<PanelStore, WhyState>();

export function whyState(store: PanelStore): WhyState {
  let state = states.get(store);
  if (state === undefined) states.set(store, (state = untracked(() => createState(store))));
  return state;
}

function createState(store: PanelStore): WhyState {
  const focus = signal<'interval' | 'range'>('range');
  let isFirst = true;
  effect(() => {
    if (store.selection.value !== null && !isFirst) focus.value = 'interval';
    isFirst = false;
  });
  effect(() => {
    if (store.picked.value !== null) focus.value = 'range';
  });
  const looks = signal(0);
  const subject = computed<Subject>(() => {
    const model = calmModel(store);
    const arrowId = store.selectedArrow.value;
    if (arrowId !== null) return { kind: 'arrow', arrow: arrowById(model, arrowId) };
    const picked = store.picked.value;
    const subjectThread = selectedThread(store, model);
    if (picked !== null && (focus.value === 'range' || subjectThread === null)) {
      const base = model.start ?? 0;
      return { kind: 'range', summary: rangeSummary(model, base + picked.from, base + picked.to) };
    }
    if (subjectThread !== null) return { kind: 'interval', ...explained(store, model, subjectThread) };
    void looks.value;
    const longest = longestBlocked(model, LONGEST_SHOWN);
    if (longest.isPartial) setTimeout(() => looks.value++, LOOK_ON_MS);
    return { kind: 'nothing', longest };
  });
  return { focus, subject };
}

/** The model, told of changes twice a second at most: figures that change more often cannot be read. */
export function calmModel(store: PanelStore): Model {
  // Collected anew with every calm look.
  void store.waits.value;
  return untracked(() => store.model);
}

interface SelectedThread {
  readonly thread: Thread;
  /** Since the run's start; null: whatever it does now. */
  readonly time: Ns | null;
}

/** The thread whose interval, or whose row, is selected. */
function selectedThread(store: PanelStore, model: Model): SelectedThread | null {
  const selection = store.selection.value;
  if (selection === null) return null;
  const { rowId, time } = selection;
  const row = untracked(() => store.selectedRow.value);
  const lanes = row === null ? [] : laneThreads(row);
  // Of several thin lanes in one row nobody can say which one was meant.
  if (lanes.length > 1) return null;
  const thread = lanes[0] ?? model.threads.get(rowId) ?? model.processes.get(rowId)?.threads[0];
  return thread === undefined ? null : { thread, time };
}

function explained(
  store: PanelStore,
  model: Model,
  { thread, time }: SelectedThread,
): { readonly thread: Thread; readonly explanation: Explanation | null } {
  const at = time === null ? (thread.end ?? model.now) : (model.start ?? 0) + time;
  return { thread, explanation: explain(model, thread, at, store.waits.value.all) };
}

/** As seen from a process, whose threads need no surname; without one, from the program's first process. */
export function namingFor(store: PanelStore, seenFrom: string | null): Naming {
  const model = calmModel(store);
  const processId = seenFrom ?? firstProcessId(model);
  return { model, bufferNumbers: store.waits.value.bufferNumbers, processId };
}

function firstProcessId({ processes }: Model): string | null {
  const [first] = processes.keys();
  return first ?? null;
}

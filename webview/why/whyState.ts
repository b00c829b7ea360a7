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
import type { TimeRange } from '../timeline/range';
import type { Waits } from '../waits/waitsByThread';
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
  const settled = settledPick(store);
  const looks = signal(0);
  const subject = computed<Subject>(() => {
    const look = calmLook(store);
    const { model } = look;
    const arrowId = store.selectedArrow.value;
    if (arrowId !== null) return { kind: 'arrow', arrow: arrowById(model, arrowId) };
    const picked = settled.range.value;
    const subjectThread = selectedThread(store, model);
    if (picked !== null && (focus.value === 'range' || subjectThread === null)) {
      const base = model.start ?? 0;
      const started = performance.now();
      const summary = rangeSummary(model, base + picked.from, base + picked.to);
      settled.took(performance.now() - started);
      return { kind: 'range', summary };
    }
    if (subjectThread !== null) return { kind: 'interval', ...explained(look, subjectThread) };
    const looked = looks.value;
    const longest = longestBlocked(model, LONGEST_SHOWN);
    if (longest.isPartial) setTimeout(() => (looks.value = looked + 1), LOOK_ON_MS);
    return { kind: 'nothing', longest };
  });
  return { focus, subject };
}

/** Dragging must stay smooth: what takes longer than this is computed when the pointer rests. */
const SMOOTH_MS = 6;
const REST_MS = 120;

interface SettledPick {
  readonly range: ReadonlySignal<TimeRange | null>;
  /** How long it took to sum up the last one. */
  readonly took: (ms: number) => void;
}

/** The selected stretch of time; while it is being dragged and costs too much, the one before. */
function settledPick({ picked }: PanelStore): SettledPick {
  const range = signal(picked.value);
  let cost = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  effect(() => {
    const { value } = picked;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (value === null || range.peek() === null || cost < SMOOTH_MS) range.value = value;
    else timer = setTimeout(() => (range.value = value), REST_MS);
  });
  return { range, took: (ms) => (cost = ms) };
}

interface CalmLook {
  readonly model: Model;
  readonly waits: Waits;
}

/** The model, told of changes twice a second at most: figures that change more often cannot be read. */
function calmLook(store: PanelStore): CalmLook {
  // Waits are collected anew with every calm look.
  return { waits: store.waits.value, model: untracked(() => store.model) };
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
  { model, waits }: CalmLook,
  { thread, time }: SelectedThread,
): { readonly thread: Thread; readonly explanation: Explanation | null } {
  const at = time === null ? (thread.end ?? model.now) : (model.start ?? 0) + time;
  return { thread, explanation: explain(model, thread, at, waits.all) };
}

/** As seen from a process, whose threads need no surname; without one, from the program's first process. */
export function namingFor(store: PanelStore, seenFrom: string | null): Naming {
  const { model, waits } = calmLook(store);
  const processId = seenFrom ?? firstProcessId(model);
  return { model, bufferNumbers: waits.bufferNumbers, processId };
}

function firstProcessId({ processes }: Model): string | null {
  const [first] = processes.keys();
  return first ?? null;
}

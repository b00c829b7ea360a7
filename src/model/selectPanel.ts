/** Selectors that the panel's page needs beyond those in select.ts. */
import type { Ns } from '../base/units';
import { latestMemory, stateTimes, type Expansion, type Row } from './select';
import { noTimes, type StateTimes } from './timeline';
import { liveStates } from './states';
import type { Exit, HeapSample, Model, Process, Thread } from './types';

/** How long the run has lasted, as far as anything is known of it. */
export function runDuration(model: Model): Ns {
  return model.start === null ? 0 : Math.max(0, model.now - model.start);
}

/** Whether the children of the row at `index` are shown; null if it has none. */
export function expandedAt(rows: readonly Row[], index: number): boolean | null {
  const row = rows[index];
  if (row === undefined || row.kind === 'thread') return null;
  if (row.collapsed) return false;
  const next = rows[index + 1];
  return next !== undefined && next.depth > row.depth ? true : null;
}

/** The row that shows a process or thread: outside Node a main thread has none of its own. */
export function rowOfSubject(model: Model, id: string): string | null {
  if (model.processes.has(id)) return id;
  const thread = model.threads.get(id);
  if (thread === undefined) return null;
  const isNode = model.processes.get(thread.processId)?.isNode === true;
  return thread.kind === 'main' && !isNode ? thread.processId : id;
}

/** The expansion in which a process or thread has its row: everything around it is open. */
export function revealExpansion(model: Model, expansion: Expansion, id: string): Expansion {
  const result = new Map(expansion);
  const thread = model.threads.get(id);
  if (thread?.kind === 'native') result.set(`${thread.processId}/native`, true);
  let processId = thread === undefined ? (model.processes.get(id)?.parentId ?? null) : thread.processId;
  while (processId !== null) {
    result.delete(processId);
    processId = model.processes.get(processId)?.parentId ?? null;
  }
  return result;
}

/** Threads that run JavaScript; empty for a process that is not Node's. */
export function javaScriptThreads(process: Process): Thread[] {
  return process.isNode ? process.threads.filter((thread) => thread.kind !== 'native') : [];
}

export function latestHeap(thread: Thread): HeapSample | null {
  return thread.heap.at(-1) ?? null;
}

/** Time in each state of several threads together. */
export function sumOfStateTimes(model: Model, threads: Iterable<Thread>): StateTimes {
  const sum = noTimes();
  for (const thread of threads) {
    const times = stateTimes(model, thread);
    for (const state of liveStates) sum[state] += times[state];
  }
  return sum;
}

/** Share of one CPU over a whole life, as far as it is known. */
export function lifetimeCpuShare(
  model: Model,
  life: { start: Ns; end: Ns | null },
  threads: Iterable<Thread>,
): number | null {
  const duration = (life.end ?? model.now) - life.start;
  return duration > 0 ? cpuTime(model, threads) / duration : null;
}

/** On-CPU time so far: the kernel's own figure where there is one. */
export function cpuTime(model: Model, threads: Iterable<Thread>): Ns {
  let sum = 0;
  for (const thread of threads) sum += Math.max(thread.last?.cpu ?? 0, stateTimes(model, thread).running);
  return sum;
}

/** The largest private + shared memory of any process: what memory bars are drawn in proportion to. */
export function largestMemory(model: Model): number {
  let largest = 0;
  for (const process of model.processes.values()) {
    const memory = latestMemory(process);
    if (memory !== null) largest = Math.max(largest, memory.private + memory.shared);
  }
  return largest;
}

/** Ended otherwise than by its own will and with success. */
export function isFailure(exit: Exit | null): boolean {
  return exit !== null && (exit.signal !== null || (exit.code !== null && exit.code !== 0));
}

/** Cost of the sampler so far, as a share of one CPU; null before it has run for a moment. */
export function samplerOverhead(model: Model): number | null {
  const sampler = model.sampler;
  if (sampler === null || model.lastTick <= sampler.start) return null;
  return sampler.totalCost / (model.lastTick - sampler.start);
}

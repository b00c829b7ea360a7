import { NS_PER_SECOND, type Ns } from '../base/units';
import { isBlocking, type ThreadState, type WaitReason } from './states';
import { noTimes, type Interval, type StateTimes } from './timeline';
import type { Call, MemorySample, Model, Process, Thread } from './types';

/** One row of the panel: a process, one of its threads, or its native threads taken together. */
export type Row =
  | {
      readonly kind: 'process';
      readonly id: string;
      readonly depth: number;
      readonly process: Process;
      readonly collapsed: boolean;
      /** The thread whose lane this row shows because it has no row of its own. */
      readonly lane: Thread | null;
    }
  | { readonly kind: 'thread'; readonly id: string; readonly depth: number; readonly thread: Thread }
  | {
      readonly kind: 'nativeThreads';
      readonly id: string;
      readonly depth: number;
      readonly process: Process;
      readonly threads: readonly Thread[];
      readonly collapsed: boolean;
    };

/** Which rows the user opened or closed; a row not named has its default (native threads closed, all else open). */
export type Expansion = ReadonlyMap<string, boolean>;

/** The rows of the tree, depth first, children in order of appearance. */
export function rows(model: Model, expansion: Expansion): Row[] {
  const children = new Map<string | null, Process[]>();
  for (const process of model.processes.values()) {
    const list = children.get(process.parentId);
    if (list === undefined) children.set(process.parentId, [process]);
    else list.push(process);
  }
  const result: Row[] = [];
  // Not recursive: a recording may claim a chain of any length.
  const pending = (children.get(null) ?? []).map((process) => ({ process, depth: 0 })).reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { process, depth } = next;
    const collapsed = expansion.get(process.id) === false;
    // Outside Node a thread is seldom worth a row of its own: the process's row shows its main thread.
    const lane = collapsed || !process.isNode ? (process.threads[0] ?? null) : null;
    result.push({ kind: 'process', id: process.id, depth, process, collapsed, lane });
    if (collapsed) continue;
    pushThreads(process, depth + 1, expansion, result);
    const own = children.get(process.id) ?? [];
    for (const child of [...own].reverse()) pending.push({ process: child, depth: depth + 1 });
  }
  return result;
}

function pushThreads(process: Process, depth: number, expansion: Expansion, result: Row[]): void {
  const native: Thread[] = [];
  for (const thread of process.threads) {
    if (thread.kind === 'native') native.push(thread);
    else if (process.isNode) result.push({ kind: 'thread', id: thread.id, depth, thread });
  }
  if (native.length === 0) return;
  const id = `${process.id}/native`;
  const collapsed = expansion.get(id) !== true;
  result.push({ kind: 'nativeThreads', id, depth, process, threads: native, collapsed });
  if (collapsed) return;
  for (const thread of native) result.push({ kind: 'thread', id: thread.id, depth: depth + 1, thread });
}

export interface CurrentState {
  readonly state: ThreadState;
  /** Meaningful for waiting and blocked. */
  readonly reason: WaitReason;
}

/** What a thread is doing at the end of what is known. */
export function currentState(model: Model, thread: Thread): CurrentState {
  if (thread.end !== null) return { state: 'terminated', reason: 'unknown' };
  const span = thread.blockedSpans.at(-1);
  if (span?.end === null) return { state: 'blocked', reason: span.reason };
  if (isJavaScript(model, thread) && thread.jsStart === null) return { state: 'new', reason: 'unknown' };
  const last = thread.last;
  if (last === null) return { state: 'running', reason: 'unknown' };
  if (last.runnable !== null) return { state: last.runnable, reason: 'unknown' };
  return { state: isBlocking(last.reason) ? 'blocked' : 'waiting', reason: last.reason };
}

/** True for threads that run (or will run) JavaScript under our probe: only they can be New. */
export function isJavaScript(model: Model, thread: Thread): boolean {
  if (thread.kind === 'worker') return true;
  return thread.kind === 'main' && (model.processes.get(thread.processId)?.isNode ?? false);
}

/** Until when a thread's life is known: its end, or now. */
export function lifeEnd(model: Model, thread: Thread): Ns {
  return thread.end ?? Math.max(model.now, thread.start);
}

/** Visits a thread's intervals that touch [from, to], in order, up to the end of what is known. */
export function forEachInterval(
  model: Model,
  thread: Thread,
  from: Ns,
  to: Ns,
  visit: (interval: Interval) => void,
): void {
  const timeline = thread.timeline;
  for (let index = Math.max(0, timeline.indexAt(from)); index < timeline.length; index++) {
    const interval = timeline.at(index);
    if (interval.start >= to) return;
    if (interval.end > from) visit(interval);
  }
  const tail = tailInterval(model, thread);
  if (tail !== null && tail.start < to && tail.end > from) visit(tail);
}

/** From the last sample until now nothing changed as far as anybody looked: that stretch, as an interval. */
export function tailInterval(model: Model, thread: Thread): Interval | null {
  if (thread.end !== null) return null;
  const start = thread.timeline.end;
  const end = lifeEnd(model, thread);
  if (end <= start) return null;
  const { state, reason } = currentState(model, thread);
  if (state === 'terminated') return null;
  const times = { ...noTimes(), [state]: end - start };
  return { start, end, ...times, reason, estimated: isTailEstimated(model, thread, start, end) };
}

/** Nobody looked for long, or nobody can. */
function isTailEstimated(model: Model, { last }: Thread, start: Ns, end: Ns): boolean {
  const isFollowed = model.sampler !== null && model.sampler.precision !== 'none';
  if (!isFollowed || last?.estimated === true) return true;
  return end > model.lastTick && end - start > NS_PER_SECOND;
}

/** Time spent in each state so far; the sum is the thread's life so far. */
export function stateTimes(model: Model, thread: Thread): StateTimes {
  const times = { ...thread.timeline.totals };
  const tail = tailInterval(model, thread);
  if (tail !== null) {
    times.new += tail.new;
    times.ready += tail.ready;
    times.running += tail.running;
    times.waiting += tail.waiting;
    times.blocked += tail.blocked;
  }
  return times;
}

const CPU_WINDOW: Ns = NS_PER_SECOND;

/** Share of one CPU over the last second, 0 to 1; 0 for an ended thread; null before anything was measured. */
export function cpuShare(model: Model, thread: Thread): number | null {
  if (thread.end !== null) return 0;
  if (thread.last === null) return null;
  const to = model.now;
  const from = Math.max(thread.start, to - CPU_WINDOW);
  if (to <= from) return null;
  let running = 0;
  forEachInterval(model, thread, from, to, (interval) => {
    const overlap = Math.min(interval.end, to) - Math.max(interval.start, from);
    running += interval.running * (overlap / (interval.end - interval.start));
  });
  return Math.min(1, running / (to - from));
}

/** Sum over all threads of a process: may exceed 1. */
export function processCpuShare(model: Model, process: Process): number | null {
  let sum: number | null = null;
  for (const thread of process.threads) {
    const share = cpuShare(model, thread);
    if (share !== null) sum = (sum ?? 0) + share;
  }
  return sum;
}

export function latestMemory(process: Process): MemorySample | null {
  return process.memory.at(-1) ?? null;
}

/** The spawn call that a process descends from, or the `new Worker` call of a worker. */
export function callOf(model: Model, subject: Process | Thread): Call | null {
  return subject.callToken === null ? null : (model.calls.get(subject.callToken) ?? null);
}

/** Why a process is not observed from inside, as a code; null if it is, or if nobody knows. */
export function unobservedReason(model: Model, process: Process): string | null {
  const call = callOf(model, process);
  // What it starts in turn descends from the same call and is observed or not for reasons of its own.
  return call?.processId === process.id && !process.isNode ? call.unobserved : null;
}

/** `node server.js`, `sh -c …`: the program's name without its folder, then its arguments. */
export function processTitle(process: Process): string {
  const [file, ...args] = process.args;
  if (file === undefined) return `pid ${process.pid}`;
  return [
    baseName(file),
    ...args.map((argument, index) => (index === 0 ? baseName(argument) : argument)),
  ].join(' ');
}

export function threadTitle(thread: Thread): string {
  switch (thread.kind) {
    case 'main':
      return 'main';
    case 'worker': {
      const number = thread.threadId === null ? 'worker' : `worker ${thread.threadId}`;
      const label = thread.name ?? fileLabel(thread);
      return label === null ? number : `${number} · ${label}`;
    }
    case 'native':
      return thread.name ?? `thread ${thread.tid ?? '?'}`;
  }
}

export function baseName(path: string): string {
  // A URL or a path of either kind of system; text that is no path at all is left alone.
  return /^[^\n]*[/\\]([^/\\\n]+)$/.exec(path)?.[1] ?? path;
}

function fileLabel(thread: Thread): string | null {
  if (thread.file === null) return null;
  if (thread.isEval || thread.file.startsWith('data:')) return '[eval]';
  return looksLikeSource(thread.file) ? '[source text]' : baseName(thread.file);
}

function looksLikeSource(file: string): boolean {
  return /[\n;{}]|=>|require\(|\bimport\b.*\bfrom\b/.test(file);
}

/**
 * A worker created from source text without `eval: true` fails because Node takes the text for a file name.
 * True when that is the likely cause of this thread's error.
 */
export function lacksEvalOption(thread: Thread): boolean {
  return thread.error !== null && !thread.isEval && thread.file !== null && looksLikeSource(thread.file);
}

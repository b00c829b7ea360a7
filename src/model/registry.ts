import type { Bytes, Ns } from '../base/units';
import { endThread } from './accounting';
import type { ThreadKind } from './states';
import { Timeline } from './timeline';
import type { Call, Exit, Model, Process, Thread } from './types';

/** A process started by a call may be seen up to a clock tick before the call, because of how coarse ticks are. */
const START_SLACK: Ns = 20e6;

/** The process with this identity; without start ticks, the newest one with this pid. */
export function findProcess(model: Model, pid: number, startTicks: number | null): Process | null {
  const known = model.index.byPid.get(pid) ?? [];
  if (startTicks === null) return known.at(-1) ?? null;
  return (
    known.find((process) => process.startTicks === startTicks) ??
    // Known so far by its pid alone, from a parent that could not tell more.
    known.findLast((process) => process.startTicks === null && process.end === null) ??
    null
  );
}

export function ensureProcess(model: Model, pid: number, startTicks: number | null, start: Ns): Process {
  const known = findProcess(model, pid, startTicks);
  if (known !== null) {
    known.startTicks ??= startTicks;
    return known;
  }
  return createProcess(model, pid, startTicks, start);
}

export function createProcess(model: Model, pid: number, startTicks: number | null, start: Ns): Process {
  const earlier = model.index.byPid.get(pid) ?? [];
  const predecessor = earlier.at(-1);
  if (predecessor !== undefined) endProcess(model, predecessor, start, null, 'nothing');
  const process: Process = {
    id: earlier.length === 0 ? String(pid) : `${pid}.${earlier.length + 1}`,
    pid,
    startTicks,
    ppid: null,
    parentId: null,
    parentIsOsParent: false,
    callToken: null,
    isNode: false,
    nodeVersion: null,
    args: [],
    cwd: null,
    start: Math.max(start, model.start ?? start),
    end: null,
    exit: null,
    exitKnownBy: 'nothing',
    exitEvent: null,
    memory: [],
    threads: [],
  };
  model.index.byPid.set(pid, [...earlier, process]);
  model.processes.set(process.id, process);
  const main = createThread(model, process, 'main', process.start);
  main.tid = pid;
  main.startTicks = startTicks;
  adoptChildren(model, process);
  return process;
}

export function createThread(model: Model, process: Process, kind: ThreadKind, start: Ns): Thread {
  const thread: Thread = {
    id: `${process.id}/${nextThreadNumber(process)}`,
    processId: process.id,
    kind,
    threadId: null,
    tid: null,
    startTicks: null,
    name: null,
    file: null,
    isEval: false,
    callToken: null,
    start,
    jsStart: null,
    end: null,
    exit: null,
    error: null,
    heap: [],
    timeline: new Timeline(start),
    blockedSpans: [],
    last: null,
  };
  process.threads.push(thread);
  model.threads.set(thread.id, thread);
  return thread;
}

function nextThreadNumber(process: Process): number {
  const last = process.threads.at(-1);
  return last === undefined ? 0 : Number(last.id.slice(process.id.length + 1)) + 1;
}

/** Forgets a thread that turned out to be another one already known. */
export function removeThread(model: Model, process: Process, thread: Thread): void {
  process.threads.splice(process.threads.indexOf(thread), 1);
  model.threads.delete(thread.id);
}

export function mainThread(process: Process): Thread {
  const main = process.threads[0];
  if (main === undefined) throw new Error('A process is created with its main thread');
  return main;
}

/** Moves the beginning of a life, as long as nothing of it is accounted for. */
export function setStart(thread: Thread, start: Ns): void {
  if (thread.timeline.length > 0) return;
  thread.start = start;
  thread.timeline.start = start;
}

export function setProcessStart(process: Process, start: Ns): void {
  const main = mainThread(process);
  if (main.timeline.length > 0) return;
  process.start = start;
  setStart(main, start);
}

/** The OS parent was seen: links the two, now or as soon as the parent is known. */
export function setParentPid(model: Model, process: Process, ppid: number): void {
  // Only the first parent counts: later ones are init or a subreaper that adopted an orphan.
  if (process.parentIsOsParent || (process.ppid !== null && process.ppid !== ppid)) return;
  process.ppid = ppid;
  const parent = (model.index.byPid.get(ppid) ?? []).findLast(
    (candidate) =>
      candidate.start <= process.start + START_SLACK && !isOver(candidate, process.start - START_SLACK),
  );
  if (parent === undefined || !canBeParent(model, parent, process)) return;
  process.parentId = parent.id;
  process.parentIsOsParent = true;
  // Start times by the system are only as fine as its clock ticks; nothing starts before its parent.
  if (process.start < parent.start) setProcessStart(process, parent.start);
  // A shell hands its environment on, and with it the call that the shell descends from.
  if (!parent.isNode) process.callToken ??= parent.callToken;
}

function isOver(process: Process, time: Ns): boolean {
  return process.end !== null && process.end < time;
}

/** It descends from this call: a child unless its OS parent says otherwise. */
export function linkToCall(model: Model, process: Process, call: Call): void {
  process.callToken ??= call.token;
  if (process.parentId !== null || call.threadId === null) return;
  const caller = model.threads.get(call.threadId);
  const parent = caller === undefined ? undefined : model.processes.get(caller.processId);
  if (parent !== undefined && canBeParent(model, parent, process)) process.parentId = parent.id;
}

function adoptChildren(model: Model, parent: Process): void {
  for (const process of model.processes.values()) {
    if (!process.parentIsOsParent && process.ppid === parent.pid && process !== parent) {
      setParentPid(model, process, parent.pid);
    }
  }
}

/** A recording may claim anything, also that a process is its own ancestor. */
function canBeParent(model: Model, parent: Process, child: Process): boolean {
  for (let at: Process | undefined = parent; at !== undefined;) {
    if (at === child) return false;
    at = at.parentId === null ? undefined : model.processes.get(at.parentId);
  }
  return true;
}

const trust = { nothing: 0, ownExitEvent: 1, sampler: 2, parent: 3 } as const;

/** Ends a process and all of its threads. Told twice, it keeps the first end and the better-known exit. */
export function endProcess(
  model: Model,
  process: Process,
  time: Ns,
  exit: Exit | null,
  knownBy: Process['exitKnownBy'],
): void {
  if (exit !== null && trust[knownBy] >= trust[process.exitKnownBy]) {
    process.exit = exit;
    process.exitKnownBy = knownBy;
    mainThread(process).exit = exit;
  }
  if (process.end !== null) return;
  for (const thread of process.threads) endThread(model, thread, time);
  process.end = Math.max(time, mainThread(process).end ?? time);
}

export function addDropped(model: Model, records: number, bytes: Bytes): void {
  model.dropped.records += records;
  model.dropped.bytes += bytes;
}

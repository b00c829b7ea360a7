import type { Bytes, Ns } from '../base/units';
import { endThread } from './accounting';
import { findKiller } from './kills';
import type { ThreadKind } from './states';
import { Timeline } from './timeline';
import type { Call, Exit, Model, Process, Thread } from './types';

/** A process started by a call may be seen up to a clock tick before the call, because of how coarse ticks are. */
const START_SLACK: Ns = 20e6;
/** A system that does not follow threads (macOS) tells start times in whole seconds. */
const COARSE_START_SLACK: Ns = 1.02e9;

function startSlack(model: Model): Ns {
  return model.sampler?.precision === 'none' ? COARSE_START_SLACK : START_SLACK;
}

/** The process with this identity; without start ticks, the newest one with this pid. */
export function findProcess(model: Model, pid: number, startTicks: number | null): Process | null {
  const known = model.index.byPid.get(pid) ?? [];
  if (startTicks === null) return known.at(-1) ?? null;
  return known.find((process) => process.startTicks === startTicks) ?? null;
}

/** A process known so far by its pid alone, from a parent that could not tell more, and alive at `start`. */
function findWithoutTicks(model: Model, pid: number, start: Ns): Process | undefined {
  return (model.index.byPid.get(pid) ?? []).findLast(
    (process) => process.startTicks === null && (process.end === null || process.end >= start),
  );
}

export function ensureProcess(model: Model, pid: number, startTicks: number | null, start: Ns): Process {
  const known = findProcess(model, pid, startTicks) ?? findWithoutTicks(model, pid, start);
  if (known !== undefined) {
    known.startTicks ??= startTicks;
    return known;
  }
  return createProcess(model, pid, startTicks, start);
}

export function createProcess(model: Model, pid: number, startTicks: number | null, start: Ns): Process {
  const earlier = model.index.byPid.get(pid) ?? [];
  const predecessor = earlier.at(-1);
  if (predecessor !== undefined) endProcess(model, predecessor, start, null, 'nothing');
  const uses = (model.index.pidUses.get(pid) ?? 0) + 1;
  model.index.pidUses.set(pid, uses);
  // Time zero is when the program began: until then only we were at work (a terminal may take seconds to open).
  if (model.processes.size === 0) model.start = Math.min(withinRun(model, start), model.now);
  const process: Process = {
    id: uses === 1 ? String(pid) : `${pid}.${uses}`,
    pid,
    startTicks,
    ppid: null,
    parentId: null,
    hasChildren: false,
    parentIsOsParent: false,
    callToken: null,
    isNode: false,
    nodeVersion: null,
    args: [],
    cwd: null,
    start: withinRun(model, start),
    end: null,
    exit: null,
    exitKnownBy: 'nothing',
    exitEvent: null,
    killedBy: null,
    memory: [],
    resident: [],
    facts: null,
    descriptors: null,
    segments: null,
    mappings: new Map(),
    unreadable: new Map(),
    cpuSamples: [],
    threadList: null,
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

export function createThread(model: Model, process: Process, kind: ThreadKind, from: Ns): Thread {
  const start = withinRun(model, from);
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
    hasExited: false,
    exitLocation: null,
    endedBy: null,
    error: null,
    heap: [],
    loopIdle: 0,
    sleepCountedAsQueue: 0,
    heapSpaces: null,
    facts: null,
    timeline: new Timeline(start),
    blockedSpans: [],
    longTasks: [],
    last: null,
  };
  process.threads.push(thread);
  model.threads.set(thread.id, thread);
  // Word of it came after the end of its process.
  if (process.end !== null) endThread(model, thread, process.end);
  return thread;
}

function nextThreadNumber(process: Process): number {
  const last = process.threads.at(-1);
  return last === undefined ? 0 : Number(last.id.slice(process.id.length + 1)) + 1;
}

/** Forgets a thread that turned out to be another one already known. */
export function removeThread(model: Model, process: Process, thread: Thread): void {
  process.threads.splice(process.threads.indexOf(thread), 1);
  forgetThread(model, thread);
}

function forgetThread(model: Model, thread: Thread): void {
  const { timeline } = thread;
  for (let index = 0; index < timeline.length; index++) {
    const { start, end, running, ready } = timeline.at(index);
    model.load.add(start, end, 0 - running, 0 - ready);
  }
  model.index.intervals -= timeline.length;
  model.threads.delete(thread.id);
}

/**
 * Node's spawn forks first: a program that cannot be started leaves a short-lived copy of its parent, which was never
 * a process of the user's. True for an ended process that nobody spoke of and that never became another program.
 */
export function isFailedStart(model: Model, process: Process): boolean {
  const parent = process.parentId === null ? undefined : model.processes.get(process.parentId);
  const call = process.callToken === null ? undefined : model.calls.get(process.callToken);
  const wasStarted = process.isNode || (process.callToken !== null && call?.error == null);
  if (wasStarted || parent?.isNode !== true) return false;
  // The kernel and Node name the executable differently; all that follows is the same.
  return process.args.slice(1).join('\0') === parent.args.slice(1).join('\0');
}

export function removeProcess(model: Model, process: Process): void {
  for (const thread of process.threads) forgetThread(model, thread);
  for (const [lane, thread] of model.index.lanes) {
    if (thread.processId === process.id) model.index.lanes.delete(lane);
  }
  if (process.ppid !== null) model.index.awaitingParent.get(process.ppid)?.delete(process);
  const others = (model.index.byPid.get(process.pid) ?? []).filter((other) => other !== process);
  model.index.byPid.set(process.pid, others);
  model.processes.delete(process.id);
  for (const other of model.processes.values()) {
    if (other.parentId === process.id) other.parentId = process.parentId;
  }
}

export function mainThread(process: Process): Thread {
  const main = process.threads[0];
  if (main === undefined) throw new Error('A process is created with its main thread');
  return main;
}

/** Moves the beginning of a process, as long as nothing of its main thread's life is accounted for. */
export function setProcessStart(model: Model, process: Process, start: Ns): void {
  const main = mainThread(process);
  if (main.timeline.length > 0 || main.end !== null) return;
  const [first] = model.processes.values();
  // Time zero is when the program began.
  const isZero = process === first && process.threads.length === 1 && model.processes.size === 1;
  if (isZero) model.start = Math.min(model.now, Math.max(start, model.index.runStart));
  process.start = main.start = main.timeline.start = withinRun(model, start);
}

/** Nothing of a run begins before it, whatever a clock or a stranger's recording says. */
function withinRun(model: Model, time: Ns): Ns {
  return Math.max(time, model.start ?? time);
}

/** The OS parent was seen: links the two, now or as soon as the parent is known. */
export function setParentPid(model: Model, process: Process, ppid: number): void {
  // Only the first parent counts: later ones are init or a subreaper that adopted an orphan.
  if (process.parentIsOsParent || (process.ppid !== null && process.ppid !== ppid)) return;
  process.ppid = ppid;
  awaitParent(model, process, ppid);
  const slack = startSlack(model);
  const parent = (model.index.byPid.get(ppid) ?? []).findLast(
    (candidate) => candidate.start <= process.start + slack && !isOver(candidate, process.start - slack),
  );
  if (parent === undefined || !canBeParent(model, parent, process)) return;
  process.parentId = parent.id;
  parent.hasChildren = true;
  process.parentIsOsParent = true;
  model.index.awaitingParent.get(ppid)?.delete(process);
  // Start times by the system are only as fine as its clock ticks; nothing starts before its parent.
  if (process.start < parent.start) setProcessStart(model, process, parent.start);
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
  if (parent === undefined || !canBeParent(model, parent, process)) return;
  process.parentId = parent.id;
  parent.hasChildren = true;
}

function awaitParent(model: Model, process: Process, ppid: number): void {
  const waiting = model.index.awaitingParent.get(ppid);
  if (waiting === undefined) model.index.awaitingParent.set(ppid, new Set([process]));
  else waiting.add(process);
}

function adoptChildren(model: Model, parent: Process): void {
  for (const process of [...(model.index.awaitingParent.get(parent.pid) ?? [])]) {
    if (process !== parent) setParentPid(model, process, parent.pid);
  }
}

/** A recording may claim anything, also that a process is its own ancestor. */
function canBeParent(model: Model, parent: Process, child: Process): boolean {
  // Without descendants it can be nobody's ancestor but its own.
  if (!child.hasChildren) return parent !== child;
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
  if (process.end === null) {
    for (const thread of process.threads) endThread(model, thread, time);
    process.end = Math.max(time, mainThread(process).end ?? time);
  }
  findKiller(model, process);
}

export function addDropped(model: Model, records: number, bytes: Bytes): void {
  model.dropped.records += records;
  model.dropped.bytes += bytes;
}

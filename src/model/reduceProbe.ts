import { assertUnreachable } from '../base/assertUnreachable';
import type { Ns } from '../base/units';
import type { RecordOf } from '../trace/records';
import { addLook, addLoopIdle, endThread } from './accounting';
import { reduceThreadStart } from './reduceThreadStart';
import { parseArgs } from './parseArgs';
import {
  addDropped,
  createProcess,
  createThread,
  endProcess,
  ensureProcess,
  linkToCall,
  mainThread,
  setParentPid,
  setProcessStart,
} from './registry';
import type { Call, Model, Process, SourceState, Thread, ThreadError } from './types';

export type ProbeRecord = RecordOf<
  | 'threadStart'
  | 'ancestor'
  | 'spawn'
  | 'spawnResult'
  | 'childExit'
  | 'worker'
  | 'workerResult'
  | 'workerExit'
  | 'uncaught'
  | 'threadEnd'
  | 'heap'
  | 'heapSpaces'
  | 'lost'
>;

/** Records of the probe: what only the program knows. */
export function reduceProbe(model: Model, record: ProbeRecord, sourceNumber: number): void {
  if (record.kind === 'threadStart') {
    reduceThreadStart(model, record, sourceNumber);
    return;
  }
  const source = model.index.sources.get(sourceNumber);
  // Every log begins with threadStart; a log without it says nothing that could be placed.
  if (source === undefined) return;
  switch (record.kind) {
    case 'ancestor':
      reduceAncestor(model, record, source);
      return;
    case 'spawn':
      reduceSpawn(model, record, source);
      return;
    case 'spawnResult':
      reduceSpawnResult(model, record, source);
      return;
    case 'childExit': {
      const child = createdProcess(model, callOf(model, source, record.call));
      if (child !== null)
        endProcess(model, child, record.time, { code: record.code, signal: record.signal }, 'parent');
      return;
    }
    case 'worker':
      reduceWorker(model, record, source);
      return;
    case 'workerResult':
      reduceWorkerResult(model, record, source);
      return;
    case 'workerExit':
      reduceWorkerExit(model, record, source);
      return;
    case 'uncaught':
      source.thread.error = { ...record, code: record.errorCode };
      return;
    case 'threadEnd':
      reduceThreadEnd(model, record, source);
      return;
    case 'heap':
      source.thread.heap.push(record);
      if (record.loopIdle !== null) estimateStates(model, source.thread, record.time, record.loopIdle);
      return;
    case 'heapSpaces':
      source.thread.heapSpaces = record;
      return;
    case 'lost':
      addDropped(model, record.records - source.lostRecords, record.bytes - source.lostBytes);
      source.lostRecords = record.records;
      source.lostBytes = record.bytes;
      return;
    default:
      assertUnreachable(record);
  }
}

/** Where the system is asked for single threads, what it says is better. */
function estimateStates(model: Model, thread: Thread, time: Ns, loopIdle: Ns): void {
  const { sampler } = model;
  if (sampler === null || sampler.precision === 'none') addLoopIdle(model, thread, time, loopIdle);
}

function tokenOf(source: SourceState, call: number): string {
  return `${source.log}#${call}`;
}

function callOf(model: Model, source: SourceState, call: number): Call | undefined {
  return model.calls.get(tokenOf(source, call));
}

function createdProcess(model: Model, call: Call | undefined): Process | null {
  return call?.processId == null ? null : (model.processes.get(call.processId) ?? null);
}

function createdThread(model: Model, call: Call | undefined): Thread | null {
  return call?.createdThreadId == null ? null : (model.threads.get(call.createdThreadId) ?? null);
}

function reduceAncestor(model: Model, record: RecordOf<'ancestor'>, source: SourceState): void {
  const child = source.process;
  const process = ensureProcess(model, record.pid, record.startTicks, child.start);
  if (process.args.length === 0) process.args = parseArgs(record.args);
  const call = child.callToken === null ? undefined : model.calls.get(child.callToken);
  setParentPid(model, process, record.ppid);
  if (call !== undefined) linkToCall(model, process, call);
}

function reduceSpawn(model: Model, record: RecordOf<'spawn'>, source: SourceState): void {
  const token = tokenOf(source, record.call);
  model.calls.set(token, {
    token,
    api: record.api,
    time: record.time,
    threadId: source.thread.id,
    file: record.file,
    args: parseArgs(record.args),
    location: record.location,
    sync: record.sync,
    processId: null,
    createdThreadId: null,
    error: null,
    unobserved: null,
  });
  if (!record.sync) return;
  source.thread.blockedSpans.push({
    start: record.time,
    end: null,
    reason: 'childProcess',
    location: record.location,
    callToken: token,
  });
}

function reduceSpawnResult(model: Model, record: RecordOf<'spawnResult'>, source: SourceState): void {
  const call = callOf(model, source, record.call);
  if (call === undefined) return;
  call.error = record.error;
  const span = source.thread.blockedSpans.findLast((candidate) => candidate.callToken === call.token);
  if (span !== undefined) span.end ??= record.time;
  if (record.pid === null || record.pid === 0) return;
  const child = childOf(model, call, source.process, record.pid, record.startTicks);
  call.processId = child.id;
  if (child.args.length === 0) child.args = call.args.length > 0 ? call.args : [call.file];
  setProcessStart(model, child, call.time);
  setParentPid(model, child, source.process.pid);
  linkToCall(model, child, call);
}

/** The process that a call created: one seen already by somebody else, or known from the call alone. */
function childOf(model: Model, call: Call, parent: Process, pid: number, startTicks: number | null): Process {
  if (startTicks !== null) return ensureProcess(model, pid, startTicks, call.time);
  const seen = (model.index.byPid.get(pid) ?? []).findLast(
    (process) =>
      process.callToken === call.token ||
      (process.parentId === parent.id && process.start >= call.time - 20e6),
  );
  return seen ?? createProcess(model, pid, null, call.time);
}

function reduceWorker(model: Model, record: RecordOf<'worker'>, source: SourceState): void {
  const token = tokenOf(source, record.call);
  // The worker may have been heard of before its creator.
  const known = source.process.threads.find((candidate) => candidate.callToken === token);
  const thread = known ?? createThread(model, source.process, 'worker', record.time);
  thread.file = record.file;
  thread.isEval = record.eval;
  thread.name ??= record.name;
  thread.callToken = token;
  model.calls.set(token, {
    token,
    api: 'Worker',
    time: record.time,
    threadId: source.thread.id,
    file: record.file,
    args: [],
    location: record.location,
    sync: false,
    processId: null,
    createdThreadId: thread.id,
    error: null,
    unobserved: null,
  });
}

function reduceWorkerResult(model: Model, record: RecordOf<'workerResult'>, source: SourceState): void {
  const call = callOf(model, source, record.call);
  const thread = createdThread(model, call);
  if (call === undefined || thread === null) return;
  thread.threadId ??= record.threadId;
  if (record.error === null) return;
  call.error = record.error;
  thread.error = { name: null, message: record.error, code: record.errorCode, stack: null };
  endThread(model, thread, record.time);
}

/**
 * A worker that did not announce its own end was stopped from outside: by terminate(), or by Node at its memory
 * limit. Both make Node report exit code 1 (src/node_worker.cc).
 */
const EXIT_CODE_OF_THE_SILENT = 1;

function reduceWorkerExit(model: Model, record: RecordOf<'workerExit'>, source: SourceState): void {
  const thread = createdThread(model, callOf(model, source, record.call));
  if (thread === null) return;
  // What its creator was told is final; its own word may be from before its 'exit' listeners.
  if (record.code !== null) thread.exit = { code: record.code, signal: null };
  else thread.exit ??= { code: EXIT_CODE_OF_THE_SILENT, signal: null };
  if (record.error !== null && thread.error === null) thread.error = errorOf(record.error);
  endThread(model, thread, record.time);
}

/** A text that begins with one of Node's error codes: `ERR_WORKER_OUT_OF_MEMORY: …`. */
function errorOf(text: string): ThreadError {
  const [, code, message] = /^(ERR_[A-Z0-9_]+): (.*)$/s.exec(text) ?? [];
  return { name: null, message: message ?? text, code: code ?? null, stack: null };
}

function reduceThreadEnd(model: Model, record: RecordOf<'threadEnd'>, source: SourceState): void {
  const { thread, process } = source;
  if (record.cpu !== null && record.runQueue !== null) {
    addLook(model, thread, {
      time: record.time,
      cpu: record.cpu,
      runQueue: record.runQueue,
      runnable: 'running',
      isQueued: false,
      // Nobody saw what it slept for; its own event loop says how much of that was idleness.
      reason: thread.last?.reason ?? ((record.loopIdle ?? 0) > 0 ? 'eventLoop' : 'unknown'),
      estimated: false,
      systemCall: null,
      cpuNumber: null,
      majorFaults: null,
    });
  } else if (record.loopIdle !== null) estimateStates(model, thread, record.time, record.loopIdle);
  thread.hasExited = true;
  thread.exitLocation ??= record.location;
  thread.endedBy = null;
  if (record.code !== null) thread.exit = { code: record.code, signal: null };
  if (thread !== mainThread(process)) return;
  process.exitEvent = record.time;
  if (process.exitKnownBy === 'nothing' || process.exitKnownBy === 'ownExitEvent') {
    process.exit = thread.exit;
    process.exitKnownBy = 'ownExitEvent';
  }
}

import type { RecordOf } from '../trace/records';
import { addLook } from './accounting';
import type { Port } from './channelTypes';
import { parseArgs } from './parseArgs';
import {
  createThread,
  ensureProcess,
  linkToCall,
  mainThread,
  removeThread,
  setParentPid,
  setProcessStart,
} from './registry';
import type { Model, Process, Thread, Wait } from './types';

/** A thread reports for the first time: everything it did before belongs to New. */
export function reduceThreadStart(model: Model, record: RecordOf<'threadStart'>, sourceNumber: number): void {
  const process = processOf(model, record);
  process.isNode = true;
  process.nodeVersion = record.nodeVersion;
  process.cwd = record.cwd ?? process.cwd;
  const thread = record.isMain ? mainThread(process) : workerOf(model, process, record);
  if (record.isMain) startMain(model, process, record);
  thread.tid ??= record.tid;
  thread.startTicks ??= record.threadStartTicks;
  thread.threadId = record.threadId;
  thread.name ??= record.name;
  if (record.cpu !== null && record.runQueue !== null) {
    const { cpu, runQueue } = record;
    const { time } = record;
    addLook(model, thread, {
      time,
      cpu,
      runQueue,
      runnable: 'running',
      isQueued: false,
      reason: 'unknown',
      estimated: false,
      systemCall: null,
      cpuNumber: null,
      majorFaults: null,
    });
  }
  // Looks before this moment could not know that it runs JavaScript at all.
  if (thread.jsStart === null && thread.timeline.end <= record.time) thread.timeline.relabelSleepAsNew();
  thread.jsStart = record.time;
  setSource(model, record.log, sourceNumber, process, thread);
}

function setSource(model: Model, log: string, number: number, process: Process, thread: Thread): void {
  const { sources, sourceOfLog } = model.index;
  const first = sourceOfLog.get(log) ?? number;
  sourceOfLog.set(log, first);
  // A log that begins twice goes on with what it said before.
  const known = sources.get(number);
  sources.set(number, {
    log,
    uniqueName: first === number ? log : `${log}~${number}`,
    process,
    thread,
    lostRecords: 0,
    lostBytes: 0,
    ports: known?.ports ?? new Map<number, Port>(),
    openWaits: known?.openWaits ?? new Map<number, Wait>(),
  });
}

function processOf(model: Model, record: RecordOf<'threadStart'>): Process {
  const call = record.spawnToken === null ? undefined : model.calls.get(record.spawnToken);
  const child = call?.processId == null ? undefined : model.processes.get(call.processId);
  // A synchronous call names its child by the pid alone, perhaps before this log was read.
  if (child?.pid === record.pid && child.startTicks === null) {
    child.startTicks = record.processStartTicks;
    return child;
  }
  return ensureProcess(model, record.pid, record.processStartTicks, record.processStart ?? record.time);
}

function startMain(model: Model, process: Process, record: RecordOf<'threadStart'>): void {
  const [executable, ...rest] = parseArgs(record.argv);
  process.args = [executable ?? record.execPath, ...parseArgs(record.execArgv), ...rest];
  const call = record.spawnToken === null ? undefined : model.calls.get(record.spawnToken);
  process.callToken ??= record.spawnToken;
  if (record.processStart !== null && call?.processId !== process.id) {
    setProcessStart(model, process, record.processStart);
  }
  setParentPid(model, process, record.ppid);
  if (call !== undefined) linkToCall(model, process, call);
}

/** The worker's row: made by its `new Worker` call, or by the sampler, or by nobody yet. */
function workerOf(model: Model, process: Process, record: RecordOf<'threadStart'>): Thread {
  const called = process.threads.find(
    (thread) =>
      thread.kind === 'worker' &&
      (thread.threadId === record.threadId ||
        (record.spawnToken !== null && thread.callToken === record.spawnToken)),
  );
  const sampled = process.threads.find(
    (thread) => thread.kind === 'native' && thread.tid === record.tid && thread.end === null,
  );
  if (sampled === undefined) {
    const worker = called ?? createThread(model, process, 'worker', record.time);
    // The call itself may not have been read yet.
    worker.callToken ??= record.spawnToken;
    return worker;
  }
  if (called === undefined) {
    sampled.kind = 'worker';
    sampled.name = null;
    sampled.callToken = record.spawnToken;
    return sampled;
  }
  takeOver(model, called, sampled);
  removeThread(model, process, sampled);
  return called;
}

/** What the sampler saw of a thread before anybody knew that it is this worker. */
function takeOver(model: Model, worker: Thread, sampled: Thread): void {
  worker.tid = sampled.tid;
  worker.startTicks = sampled.startTicks;
  for (const [lane, thread] of model.index.lanes) {
    if (thread === sampled) model.index.lanes.set(lane, worker);
  }
  if (sampled.last !== null) addLook(model, worker, sampled.last);
}

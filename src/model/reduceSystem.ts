import { assertUnreachable } from '../base/assertUnreachable';
import type { Ns } from '../base/units';
import type { RecordOf } from '../trace/records';
import { addSample, endThread } from './accounting';
import { parseArgs } from './parseArgs';
import {
  createThread,
  endProcess,
  ensureProcess,
  findProcess,
  isFailedStart,
  linkToCall,
  removeProcess,
  setParentPid,
  setProcessStart,
} from './registry';
import type { Call, Model, Process, SamplerPrecision, Thread } from './types';
import type { WaitReason } from './states';
import { waitReason } from './waitChannel';

export type SystemRecord = RecordOf<
  'samplerStart' | 'process' | 'thread' | 'tick' | 'threadGone' | 'processGone'
>;

/** Records of the sampler: what the operating system says. */
export function reduceSystem(model: Model, record: SystemRecord): void {
  switch (record.kind) {
    case 'samplerStart':
      model.sampler = {
        start: record.time,
        precision: precisionOf(record.precision),
        unreadable: new Map(),
        interval: 0,
        cost: 0,
        totalCost: 0,
      };
      return;
    case 'process':
      reduceProcess(model, record);
      return;
    case 'thread':
      reduceThread(model, record);
      return;
    case 'tick':
      model.lastTick = Math.max(model.lastTick, record.time);
      if (model.sampler !== null) {
        model.sampler.interval = record.interval;
        model.sampler.cost = record.cost;
        model.sampler.totalCost += record.cost;
      }
      return;
    case 'threadGone': {
      const thread = model.index.lanes.get(record.lane);
      if (thread !== undefined) endThread(model, thread, likelyEnd(model, thread, record.time));
      return;
    }
    case 'processGone': {
      const process = findProcess(model, record.pid, record.startTicks);
      if (process === null) return;
      const exit =
        record.code === null && record.signal === null ? null : { code: record.code, signal: record.signal };
      endProcess(model, process, record.time, exit, 'sampler');
      if (isFailedStart(model, process)) removeProcess(model, process);
      return;
    }
    default:
      assertUnreachable(record);
  }
}

/**
 * It was there, awake, at the last pass, and is gone now: in the middle between the two, for all that is known. Of those
 * that run JavaScript others tell.
 */
function likelyEnd(model: Model, { kind, last }: Thread, gone: Ns): Ns {
  if (kind !== 'native' || last?.runnable == null) return gone;
  const seen = Math.max(model.lastTick, last.time);
  return seen < gone ? (seen + gone) / 2 : gone;
}

/** Recordings from before there was any other precision say nothing of it. */
function precisionOf(text: string | null): SamplerPrecision {
  return text === 'ticks' || text === 'none' ? text : 'ns';
}

function reduceProcess(model: Model, record: RecordOf<'process'>): void {
  const process = ensureProcess(model, record.pid, record.startTicks, record.start ?? record.time);
  const args = parseArgs(record.args);
  // The probe knows its own command better: a process may change its title.
  // A process on its way out has no command line any more.
  const isToldMore = args.length > 0 || process.args.length === 0;
  if (!process.isNode && isToldMore) process.args = args.length > 0 ? args : [record.comm];
  setParentPid(model, process, record.ppid);
  if (process.callToken === null) linkToWaitingCall(model, process);
}

/** A synchronous call tells its child's pid only when it is over; until then the waiting parent gives the link. */
function linkToWaitingCall(model: Model, process: Process): void {
  const parent = process.parentId === null ? undefined : model.processes.get(process.parentId);
  if (parent === undefined) return;
  const call = openSyncCall(model, parent);
  if (call === null) return;
  call.processId ??= process.id;
  linkToCall(model, process, call);
  setProcessStart(model, process, Math.max(process.start, call.time));
}

function openSyncCall(model: Model, process: Process): Call | null {
  for (const thread of process.threads) {
    const span = thread.blockedSpans.at(-1);
    if (span?.end !== null || span.callToken === null) continue;
    const call = model.calls.get(span.callToken);
    if (call !== undefined) return call;
  }
  return null;
}

function reduceThread(model: Model, record: RecordOf<'thread'>): void {
  const process = ensureProcess(model, record.pid, record.processStartTicks, record.start ?? record.time);
  const known = process.threads.find(
    (thread) =>
      thread.tid === record.tid &&
      (thread.startTicks === null || record.startTicks === null || thread.startTicks === record.startTicks),
  );
  const thread = known ?? unnumberedMain(model, process) ?? createNativeThread(model, process, record);
  thread.tid = record.tid;
  thread.startTicks ??= record.startTicks;
  // The program may have named a worker itself; the kernel's name is the same for all of them.
  if (thread.kind === 'native') thread.name = record.name === '' ? null : record.name;
  model.index.lanes.set(record.lane, thread);
}

/** Windows numbers threads and processes alike, so a main thread's tid is not the pid; the sampler tells that thread first. */
function unnumberedMain(model: Model, process: Process): Thread | null {
  if (model.run?.platform !== 'win32') return null;
  const main = process.threads[0];
  return main?.tid === process.pid ? main : null;
}

function createNativeThread(model: Model, process: Process, record: RecordOf<'thread'>): Thread {
  const start = Math.max(record.start ?? record.time, process.start);
  const thread = createThread(model, process, 'native', start);
  thread.tid = record.tid;
  return thread;
}

/** What a thread has done so far, and what it was doing when it was looked at. */
export function reduceSample(model: Model, record: RecordOf<'threadSample'>): void {
  const thread = model.index.lanes.get(record.lane);
  if (thread === undefined) return;
  const state = String.fromCharCode(record.state);
  const { time, cpu, runQueue } = record;
  addSample(model, thread, {
    time,
    cpu,
    runQueue,
    isQueued: state === 'R' && hasStoodStill(thread, record),
    runnable: state === 'R' ? runnableState(thread, record) : null,
    // A wait that the probe knows says nothing of why the thread sleeps outside of it.
    reason:
      state === 'R' || isInKnownWait(thread, time)
        ? lastReason(thread)
        : sleepingReason(thread, state, record),
    estimated: false,
    systemCall: state === 'R' ? null : record.systemCall,
    cpuNumber: record.cpuNumber,
    majorFaults: record.majorFaults,
  });
}

/** Asleep in the disk: for a page of its own memory, or for data it asked for? */
function sleepingReason(thread: Thread, state: string, record: RecordOf<'threadSample'>): WaitReason {
  const reason = waitReason(state, record.waitChannel, thread.kind);
  const faulted = (record.majorFaults ?? 0) > (thread.last?.majorFaults ?? Infinity);
  return reason === 'disk' && faulted ? 'pageFault' : reason;
}

function isInKnownWait({ blockedSpans }: Thread, time: Ns): boolean {
  // Most threads never are, and this is asked for every sample.
  if (blockedSpans.length === 0) return false;
  // What the probe wrote while the sampler finished its pass is read before that.
  const span = blockedSpans.findLast(({ start }) => start <= time);
  return span !== undefined && (span.end === null || time <= span.end);
}

function hasStoodStill({ last }: Thread, record: RecordOf<'threadSample'>): boolean {
  return last?.runnable != null && record.cpu === last.cpu && record.runQueue === last.runQueue;
}

/** The kernel says R both for a thread on a CPU and for one queued for it: what grew most since the last look? */
function runnableState(thread: Thread, record: RecordOf<'threadSample'>): 'running' | 'ready' {
  const ran = record.cpu - (thread.last?.cpu ?? 0);
  const queued = record.runQueue - (thread.last?.runQueue ?? 0);
  return ran === 0 || queued > ran ? 'ready' : 'running';
}

/** Asleep for a part of the interval, awake now: nobody saw why it slept, most likely for what it slept before. */
function lastReason(thread: Thread): WaitReason {
  return thread.last?.reason ?? 'unknown';
}

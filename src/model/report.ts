import type { Ms, Ns } from '../base/units';
import { programCores } from './cores';
import { nativeRolesOf, type NativeRole } from './nativeThreads';
import { channelReports, type ChannelReport } from './reportChannels';
import {
  blockedByReport,
  descriptorsReport,
  heapSpacesReport,
  processFactsReport,
  samplerReport,
  segmentReports,
  sharedMappingReports,
  threadFactsReport,
  type DescriptorsReport,
  type HeapSpacesReport,
  type ProcessFactsReport,
  type SamplerReport,
  type SegmentReport,
  type SharedMappingReport,
  type ThreadFactsReport,
} from './reportFacts';
import { bufferReports, waitReports, type BufferReport, type WaitReport } from './reportShared';
import { lineOf, sinceZero, toMs } from './reportUnits';
import { callOf, latestMemory, lifeEnd, stateTimes, threadTitle, unobservedReason } from './select';
import type { WaitReason } from './states';
import type { Deed, Exit, Model, Process, Thread } from './types';

/** What `cviz report --json` prints: a contract that scripts rely on. Fields may be added, never renamed. */
export interface Report {
  readonly version: 1;
  readonly durationMs: Ms;
  readonly processes: readonly ProcessReport[];
  /** An entry for each direction on which anything was sent. */
  readonly channels: readonly ChannelReport[];
  readonly sharedBuffers: readonly BufferReport[];
  /** Calls of Atomics.wait and waitAsync, in order of time. */
  readonly waits: readonly WaitReport[];
  /** Stretches in which something synchronous held up an event loop. */
  readonly longTasks: readonly LongTaskReport[];
  /** Files and shared objects that several processes of the tree map, what shares most first. */
  readonly sharedMappings: readonly SharedMappingReport[];
  /** How many cores the program may use, and what sets the limit. */
  readonly cores: { readonly count: number; readonly limitedBy: string } | null;
  /** How the system was looked at; null where it cannot be. */
  readonly sampler: SamplerReport | null;
  readonly findings: readonly never[];
  readonly dropped: { readonly records: number; readonly bytes: number };
}

export interface ProcessReport {
  readonly id: string;
  readonly pid: number;
  readonly parentId: string | null;
  /** `file:line` of the call it descends from, also through shells and other programs. */
  readonly spawnedAt: string | null;
  /** The function called there: spawn, exec, fork, execSync … */
  readonly spawnedBy: string | null;
  readonly command: string | null;
  readonly args: readonly string[];
  /** Node's version, for Node processes that were observed from inside. */
  readonly nodeVersion: string | null;
  readonly startMs: Ms;
  readonly endMs: Ms | null;
  readonly exit: Exit | null;
  /** The thread that sent the signal by which it ended. */
  readonly killedBy: DeedReport | null;
  /** Why it is not observed from inside, as a code. */
  readonly unobserved: string | null;
  /** The newest figures; null for a process that was gone before they were first read. */
  readonly memory: MemoryReport | null;
  /** The parts of its memory, by one look at all of them. */
  readonly segments: readonly SegmentReport[] | null;
  readonly facts: ProcessFactsReport | null;
  readonly descriptors: DescriptorsReport | null;
  /** What the system does not let us read of it, with the error's code. */
  readonly unreadable: Readonly<Record<string, string>>;
  readonly threads: readonly ThreadReport[];
}

export interface DeedReport {
  readonly thread: string;
  readonly location: string | null;
  readonly atMs: Ms;
}

export interface LongTaskReport {
  readonly thread: string;
  readonly startMs: Ms;
  readonly endMs: Ms;
}

/** Off Linux only the resident size is known. */
export interface MemoryReport {
  readonly privateBytes: number | null;
  readonly sharedBytes: number | null;
  readonly pssBytes: number | null;
  readonly rssBytes: number;
}

export interface ThreadReport {
  readonly id: string;
  readonly kind: 'main' | 'worker' | 'native';
  /** What a native thread is for. */
  readonly role: NativeRole | null;
  readonly threadId: number | null;
  readonly tid: number | null;
  readonly name: string | null;
  readonly spawnedAt: string | null;
  readonly startMs: Ms;
  readonly endMs: Ms | null;
  readonly exit: Exit | null;
  /** The line that called process.exit. */
  readonly exitLocation: string | null;
  /** The thread that called terminate() on it. */
  readonly endedBy: DeedReport | null;
  readonly error: {
    readonly name: string | null;
    readonly message: string;
    readonly code: string | null;
  } | null;
  /** By the kernel; null when nobody could ask it before the thread was gone. */
  readonly cpuMs: Ms | null;
  /** Milliseconds; they add up to the thread's life. */
  readonly states: {
    readonly new: Ms;
    readonly ready: Ms;
    readonly running: Ms;
    readonly waiting: Ms;
    readonly blocked: Ms;
  };
  /** The blocked time by what it was blocked on, longest first. */
  readonly blockedBy: readonly { readonly reason: WaitReason; readonly ms: Ms }[];
  /** How much of the states is an estimate, because nobody looked at that time. */
  readonly estimatedMs: Ms;
  /** What the kernel counted as a wait for a CPU though the thread was asleep: not in `states.ready`. Hardly ever any. */
  readonly sleepCountedAsReadyMs: Ms;
  readonly heap: HeapReport | null;
  /** Memory that V8 has taken for each kind of space of its heap. */
  readonly heapSpaces: HeapSpacesReport | null;
  readonly facts: ThreadFactsReport | null;
}

export interface HeapReport {
  readonly usedBytes: number;
  readonly totalBytes: number;
  readonly externalBytes: number;
  readonly arrayBuffersBytes: number;
}

/** Everything known of a run, as plain data. Times are milliseconds since the run's start. */
export function report(model: Model): Report {
  const zero = model.start ?? 0;
  return {
    version: 1,
    durationMs: toMs(model.now - zero),
    processes: [...model.processes.values()].map((process) => processReport(model, process, zero)),
    channels: channelReports(model),
    sharedBuffers: bufferReports(model),
    waits: waitReports(model),
    longTasks: longTaskReports(model, zero),
    sharedMappings: sharedMappingReports(model),
    cores: programCores(model),
    sampler: samplerReport(model),
    findings: [],
    dropped: { ...model.dropped },
  };
}

function longTaskReports(model: Model, zero: Ns): LongTaskReport[] {
  return [...model.threads.values()].flatMap(({ id, longTasks }) =>
    longTasks.map(({ start, end }) => {
      return { thread: id, startMs: toMs(start - zero), endMs: toMs(end - zero) };
    }),
  );
}

function deedReport(model: Model, deed: Deed | null): DeedReport | null {
  if (deed === null) return null;
  return { thread: deed.threadId, location: lineOf(deed.location), atMs: sinceZero(model, deed.time) };
}

function processReport(model: Model, process: Process, zero: Ns): ProcessReport {
  const call = callOf(model, process);
  const roles = nativeRolesOf(process);
  return {
    id: process.id,
    pid: process.pid,
    parentId: process.parentId,
    spawnedAt: lineOf(call?.location),
    spawnedBy: call?.api ?? null,
    command: process.args[0] ?? null,
    args: process.args.slice(1),
    nodeVersion: process.nodeVersion,
    startMs: toMs(process.start - zero),
    endMs: process.end === null ? null : toMs(process.end - zero),
    exit: process.exit,
    killedBy: deedReport(model, process.killedBy),
    unobserved: unobservedReason(model, process),
    memory: memoryReport(process),
    segments: segmentReports(process),
    facts: processFactsReport(model, process),
    descriptors: descriptorsReport(process),
    unreadable: Object.fromEntries(process.unreadable),
    threads: process.threads.map((thread) => threadReport(model, thread, roles.get(thread) ?? null, zero)),
  };
}

function memoryReport(process: Process): MemoryReport | null {
  const memory = latestMemory(process);
  if (memory !== null) {
    const { private: own, shared, pss, rss } = memory;
    return { privateBytes: own, sharedBytes: shared, pssBytes: pss, rssBytes: rss };
  }
  const resident = process.resident.at(-1);
  if (resident === undefined) return null;
  return { privateBytes: null, sharedBytes: null, pssBytes: null, rssBytes: resident.rss };
}

function threadReport(model: Model, thread: Thread, role: NativeRole | null, zero: Ns): ThreadReport {
  const times = stateTimes(model, thread);
  const heap = thread.heap.at(-1);
  return {
    id: thread.id,
    kind: thread.kind,
    role,
    threadId: thread.threadId,
    tid: thread.tid,
    name: thread.name ?? threadTitle(thread),
    spawnedAt: lineOf(callOf(model, thread)?.location),
    startMs: toMs(thread.start - zero),
    endMs: thread.end === null ? null : toMs(lifeEnd(model, thread) - zero),
    exit: thread.exit,
    exitLocation: lineOf(thread.exitLocation),
    endedBy: deedReport(model, thread.endedBy),
    error:
      thread.error === null
        ? null
        : { name: thread.error.name, message: thread.error.message, code: thread.error.code },
    cpuMs: thread.last === null || thread.last.estimated ? null : toMs(thread.last.cpu),
    states: {
      new: toMs(times.new),
      ready: toMs(times.ready),
      running: toMs(times.running),
      waiting: toMs(times.waiting),
      blocked: toMs(times.blocked),
    },
    blockedBy: blockedByReport(thread),
    estimatedMs: toMs(thread.timeline.estimatedTime),
    sleepCountedAsReadyMs: toMs(thread.sleepCountedAsQueue),
    heap:
      heap === undefined
        ? null
        : {
            usedBytes: heap.used,
            totalBytes: heap.total,
            externalBytes: heap.external,
            arrayBuffersBytes: heap.arrayBuffers,
          },
    heapSpaces: heapSpacesReport(thread.heapSpaces),
    facts: threadFactsReport(thread),
  };
}

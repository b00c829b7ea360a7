import type { Bytes, Ns } from '../base/units';
import type { Channel, MessageIndex, Port } from './channelTypes';
import type { LoadHistory } from './loadHistory';
import type { ThreadKind, WaitReason } from './states';
import type {
  CpuSample,
  Descriptors,
  HeapSpaces,
  ListedThread,
  Mapping,
  ProcessFacts,
  ResidentSample,
  Segments,
  ThreadFacts,
} from './systemTypes';
import type { Timeline } from './timeline';

/**
 * What is known of a run. `reduce` alone changes these objects; everybody else reads them, through the selectors
 * where there is one. Times are CLOCK_MONOTONIC nanoseconds; subtract `Model.start` for times within the run.
 */
export interface Model {
  /** Grows with every change: compare it to know whether a derived value is stale. */
  revision: number;
  run: RunInfo | null;
  /** Time zero of the run, null before the first record. */
  start: Ns | null;
  /** The newest time any record spoke of: "now" of a live run, the end of an ended one. */
  now: Ns;
  /** Time of the last completed sampling pass: threads without a newer sample are unchanged up to here. */
  lastTick: Ns;
  /** Set when the run has ended and nothing more will come. */
  ended: boolean;
  rootExit: Exit | null;
  /** In order of appearance. */
  readonly processes: Map<string, Process>;
  readonly threads: Map<string, Thread>;
  /** Spawn and `new Worker` calls by token (`LOG#CALL`). */
  readonly calls: Map<string, Call>;
  /** By id; channels.ts has what is worth knowing of them. */
  readonly channels: Map<string, Channel>;
  /** Calls of Atomics.wait, waitAsync and notify, in order of appearance; waits.ts tells who woke whom. */
  readonly waits: Wait[];
  readonly notifies: Notify[];
  readonly notices: Notice[];
  /** What is odd about the times that records speak of. */
  readonly clock: ClockOddities;
  /** Running and ready threads of the whole program over time. */
  readonly load: LoadHistory;
  sampler: SamplerInfo | null;
  readonly dropped: Dropped;
  /** How reduce finds things again; nobody else's business. */
  readonly index: ModelIndex;
}

export interface ModelIndex {
  readonly sources: Map<number, SourceState>;
  /** The source that first had a log of this name. */
  readonly sourceOfLog: Map<string, number>;
  /** All processes that had this pid, oldest first. */
  readonly byPid: Map<number, Process[]>;
  /** How often a pid was used so far. */
  readonly pidUses: Map<number, number>;
  /** Processes whose OS parent has not been seen, by its pid. */
  readonly awaitingParent: Map<number, Set<Process>>;
  /** By the sampler's lane number. */
  readonly lanes: Map<number, Thread>;
  endedThreads: number;
  /** When the run itself began, some time before the program. */
  runStart: Ns;
  /** Of all timelines together, now and when older ones were last joined to have fewer. */
  intervals: number;
  coarsenedIntervals: number;
  /** Signals that threads sent, by the pid they were sent to. */
  readonly kills: Map<number, Kill[]>;
  readonly messages: MessageIndex;
}

/** A log of a thread: what its later records refer to. */
export interface SourceState {
  readonly log: string;
  /** The log's name, or another one where a second log claims the same: what names its ports must be unique. */
  readonly uniqueName: string;
  readonly process: Process;
  readonly thread: Thread;
  lostRecords: number;
  lostBytes: Bytes;
  /** By the log's number of them. */
  readonly ports: Map<number, Port>;
  readonly openWaits: Map<number, Wait>;
}

export interface RunInfo {
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Wall clock of time zero, milliseconds since the epoch. */
  readonly wallMs: number;
  readonly productVersion: string;
  readonly platform: string;
  readonly arch: string;
  readonly cores: number;
}

export interface SamplerInfo {
  /** How finely the system counts CPU time; see the record `samplerStart`. */
  readonly precision: SamplerPrecision;
  /** What the system does not let us read of any process, with the error's code. */
  readonly unreadable: Map<string, string>;
  /** Time between the last two passes asked for, and what the last pass cost. */
  interval: Ns;
  cost: Ns;
  /** Sum of all costs, for the mean overhead. */
  totalCost: Ns;
  start: Ns;
}

export type SamplerPrecision = 'ns' | 'ticks' | 'none';

/** What was seen but not kept. */
export interface Dropped {
  records: number;
  bytes: Bytes;
}

export interface Notice {
  readonly time: Ns;
  readonly code: string;
  readonly detail: string | null;
}

export interface ClockOddities {
  /** Long stretches of which there is not one record, the first ones only: the machine slept, or a clock jumped. */
  readonly gaps: { readonly start: Ns; readonly end: Ns }[];
  gapCount: number;
  /** Records of times long before what was recorded already. */
  backwards: number;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface Process {
  /** The pid, with a suffix when this pid was used before in this run. */
  readonly id: string;
  readonly pid: number;
  /** With the pid the identity of a process; null where it is not known (yet). */
  startTicks: number | null;
  /** The OS parent's pid; null if never seen. */
  ppid: number | null;
  parentId: string | null;
  /** Some process has (or had) this one as its parent. */
  hasChildren: boolean;
  /** The parent is the OS parent; otherwise it is only the process whose spawn call this one descends from. */
  parentIsOsParent: boolean;
  /** Token of the spawn call it descends from, directly or through shells and the like. */
  callToken: string | null;
  /** True once a probe reported from inside it. */
  isNode: boolean;
  nodeVersion: string | null;
  args: readonly string[];
  cwd: string | null;
  start: Ns;
  end: Ns | null;
  exit: Exit | null;
  /** Who told `exit`; a later word from a better source replaces it. */
  exitKnownBy: 'nothing' | 'ownExitEvent' | 'sampler' | 'parent';
  /** When its 'exit' event was reported: its end, where nobody saw the actual end. */
  exitEvent: Ns | null;
  /** Who sent the signal that ended it, if that was a thread of this run. */
  killedBy: Deed | null;
  readonly memory: MemorySample[];
  /** Where the system tells less of its memory. */
  readonly resident: ResidentSample[];
  /** Null as long as the system was not asked, or does not tell. */
  facts: ProcessFacts | null;
  descriptors: Descriptors | null;
  /** The newest look at the parts of its memory. */
  segments: Segments | null;
  /** The largest files and shared objects it maps, by device and inode. */
  readonly mappings: Map<string, Mapping>;
  /** What the system does not let us read of it, with the error's code. */
  readonly unreadable: Map<string, string>;
  /** Where its threads cannot be followed one by one. */
  readonly cpuSamples: CpuSample[];
  /** Its threads as the system lists them, where these cannot be told apart from one look to the next. */
  threadList: readonly ListedThread[] | null;
  /** Main thread first, then in order of appearance. */
  readonly threads: Thread[];
}

/** What a thread did to another one or to a process. */
export interface Deed {
  readonly threadId: string;
  readonly location: string | null;
  readonly time: Ns;
}

export interface Kill extends Deed {
  readonly signal: string;
}

export interface MemorySample {
  readonly time: Ns;
  readonly rss: Bytes;
  readonly pss: Bytes;
  readonly private: Bytes;
  readonly shared: Bytes;
}

export interface Thread {
  readonly id: string;
  readonly processId: string;
  kind: ThreadKind;
  /** worker_threads.threadId; null for native threads and non-Node processes. */
  threadId: number | null;
  tid: number | null;
  startTicks: number | null;
  name: string | null;
  /** Of a worker: what was passed to `new Worker`. */
  file: string | null;
  isEval: boolean;
  callToken: string | null;
  start: Ns;
  /** When its JavaScript began; null for native threads, and while New. */
  jsStart: Ns | null;
  end: Ns | null;
  exit: Exit | null;
  /** It announced its own end; then `exitLocation` is the line that called process.exit, if one did. */
  hasExited: boolean;
  exitLocation: string | null;
  /** Who called terminate() on this worker; null if it ended by itself. */
  endedBy: Deed | null;
  error: ThreadError | null;
  readonly heap: HeapSample[];
  /** How long its event loop was idle so far, where that is all that is known of its states. */
  loopIdle: Ns;
  /** Part of the kernel's run-queue time in which it was asleep, as far as that shows. */
  sleepCountedAsQueue: Ns;
  heapSpaces: HeapSpaces | null;
  facts: ThreadFacts | null;
  readonly timeline: Timeline;
  /** Synchronous waits the probe saw, in order; the last one may still be open. */
  readonly blockedSpans: BlockedSpan[];
  /** Stretches in which its event loop was held up, in order. */
  readonly longTasks: LongTask[];
  /** What the last look at it said; null before the first. */
  last: LastLook | null;
}

/** The newest sample of a thread: the kernel's cumulated figures, and what it was doing at that moment. */
export interface LastLook {
  readonly time: Ns;
  readonly cpu: Ns;
  readonly runQueue: Ns;
  /** On a CPU or queued for one; otherwise asleep for `reason`. */
  readonly runnable: 'running' | 'ready' | null;
  /** Runnable, and its counters stood still since the look before: it was in a run queue all the time. */
  readonly isQueued: boolean;
  readonly reason: WaitReason;
  /** Nobody but its own event loop told: `cpu` may include waits for a CPU. */
  readonly estimated: boolean;
  /** The system call it sleeps in, where that says more: `read pipe:[5], /tmp/fifo`. */
  readonly systemCall: string | null;
  readonly cpuNumber: number | null;
  /** Page faults so far that read from disk. */
  readonly majorFaults: number | null;
}

export interface ThreadError {
  readonly name: string | null;
  readonly message: string;
  readonly code: string | null;
  readonly stack: string | null;
}

export interface HeapSample {
  readonly time: Ns;
  readonly used: Bytes;
  readonly total: Bytes;
  readonly external: Bytes;
  readonly arrayBuffers: Bytes;
}

export interface BlockedSpan {
  readonly start: Ns;
  end: Ns | null;
  readonly reason: WaitReason;
  readonly location: string | null;
  /** The call that blocks, where it is one of `Model.calls`. */
  readonly callToken: string | null;
}

/** A call of Atomics.wait, then also one of its thread's `blockedSpans`; or of Atomics.waitAsync. */
export interface Wait extends BlockedSpan {
  readonly threadId: string;
  /** What its log calls the buffer (`LOG:BUFFER`). */
  readonly bufferName: string;
  /** Index in the typed array, and where that is in the buffer. */
  readonly cell: number;
  readonly byteOffset: Bytes;
  /** Null: for ever. */
  readonly timeoutMs: number | null;
  readonly isAsync: boolean;
  /** `ok`, `timed-out`, `not-equal`; null while it lasts, and if it never came back. */
  result: string | null;
}

/** A call of Atomics.notify that woke somebody. */
export interface Notify {
  readonly time: Ns;
  readonly threadId: string;
  readonly bufferName: string;
  readonly cell: number;
  readonly byteOffset: Bytes;
  readonly woken: number;
  readonly location: string | null;
}

export interface LongTask {
  readonly start: Ns;
  readonly end: Ns;
}

export interface Call {
  readonly token: string;
  /** spawn, exec, execFile, fork, cluster.fork, spawnSync, execSync, execFileSync, or Worker. */
  readonly api: string;
  readonly time: Ns;
  /** The thread that made the call; null when it could not be told. */
  readonly threadId: string | null;
  /** The program or the worker's file, as passed. */
  readonly file: string;
  readonly args: readonly string[];
  /** `file:line:column`. */
  readonly location: string | null;
  readonly sync: boolean;
  /** Process or thread it created, once known. */
  processId: string | null;
  createdThreadId: string | null;
  error: string | null;
  /** Why the process it made is not observed from inside, as a code; null if nothing stands against it. */
  unobserved: string | null;
}

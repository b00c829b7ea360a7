import type { Bytes, Ns } from '../base/units';

/**
 * Every kind of record, with the type of every field. This is the single source: the codec derives the byte
 * layout from it (fields in this order, packed) and TypeScript derives the record types.
 *
 * Field types: `u32`, `i32`, `f64` are numbers, `ns` nanoseconds of CLOCK_MONOTONIC, `bytes` a size, `bool`,
 * `str` a string. A trailing `?` allows null, meaning "not known" (never zero).
 *
 * Compatibility: a kind's id and its fields' order never change; new fields go to the end, as nullable ones (an
 * older record is shorter and reads as null). New kinds take new ids; readers skip and count ids they don't know.
 */
export const recordSchemas = {
  // ---- Written by the probe, into the log of the thread concerned ----

  /** First record of every log. The probe runs before any of the user's code in this thread. */
  threadStart: {
    id: 2,
    fields: {
      time: 'ns',
      /** Name of this log file; spawn tokens of children refer to it. */
      log: 'str',
      pid: 'u32',
      ppid: 'u32',
      /** Field 22 of /proc/PID/stat of the process: together with the pid it identifies the process. */
      processStartTicks: 'f64?',
      /** When the process began, from Node's own time origin (main thread only). */
      processStart: 'ns?',
      isMain: 'bool',
      /** worker_threads.threadId; 0 on the main thread. */
      threadId: 'u32',
      /** The operating system's thread id. */
      tid: 'u32?',
      threadStartTicks: 'f64?',
      name: 'str?',
      wallMs: 'f64',
      platform: 'str',
      nodeVersion: 'str',
      /** This and the next three: of the process, so left empty by workers. */
      execPath: 'str',
      /** JSON array of strings, as are execArgv here and args in other records. */
      argv: 'str',
      execArgv: 'str',
      cwd: 'str?',
      /**
       * `LOG#CALL` of the call it comes from: for a main thread the spawn call whose environment its process inherited
       * (null in the first process), for a worker its `new Worker` (null for those Node makes for itself).
       */
      spawnToken: 'str?',
      /** On-CPU and run-queue time of the thread so far (schedstat), spent before its JavaScript began. */
      cpu: 'ns?',
      runQueue: 'ns?',
    },
  },

  /** A process between this one and the one that made the spawn call (a shell, npm, …); nearest first. */
  ancestor: { id: 3, fields: { pid: 'u32', ppid: 'u32', startTicks: 'f64?', args: 'str' } },

  /** A child process is about to be created by this thread. */
  spawn: {
    id: 4,
    fields: {
      time: 'ns',
      /** Number of the call within this log, counted from 1 over spawns and workers alike. */
      call: 'u32',
      /** The public function called: spawn, exec, execFile, fork, cluster.fork, spawnSync, execSync, execFileSync. */
      api: 'str',
      file: 'str',
      args: 'str',
      cwd: 'str?',
      /** `file:line:column` of the calling line of user code. */
      location: 'str?',
      /** The calling thread stays blocked until the child has ended. */
      sync: 'bool',
      detached: 'bool',
    },
  },

  /** The spawn call returned. pid is null when the program could not be started; error says why (ENOENT …). */
  spawnResult: {
    id: 5,
    fields: { time: 'ns', call: 'u32', pid: 'u32?', startTicks: 'f64?', error: 'str?' },
  },

  /** The parent was told that the child ended. One of code and signal is null. */
  childExit: {
    id: 6,
    fields: { time: 'ns', call: 'u32', pid: 'u32', code: 'i32?', signal: 'str?' },
  },

  /** `new Worker` is about to run. */
  worker: {
    id: 7,
    fields: {
      time: 'ns',
      call: 'u32',
      /** File name or URL as given; the beginning of the source text when eval is true. */
      file: 'str',
      eval: 'bool',
      name: 'str?',
      location: 'str?',
    },
  },

  /** `new Worker` returned, or threw: then threadId is null and error and errorCode are set. */
  workerResult: {
    id: 8,
    fields: { time: 'ns', call: 'u32', threadId: 'u32?', error: 'str?', errorCode: 'str?' },
  },

  /** The thread that created a worker was told that it ended. code is null when only the worker itself knows it. */
  workerExit: {
    id: 9,
    fields: { time: 'ns', call: 'u32', threadId: 'u32', code: 'i32?', error: 'str?' },
  },

  /** An error nobody caught is about to end this thread. */
  uncaught: {
    id: 10,
    fields: { time: 'ns', name: 'str', message: 'str', errorCode: 'str?', stack: 'str?' },
  },

  /** The thread is about to end on its own account (its 'exit' event). Not written when it is killed. */
  threadEnd: {
    id: 11,
    fields: {
      time: 'ns',
      code: 'i32?',
      cpu: 'ns?',
      runQueue: 'ns?',
      loopIdle: 'ns?',
      /** The line that called process.exit, if one did. */
      location: 'str?',
    },
  },

  /** V8 heap of this thread's isolate (process.memoryUsage), about once a second. */
  heap: {
    id: 12,
    fields: {
      time: 'ns',
      used: 'bytes',
      total: 'bytes',
      external: 'bytes',
      arrayBuffers: 'bytes',
      /** Time its event loop has spent idle so far (performance.eventLoopUtilization). */
      loopIdle: 'ns?',
    },
  },

  /** Records that could not be written, in total so far, and why. */
  lost: { id: 13, fields: { time: 'ns', records: 'u32', bytes: 'bytes', reason: 'str' } },

  // Channels. Each log numbers the ends it holds from 1 (`port`), and the messages of an end, each way, from 1 (`message`).
  // The n-th message sent on one end is the n-th delivered at the other: messages carry no mark of ours.

  /** This thread came to hold an end of a channel. */
  port: {
    id: 50,
    fields: {
      /** Since when; the record is written when the port is first used. */
      time: 'ns',
      port: 'u32',
      /**
       * How it came here, and so what the other end is:
       * `creator`: of the channel to a worker; `call` is its `new Worker`.
       * `worker`: the worker's own end of that channel (parentPort).
       * `pair`: made by `new MessageChannel` here; `peer` is the other end in this log.
       * `message`: received as the `index`-th port of message `message` of port `via`.
       * `workerData`: received as the `index`-th port in workerData.
       * `ipcParent`: of the IPC channel to a child process; `call` is the spawn call.
       * `ipcChild`: the child's own end of that channel (process.send).
       * `broadcast`: a BroadcastChannel called `name`.
       * `unknown`: none of these could be told.
       */
      origin: 'str',
      call: 'u32?',
      peer: 'u32?',
      via: 'u32?',
      message: 'u32?',
      index: 'u32?',
      name: 'str?',
      /** The line that made it (`pair`, `broadcast`). */
      location: 'str?',
    },
  },

  /**
   * A port is leaving this thread, as the `index`-th port of message `message` of port `via`, or in the workerData of
   * `call`. `sent` and `received` are its final counts here: the next holder's messages are numbered after them.
   */
  portMoved: {
    id: 51,
    fields: {
      time: 'ns',
      port: 'u32',
      via: 'u32?',
      message: 'u32?',
      call: 'u32?',
      index: 'u32',
      sent: 'u32',
      received: 'u32',
    },
  },

  /** A message was sent. */
  send: {
    id: 52,
    fields: {
      /** When the sending call began. */
      time: 'ns',
      port: 'u32',
      message: 'u32',
      /** Size of what is cloned: of an IPC message exactly as written, otherwise estimated. */
      bytes: 'bytes',
      /** Sum of the sizes of transferred array buffers, and how many things were transferred. */
      transferredBytes: 'bytes',
      transferred: 'u32',
      /** Time spent in the sending call: mostly serialisation. */
      duration: 'ns',
      /** The sending line; null when it was not looked up for this message (see `probe/messages`). */
      location: 'str?',
    },
  },

  /** A message is being delivered to its handlers. */
  receive: {
    id: 53,
    fields: {
      time: 'ns',
      port: 'u32',
      message: 'u32',
      /** Time spent in all handlers; null when a `handled` record follows, or never came to be known. */
      duration: 'ns?',
    },
  },

  /** The handlers of a message have returned. */
  handled: { id: 54, fields: { time: 'ns', port: 'u32', message: 'u32' } },

  /**
   * Totals of a port so far. On a busy port only every `every`-th message (by number) has records of its own; the totals
   * count all of them.
   */
  traffic: {
    id: 55,
    fields: {
      time: 'ns',
      port: 'u32',
      sent: 'u32',
      sentBytes: 'bytes',
      received: 'u32',
      every: 'u32',
    },
  },

  // Shared memory. Each log numbers the backing stores it knows from 1 (`buffer`).

  /** This thread came to hold a shared buffer, or was first seen to. */
  sharedBuffer: {
    id: 56,
    fields: {
      time: 'ns',
      buffer: 'u32',
      bytes: 'bytes',
      /** It is the memory of a WebAssembly.Memory. */
      isWasm: 'bool',
      /** Received as the `index`-th shared buffer in message `message` of port `via`. */
      via: 'u32?',
      message: 'u32?',
      index: 'u32?',
      /** `LOG:BUFFER` of the same memory in the creator's log, when it came as workerData or environment data. */
      same: 'str?',
      /** The line at which it was first seen to be shared. */
      location: 'str?',
    },
  },

  /** A shared buffer goes out as the `index`-th one of message `message` of port `via`. */
  bufferSent: {
    id: 57,
    fields: { time: 'ns', buffer: 'u32', via: 'u32', message: 'u32', index: 'u32' },
  },

  /** Atomics.wait (or waitAsync) begins; `wait` counts them in this log. */
  wait: {
    id: 58,
    fields: {
      time: 'ns',
      wait: 'u32',
      buffer: 'u32',
      /** Index in the typed array it was called with, and where that is in the buffer. */
      cell: 'u32',
      byteOffset: 'bytes',
      /** Null: for ever. */
      timeoutMs: 'f64?',
      async: 'bool',
      location: 'str?',
    },
  },

  /** `ok`, `timed-out` or `not-equal`. */
  waitEnd: { id: 59, fields: { time: 'ns', wait: 'u32', result: 'str' } },

  /** Atomics.notify that woke somebody. */
  notify: {
    id: 60,
    fields: {
      time: 'ns',
      buffer: 'u32',
      cell: 'u32',
      byteOffset: 'bytes',
      woken: 'u32',
      location: 'str?',
    },
  },

  /** The event loop did not get to run its timers from `from` to `time`: something synchronous held it up. */
  longTask: { id: 61, fields: { time: 'ns', from: 'ns' } },

  /** This thread sent a signal (process.kill, subprocess.kill). `signal` is its number; `error` 0 when it was sent. */
  kill: { id: 62, fields: { time: 'ns', pid: 'i32?', signal: 'i32?', error: 'i32?', location: 'str?' } },

  /** This thread called terminate() on the worker made by `call`. */
  terminate: { id: 63, fields: { time: 'ns', call: 'u32', location: 'str?' } },

  /** The process made by `call` is not observed from inside, because … (a code). */
  unobserved: { id: 64, fields: { time: 'ns', call: 'u32', reason: 'str' } },

  /** What the other end's thread had counted when it ended: a worker that was stopped may not have written it itself. */
  peerTraffic: { id: 65, fields: { time: 'ns', port: 'u32', sent: 'u32', received: 'u32' } },

  // ---- Written by the sampler, from what the operating system says ----

  /** First record of the sampler's source. */
  samplerStart: { id: 20, fields: { time: 'ns', cores: 'u32', platform: 'str' } },

  /** A process of the tree was found, or its command changed (exec). */
  process: {
    id: 21,
    fields: {
      time: 'ns',
      pid: 'u32',
      ppid: 'u32',
      startTicks: 'f64?',
      /** From startTicks, so only as fine as a clock tick (10 ms). */
      start: 'ns?',
      comm: 'str',
      args: 'str',
    },
  },

  /** A thread was found. `lane` numbers threads within the sampler's source, from 1. */
  thread: {
    id: 22,
    fields: {
      time: 'ns',
      lane: 'u32',
      pid: 'u32',
      processStartTicks: 'f64?',
      tid: 'u32',
      startTicks: 'f64?',
      start: 'ns?',
      name: 'str',
    },
  },

  /**
   * What a thread has done so far. A thread without a sample in a pass did nothing since its last one: same
   * state, same figures (see tick).
   */
  threadSample: {
    id: 23,
    fields: {
      time: 'ns',
      lane: 'u32',
      /** Cumulated on-CPU and run-queue time (schedstat). */
      cpu: 'ns',
      runQueue: 'ns',
      /** Character code of the kernel's state letter (R, S, D, T, t, Z, X). */
      state: 'u32',
      /** The kernel function it sleeps in (wchan); null while it runs or where that is not readable. */
      waitChannel: 'str?',
    },
  },

  /** End of one sampling pass: every thread that is still alive and has no sample in it is unchanged. */
  tick: {
    id: 24,
    fields: { time: 'ns', cost: 'ns', interval: 'ns', processes: 'u32', threads: 'u32' },
  },

  threadGone: { id: 25, fields: { time: 'ns', lane: 'u32' } },

  /** A process has disappeared, or is a zombie (then its exit status is readable). */
  processGone: {
    id: 26,
    fields: { time: 'ns', pid: 'u32', startTicks: 'f64?', code: 'i32?', signal: 'str?' },
  },

  /** Memory of a process by /proc/PID/smaps_rollup. */
  memory: {
    id: 27,
    fields: {
      time: 'ns',
      pid: 'u32',
      startTicks: 'f64?',
      rss: 'bytes',
      pss: 'bytes',
      private: 'bytes',
      shared: 'bytes',
    },
  },

  // ---- Written by the run itself ----

  /** First record of the run's own source, which is source 0. */
  runStart: {
    id: 40,
    fields: {
      time: 'ns',
      wallMs: 'f64',
      /** What the user asked to run, for titles: a script's path or a command line. */
      title: 'str',
      command: 'str',
      args: 'str',
      cwd: 'str',
      productVersion: 'str',
      platform: 'str',
      arch: 'str',
      cores: 'u32',
    },
  },

  /** The program itself was started. */
  rootStart: { id: 41, fields: { time: 'ns', pid: 'u32', startTicks: 'f64?' } },

  rootExit: { id: 42, fields: { time: 'ns', pid: 'u32?', code: 'i32?', signal: 'str?' } },

  /** Nothing more will be recorded. */
  runEnd: { id: 43, fields: { time: 'ns' } },

  /** Something the user must know about the run, as a code of notices.ts and a detail. */
  notice: { id: 44, fields: { time: 'ns', code: 'str', detail: 'str?' } },
} as const satisfies Record<string, RecordSchema>;

export type FieldType =
  'u32' | 'u32?' | 'i32?' | 'f64' | 'f64?' | 'ns' | 'ns?' | 'bytes' | 'bool' | 'str' | 'str?';

export interface RecordSchema {
  readonly id: number;
  readonly fields: Readonly<Record<string, FieldType>>;
}

interface FieldValues {
  u32: number;
  'u32?': number | null;
  'i32?': number | null;
  f64: number;
  'f64?': number | null;
  ns: Ns;
  'ns?': Ns | null;
  bytes: Bytes;
  bool: boolean;
  str: string;
  'str?': string | null;
}

export type RecordKind = keyof typeof recordSchemas;

/** The fields of a record of kind K. */
export type RecordFields<K extends RecordKind> = {
  readonly [
    F in keyof (typeof recordSchemas)[K]['fields']
  ]: (typeof recordSchemas)[K]['fields'][F] extends infer T extends FieldType ? FieldValues[T] : never;
};

/** A decoded record; of a union of kinds, the union of their records. */
export type RecordOf<K extends RecordKind> = K extends RecordKind
  ? { readonly kind: K } & RecordFields<K>
  : never;

export type TraceRecord = RecordOf<RecordKind>;

/** Id of the one record whose body is not fields: id:u32 byteLength:u32 utf8[byteLength], padded to 4. */
export const STRING_RECORD_ID = 1;

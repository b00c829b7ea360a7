import type { RecordSchema } from './schema';

/** Written by the probe, into the log of the thread concerned: lives, ends, memory. */
export const probeRecords = {
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

  /** Memory that V8 has taken for each kind of space of this thread's heap (v8.getHeapSpaceStatistics). */
  heapSpaces: {
    id: 66,
    fields: {
      time: 'ns',
      /** New objects; objects that survived; machine code and what it needs; large objects of any age; all else. */
      young: 'bytes',
      old: 'bytes',
      code: 'bytes',
      large: 'bytes',
      other: 'bytes',
      /** Of the sum of these: in memory. */
      physical: 'bytes',
    },
  },
} as const satisfies Record<string, RecordSchema>;

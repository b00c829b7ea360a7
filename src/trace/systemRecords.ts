import type { RecordSchema } from './schema';

/** Written by the sampler, from what the operating system says. */
export const systemRecords = {
  /** First record of the sampler's source. */
  samplerStart: {
    id: 20,
    fields: {
      time: 'ns',
      cores: 'u32',
      platform: 'str',
      /**
       * How finely the system counts CPU time. `ns`: nanoseconds, and the time in the run queue as well. `ticks`: some
       * milliseconds, and no run queue (then `runQueue` of samples is 0 and says nothing). `none`: not for each thread, there
       * are no samples.
       */
      precision: 'str?',
    },
  },

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
      /** The system call it sleeps in and what that works on, where that says more: `read pipe:[5], /tmp/fifo`. */
      systemCall: 'str?',
      /** So far: how often it had to wait for a page to be read from disk. */
      majorFaults: 'u32?',
      /** The CPU it ran on last. */
      cpuNumber: 'u32?',
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

  /** What the system keeps of a process (the textbook's process control block). Written when any of it has changed. */
  processFacts: {
    id: 28,
    fields: {
      time: 'ns',
      pid: 'u32',
      startTicks: 'f64?',
      /** Character code of the kernel's state letter of its first thread. */
      state: 'u32?',
      uid: 'u32?',
      /** Process group and session. */
      group: 'i32?',
      session: 'i32?',
      /** Of its first thread: the kernel's priority, nice value, and policy (`normal`, `batch`, `idle`, `fifo`, `rr`, `deadline`). */
      priority: 'i32?',
      nice: 'i32?',
      policy: 'str?',
      /** CPUs it may run on, as a list: `0-3,8`. */
      affinity: 'str?',
      threads: 'u32?',
      /** Limits by the kernel's name, as a JSON object of [soft, hard]; null in it stands for unlimited. */
      limits: 'str?',
      cgroup: 'str?',
      /** What its cgroup allows: cores (1.5 is a core and a half) and bytes. Null: no limit, or not known. */
      cpuLimit: 'f64?',
      memoryLimit: 'f64?',
    },
  },

  /** What the system keeps of a thread. Of threads that do nothing it is not read again. */
  threadFacts: {
    id: 29,
    fields: {
      time: 'ns',
      lane: 'u32',
      priority: 'i32?',
      nice: 'i32?',
      policy: 'str?',
      affinity: 'str?',
      /** How often so far it gave up the CPU by itself (to wait), and how often it was taken from it. */
      voluntarySwitches: 'f64?',
      involuntarySwitches: 'f64?',
      /** Page faults so far: resolved in memory, and with a read from disk. */
      minorFaults: 'f64?',
      majorFaults: 'f64?',
      /** Of a thread asleep, at `time`: addresses, and the mapping the program counter lies in. */
      stackPointer: 'f64?',
      programCounter: 'f64?',
      programCounterIn: 'str?',
      /** Its stack's mapping: size and what of it is in memory. */
      stackSize: 'f64?',
      stackResident: 'f64?',
    },
  },

  /** The open file descriptors of a process. Written when they have changed. */
  descriptors: {
    id: 30,
    fields: {
      time: 'ns',
      pid: 'u32',
      startTicks: 'f64?',
      total: 'u32',
      /** How many of each kind, as a JSON object: file, directory, socket, pipe, eventfd, epoll, device, terminal, … */
      byKind: 'str',
      /** The lowest of them as a JSON array of [number, kind, name]; as many as fit. */
      list: 'str',
    },
  },

  /**
   * A part of a process's memory. All parts of one look have the same time, which is also that of a `memory` record: they
   * add up to it.
   */
  segment: {
    id: 31,
    fields: {
      time: 'ns',
      pid: 'u32',
      startTicks: 'f64?',
      /**
       * `text` machine code of the program and its libraries; `data` their variables and constants; `brk` the C heap;
       * `jit` machine code made at run time; `stack` stacks of all threads; `anonymous` everything else that belongs to no
       * file (in Node mostly V8's heaps); `file` other mapped files; `shared` mappings shared on purpose; `kernel` the
       * kernel's own pages.
       */
      segment: 'str',
      mappings: 'u32',
      /** Address space, of which `rss` is in memory; private + shared = rss; pss counts a page shared by n as 1/n. */
      size: 'bytes',
      rss: 'bytes',
      pss: 'bytes',
      private: 'bytes',
      shared: 'bytes',
      swap: 'bytes',
    },
  },

  /**
   * What a process maps of one file or shared object, all mappings of it together: the largest ones. Written when it has
   * changed; `rss` 0 when it is gone.
   */
  mapping: {
    id: 32,
    fields: {
      time: 'ns',
      pid: 'u32',
      startTicks: 'f64?',
      /** Device and inode: the same in all processes that map it. */
      object: 'str',
      name: 'str',
      rss: 'bytes',
      pss: 'bytes',
      private: 'bytes',
      shared: 'bytes',
    },
  },

  /** Something about a process (null: about any) that the system does not let us read, and the error's code. Told once. */
  unreadable: { id: 33, fields: { time: 'ns', pid: 'u32?', startTicks: 'f64?', what: 'str', reason: 'str' } },

  /** Where single threads cannot be followed: CPU time of a whole process so far, and its threads as the system lists them. */
  processSample: {
    id: 34,
    fields: {
      time: 'ns',
      pid: 'u32',
      startTicks: 'f64?',
      cpu: 'ns',
      threads: 'u32?',
      /** JSON array of [state, CPU time in ms or null] in the system's order. */
      threadList: 'str?',
    },
  },

  /** Memory of a process where the system does not tell which pages are private: then there are no `memory` records of it. */
  residentMemory: {
    id: 35,
    fields: {
      time: 'ns',
      pid: 'u32',
      startTicks: 'f64?',
      rss: 'bytes',
      /** What it has asked for of memory that nobody else can have a part in, be it resident or not (Windows' private bytes). */
      privateCommit: 'f64?',
    },
  },
} as const satisfies Record<string, RecordSchema>;

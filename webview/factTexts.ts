/** What the details tell of processes and threads as the system keeps them: names, and a line of meaning for learners. */
import type { NativeRole } from '../src/model/nativeThreads';

export interface FactText {
  readonly name: string;
  /** One line for whoever meets the word for the first time. */
  readonly meaning: string;
}

export const processFactTexts = {
  pid: {
    name: 'Process id',
    meaning: 'The number by which the system knows the process; it is used again some time after its end.',
  },
  parent: { name: 'Parent', meaning: 'The process that started it.' },
  state: { name: 'State', meaning: 'What the kernel says of its first thread, as a letter.' },
  priority: {
    name: 'Priority',
    meaning:
      'Smaller numbers get a CPU first. A program may give way by its nice value, from −20 (first) to 19 (last).',
  },
  affinity: { name: 'Allowed CPUs', meaning: 'CPU affinity: the numbers of the CPUs that it may run on.' },
  cores: {
    name: 'Cores',
    meaning: 'How many threads can run at once: the least of what machine, affinity and control group allow.',
  },
  threads: {
    name: 'Threads',
    meaning: 'Lines of execution inside the process. They share its memory and its open files.',
  },
  user: {
    name: 'User id',
    meaning: 'Whose rights it has: which files it may open and which processes it may signal.',
  },
  group: {
    name: 'Process group',
    meaning: 'Processes that get a signal of the terminal, such as Ctrl+C, together.',
  },
  session: { name: 'Session', meaning: 'The process groups of one terminal or one login.' },
  openFiles: {
    name: 'Open files limit',
    meaning:
      'How many descriptors it may have open at once; beyond that opening fails with EMFILE. It may raise the soft limit up to the hard one.',
  },
  cgroup: {
    name: 'Control group',
    meaning:
      'Processes whose CPU and memory the kernel counts and limits together: containers are made of them.',
  },
  cpuLimit: { name: 'CPU limit', meaning: 'How many cores its control group may use at once.' },
  memoryLimit: {
    name: 'Memory limit',
    meaning: 'How much memory its control group may take; beyond that the kernel kills one of its processes.',
  },
  cpuShare: {
    name: 'CPU lately',
    meaning: 'Share of one CPU, of all its threads together: single threads cannot be followed here.',
  },
} as const satisfies Readonly<Record<string, FactText>>;

export const threadFactTexts = {
  role: { name: 'Role', meaning: 'What Node, libuv or V8 started this thread for.' },
  sleepsIn: {
    name: 'Sleeps in',
    meaning: 'The system call that has not returned yet, and what it works on.',
  },
  priority: processFactTexts.priority,
  affinity: processFactTexts.affinity,
  lastCpu: {
    name: 'Last CPU',
    meaning: 'The CPU it ran on last. The kernel moves threads between CPUs to keep all of them busy.',
  },
  switches: {
    name: 'Context switches',
    meaning:
      'Voluntary: it gave up its CPU to wait for something. Involuntary: its CPU was taken away for another thread.',
  },
  faults: {
    name: 'Page faults',
    meaning: 'First uses of a page of memory. Those from disk stop the thread until the page has been read.',
  },
  stackPointer: {
    name: 'Stack pointer',
    meaning: 'A register of the CPU: the address up to which this thread’s stack is in use, while it slept.',
  },
  programCounter: {
    name: 'Program counter',
    meaning:
      'A register of the CPU: the address of the next instruction, while it slept, and the file it lies in.',
  },
  stack: {
    name: 'Stack',
    meaning:
      'Each thread has its own: the calls it is in and their local variables. Only what it used takes memory.',
  },
} as const satisfies Readonly<Record<string, FactText>>;

export const factTexts = {
  explain: 'Explain',
  explainTitle: 'Show what each of these facts means',
  processBlock: 'Process control block',
  processBlockMeaning:
    'What the operating system keeps of every process, to run it, to stop it and to go on with it later.',
  threadBlock: 'Thread control block',
  threadBlockMeaning:
    'What the operating system keeps of every thread: registers and stack are its own, all else it shares with the other threads of its process.',
  firstThread: 'Its first thread',
  nice: (nice: number): string => `nice ${nice < 0 ? `−${-nice}` : nice}`,
  cpus: (list: string, count: string): string => `${list} (${count})`,
  cpuCount: (count: number): string => (count === 1 ? '1 CPU' : `${count} CPUs`),
  coresOf: (count: string, machine: string): string => `${count} of ${machine}`,
  coreLimits: {
    machine: 'all of this machine',
    affinity: 'limited by affinity',
    cgroup: 'limited by control group',
  },
  softHard: (soft: string, hard: string): string => `${soft}, at most ${hard}`,
  unlimited: 'unlimited',
  noLimit: 'none known',
  coresLimit: (count: string): string => `${count} cores`,
  allLimits: (count: number): string => `All ${count} limits`,
  limitColumn: 'Limit',
  softColumn: 'Soft',
  softTitle: 'What holds now',
  hardColumn: 'Hard',
  hardTitle: 'Up to where the process may raise it by itself',
  threadList: (count: number): string => `${count} threads as the system lists them`,
  stateColumn: 'State',
  switches: (voluntary: string, involuntary: string): string =>
    `${voluntary} voluntary, ${involuntary} involuntary`,
  faults: (minor: string, major: string): string => `${minor} in memory, ${major} from disk`,
  stackSize: (resident: string, size: string): string => `${resident} in memory of ${size}`,
  inMapping: 'in',
  asOf: (time: string): string => `as of ${time}`,
  unchangedSince: (time: string): string => `unchanged since ${time}`,
  asleepAt: 'Registers are readable only while a thread sleeps',
  cpu: (number: number): string => `CPU ${number}`,
} as const;

/** Letters of the kernel, as in /proc/PID/stat. */
export const kernelStates: Readonly<Record<string, string>> = {
  R: 'running, or in a queue for a CPU',
  S: 'asleep until something happens',
  D: 'asleep and not to be disturbed, mostly for the disk',
  T: 'stopped by a signal',
  t: 'stopped by a debugger',
  I: 'idle',
  U: 'asleep and not to be disturbed, mostly for the disk',
  Z: 'zombie: ended, but its parent has not asked how',
  X: 'gone',
};

export const policyMeanings: Readonly<Record<string, string>> = {
  normal: 'normal: shares CPUs fairly',
  batch: 'batch: for long computations',
  idle: 'idle: only when nobody else wants a CPU',
  fifo: 'fifo: real time, until it waits',
  rr: 'rr: real time, in turns',
  deadline: 'deadline: real time, by deadline',
};

export interface RoleTexts extends FactText {
  /** Where room is short: `4 libuv`. */
  readonly short: string;
}

export const roleTexts: Readonly<Record<NativeRole, RoleTexts>> = {
  libuvPool: {
    name: 'libuv’s pool',
    short: 'libuv',
    meaning:
      'Does what would block the event loop: file access, dns.lookup, crypto and zlib. Four threads unless UV_THREADPOOL_SIZE says otherwise, begun when first needed.',
  },
  v8Platform: {
    name: 'V8’s platform workers',
    short: 'V8',
    meaning: 'Help V8 in the background: they collect garbage and compile JavaScript that runs often.',
  },
  delayedTasks: {
    name: 'Delayed-task thread',
    short: 'delayed',
    meaning: 'A clock for V8’s platform workers: hands them the tasks that are to run later.',
  },
  signals: {
    name: 'Signal thread',
    short: 'signal',
    meaning:
      'Sleeps until the process gets SIGUSR1, and then starts the inspector, even while JavaScript is stuck.',
  },
  inspector: {
    name: 'Inspector thread',
    short: 'inspector',
    meaning: 'Talks to the debugger or to Chrome’s developer tools, while JavaScript runs or is paused.',
  },
  other: {
    name: 'Others',
    short: 'other',
    meaning: 'Started by an addon, by a library or by another runtime.',
  },
};

export const descriptorTexts = {
  title: (count: string): string => `Open file descriptors (${count})`,
  untold: 'Open file descriptors',
  meaning:
    'Everything a process has open, by number: 0 is its input, 1 its output, 2 its error output. All its threads share them.',
  kindColumn: 'Kind',
  countColumn: 'Number',
  list: (count: string): string => `List of ${count}`,
  listPart: (count: string, total: string): string => `List of the first ${count} of ${total}`,
  numberColumn: 'No.',
  nameColumn: 'Name',
  none: 'None is open.',
} as const;

/** Kinds are names that the sampler gives; an unknown one is shown as it is. */
export const descriptorKinds: Readonly<Record<string, string>> = {
  file: 'A file on disk that is open for reading or writing.',
  directory: 'A folder whose entries are being read.',
  socket: 'An end of a network connection, or of a channel to another process (fork’s IPC).',
  pipe: 'A one-way stream of bytes between two processes, or within one.',
  fifo: 'A pipe with a name in the file system.',
  terminal: 'The terminal that the program was started in.',
  device: 'A device such as /dev/null.',
  eventfd: 'A counter to wake up an event loop: libuv has one for each loop, to be woken by other threads.',
  epoll: 'The list of descriptors that an event loop waits for, all at once.',
  timerfd: 'A timer of the kernel that can be waited for like a file.',
  signalfd: 'Signals that can be read like a file.',
  inotify: 'Changes of files that are watched (fs.watch).',
  io_uring: 'A queue of reads and writes that the kernel carries out by itself.',
  memfd: 'Memory that is handled like a file, to be shared with others.',
  other: 'Another kind of kernel object.',
};

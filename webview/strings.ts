/** Every text that the panel shows, in one place so that it can be translated. */
import type { LiveState, ThreadState, WaitReason } from '../src/model/states';
import type { Exit } from '../src/model/types';
import type { ExampleId } from '../src/protocol/messages';
import type { RecordingProblem } from '../src/trace/recording';
import type { ChannelKind } from '../src/model/channelTypes';
import type { MessageColumn } from './messages/columns';
import type { DrawerTab } from './savedState';

export const stateNames: Readonly<Record<ThreadState, string>> = {
  new: 'New',
  ready: 'Ready',
  running: 'Running',
  waiting: 'Waiting',
  blocked: 'Blocked',
  terminated: 'Terminated',
};

export const stateLetters: Readonly<Record<ThreadState, string>> = {
  new: 'N',
  ready: 'R',
  running: '▶',
  waiting: 'W',
  blocked: 'B',
  terminated: 'T',
};

export const stateMeanings: Readonly<Record<ThreadState, string>> = {
  new: 'New: the thread was created, but its JavaScript has not begun yet.',
  ready: 'Ready: the thread could run, but every CPU it may use is busy with something else.',
  running: 'Running: the thread is on a CPU, executing.',
  waiting: 'Waiting: nothing to do until I/O completes, a timer is due or a message arrives.',
  blocked: 'Blocked: stuck inside a call that does not return until something else happens.',
  terminated: 'Terminated: the thread has ended.',
};

export const reasonSentences: Readonly<Record<WaitReason, string>> = {
  unknown: 'What it waited for is not known.',
  eventLoop: 'Its event loop was idle: it waited for I/O, a timer or a message.',
  idlePool: 'A helper thread without work to do.',
  childProcess: 'It waited for a child process to end.',
  lock: 'It waited for a lock, or in Atomics.wait for a notification.',
  pipe: 'It was inside a read from or write to a pipe.',
  socket: 'It was inside a read from or write to a socket.',
  terminal: 'It was inside a read from or write to the terminal.',
  disk: 'It waited for the disk.',
  sleep: 'It slept for a fixed time.',
  stopped: 'It was stopped by a signal (such as Ctrl+Z).',
  traced: 'It was paused by a debugger.',
  other: 'It waited inside the operating system.',
  atomicsWait: 'It was inside Atomics.wait: it waited for another thread to call Atomics.notify.',
};

export const shortReasons: Readonly<Record<WaitReason, string>> = {
  unknown: 'not known',
  eventLoop: 'event loop idle',
  idlePool: 'no work',
  childProcess: 'waits for a child process',
  lock: 'waits for a lock or Atomics.wait',
  pipe: 'reads or writes a pipe',
  socket: 'reads or writes a socket',
  terminal: 'reads or writes the terminal',
  disk: 'waits for the disk',
  sleep: 'sleeps',
  stopped: 'stopped by a signal',
  traced: 'paused by a debugger',
  other: 'waits in the operating system',
  atomicsWait: 'in Atomics.wait',
};

const signalMeanings: Readonly<Record<string, string>> = {
  SIGINT: 'interrupted by SIGINT (Ctrl+C)',
  SIGTERM: 'terminated by SIGTERM',
  SIGKILL: 'killed by SIGKILL',
  SIGABRT: 'aborted (SIGABRT)',
  SIGSEGV: 'crashed (SIGSEGV, an invalid memory access)',
  SIGHUP: 'ended by SIGHUP (its terminal was closed)',
  SIGPIPE: 'ended by SIGPIPE (nobody read its output any more)',
};

/** `exit code 0`, `killed by SIGKILL`. */
export function exitText(exit: Exit): string {
  if (exit.signal !== null) return signalMeanings[exit.signal] ?? `ended by ${exit.signal}`;
  return exit.code === null ? 'exit code not known' : `exit code ${exit.code}`;
}

/** For the tree, where room is short. */
export function shortExit(exit: Exit | null): string {
  if (exit?.signal != null) return exit.signal;
  return exit?.code == null ? 'ended' : `exit ${exit.code}`;
}

export const toolbar = {
  label: 'Run',
  live: 'Live',
  starting: 'Starting…',
  idle: 'No run',
  failed: 'Not running',
  ended: 'Ended',
  stop: 'Stop',
  stopTitle: 'Stop the program',
  restart: 'Restart',
  restartTitle: 'Run the program again',
  fit: 'Fit',
  fitTitle: 'Show the whole run (0)',
  follow: 'Follow',
  followTitle: 'Keep the newest part in view (F)',
  overhead: (share: string): string => `overhead ${share}`,
  overheadTitle: 'What looking at the program costs: the share of one CPU that the sampler used',
  rate: (perSecond: string): string => `${perSecond} Hz`,
  rateTitle: 'How often the threads are looked at',
  dropped: (records: string): string => `dropped ${records}`,
  droppedTitle: (bytes: string): string => `Records that could not be kept: ${bytes}`,
} as const;

export const tree = {
  label: 'Processes and threads',
  name: 'Process / thread',
  state: 'State',
  cpu: 'CPU',
  cpuTitle: 'Share of one CPU during the last second; a process with several busy threads exceeds 100 %',
  cpuEnded: 'Share of one CPU over its whole life',
  memoryEnded: 'What it had when it was last measured',
  memory: 'private | shared',
  memoryTitle: 'Memory of the process that is its own | that it shares with other processes',
  lanes: 'Time',
  lanesHint: 'Wheel: zoom. Drag or Shift+wheel: move. Click: select. Double-click: whole run.',
  pid: (pid: number): string => `pid ${pid}`,
  heap: (size: string): string => `heap ${size}`,
  heapTitle: 'V8 heap in use by this thread’s JavaScript',
  nativeThreads: (count: number): string => `native threads (${count})`,
  nativeTitle: 'Threads of Node itself: libuv’s pool, V8’s helpers, the inspector and signal threads',
  splitter: 'Width of the tree',
  laneSummary: (shares: string): string => `Time in state: ${shares}`,
  failed: 'failed',
  nothingYet: 'nothing measured yet',
} as const;

export const tooltip = {
  several: (count: string): string => `${count} intervals, too short to tell apart here: zoom in`,
  mixed: 'Their order within this interval is not known.',
  measured: 'measured',
  estimated: 'estimated: nobody looked during this time',
  life: (from: string, to: string): string => `Process from ${from} to ${to}`,
  lifeOpen: (from: string): string => `Process since ${from}`,
  now: 'now',
} as const;

export const drawerTabNames: Readonly<Record<DrawerTab, string>> = {
  details: 'Details',
  memory: 'Memory',
  messages: 'Messages',
};

export const drawer = {
  label: 'Details of the selection',
  open: 'Open the details',
  close: 'Close the details',
  splitter: 'Height of the details',
} as const;

export const details = {
  process: 'Process',
  thread: 'Thread',
  command: 'Command',
  pid: 'Process id',
  parent: 'Parent',
  noParent: 'none seen: the run started it',
  folder: 'Folder',
  node: 'Node',
  notNode: 'not a Node process',
  life: 'Life',
  lifeOpen: (from: string): string => `since ${from}`,
  lifeClosed: (from: string, to: string, duration: string): string => `${from} to ${to}, ${duration}`,
  exit: 'Exit',
  exitUnknown: 'nobody saw how it ended',
  spawnedBy: (api: string): string => (api === 'Worker' ? 'Created at' : `Started by ${api} at`),
  createdAt: 'Created at',
  threads: 'Threads',
  threadCounts: (javaScript: number, native: number): string =>
    javaScript === 0 ? `${native}` : `${javaScript} JavaScript, ${native} native`,
  kind: 'Kind',
  kinds: { main: 'main thread', worker: 'worker', native: 'native thread' },
  threadId: 'threadId',
  tid: 'OS thread id',
  name: 'Name',
  file: 'File',
  inProcess: 'In process',
  cpuTime: 'CPU time',
  now: 'Now',
  unknown: 'not known',
  timeInState: (name: string): string => `Time in state, ${name}`,
  allThreads: 'all threads together',
  estimatedPart: (duration: string): string => `${duration} of it estimated`,
  nothingMeasured: 'Nothing was measured yet.',
  interval: 'Selected interval',
  intervalRange: (from: string, to: string): string => `from ${from} to ${to}`,
  error: 'Ended by an error',
  evalFix: [
    'Node took the source text for a file name. Pass ',
    '{ eval: true }',
    ' as the second argument of new Worker to run text as a program.',
  ],
  stack: 'Stack',
  openSource: (location: string): string => `Open ${location}`,
  nativeIntro:
    'Native threads belong to Node itself: libuv’s pool does file, DNS and crypto work, V8’s helpers compile and collect garbage.',
  failedCalls: 'Could not be started',
  messages: 'Messages',
  messageCounts: (sent: string, received: string): string => `${sent} sent, ${received} received`,
  messagesWaiting: (count: string): string => `${count} waiting for it`,
  blockedFor: (duration: string): string => `for ${duration}`,
  longTasks: 'Long tasks',
  longTasksTitle:
    'Stretches in which its event loop did not get to run, because JavaScript did not return to it',
  longTaskCounts: (count: string, longest: string, total: string): string =>
    count === '1'
      ? `1, of at least ${longest}`
      : `${count}, the longest at least ${longest}, together ${total}`,
  exitCall: 'process.exit at',
  endedBy: 'Terminated by',
  killedBy: 'Signal sent by',
  deedAt: 'at',
  ofProcess: (thread: string, process: string): string => `${thread} of ${process}`,
  unobserved: 'Not observed',
  blockedLines: 'Blocked, by line',
  blockedLine: 'Call',
  blockedCount: 'Times',
  blockedTotal: 'Total',
  blockedLongest: 'Longest',
  blockedWaker: 'last woken by',
  moreBlockedLines: (count: number): string => `and ${count} more lines`,
} as const;

export const summary = {
  title: 'The run',
  processes: 'Processes',
  threads: 'Threads',
  counts: (all: string, alive: string): string => `${all}, ${alive} alive`,
  cpuTime: 'CPU time',
  duration: 'Duration',
  machine: 'Machine',
  cores: (count: number, platform: string): string =>
    `${count} ${count === 1 ? 'core' : 'cores'}, ${platform}`,
  javaScriptThreads: 'all JavaScript threads',
  howTo: 'How to look closer',
  hints: [
    'Click a row, or use the arrow keys, to see its details here.',
    'Click an interval of a lane to see what the thread did then and why.',
    'Zoom with the wheel over the lanes, move by dragging; 0 shows the whole run.',
  ],
} as const;

export const memory = {
  process: (name: string): string => `Memory of ${name}`,
  all: 'Memory of every process',
  heaps: 'V8 heap of each JavaScript thread',
  private: 'Private',
  privateMeaning: 'Only this process has it; it becomes free when the process ends.',
  shared: 'Shared',
  sharedMeaning: 'The same physical memory is used by other processes too: program code, libraries.',
  pss: 'PSS',
  pssMeaning: 'Private plus its fair part of what is shared: these sum up correctly over processes.',
  rss: 'RSS',
  rssMeaning: 'Private plus everything shared: what most tools show; the sum counts shared memory twice.',
  threadColumn: 'Thread',
  processColumn: 'Process',
  used: 'Used',
  usedTitle: 'JavaScript objects in use',
  total: 'Total',
  totalTitle: 'Reserved by V8 for JavaScript objects',
  external: 'External',
  externalTitle: 'Memory outside the heap that JavaScript objects keep alive, array buffers included',
  arrayBuffers: 'Array buffers',
  arrayBuffersTitle: 'ArrayBuffer, SharedArrayBuffer and Buffer',
  notYet: 'not available yet',
  endedBefore: 'ended before it was measured',
  notOnPlatform: (platform: string): string => `not available on ${platform}`,
  noHeap: 'No JavaScript thread of this process has reported its heap yet.',
  asOf: (time: string): string => `as of ${time}`,
} as const;

export const channelKinds: Readonly<Record<ChannelKind, string>> = {
  worker: 'worker',
  port: 'port',
  ipc: 'IPC',
  broadcast: 'broadcast',
};

export const channelMeanings: Readonly<Record<ChannelKind, string>> = {
  worker: 'Between a worker and the thread that created it: worker.postMessage and parentPort.postMessage.',
  port: 'Between the two ports of a MessageChannel, whichever threads hold them.',
  ipc: 'Between two processes: process.send and subprocess.send write to a pipe or socket of the system.',
  broadcast:
    'From one member of a BroadcastChannel to another one: everybody who opened it by name gets a copy.',
};

export interface ColumnTexts {
  readonly name: string;
  /** One sentence. */
  readonly meaning: string;
}

export const messageColumnTexts: Readonly<Record<MessageColumn, ColumnTexts>> = {
  ends: {
    name: 'From → to',
    meaning: 'The thread that sends and the thread that receives: each line counts the messages one way.',
  },
  kind: { name: 'Kind', meaning: 'The kind of channel that the messages travel through.' },
  sent: { name: 'Sent', meaning: 'Messages handed over for sending so far.' },
  delivered: {
    name: 'Delivered',
    meaning: 'Messages that the receiver’s event loop has taken out of the queue and given to its handlers.',
  },
  waiting: {
    name: 'Waiting',
    meaning:
      'Messages sent but not delivered yet: when this grows, the receiver is busy, blocked, or does not listen.',
  },
  bytes: {
    name: 'Bytes',
    meaning: 'Size of what was copied: exact for IPC, otherwise estimated from the values that were sent.',
  },
  queue: {
    name: 'In queue',
    meaning:
      'How long delivered messages waited between the end of the sending call and the start of the handlers: median / longest.',
  },
  serialize: {
    name: 'Serialise',
    meaning:
      'How long the sender spent in the sending call, mostly turning the value into bytes: median / longest.',
  },
  handle: {
    name: 'Handling',
    meaning:
      'How long the receiver spent in its handlers, in which no other message can be delivered to it: median / longest.',
  },
  lines: { name: 'Sent at', meaning: 'The lines of code that sent the messages, the most frequent first.' },
  recorded: {
    name: 'Recorded',
    meaning:
      'How many messages have a record of their own, with time, size and line; on a busy channel the others are only counted.',
  },
};

export const messages = {
  label: 'Messages by channel and direction',
  tabCount: (count: string): string => `${count} messages sent so far`,
  scope: 'Messages of',
  all: 'All threads',
  selected: 'Selected',
  selectedTitle: (name: string): string => `Only messages from or to ${name}`,
  nothingSelected: 'Select a process or thread above to see only its messages',
  totals: (directions: string, sent: string, delivered: string): string =>
    `${directions}: ${sent} sent, ${delivered} delivered`,
  directions: (count: number, text: string): string => (count === 1 ? '1 direction' : `${text} directions`),
  totalWaiting: (waiting: string): string => `${waiting} waiting`,
  totalNever: (count: string): string => `${count} never delivered`,
  copied: ' copied',
  empty: 'No messages yet.',
  emptyEnded: 'No messages were sent.',
  emptySelected: (name: string): string => `No messages from or to ${name}.`,
  showAllThreads: 'Show those of all threads',
  whatIsOne:
    'A message is a copy of a value that one thread sends to another one. Threads and processes do not share their variables, so this is how they talk: worker.postMessage and parentPort.postMessage between threads, process.send between processes, BroadcastChannel to everybody who listens. It waits in the receiver’s queue until its event loop gets to it.',
  showMore: (count: string): string => `Show ${count} more`,
  shown: (shown: string, all: string): string => `${shown} of ${all} directions are shown.`,
  unknownEnd: 'not known',
  unknownEndTitle: 'Nobody reported from that end of the channel',
  to: 'to',
  of: (process: string): string => `in ${process}`,
  unknownCount: 'not known',
  unknownCountTitle: 'The receiver is not observed from inside, so nobody knows what reached it',
  unknownBroadcastTitle: 'Which of the broadcasts it got cannot be told: there were too many at once',
  neverDelivered: 'never delivered',
  neverDeliveredTitle: 'The receiver has ended: these messages were never delivered',
  oldest: (duration: string): string => `the oldest for ${duration}`,
  estimated: 'estimated',
  estimatedTitle: 'Estimated from the values that were sent; the engine does not tell the exact size',
  measuredTitle: 'Exactly as written to the channel',
  figuresTitle: (p50: string, p95: string, max: string, count: string): string =>
    `Median ${p50}, 95 % within ${p95}, longest ${max}, of ${count} messages`,
  moreLines: (count: number): string => `${count} more`,
  lineTitle: (location: string, count: string): string => `${location}: ${count} recorded messages`,
  recordedAll: 'all',
  recordedPart: (every: string): string => `1 in ${every}`,
  recordedNone: 'none',
  countedOnly: (count: string): string => `${count} only counted`,
  countedOnlyTitle: (recorded: string, unrecorded: string): string =>
    `${recorded} messages have a record of their own; ${unrecorded} more were only counted, because the channel is busy`,
  backlog: (count: number, text: string, since: string): string =>
    count === 1
      ? `1 message has been waiting for it for ${since}`
      : `${text} messages are waiting for it, the oldest for ${since}`,
  backlogNow: 'It is',
  moreBacklogs: (count: number): string =>
    count === 1 ? '1 more thread lets its messages wait.' : `${count} more threads let their messages wait.`,
  narrowHint: 'Make the panel wider for sizes, times and lines of code.',
} as const;

export const waits = {
  buffer: (number: number | null): string => (number === null ? 'a shared buffer' : `buffer ${number}`),
  cell: (cell: number): string => `cell ${cell}`,
  timeout: (duration: string): string => `timeout ${duration}`,
  noTimeout: 'no timeout',
  on: (call: string, buffer: string, cell: string, timeout: string): string =>
    `${call} on ${buffer}, ${cell}, ${timeout}`,
  at: 'at',
  wokenBy: 'woken by',
  results: {
    ok: 'woken',
    'timed-out': 'timed out',
    'not-equal': 'did not wait: the cell held another value',
  } as Readonly<Record<string, string>>,
  unanswered: 'never woken',
  longTask: (duration: string): string => `Long task: the event loop was held up for at least ${duration}`,
} as const;

export const sharedBufferTexts = {
  title: 'Shared buffers',
  meaning:
    'Memory that several threads of a process read and write directly: nothing is copied, so they must coordinate, with Atomics.',
  none: 'No thread shared memory with another one.',
  kinds: { shared: 'SharedArrayBuffer', wasm: 'WebAssembly.Memory' },
  bufferColumn: 'Buffer',
  sizeColumn: 'Size',
  kindColumn: 'Kind',
  holdersColumn: 'Held by, since',
  holdersTitle: 'Threads that can reach the memory, and since when',
  lineColumn: 'First shared at',
  lineTitle: 'The line at which the memory was first seen to be shared',
  since: (time: string): string => `since ${time}`,
  moreHolders: (count: number): string => `and ${count} more`,
  waitsTitle: 'Waits on shared buffers',
  waitsMeaning:
    'Atomics.wait stops a thread until another one calls Atomics.notify on the same cell, or time is up.',
  openWait: (duration: string): string => `has been waiting for ${duration}`,
  pastWait: (duration: string): string => `waited ${duration}`,
  moreWaits: (count: string): string => `${count} earlier waits are not listed.`,
  moreBuffers: (count: string): string => `${count} more buffers are not listed.`,
} as const;

/** By the codes of `unobserved` records. */
const unobservedReasons: Readonly<Record<string, string>> = {
  permission:
    'Runs under Node’s permission model without permission to write files, so nothing is known from inside it.',
};

export function unobservedText(code: string): string {
  return unobservedReasons[code] ?? `Nothing is known from inside it (reason: ${code}).`;
}

export const platformNames: Readonly<Record<string, string>> = { darwin: 'macOS', win32: 'Windows' };

export const legend = {
  label: 'States',
  patterns: 'Patterns',
  measured: 'measured',
  measuredTitle: 'Solid: the kernel or the program itself reported it.',
  estimated: 'estimated',
  estimatedTitle: 'Hatched: nobody looked during this time; it is filled in from what is known around it.',
  longTask: 'long task',
  longTaskTitle:
    'A line under the lane: JavaScript held up the event loop, so no timer, I/O or message was handled.',
  mixed: 'mixed',
  mixedTitle: 'Heights are shares of the time: within one sample the order of the states is not known.',
} as const;

export const examples: Readonly<Record<ExampleId, { readonly name: string; readonly about: string }>> = {
  processes: { name: 'Processes', about: 'two child processes, each with memory of its own' },
  threads: { name: 'Threads', about: 'a worker thread that exchanges messages with main' },
  mix: { name: 'Both', about: 'processes and workers, a shared buffer and a busy thread' },
};

export const emptyPage = {
  idleTitle: 'Nothing to show yet',
  idleText: 'Open a .js or .ts file and run “Visualize Concurrency”, or start with an example:',
  choose: 'Choose a script…',
  examplesLabel: 'Examples',
  startingTitle: (title: string): string => (title === '' ? 'Starting…' : `Starting ${title}…`),
  startingText: 'Its processes and threads appear here as soon as they exist.',
  failedTitle: 'The run could not be shown',
  emptyTitle: 'The program ended before anything was seen',
  emptyText: 'Its output in the terminal may say why. Restart it to try again.',
  emptyTextNoRestart: 'Its output in the terminal may say why.',
  restart: 'Restart',
} as const;

/** By the codes of notices; an unknown code shows its detail. */
const noticeSentences: Readonly<Record<string, string>> = {
  noSampler:
    'States, CPU and memory are not available on this system: only what the program itself reports is shown.',
  logDamaged: 'What one thread reported is damaged: what it said before the damage is shown.',
};

export function noticeText(code: string, detail: string | null): string {
  const known = noticeSentences[code];
  if (known === undefined) return detail ?? code;
  return detail === null || detail === '' ? known : `${known} (${detail})`;
}

export const notices = {
  label: 'Notices',
  dismiss: 'Dismiss',
  showMore: (count: number): string => `${count} more`,
  showFewer: 'Fewer',
  show: 'Show',
  lost: 'cviz has ended; this is the last picture.',
  crashed: (name: string, error: string): string => `${name} ended by an error: ${error}`,
  failedCall: (api: string, file: string, error: string): string =>
    `${api} could not start ${file}: ${error}`,
  more: (count: number): string => `and ${count} more like this`,
} as const;

export function recordingProblem({ problem, offset }: RecordingProblem): string {
  switch (problem.kind) {
    case 'empty':
      return 'The recording is empty: nothing was written to it. Record the program again.';
    case 'notThisFormat':
      return 'This is not a recording of cviz, or its beginning is damaged. Choose another file.';
    case 'tooNew':
      return `The recording was made by a newer version (format ${problem.version}; this one reads up to ${problem.supported}). Update to open it.`;
    case 'damaged':
      return `The recording is damaged at byte ${offset.toLocaleString('en-US')}: what came before is shown, the rest cannot be read.`;
  }
}

export function sharesText(shares: readonly (readonly [LiveState, string])[]): string {
  return shares.map(([state, share]) => `${stateNames[state]} ${share}`).join(', ');
}

/** Texts of the Details and the Memory tab. */

export const details = {
  process: 'Process',
  thread: 'Thread',
  command: 'Command',
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
  intervalRange: (from: string, to: string): string => `from ${from} to ${to}`,
  error: 'Ended by an error',
  evalFix: [
    'Node took the source text for a file name. Pass ',
    '{ eval: true }',
    ' as the second argument of new Worker to run text as a program.',
  ],
  stack: 'Stack',
  nativeIntro: 'Native threads run no JavaScript: they belong to Node itself, or to a library in it.',
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
    'Click an interval of a lane to see under Why what the thread did then and why.',
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
  residentMeaning: 'What of its memory is in RAM, be it its own or shared with others.',
  resident: (size: string): string => `${size} resident`,
  privateCommit: 'Private bytes',
  privateCommitMeaning: 'What it has asked for and nobody else can use, be it in RAM or not.',
  noPrivate: (platform: string): string =>
    `Which of it is private and which is shared is not available on ${platform}.`,
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

/** By the codes of `unobserved` records. */
const unobservedReasons: Readonly<Record<string, string>> = {
  permission:
    'Runs under Node’s permission model without permission to write files, so nothing is known from inside it.',
};

export function unobservedText(code: string): string {
  return unobservedReasons[code] ?? `Nothing is known from inside it (reason: ${code}).`;
}

/** Texts that the parts of the panel share; those of one part are in a file of its own, `…Texts.ts`. No text is anywhere else, so that all can be translated. */
import type { LiveState, ThreadState, WaitReason } from '../src/model/states';
import type { Exit } from '../src/model/types';
import type { ExampleId } from '../src/protocol/messages';
import type { RecordingProblem } from '../src/trace/recording';
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
  pageFault: 'It touched memory that was not there yet and waited for the page to be read from disk.',
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
  pageFault: 'page fault: waits for a page from disk',
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
  followTitle: 'Keep the newest part in view (L)',
  overhead: (share: string): string => `overhead ${share}`,
  rate: (perSecond: string): string => `${perSecond} Hz`,
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
  systemCall: 'Sleeps in',
} as const;

export const drawerTabNames: Readonly<Record<DrawerTab, string>> = {
  why: 'Why',
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

export const platformNames: Readonly<Record<string, string>> = { darwin: 'macOS', win32: 'Windows' };

export const legend = {
  label: 'States',
  patterns: 'Patterns',
  measured: 'measured',
  measuredTitle: 'Solid: the kernel or the program itself reported it.',
  estimated: 'estimated',
  estimatedTitle: 'Hatched: nobody looked during this time; it is filled in from what is known around it.',
  mixed: 'mixed',
  mixedTitle: 'Heights are shares of the time: within one sample the order of the states is not known.',
} as const;

export const examples: Readonly<Record<ExampleId, { readonly name: string; readonly about: string }>> = {
  processes: { name: 'Processes', about: 'two child processes, each with memory of its own' },
  threads: { name: 'Threads', about: 'a worker thread that exchanges messages with main' },
  mix: { name: 'Both', about: 'processes and workers, a shared buffer and a busy thread' },
  pool: { name: 'Worker pool', about: 'three workers that share out tasks, and get in each other’s way' },
  states: { name: 'States', about: 'what makes a thread Running, Ready, Waiting or Blocked' },
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
  gap: (length: string, from: string, others: number): string =>
    `Nothing was recorded for ${length} from ${from} on${others === 0 ? '' : `, and ${others} more times`}: the computer slept, or a clock jumped.`,
  backwards: (count: string): string =>
    `${count} records speak of times long before those recorded already: a clock jumped, or the recording was put together wrongly.`,
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

/** Every sentence of the Why tab, whole: words in places, never glued from parts. */
import { say, code, type Inline, type Sentence, type Word } from './sentence';

/** `a`, `a and b`, `a, b and c`. */
export function listOf(words: readonly (Word | Sentence)[]): Sentence {
  const [first = '', second = '', ...rest] = words;
  switch (words.length) {
    case 0:
    case 1:
      return say`${first}`;
    case 2:
      return say`${first} and ${second}`;
    default:
      return say`${first}, ${listOf([second, ...rest])}`;
  }
}

/** How many cores: `both cores`, `all 8 cores`. */
function allCores(count: number, text: string): string {
  if (count === 1) return 'the only core it may use was';
  return count === 2 ? 'both cores were' : `all ${text} cores it may use were`;
}

const waitCall = (isAsync: boolean): Inline => code(isAsync ? 'Atomics.waitAsync' : 'Atomics.wait');

export const atomicsTexts = {
  wait: (buffer: Word, cell: string): Sentence =>
    say`It waited in ${waitCall(false)} on ${buffer}, cell ${cell}.`,
  waitAt: (buffer: Word, cell: string, line: Word): Sentence =>
    say`It waited in ${waitCall(false)} on ${buffer}, cell ${cell}, called from ${line}.`,
  waits: (buffer: Word, cell: string): Sentence =>
    say`It is waiting in ${waitCall(false)} on ${buffer}, cell ${cell}.`,
  waitsAt: (buffer: Word, cell: string, line: Word): Sentence =>
    say`It is waiting in ${waitCall(false)} on ${buffer}, cell ${cell}, called from ${line}.`,
  buffer: (number: number): string => `shared buffer ${number}`,
  unknownBuffer: 'a shared buffer',
  woken: (thread: Word, latency: string): Sentence =>
    say`${thread} woke it with ${code('Atomics.notify')}; ${latency} after that call it ran again.`,
  wokenAt: (thread: Word, line: Word, latency: string): Sentence =>
    say`${thread} woke it with ${code('Atomics.notify')} at ${line}; ${latency} after that call it ran again.`,
  wokenBySomebody: say`A call of ${code('Atomics.notify')} woke it; which one is not certain.`,
  timedOut: (timeout: string): Sentence => say`Nobody woke it: its timeout of ${timeout} ended the wait.`,
  timedOutPlain: say`Nobody woke it: its timeout ended the wait.`,
  notEqual: say`It did not have to wait: the cell held another value by then.`,
  neverWoken: say`Nobody woke it: it was still waiting when the thread ended.`,
  open: (since: string): Sentence =>
    say`Nobody has woken it for ${since}; without a timeout it waits until somebody does.`,
  openTimeout: (since: string, timeout: string): Sentence =>
    say`Nobody has woken it for ${since}; after ${timeout} it goes on by itself.`,
} as const;

export const blockedTexts = {
  child: (call: string, program: Word): Sentence => say`It waited in ${code(call)} for ${program} to end.`,
  childAt: (call: string, program: Word, line: Word): Sentence =>
    say`It waited in ${code(call)}, called from ${line}, for ${program} to end.`,
  inChild: (call: string, program: Word): Sentence =>
    say`It is waiting in ${code(call)} for ${program} to end.`,
  inChildAt: (call: string, program: Word, line: Word): Sentence =>
    say`It is waiting in ${code(call)}, called from ${line}, for ${program} to end.`,
  childEnded: (exit: string): Sentence => say`The child process ended: ${exit}.`,
  childFailed: (error: string): Sentence => say`The child process could not be started: ${error}.`,
  reason: (sentence: string): Sentence => say`${sentence}`,
  line: (line: Word): Sentence => say`The call that blocked it is at ${line}.`,
  noLine: say`Which line of the program that was is not known: only the operating system saw it.`,
  systemCall: (call: string): Sentence =>
    say`When it was last looked at, it was in the system call ${code(call)}.`,
  queued: (count: string, age: string): Sentence =>
    say`Meanwhile ${count} messages queued up for it, the oldest for ${age}.`,
  queuedOne: (age: string): Sentence => say`Meanwhile a message waited for it, for ${age}.`,
  queuedAbout: (count: string): Sentence => say`Meanwhile about ${count} messages queued up for it.`,
} as const;

export const readyTexts = {
  busy: (time: string, count: number, cores: string, runners: Sentence): Sentence =>
    say`It was Ready for ${time}: ${allCores(count, cores)} busy with ${runners}.`,
  busySelf: (time: string, count: number, cores: string): Sentence =>
    say`It was Ready for ${time}: ${allCores(count, cores)} busy with this program.`,
  others: (time: string, used: string, cores: string): Sentence =>
    say`It was Ready for ${time}, though this program kept only ${used} of ${cores} cores busy: probably other programs used the CPUs.`,
  othersMostly: (time: string, used: string, cores: string, runners: Sentence): Sentence =>
    say`It was Ready for ${time}, though this program kept only ${used} of ${cores} cores busy, with ${runners}: probably other programs used the CPUs.`,
  limited: (time: string, used: string, cores: string): Sentence =>
    say`It was Ready for ${time}; this program used ${used} of the ${cores} cores that its control group allows, so either that limit or other programs held it back.`,
  unknownCores: (time: string, used: string): Sentence =>
    say`It was Ready for ${time}; threads of this program kept ${used} cores busy meanwhile. How many it may use is not known.`,
  runner: (thread: Word, share: string): Sentence => say`${thread} (${share})`,
  moreRunners: (count: number): Sentence =>
    count === 1 ? say`1 more thread` : say`${String(count)} more threads`,
  wakeCompetition: (runners: Sentence): Sentence =>
    say`While it waited for a CPU after that, these ran: ${runners}.`,
} as const;

export const runningTexts = {
  handling: (thread: Word, age: string): Sentence =>
    say`It was handling a message from ${thread} that had queued for ${age}.`,
  handlingAt: (thread: Word, line: Word, age: string): Sentence =>
    say`It was handling a message from ${thread}, sent at ${line}, that had queued for ${age}.`,
  handlingUnknown: say`It was handling a message; who sent it is not recorded.`,
  severalAt: (count: string, thread: Word, line: Word, time: string): Sentence =>
    say`It handled ${count} messages; most time went to one from ${thread}, sent at ${line}: ${time}.`,
  several: (count: string, thread: Word, time: string): Sentence =>
    say`It handled ${count} messages; most time went to one from ${thread}: ${time}.`,
  severalUnknown: (count: string): Sentence => say`It handled ${count} messages.`,
  sampled: say`There were more messages: only a part of them is recorded one by one.`,
  longTask: (time: string): Sentence =>
    say`JavaScript held up its event loop for at least ${time}: no timer, I/O or message was handled in that time.`,
  startUp: say`It was starting up: its event loop had not been idle yet since its JavaScript began.`,
  unknown: say`Which function it ran is not recorded.`,
  native: say`It runs no JavaScript: what it did is not recorded.`,
  cpu: (number: string): Sentence => say`When it was last looked at, it was on CPU ${number}.`,
} as const;

export const waitingTexts = {
  idle: (time: string): Sentence => say`Its event loop was idle for ${time}: it had nothing to do.`,
  idleNow: (time: string): Sentence =>
    say`Its event loop has been idle for ${time}: it waits for a message, a timer or I/O.`,
  pool: say`A helper thread of Node that had no work to do.`,
  unknown: say`What it waited for is not known.`,
  message: (thread: Word): Sentence => say`A message from ${thread} ended that.`,
  messageAt: (thread: Word, line: Word): Sentence =>
    say`A message from ${thread}, sent at ${line}, ended that.`,
  messageUnknown: say`A message ended that; who sent it is not recorded.`,
  maybeMessage: (thread: Word, after: string): Sentence =>
    say`Probably a message from ${thread} ended that: it was delivered ${after} later.`,
  maybeMessageAt: (thread: Word, line: Word, after: string): Sentence =>
    say`Probably a message from ${thread}, sent at ${line}, ended that: it was delivered ${after} later.`,
  maybeMessageUnknown: (after: string): Sentence =>
    say`Probably a message ended that: one was delivered ${after} later. Who sent it is not recorded.`,
  child: (program: Word): Sentence => say`Probably the end of its child process ${program} ended that.`,
  worker: (thread: Word): Sentence => say`Probably the end of its ${thread} ended that.`,
  elsewhere: say`What ended that is not recorded: a timer, I/O or something outside the program.`,
} as const;

export const newTexts = {
  created: (thread: Word): Sentence => say`${thread} had created it; its JavaScript had not begun yet.`,
  createdAt: (thread: Word, line: Word): Sentence =>
    say`${thread} had created it at ${line}; its JavaScript had not begun yet.`,
  unknown: say`It had been created, but its JavaScript had not begun yet.`,
} as const;

export const endTexts = {
  ended: (time: string, exit: string): Sentence => say`It ended at ${time}: ${exit}.`,
  endedAt: (time: string): Sentence => say`It ended at ${time}.`,
  endedUnknown: (time: string): Sentence => say`It ended at ${time}; nobody saw how.`,
  by: (thread: Word): Sentence => say`${thread} ended it.`,
  byAt: (thread: Word, line: Word): Sentence => say`${thread} ended it at ${line}.`,
  exitCall: (line: Word): Sentence => say`It called ${code('process.exit')} at ${line}.`,
  evalFix: (before: string, option: string, after: string): Sentence => say`${before}${code(option)}${after}`,
  created: (thread: Word): Sentence => say`${thread} had created it.`,
  createdAt: (thread: Word, line: Word): Sentence => say`${thread} had created it at ${line}.`,
  error: (message: string): Sentence => say`An error ended it: ${message}`,
} as const;

export const nextTexts = {
  state: (state: string, time: string): Sentence => say`After that: ${state} for ${time}.`,
  mixed: (state: string, time: string): Sentence => say`After that: mostly ${state}, for ${time}.`,
  end: say`After that it ended.`,
} as const;

export const arrowTexts = {
  message: (from: Word, to: Word): Sentence => say`${from} sent a message to ${to}.`,
  messageAt: (from: Word, to: Word, line: Word): Sentence =>
    say`${from} sent a message to ${to}, at ${line}.`,
  queue: (queue: string): Sentence =>
    say`It waited ${queue} in the receiver’s queue until its event loop got to it.`,
  handled: (time: string): Sentence => say`Handling it took ${time}.`,
  handling: say`How long it was handled is not recorded, or it still is.`,
  spawn: (from: Word, to: Word, call: string): Sentence => say`${from} made ${to} with ${code(call)}.`,
  spawnAt: (from: Word, to: Word, call: string, line: Word): Sentence =>
    say`${from} made ${to} with ${code(call)}, at ${line}.`,
  spawnTook: (time: string): Sentence => say`From the call until it began took ${time}.`,
  wake: (from: Word, to: Word): Sentence => say`${from} woke ${to} with ${code('Atomics.notify')}.`,
  wakeAt: (from: Word, to: Word, line: Word): Sentence =>
    say`${from} woke ${to} with ${code('Atomics.notify')}, at ${line}.`,
  waited: (time: string): Sentence => say`It had waited for ${time}.`,
  waitedAt: (time: string, line: Word): Sentence => say`It had waited for ${time}, called from ${line}.`,
  wakeTook: (time: string): Sentence => say`${time} after that call it ran again.`,
} as const;

export const whyTexts = {
  title: (name: string, state: string, time: string): string => `${name} · ${state} ${time}`,
  endTitle: (name: string, state: string): string => `${name} · ${state}`,
  mostly: (state: string): string => `mostly ${state}`,
  now: 'now',
  measured: 'measured',
  estimated: 'estimated',
  estimatedTitle: 'Nobody looked during this time: it is filled in from what is known around it.',
  range: (from: string, to: string): string => `from ${from} to ${to}`,
  count: (count: string): string => `${count} recorded intervals taken together`,
  mixed: 'Samples say how long each state took, not in which order:',
  previous: (state: string): string => `previous ${state}`,
  next: (state: string): string => `next ${state}`,
  wokenBy: 'who woke it',
  sender: 'who sent it',
  creator: 'who created it',
  ender: 'who ended it',
  showInLane: 'show in lane',
  openLine: (line: string): string => `open ${line}`,
  openMemory: 'Shown in the Memory tab',
  actions: 'Go on from here',
  backToRange: 'the selected stretch of time',
  backToInterval: 'the selected interval',
  unknownThread: 'a thread that is not known',
  blockedTitle: 'Blocked by reason and line',
  blockedLine: 'Reason',
  blockedTime: 'Time',
  blockedCount: 'Times',
  blockedLongest: 'Longest',
  blockedJump: (reason: string, longest: string): string => `Show the longest: ${reason}, ${longest}`,
  neverBlocked: 'It never was Blocked.',
  nobodyBlocked: 'No JavaScript thread was Blocked in this time.',
  blockedOfAll: 'Blocked by reason and line, JavaScript threads',
  moreLines: (count: number): string => (count === 1 ? 'and 1 more' : `and ${count} more`),
  partial: 'There is so much that not all of it was looked at: these figures are too small.',
  gone: 'Nothing is known of this moment.',
} as const;

export const nothingTexts = {
  title: 'Why did it wait?',
  invitation: 'Select an interval of a lane, and here is said why the thread did what it did then.',
  ofThread: (name: string): string => `Nothing is known yet of what ${name} does.`,
  howTitle: 'How to select',
  how: [
    'Click an interval; Shift and drag over the lanes for a stretch of time.',
    'By keyboard: up and down choose a row, left and right its intervals; ? lists all keys.',
    'Click an arrow for the message, the start or the wake-up that it stands for.',
  ],
  longest: 'Longest Blocked intervals of the run',
  noneYet: 'No thread was Blocked for a millisecond so far.',
  stillLooking: 'Still looking through the recording…',
  thread: 'Thread',
  select: (name: string, time: string, reason: string): string => `${name}: Blocked ${time}, ${reason}`,
  at: (time: string): string => `at ${time}`,
} as const;

export const rangeTexts = {
  title: (duration: string): string => `Selected stretch: ${duration}`,
  zoom: 'zoom to it',
  clear: 'clear',
  threads: 'Threads, by CPU',
  thread: 'Thread',
  cpu: 'CPU',
  cpuTitle: 'Share of one CPU within the stretch',
  changes: 'Changes',
  changesTitle:
    'State changes as recorded: there were at least that many. The kernel’s own context switches are known for a whole life only, see Details.',
  sent: 'Sent',
  received: 'Recv.',
  receivedTitle: 'Messages delivered within the stretch',
  sentTitle: 'Messages sent within the stretch',
  about: (count: string): string => `~${count}`,
  all: 'All',
  more: (count: number): string =>
    count === 1 ? '1 more thread is not listed.' : `${count} more threads are not listed.`,
  empty: 'No thread was alive in this time.',
  estimatedPart: (time: string): string => `${time} of all threads’ time is estimated.`,
  latencies: 'Time of messages in queues',
  noMessages: 'No recorded message was delivered in this time.',
  latencyFigures: (count: string, p50: string, p95: string, max: string): string =>
    `${count} delivered: median ${p50}, 95 % within ${p95}, longest ${max}`,
  latencyPartial: 'There were so many that only a part of them was looked at.',
  below: (edge: string): string => `< ${edge}`,
  between: (from: string, to: string): string => `${from} – ${to}`,
  above: (edge: string): string => `≥ ${edge}`,
  bucket: 'In queue',
  messages: 'Messages',
} as const;

export const arrowViewTexts = {
  message: 'Message',
  spawn: 'Start',
  wake: 'Wake-up',
  title: (kind: string, from: string, to: string): string => `${kind}: ${from} → ${to}`,
  from: 'go to where it begins',
  to: 'go to where it ends',
  unknown: 'This arrow is not known any more.',
  sent: 'Sent',
  delivered: 'Delivered',
  called: 'Called',
  began: 'Began',
  notified: 'Notified',
  ranAgain: 'Ran again',
  size: 'Size',
  sizeEstimated: (size: string): string => `${size}, estimated`,
  serialize: 'Serialise',
  queue: 'In queue',
  handle: 'Handling',
  clear: 'clear',
} as const;

export const announceTexts = {
  interval: (title: string, known: string, sentence: string): string => `${title}, ${known}. ${sentence}`,
  range: (duration: string): string => `Stretch of ${duration} selected.`,
} as const;

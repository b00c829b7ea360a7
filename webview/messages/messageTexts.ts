/** Texts of the Messages tab. */
import type { ChannelKind } from '../../src/model/channelTypes';
import type { MessageColumn } from './columns';

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

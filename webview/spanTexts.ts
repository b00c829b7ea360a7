/** Texts on spans and arrows. */
import type { ArrowCounts, ArrowKind } from '../src/model/arrowTypes';
import { formatCount } from './format';

/** Labels on the lanes, the longest first: the first one that fits is written. */
export const spanLabelTexts = {
  message: 'message',
  messageFrom: (name: string): readonly string[] => [`message from ${name}`, `from ${name}`],
  broadcast: (name: string): readonly string[] => [`broadcast ${name}`, 'broadcast'],
  wait: (place: string): readonly string[] => [`Atomics.wait ${place}`, `wait ${place}`],
  /** `#2[0]`: cell 0 of buffer 2. */
  cell: (buffer: number | null, cell: number): string => `#${buffer ?? '?'}[${cell}]`,
  syncCall: (api: string, program: string): readonly string[] => [`${api} ${program}`, api],
  unknownCall: 'blocking call',
  longTask: (duration: string): readonly string[] => [`long task ${duration}`, duration],
  ofProcess: (thread: string, process: string): string => `${thread} of ${process}`,
} as const;

export const spanTexts = {
  several: (count: string, kind: string): string =>
    `${count} × ${kind}, too short to tell apart here: zoom in`,
  severalKinds: {
    longTask: 'long task',
    message: 'handling a message',
    blocked: 'blocking wait or call',
  },
  lasts: (duration: string): string => `for ${duration} so far`,
  begins: (moment: string): string => `since ${moment}`,
  at: 'at',
  held: 'The event loop was held up: no timer, I/O or message was handled.',
} as const;

export const arrowTexts = {
  kinds: { message: 'Message', spawn: 'Spawn', wake: 'Wake-up' } satisfies Record<ArrowKind, string>,
  size: 'size',
  unknownSize: 'not known',
  estimated: (size: string): string => `≈ ${size} (estimated)`,
  serialize: 'serialise',
  queue: 'in queue',
  handle: 'handling',
  running: 'not finished',
  unknown: 'not known',
  sentAt: 'sent at',
  created: 'created',
  program: 'program',
  calledAt: 'called at',
  started: 'after',
  cell: 'cell',
  notifiedAt: 'notified at',
  waitedAt: 'waited at',
  waited: 'it had waited',
  delay: 'returned after',
  to: '→',
  summary: (parts: string): string => `${parts} in view: zoom in for arrows`,
} as const;

const nouns: Readonly<Record<ArrowKind, readonly [one: string, many: string]>> = {
  message: ['message', 'messages'],
  spawn: ['spawn', 'spawns'],
  wake: ['wake-up', 'wake-ups'],
};

/** `12,400 messages and 2,100 wake-ups in view: zoom in for arrows`. */
export function summaryText(counts: ArrowCounts, kinds: readonly ArrowKind[]): string {
  const parts = kinds.map(
    (kind) => `${formatCount(counts[kind])} ${nouns[kind][counts[kind] === 1 ? 0 : 1]}`,
  );
  return arrowTexts.summary(parts.join(' and '));
}

export const spanLegend = {
  label: 'Spans and arrows',
  longTask: 'long task',
  longTaskTitle:
    'Block with an orange edge above the lane: JavaScript held up the event loop, so no timer, I/O or message was handled.',
  message: 'message',
  messageTitle:
    'Solid line: a message, from the call that sent it to the start of its handling; the block is the handling.',
  spawn: 'spawn',
  spawnTitle: 'Dashed line: a process or worker was created, from the call to the start of its main thread.',
  wake: 'wake-up',
  wakeTitle: 'Dotted line: Atomics.notify ended another thread’s Atomics.wait.',
  wait: 'Atomics.wait',
  waitTitle: 'Block with a dotted edge above the lane: the thread was inside Atomics.wait.',
  syncCall: 'blocking call',
  syncCallTitle:
    'Block with a dashed edge above the lane: the thread was inside execSync or another call that waits for a child process.',
} as const;

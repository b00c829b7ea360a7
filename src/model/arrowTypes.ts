import type { Bytes, Ns } from '../base/units';
import type { Message } from './messages';
import type { Call, Notify, Thread } from './types';
import type { WaitView } from './waits';

/**
 * Names an arrow, also after the recording was read again: `message DIRECTION NUMBER` (direction ids as in
 * channels.ts), `spawn TOKEN`, `wake THREAD START` (the wait's start, absolute nanoseconds).
 */
export type ArrowId = string;

export const arrowKinds = ['message', 'spawn', 'wake'] as const;
export type ArrowKind = (typeof arrowKinds)[number];

/** Where an arrow begins or ends. */
export interface ArrowEnd {
  readonly threadId: string;
  /** Absolute. */
  readonly time: Ns;
}

export interface ArrowEnds {
  readonly from: ArrowEnd;
  readonly to: ArrowEnd;
}

/** What one thread did that another one felt; both ends are known. */
export type Arrow = MessageArrow | SpawnArrow | WakeArrow;

interface AnyArrow extends ArrowEnds {
  readonly id: ArrowId;
}

/** From the call that sent a message to the start of its handlers. */
export interface MessageArrow extends AnyArrow {
  readonly kind: 'message';
  readonly message: Message;
  /** Of the copied value; null where nobody told. */
  readonly bytes: Bytes | null;
  readonly bytesEstimated: boolean;
  /** Time in the sending call. */
  readonly serialize: Ns | null;
  /** From the end of the sending call to the start of the handlers; 0 where those were faster. */
  readonly queue: Ns;
  /** Time in the handlers; null while they run, and where it is not known. */
  readonly handle: Ns | null;
}

/** From the call that made a process or worker to the beginning of its (main) thread. */
export interface SpawnArrow extends AnyArrow {
  readonly kind: 'spawn';
  readonly call: Call;
  readonly created: Thread;
}

/** From a call of Atomics.notify to the end of the wait that it ended. */
export interface WakeArrow extends AnyArrow {
  readonly kind: 'wake';
  readonly wait: WaitView;
  readonly notify: Notify;
}

export type ArrowCounts = Readonly<Record<ArrowKind, number>>;

/** Which arrows are meant. */
export interface ArrowFilter {
  /** Threads that one of the ends must belong to; null: any. */
  readonly touching: ReadonlySet<string> | null;
  /** Of those, the pairs of threads between which arrows are wanted. */
  readonly accepts: (fromThreadId: string, toThreadId: string) => boolean;
}

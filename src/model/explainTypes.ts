/** What is known of why a thread did what it did: facts, no sentences. Times are absolute. */
import type { Bytes, Ns } from '../base/units';
import type { Deliveries, Delivery, Queued } from './explainMessages';
import type { Stretch } from './explainStretch';
import type { Competition } from './explainTimes';
import type { LiveState, WaitReason } from './states';
import type { Call, Deed, Exit, Notify, Process, Thread, ThreadError } from './types';

export type Explanation = LifeExplanation | EndExplanation;

export interface LifeExplanation {
  readonly kind: 'life';
  readonly thread: Thread;
  readonly stretch: Stretch;
  /** One for each state that took a notable part of it, the longest first. */
  readonly parts: readonly Part[];
  readonly next: Next | null;
}

/** The thread had ended by then. */
export interface EndExplanation {
  readonly kind: 'end';
  readonly thread: Thread;
  readonly end: Ns;
  readonly exit: Exit | null;
  /** Who called terminate() or sent the signal, if that was a thread of this run. */
  readonly endedBy: Deed | null;
  /** The line that called process.exit. */
  readonly exitLocation: string | null;
  readonly error: ThreadError | null;
}

export type Next =
  | { readonly kind: 'state'; readonly state: LiveState; readonly duration: Ns; readonly isPure: boolean }
  | { readonly kind: 'end' };

export type Part = NewPart | ReadyPart | RunningPart | WaitingPart | BlockedPart;

interface AnyPart {
  readonly time: Ns;
}

export interface NewPart extends AnyPart {
  readonly state: 'new';
  readonly call: Call | null;
}

export interface ReadyPart extends AnyPart {
  readonly state: 'ready';
  readonly competition: Competition;
}

export interface RunningPart extends AnyPart {
  readonly state: 'running';
  readonly deliveries: Deliveries;
  /** How long its event loop was held up, at least, by a task that has a part in the stretch. */
  readonly longTask: Ns | null;
  /** Its JavaScript had begun and its event loop had not been idle yet. */
  readonly isStartUp: boolean;
  /** At the newest look. */
  readonly cpuNumber: number | null;
  readonly isJavaScript: boolean;
}

export interface WaitingPart extends AnyPart {
  readonly state: 'waiting';
  readonly reason: WaitReason;
  readonly systemCall: string | null;
  /** Null while it lasts. */
  readonly endedBy: IdleEnd | null;
}

/** What is taken for the end of an idle event loop: the first thing known to have come after it. */
export type IdleEnd =
  /** `isCertain`: at the same moment, as far as can be told. */
  | { readonly kind: 'message'; readonly delivery: Delivery; readonly after: Ns; readonly isCertain: boolean }
  | { readonly kind: 'childExit'; readonly process: Process; readonly after: Ns }
  | { readonly kind: 'workerExit'; readonly worker: Thread; readonly after: Ns }
  | { readonly kind: 'unknown' };

export interface BlockedPart extends AnyPart {
  readonly state: 'blocked';
  readonly reason: WaitReason;
  /** The line that blocks. */
  readonly location: string | null;
  readonly wait: AtomicsWait | null;
  readonly child: SyncChild | null;
  readonly systemCall: string | null;
  /** What had queued up for it in the end. */
  readonly queued: Queued;
}

export interface AtomicsWait {
  /** Id of the shared buffer. */
  readonly buffer: string | null;
  readonly cell: number;
  readonly byteOffset: Bytes;
  readonly timeoutMs: number | null;
  readonly start: Ns;
  /** Null while it lasts. */
  readonly end: Ns | null;
  readonly result: string | null;
  readonly wokenBy: Notify | null;
  /** From the call of notify until it ran again. */
  readonly wakeLatency: Ns | null;
  /** Who ran in that time, where it was long. */
  readonly competition: Competition | null;
}

export interface SyncChild {
  readonly call: Call;
  readonly process: Process | null;
  /** Null while the call lasts. */
  readonly end: Ns | null;
}

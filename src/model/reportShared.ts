import type { Ms } from '../base/units';
import { lineOf, sinceZero } from './reportUnits';
import { sharedBuffers } from './sharedBuffers';
import type { Model } from './types';
import { waitViews } from './waits';

export interface BufferReport {
  readonly id: string;
  readonly bytes: number;
  /** Ids of the threads that hold it, in the order in which they came to. */
  readonly threads: readonly string[];
  /** It is the memory of a WebAssembly.Memory. */
  readonly wasm: boolean;
  readonly holders: readonly {
    readonly thread: string;
    readonly sinceMs: Ms;
    readonly location: string | null;
  }[];
}

export interface WaitReport {
  readonly thread: string;
  /** Id of the shared buffer. */
  readonly buffer: string | null;
  readonly cell: number;
  readonly byteOffset: number;
  readonly startMs: Ms;
  readonly endMs: Ms | null;
  /** Null: for ever. */
  readonly timeoutMs: Ms | null;
  /** `ok`, `timed-out`, `not-equal`; null while it lasts, and when its thread was ended in the middle of it. */
  readonly result: string | null;
  readonly async: boolean;
  readonly location: string | null;
  /** The thread whose notify woke it, and the line of that, where it is certain. */
  readonly notifiedBy: string | null;
  readonly notifiedAt: string | null;
}

export function bufferReports(model: Model): BufferReport[] {
  return sharedBuffers(model).map(({ id, bytes, isWasm, holders }) => ({
    id,
    bytes,
    threads: holders.map(({ threadId }) => threadId),
    wasm: isWasm,
    holders: holders.map(({ threadId, since, location }) => {
      return { thread: threadId, sinceMs: sinceZero(model, since), location: lineOf(location) };
    }),
  }));
}

export function waitReports(model: Model): WaitReport[] {
  return waitViews(model).map((wait) => ({
    thread: wait.threadId,
    buffer: wait.buffer,
    cell: wait.cell,
    byteOffset: wait.byteOffset,
    startMs: sinceZero(model, wait.start),
    endMs: wait.end === null ? null : sinceZero(model, wait.end),
    timeoutMs: wait.timeoutMs,
    result: wait.result,
    async: wait.isAsync,
    location: lineOf(wait.location),
    notifiedBy: wait.wokenBy?.threadId ?? null,
    notifiedAt: lineOf(wait.wokenBy?.location),
  }));
}

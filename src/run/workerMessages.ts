import type { RecordingBytes, RunEnd, RunRequest } from './liveRun';

/** Between a run in a worker thread and its owner. The worker gets its RunRequest as workerData. */
export type ToRunWorker =
  | { readonly type: 'rootStarted'; readonly pid: number }
  | { readonly type: 'rootExited'; readonly code: number | null; readonly signal: string | null }
  | { readonly type: 'stopProgram' }
  | { readonly type: 'dispose' };

export type FromRunWorker =
  | { readonly type: 'started'; readonly directory: string; readonly recordingPath: string }
  | { readonly type: 'failed'; readonly error: string }
  | ({ readonly type: 'bytes' } & RecordingBytes)
  | ({ readonly type: 'ended' } & RunEnd)
  | { readonly type: 'disposed' };

export type RunWorkerData = RunRequest;

import { Worker } from 'node:worker_threads';
import { Emitter } from '../base/emitter';
import { err, ok, type Result } from '../base/result';
import type { LiveRun, RecordingBytes, RunEnd, RunRequest } from './liveRun';
import { programEnvironment } from './programEnvironment';
import { removeRunDirectory } from './runDirectory';
import type { FromRunWorker, ToRunWorker } from './workerMessages';

type Started = Extract<FromRunWorker, { type: 'started' }>;

/**
 * Observes a run in a worker thread of its own. `workerPath` is the bundle of worker.ts. Fails with a sentence for
 * the user.
 */
export function startRunInWorker(request: RunRequest, workerPath: string): Promise<Result<LiveRun>> {
  const worker = new Worker(workerPath, { workerData: request, name: 'cviz run' });
  return new Promise((resolve) => {
    worker.once('error', (error) => {
      resolve(err(`The observation could not be started (${error.message}).`));
    });
    worker.once('message', (message: FromRunWorker) => {
      worker.removeAllListeners('error');
      if (message.type === 'started') resolve(ok(new WorkerRun(request, worker, message)));
      else resolve(err(message.type === 'failed' ? message.error : 'The observation could not be started.'));
    });
  });
}

class WorkerRun implements LiveRun {
  readonly directory: string;
  readonly recordingPath: string;
  private readonly request: RunRequest;
  private readonly worker: Worker;
  private readonly bytes = new Emitter<RecordingBytes>();
  private readonly ended = new Emitter<RunEnd>();
  private isOver = false;
  private isDisposed = false;

  readonly onBytes = this.bytes.event;
  readonly onEnded = this.ended.event;

  constructor(request: RunRequest, worker: Worker, started: Started) {
    this.request = request;
    this.worker = worker;
    this.directory = started.directory;
    this.recordingPath = started.recordingPath;
    worker.on('message', (message: FromRunWorker) => {
      this.receive(message);
    });
    worker.on('error', (error) => {
      this.end({ problem: `The observation ended because of an error (${error.message}).` });
    });
    worker.on('exit', () => {
      this.end({ problem: 'The observation ended unexpectedly.' });
      // A thread that died on an error could not tidy up behind itself.
      removeRunDirectory(this.directory);
    });
  }

  environmentFor(base: Readonly<Record<string, string | undefined>>): Record<string, string> {
    return programEnvironment(base, this.directory, this.request.probePath, this.request.args);
  }

  rootStarted(pid: number): void {
    this.post({ type: 'rootStarted', pid });
  }

  rootExited(code: number | null, signal: string | null): void {
    this.post({ type: 'rootExited', code, signal });
  }

  stopProgram(): void {
    this.post({ type: 'stopProgram' });
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.isOver = true;
    this.bytes.dispose();
    this.ended.dispose();
    this.post({ type: 'dispose' });
  }

  private post(message: ToRunWorker): void {
    this.worker.postMessage(message);
  }

  private receive(message: FromRunWorker): void {
    if (message.type === 'bytes') this.bytes.fire({ offset: message.offset, bytes: message.bytes });
    else if (message.type === 'ended') this.end({ problem: message.problem });
  }

  private end(end: RunEnd): void {
    if (this.isOver) return;
    this.isOver = true;
    this.ended.fire(end);
  }
}

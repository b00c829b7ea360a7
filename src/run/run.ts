import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Emitter } from '../base/emitter';
import { err, ok, type Result } from '../base/result';
import { threadCpuTime } from '../system/threadCpuTime';
import { createSampler } from '../system/createSampler';
import type { Sampler } from '../system/sampler';
import type { RecordFields, RecordKind } from '../trace/records';
import { layouts } from '../trace/layouts';
import { ChunkWriter } from '../trace/writer';
import type { LiveRun, RunEnd, RunRequest } from './liveRun';
import { LogTail } from './logTail';
import { isConfined } from '../trace/confinement';
import { programEnvironment } from './programEnvironment';
import { RecordingFile } from './recordingFile';
import { createRunDirectory, removeRunDirectory } from './runDirectory';
import { SamplingRate } from './samplingRate';
import { endProcesses } from './endProcesses';

/** Numbers of the sources that are not logs. */
const RUN_SOURCE = 0;
const SAMPLER_SOURCE = 1;
const FIRST_LOG_SOURCE = 2;

/** After the program ended: time for records that are just being written. */
const DRAIN_PASSES = 2;

/** Observes a run in this thread: follows the logs, samples the system, appends both to the recording. */
export function startRun(request: RunRequest): Result<LocalRun> {
  const directory = createRunDirectory();
  if (!directory.ok) return directory;
  const file = RecordingFile.create(request.recordingPath ?? path.join(directory.value, 'recording.cviz'));
  if (!file.ok) {
    removeRunDirectory(directory.value);
    return err(file.error);
  }
  return ok(new LocalRun(request, directory.value, file.value));
}

const CONFINED =
  'The program runs under Node’s permission model without permission to read and write all files, so only what the operating system knows of it is shown. Add --allow-fs-read=* and --allow-fs-write=* to see inside.';

export class LocalRun implements LiveRun {
  readonly recordingPath: string;
  private readonly request: RunRequest;
  readonly directory: string;
  private readonly file: RecordingFile;
  private readonly tail: LogTail;
  private readonly own = new ChunkWriter(layouts);
  private readonly samples = new ChunkWriter(layouts);
  private readonly sampler: Sampler | null;
  private readonly ended = new Emitter<RunEnd>();
  private timer: NodeJS.Timeout | null = null;
  private readonly rate = new SamplingRate();
  private state: 'waiting' | 'running' | 'rootEnded' | 'ended' = 'waiting';
  private drained = 0;
  private rootPid: number | null = null;
  private isDisposed = false;

  readonly onEnded = this.ended.event;

  constructor(request: RunRequest, directory: string, file: RecordingFile) {
    this.request = request;
    this.directory = directory;
    this.file = file;
    this.recordingPath = file.path;
    this.tail = new LogTail(directory, FIRST_LOG_SOURCE);
    this.write('runStart', {
      time: monotonicNow(),
      wallMs: Date.now(),
      title: request.title,
      command: request.command,
      args: JSON.stringify(request.args),
      cwd: request.cwd,
      productVersion: request.productVersion,
      platform: process.platform,
      arch: process.arch,
      cores: availableParallelism(),
    });
    this.sampler = createSampler(this.samples, { runDirectory: directory });
    if (this.sampler === null)
      this.write('notice', { time: monotonicNow(), code: 'noSampler', detail: process.platform });
    const theirs = `NODE_OPTIONS=${process.env['NODE_OPTIONS'] ?? ''}`;
    if (isConfined(['', ...request.args], [theirs])) {
      this.write('notice', { time: monotonicNow(), code: 'permissionModel', detail: CONFINED });
    }
    this.schedule();
  }

  get onBytes(): LiveRun['onBytes'] {
    return this.file.onBytes;
  }

  environmentFor(base: Readonly<Record<string, string | undefined>>): Record<string, string> {
    return programEnvironment(base, this.directory, this.request.probePath, this.request.args);
  }

  rootStarted(pid: number): void {
    if (this.isDisposed) return;
    this.state = 'running';
    this.rootPid = pid;
    this.sampler?.addRoot(pid);
    // First what the system says of it: that tells when it began, some milliseconds ago.
    this.addChunk(SAMPLER_SOURCE, this.samples);
    this.write('rootStart', { time: monotonicNow(), pid, startTicks: null });
  }

  rootExited(code: number | null, signal: string | null): void {
    if (this.isDisposed || this.state === 'ended') return;
    this.write('rootExit', { time: monotonicNow(), pid: this.rootPid, code, signal });
    this.state = 'rootEnded';
    this.passSoon();
  }

  stopProgram(): void {
    const root = this.state === 'running' && this.rootPid !== null ? [this.rootPid] : [];
    endProcesses(() => this.sampler?.livePids() ?? root);
  }

  dispose(): void {
    if (this.isDisposed) return;
    if (this.state !== 'ended') this.finish();
    this.isDisposed = true;
    this.file.close();
    this.ended.dispose();
    removeRunDirectory(this.directory);
  }

  /** Takes what there is and ends the recording, whether or not processes still run. */
  private finish(): void {
    this.end(this.tryCollect());
  }

  private tryCollect(): string | null {
    try {
      return this.collect();
    } catch (error) {
      return problemOf(error);
    }
  }

  private write<K extends RecordKind>(kind: K, fields: RecordFields<K>): void {
    this.own.add(kind, fields);
    this.addChunk(RUN_SOURCE, this.own);
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.pass();
    }, this.rate.interval);
  }

  private passSoon(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.pass();
    }, 0);
  }

  private pass(): void {
    const begin = threadCpuTime();
    const problem = this.tryCollect();
    if (problem !== null || this.isOver()) {
      this.end(problem);
      return;
    }
    this.rate.add((threadCpuTime() - begin - (this.sampler?.budgetedCost ?? 0)) / 1e6);
    this.schedule();
  }

  /**
   * The system is looked at before the logs are read: every record that a thread wrote before it was sampled is then
   * found, and precedes that sample in the recording.
   */
  private collect(): string | null {
    this.sampler?.pass(this.rate.interval * 1e6);
    this.addChunk(SAMPLER_SOURCE, this.samples);
    const exists = this.tail.read((source, chunk, time) => {
      this.file.add(source, chunk, time);
    });
    for (const name of this.tail.takeDamaged()) {
      this.write('notice', { time: monotonicNow(), code: 'logDamaged', detail: name });
    }
    this.file.flush();
    return exists ? null : `The run's folder ${this.directory} was deleted, so nothing more can be observed.`;
  }

  private addChunk(source: number, writer: ChunkWriter): void {
    const time = monotonicNow();
    const chunk = writer.takeChunk(time);
    if (chunk !== null) this.file.add(source, chunk, time);
  }

  private isOver(): boolean {
    if (this.state !== 'rootEnded') return false;
    if ((this.sampler?.livePids().length ?? 0) > 0) {
      this.drained = 0;
      return false;
    }
    return ++this.drained > DRAIN_PASSES;
  }

  private end(problem: string | null): void {
    if (this.state === 'ended') return;
    this.state = 'ended';
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (problem !== null)
      this.write('notice', { time: monotonicNow(), code: 'observationEnded', detail: problem });
    this.write('runEnd', { time: monotonicNow() });
    try {
      this.file.flush();
    } catch {
      // The disk is full or the file gone: the recording ends without its last record, which readers accept.
    }
    this.sampler?.dispose();
    this.tail.close();
    this.ended.fire({ problem });
  }
}

function problemOf(error: unknown): string {
  const reason = (error as NodeJS.ErrnoException).code ?? String(error);
  return `The recording could not be continued (${reason}). What was recorded before is shown.`;
}

function monotonicNow(): number {
  return Number(process.hrtime.bigint());
}

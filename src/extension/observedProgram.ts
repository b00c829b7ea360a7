import { setTimeout as sleep } from 'node:timers/promises';
import { DisposableStore, type Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import { err, ok, type Result } from '../base/result';
import type { Ms } from '../base/units';
import type { LiveRun, RunRequest } from '../run/liveRun';

/** Told what becomes of a program in its terminal. */
export interface ProgramListener {
  started(pid: number): void;
  /** `code` is null when it is not known. Without `started` before it: there never was a process. */
  exited(code: number | null): void;
}

/** A program in a terminal. Disposing it only stops listening. */
export interface TerminalProgram extends Disposable {
  /** Resolves once the terminal is free for the next program. */
  readonly over: Promise<void>;
  /** Ends the program the hard way. */
  terminate(): void;
}

export type Launch<Failure> = (
  /** Variables to set, on top of those that every program in a terminal gets. */
  environment: Record<string, string>,
  listener: ProgramListener,
) => Promise<Result<TerminalProgram, Failure>>;

export type ProgramEnd =
  /** `problem`: a sentence for the user when the observation ended early. */
  | { readonly kind: 'ended'; readonly problem: string | null }
  /** There never was a process. */
  | { readonly kind: 'notStarted' };

/** The run asks with SIGTERM and insists two seconds later; a program that is still there then is stuck. */
const STOP_PATIENCE_MS = 4_000;
const TERMINATE_PATIENCE_MS = 3_000;

/** A program in a terminal together with its observation: starts both, ends both. Knows nothing of the editor. */
export class ObservedProgram implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly started = this.disposables.add(new Emitter<void>());
  private readonly ended = this.disposables.add(new Emitter<ProgramEnd>());

  readonly onStarted = this.started.event;
  /** Once: the whole tree is over, or its observation had to end. */
  readonly onEnded = this.ended.event;

  private terminal: TerminalProgram | null = null;
  private hasProcess = false;
  private hasExited = false;
  private isStopping = false;
  private end: ProgramEnd | null = null;
  private readonly observationOver = new Promise<void>((resolve) => this.onEnded(() => resolve()));

  private constructor(readonly run: LiveRun) {
    this.disposables.add(run);
    this.disposables.add(run.onEnded(({ problem }) => this.finish({ kind: 'ended', problem })));
  }

  /** Prepares the observation. Nothing runs yet, so that a panel can be attached first. */
  static async prepare(
    request: RunRequest,
    startRun: (request: RunRequest) => Promise<Result<LiveRun>>,
  ): Promise<Result<ObservedProgram>> {
    const run = await startRun(request);
    return run.ok ? ok(new ObservedProgram(run.value)) : run;
  }

  /**
   * Starts the program in its terminal, with `variables` (and the probe's) in its environment. When that fails, nothing
   * is left of the observation either.
   */
  async launch<Failure>(
    variables: Readonly<Record<string, string | undefined>>,
    launch: Launch<Failure>,
  ): Promise<Result<void, Failure>> {
    const terminal = await launch(this.run.environmentFor(variables), {
      started: (pid) => this.processStarted(pid),
      exited: (code) => this.processExited(code),
    });
    if (!terminal.ok) {
      this.dispose();
      return err(terminal.error);
    }
    this.terminal = this.disposables.add(terminal.value);
    return ok(undefined);
  }

  get isOver(): boolean {
    return this.end !== null || this.disposables.isDisposed;
  }

  private processStarted(pid: number): void {
    if (this.disposables.isDisposed) return;
    this.hasProcess = true;
    this.run.rootStarted(pid);
    // Asked to stop while VS Code was still opening the terminal.
    if (this.isStopping) this.run.stopProgram();
    this.started.fire();
  }

  private processExited(code: number | null): void {
    if (this.disposables.isDisposed || this.hasExited) return;
    this.hasExited = true;
    if (this.hasProcess) this.run.rootExited(code, null);
    else this.finish(this.isStopping ? { kind: 'ended', problem: null } : { kind: 'notStarted' });
  }

  private finish(end: ProgramEnd): void {
    if (this.end !== null) return;
    this.end = end;
    this.ended.fire(end);
  }

  /** Ends the whole tree, politely first. Answers whether it is over and its terminal free. */
  async stop(): Promise<boolean> {
    this.isStopping = true;
    if (!this.isOver) this.run.stopProgram();
    if (await this.isOverWithin(STOP_PATIENCE_MS)) return true;
    this.terminal?.terminate();
    return this.isOverWithin(TERMINATE_PATIENCE_MS);
  }

  private async isOverWithin(ms: Ms): Promise<boolean> {
    const over = Promise.all([this.observationOver, this.terminal?.over]).then(() => true);
    const patience = new AbortController();
    const tooLate = sleep(ms, false, { signal: patience.signal }).catch(() => false);
    try {
      return await Promise.race([over, tooLate]);
    } finally {
      patience.abort();
    }
  }

  /** Stops observing and forgets the recording. The program, if it still runs, goes on in its terminal. */
  dispose(): void {
    this.disposables.dispose();
  }
}

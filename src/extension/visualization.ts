import { basename } from 'node:path';
import { workspace, type Uri, type ViewColumn } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import { err, ok, type Result } from '../base/result';
import { panelProblems, problems, type Problem } from '../panel/problems';
import type { RunPanel } from '../panel/runPanel';
import type { LiveRun, RunRequest } from '../run/liveRun';
import { ObservedProgram, type ProgramEnd } from './observedProgram';
import { launchInTerminal } from './programTask';
import { runCommandFor, type RunCommand } from './runCommand';
import { saveIfDirty } from './saveScript';
import { terminalNodeOptions } from './settings';

/** What a visualization needs of the world. */
export interface VisualizationParts {
  readonly startRun: (request: RunRequest) => Promise<Result<LiveRun>>;
  /** The probe's bundle, an absolute path. */
  readonly probePath: string;
  readonly productVersion: string;
  /** Called when there is something to show: a script that cannot be run gets a message, not an empty tab. */
  readonly openPanel: () => RunPanel;
  /** A page knows its run by this number, also after the window was reloaded. */
  readonly onShown: (runId: number) => void;
}

/** One script, its panel, and its current run: started, stopped and restarted here. */
export class Visualization implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new Emitter<void>());
  private panel: RunPanel | null = null;
  private program: ObservedProgram | null = null;
  /** Set while a start or restart is under way: a second click must not start a second program. */
  private isBusy = false;

  /** Whether it is running has changed. */
  readonly onChanged = this.changed.event;

  constructor(
    readonly script: Uri,
    /** Of all terminals of this script. */
    readonly terminal: number,
    private readonly parts: VisualizationParts,
  ) {}

  /** Takes a panel whose run is gone; `problem` tells the user so. */
  adopt(panel: RunPanel, problem: string): void {
    this.panel = panel;
    this.parts.onShown(panel.showProblem(problem, this.title, true));
  }

  get title(): string {
    return basename(this.script.fsPath);
  }

  get isRunning(): boolean {
    return this.isBusy || (this.program !== null && !this.program.isOver);
  }

  get hasPanel(): boolean {
    return this.panel !== null;
  }

  get tabTitle(): string | undefined {
    return this.panel?.tabTitle;
  }

  /** Where the current run keeps its files. */
  get runDirectory(): string | undefined {
    return this.program?.run.directory;
  }

  get viewColumn(): ViewColumn | undefined {
    return this.panel?.viewColumn;
  }

  get isActive(): boolean {
    return this.panel?.isActive ?? false;
  }

  reveal(preserveFocus: boolean): void {
    this.panel?.reveal(preserveFocus);
  }

  /** Runs the script; a run that is there is stopped first and replaced. Does nothing while already at it. */
  async start(): Promise<Result<void, Problem>> {
    if (this.isBusy) return ok(undefined);
    this.isBusy = true;
    this.changed.fire();
    try {
      return await this.prepareAndLaunch();
    } finally {
      this.isBusy = false;
      this.changed.fire();
    }
  }

  /** Ends the program and all that it started. */
  async stop(): Promise<Result<void, Problem>> {
    if (this.program === null || (await this.program.stop())) return ok(undefined);
    return err(problems.fromRun(panelProblems.notStopping()));
  }

  private async prepareAndLaunch(): Promise<Result<void, Problem>> {
    // Whatever can be refused is refused before the run on screen is given up for it.
    if (!(await saveIfDirty(this.script))) return err(problems.notSaved(this.title));
    const command = await runCommandFor(this.script);
    if (!command.ok) return command;
    const stopped = await this.stop();
    if (!stopped.ok) return stopped;
    const program = await ObservedProgram.prepare(this.requestFor(command.value), this.parts.startRun);
    if (!program.ok) return err(problems.fromRun(program.error));
    if (this.disposables.isDisposed) {
      program.value.dispose();
      return ok(undefined);
    }
    return this.launch(program.value, command.value);
  }

  private requestFor({ file, args, settings }: RunCommand): RunRequest {
    const { probePath, productVersion } = this.parts;
    return {
      title: this.script.fsPath,
      command: file,
      args,
      cwd: settings.cwd,
      recordingPath: null,
      probePath,
      productVersion,
    };
  }

  private async launch(next: ObservedProgram, command: RunCommand): Promise<Result<void, Problem>> {
    this.panel ??= this.parts.openPanel();
    const panel = this.panel;
    this.parts.onShown(panel.show(next.run, this.title));
    this.program?.dispose();
    this.program = next;
    next.onStarted(() => panel.setStatus({ state: 'live' }));
    next.onEnded((end) => this.showEnd(panel, end));
    const { file, args, settings } = command;
    const base = { NODE_OPTIONS: terminalNodeOptions(), ...settings.env };
    const launched = await next.launch(base, (env, listener) =>
      launchInTerminal(
        {
          ...{ script: this.script.fsPath, terminal: this.terminal, title: this.title },
          ...{ file, args, cwd: settings.cwd },
          folder: workspace.getWorkspaceFolder(this.script),
          env,
        },
        listener,
      ),
    );
    if (!launched.ok) panel.setStatus({ state: 'failed', problem: launched.error.message });
    return launched;
  }

  private showEnd(panel: RunPanel, end: ProgramEnd): void {
    panel.setStatus(
      end.kind === 'ended'
        ? { state: 'ended', problem: end.problem }
        : { state: 'failed', problem: panelProblems.noTerminalProcess() },
    );
    this.changed.fire();
  }

  /** Gives up the observation; a program that still runs goes on in its terminal. The panel is VS Code's to close. */
  dispose(): void {
    this.disposables.dispose();
    this.program?.dispose();
  }
}

import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Uri, ViewColumn, commands, l10n, window, type ExtensionContext, type WebviewPanel } from 'vscode';
import type { Result } from '../base/result';
import { panelProblems, type Problem } from '../panel/problems';
import { RunPanel, openWebviewPanel } from '../panel/runPanel';
import type { LiveRun, RunRequest } from '../run/liveRun';
import { contextKeys, viewTypes } from './contributionIds';
import { scriptOfRun, withRun } from './knownRuns';
import { freeTerminal } from './programTask';
import { Visualization } from './visualization';

export interface VisualizationsOptions {
  readonly context: ExtensionContext;
  readonly startRun: (request: RunRequest) => Promise<Result<LiveRun>>;
  readonly report: (problem: Problem) => void;
  readonly chooseScript: () => void;
  readonly openExample: (example: string) => void;
}

const KNOWN_RUNS_KEY = 'knownRuns';
const SHUT_DOWN_MS = 1_000;

/** All the panels there are, each with its script. */
export class Visualizations {
  /** The one used last comes last. */
  private all: Visualization[] = [];

  constructor(private readonly options: VisualizationsOptions) {}

  /** The one whose panel has the focus. */
  get active(): Visualization | undefined {
    return this.all.find(({ isActive }) => isActive);
  }

  /** The one that the user most likely means. */
  get current(): Visualization | undefined {
    return this.active ?? this.all.at(-1);
  }

  /** The one to stop: the current one, unless only others run. */
  get running(): Visualization | undefined {
    const { current } = this;
    return current?.isRunning === true ? current : this.all.findLast(({ isRunning }) => isRunning);
  }

  /** Runs a script: in the panel that shows an earlier run of it, if that is over, else in a new one. */
  async visualize(script: Uri): Promise<void> {
    const idle = this.all.find((one) => !one.isRunning && one.script.toString() === script.toString());
    idle?.reveal(true);
    const visualization = idle ?? this.add(script);
    await this.start(visualization);
    // It could not be started, so there is no panel either that would ever be closed.
    if (!visualization.hasPanel) this.remove(visualization);
  }

  async start(visualization: Visualization): Promise<void> {
    this.touch(visualization);
    const started = await visualization.start();
    if (!started.ok) this.options.report(started.error);
  }

  async stop(visualization: Visualization): Promise<void> {
    const stopped = await visualization.stop();
    if (!stopped.ok) this.options.report(stopped.error);
  }

  /** Takes over a panel that VS Code has brought back after a reload of the window. Its run is gone. */
  revive(panel: WebviewPanel, pageState: unknown): void {
    const script = scriptOfRun(this.options.context.workspaceState.get(KNOWN_RUNS_KEY), pageState);
    if (script === null) {
      const unknown = this.panelFor(panel, null);
      unknown.showProblem(panelProblems.overAndForgotten(), panel.title, false);
      return;
    }
    const visualization = this.add(Uri.file(script));
    visualization.adopt(this.panelFor(panel, visualization), panelProblems.overSinceReload());
  }

  private add(script: Uri): Visualization {
    const { context, startRun } = this.options;
    const namesakes = this.all.filter((other) => other.script.toString() === script.toString());
    const terminal = freeTerminal(
      script.fsPath,
      namesakes.map((other) => other.terminal),
    );
    const visualization: Visualization = new Visualization(script, terminal, {
      startRun,
      probePath: context.asAbsolutePath('dist/probe.js'),
      productVersion: (context.extension.packageJSON as { readonly version: string }).version,
      openPanel: () => {
        const title = this.tabTitle(visualization);
        return this.panelFor(openWebviewPanel(viewTypes.panel, title, this.columnForPanel()), visualization);
      },
      onShown: (runId) => void this.remember(runId, script),
    });
    this.all.push(visualization);
    visualization.onChanged(() => this.updateContext());
    this.updateContext();
    return visualization;
  }

  /** Wraps a webview panel; `visualization` is what its buttons act on, and goes with it. */
  private panelFor(webviewPanel: WebviewPanel, visualization: Visualization | null): RunPanel {
    const { context, report, chooseScript, openExample } = this.options;
    const act = (action: (target: Visualization) => Promise<void>) => () => {
      if (visualization !== null) void action(visualization);
    };
    const panel = new RunPanel(webviewPanel, context.extensionUri, {
      stop: act((target) => this.stop(target)),
      restart: act((target) => this.start(target)),
      ...{ report, chooseScript, openExample },
    });
    panel.onDisposed(() => {
      if (visualization !== null) this.remove(visualization);
    });
    panel.onActivated(() => {
      if (visualization !== null) this.touch(visualization);
    });
    return panel;
  }

  /** Where panels are already, so that the editors don't get narrower with each, but never on top of the source. */
  private columnForPanel(): ViewColumn {
    const { viewColumn } = window.tabGroups.activeTabGroup;
    const taken = this.all.findLast((one) => one.viewColumn !== undefined && one.viewColumn !== viewColumn);
    return taken?.viewColumn ?? ViewColumn.Beside;
  }

  /** Two runs of one script at the same time can be told apart. */
  private tabTitle({ title }: Visualization): string {
    const taken = new Set(this.all.map(({ tabTitle }) => tabTitle));
    for (let number = 1; ; number++) {
      const tabTitle =
        number === 1 ? l10n.t('Concurrency: {0}', title) : l10n.t('Concurrency: {0} ({1})', title, number);
      if (!taken.has(tabTitle)) return tabTitle;
    }
  }

  private async remember(runId: number, script: Uri): Promise<void> {
    const { workspaceState } = this.options.context;
    const known = withRun(workspaceState.get(KNOWN_RUNS_KEY), { runId, script: script.fsPath });
    await workspaceState.update(KNOWN_RUNS_KEY, known);
  }

  private touch(visualization: Visualization): void {
    if (!this.all.includes(visualization)) return;
    this.all = [...this.all.filter((other) => other !== visualization), visualization];
  }

  private remove(visualization: Visualization): void {
    this.all = this.all.filter((other) => other !== visualization);
    visualization.dispose();
    this.updateContext();
  }

  private updateContext(): void {
    const set = (key: string, value: boolean): void => void commands.executeCommand('setContext', key, value);
    set(
      contextKeys.hasPanel,
      this.all.some(({ hasPanel }) => hasPanel),
    );
    set(
      contextKeys.isRunning,
      this.all.some(({ isRunning }) => isRunning),
    );
  }

  /**
   * Ends all observations; resolves when their folders are gone, for the extension host is about to end. The panels
   * stay: VS Code brings them back if this is only a reload of the window.
   */
  async shutDown(): Promise<void> {
    const directories = this.all.flatMap(({ runDirectory }) => runDirectory ?? []);
    for (const visualization of this.all) visualization.dispose();
    this.all = [];
    const deadline = performance.now() + SHUT_DOWN_MS;
    while (directories.some((directory) => existsSync(directory)) && performance.now() < deadline)
      await sleep(10);
  }
}

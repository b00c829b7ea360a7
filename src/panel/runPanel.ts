import { Uri, env, window, type ViewColumn, type WebviewPanel } from 'vscode';
import { DisposableStore } from '../base/disposable';
import { Emitter } from '../base/emitter';
import type { HostInfo, RunStatus, ToWebview } from '../protocol/messages';
import { locateAll } from '../run/locateAll';
import type { LiveRun } from '../run/liveRun';
import { SourceMaps } from '../run/sourceMaps';
import { openSource } from './openSource';
import { panelHtml } from './panelHtml';
import { panelProblems, type Problem } from './problems';
import { RecordingFile } from './recordingFile';
import { RunSession } from './runSession';

export interface PanelRequests {
  stop(): void;
  restart(): void;
  chooseScript(): void;
  openExample(example: string): void;
  /** Tells the user about something that could not be done. */
  report(problem: Problem): void;
}

/** Not from 0: pages remember their run by its number, also after the window was reloaded and all is counted anew. */
let lastRunId = Date.now();

/** Opens an empty panel without taking the focus: the program's terminal is to have it. */
export function openWebviewPanel(viewType: string, tabTitle: string, viewColumn: ViewColumn): WebviewPanel {
  return window.createWebviewPanel(
    viewType,
    tabTitle,
    { viewColumn, preserveFocus: true },
    { retainContextWhenHidden: false },
  );
}

/**
 * A webview panel that shows one run at a time. The page may come and go (hidden, moved to another window); each one
 * says `ready` and is told everything from the beginning.
 */
export class RunPanel {
  private readonly disposables = new DisposableStore();
  private readonly disposed = this.disposables.add(new Emitter<void>());
  private readonly activated = this.disposables.add(new Emitter<void>());
  private readonly session: RunSession;
  private readonly sourceMaps = new SourceMaps();
  private recording: RecordingFile | null = null;

  /** It was closed. */
  readonly onDisposed = this.disposed.event;
  readonly onActivated = this.activated.event;

  constructor(
    private readonly panel: WebviewPanel,
    extensionUri: Uri,
    requests: PanelRequests,
  ) {
    const { webview } = panel;
    const bundle = Uri.joinPath(extensionUri, 'dist', 'webview');
    this.session = this.disposables.add(
      new RunSession({
        post: (message) => this.post(message),
        requests: { ...requests, openSource: (location) => void this.openSource(location, requests) },
        locate: (locations) => locateAll(this.sourceMaps, locations),
        unreadable: panelProblems.recordingUnreadable,
        nextRunId: () => ++lastRunId,
      }),
    );
    this.session.setVisible(panel.visible);
    this.disposables.add(webview.onDidReceiveMessage((message: unknown) => this.session.receive(message)));
    this.disposables.add(panel.onDidDispose(() => this.dispose()));
    this.disposables.add(
      panel.onDidChangeViewState(() => {
        this.session.setVisible(panel.visible);
        if (panel.active) this.activated.fire();
      }),
    );
    panel.iconPath = {
      light: Uri.joinPath(extensionUri, 'media', 'panelLight.svg'),
      dark: Uri.joinPath(extensionUri, 'media', 'panelDark.svg'),
    };
    webview.options = { enableScripts: true, localResourceRoots: [bundle] };
    const inBundle = (name: string): string => webview.asWebviewUri(Uri.joinPath(bundle, name)).toString();
    webview.html = panelHtml({
      language: env.language,
      title: panel.title,
      source: webview.cspSource,
      script: inBundle('main.js'),
      styles: [inBundle('codicon.css'), inBundle('main.css')],
    });
  }

  get tabTitle(): string {
    return this.panel.title;
  }

  get viewColumn(): ViewColumn | undefined {
    return this.panel.viewColumn;
  }

  get isActive(): boolean {
    return this.panel.active;
  }

  reveal(preserveFocus: boolean): void {
    this.panel.reveal(undefined, preserveFocus);
  }

  /** Shows a run that is about to start; answers the number under which the page remembers it. */
  show(run: LiveRun, title: string): number {
    this.recording?.dispose();
    this.recording = new RecordingFile(run.recordingPath);
    const shown = { onBytes: run.onBytes, read: this.recording.read };
    return this.session.show(shown, hostInfo(title, true), { state: 'starting' });
  }

  /** Shows a sentence in place of a run; answers the number under which the page remembers it. */
  showProblem(problem: string, title: string, canRestart: boolean): number {
    return this.session.show(null, hostInfo(title, canRestart), { state: 'failed', problem });
  }

  setStatus(status: RunStatus): void {
    this.session.setStatus(status);
  }

  private async openSource(location: string, requests: PanelRequests): Promise<void> {
    const opened = await openSource(location, this.sourceMaps, this.panel.viewColumn);
    if (!opened.ok) requests.report(opened.error);
    else if (opened.value !== null) void window.showInformationMessage(opened.value);
  }

  private async post(message: ToWebview): Promise<boolean> {
    try {
      return await this.panel.webview.postMessage(message);
    } catch {
      // Closed in this very moment.
      return false;
    }
  }

  private dispose(): void {
    this.recording?.dispose();
    this.disposed.fire();
    this.disposables.dispose();
  }
}

function hostInfo(title: string, canRestart: boolean): HostInfo {
  return { kind: 'vscode', title, canStop: true, canRestart, canOpenSource: true };
}

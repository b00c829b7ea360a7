import type { Disposable } from '../base/disposable';
import type { Event } from '../base/emitter';
import { answersOf, type LocatedEntry } from '../protocol/locating';
import { parseFromWebview, type FromWebview, type HostInfo, type RunStatus } from '../protocol/messages';
import { PageFeed, type FeedSource, type Post } from './pageFeed';
import type { ReadRecording } from './recordingFile';

/** What of a run a panel shows. A `LiveRun` is one; a test's fake is another. */
export interface ShownRun {
  readonly onBytes: Event<{ readonly offset: number; readonly bytes: Uint8Array }>;
  readonly read: ReadRecording;
}

/** What the page can ask for beyond being fed. */
export interface PageRequests {
  stop(): void;
  restart(): void;
  openSource(location: string): void;
  chooseScript(): void;
  openExample(example: string): void;
}

export interface SessionOptions {
  readonly post: Post;
  readonly requests: PageRequests;
  /** Which lines of source such locations come from. */
  readonly locate: (locations: readonly string[]) => Promise<readonly LocatedEntry[]>;
  /** A sentence for the user when the recording cannot be read. */
  readonly unreadable: (reason: string) => string;
  /** A number for a run, another one every time. */
  readonly nextRunId: () => number;
  /** Least time between two batches of live bytes. */
  readonly batchMs?: number;
  /** Longest message while catching up. */
  readonly pieceBytes?: number;
}

/**
 * One panel's side of the protocol: which run it shows, what state that run is in, and feeding the page, which may be
 * hidden, moved and reloaded at any moment. Knows nothing of the editor.
 */
export class RunSession implements Disposable {
  private shown: Disposable | null = null;
  private source: FeedSource | null = null;
  private feed: PageFeed | null = null;
  private visible = true;

  constructor(private readonly options: SessionOptions) {}

  get status(): RunStatus | null {
    return this.source?.status ?? null;
  }

  /** Shows another run from now on, or (with null) only the status of one that has no recording. Answers its number. */
  show(run: ShownRun | null, host: HostInfo, status: RunStatus): number {
    this.shown?.dispose();
    const source: FeedSource = {
      runId: this.options.nextRunId(),
      host,
      status,
      position: 0,
      read: run?.read ?? (() => Promise.reject(new Error('there is none'))),
    };
    this.source = source;
    this.shown =
      run?.onBytes(({ offset, bytes }) => {
        source.position = Math.max(source.position, offset + bytes.length);
        this.feed?.wake();
      }) ?? null;
    if (this.feed !== null) this.startFeed(source);
    return source.runId;
  }

  setStatus(status: RunStatus): void {
    if (this.source === null) return;
    this.source.status = status;
    this.feed?.wake();
  }

  /** While hidden nothing is sent: the page is gone, and its successor starts from the file. */
  setVisible(visible: boolean): void {
    this.visible = visible;
    if (visible) this.feed?.wake();
  }

  /** Takes what came from the page, which is checked here. */
  receive(value: unknown): void {
    const message = parseFromWebview(value);
    if (message !== null) this.handle(message);
  }

  private handle(message: FromWebview): void {
    const { requests } = this.options;
    switch (message.type) {
      case 'ready':
        if (this.source !== null) this.startFeed(this.source);
        return;
      case 'stop':
      case 'restart':
      case 'chooseScript':
        requests[message.type]();
        return;
      case 'openSource':
        requests.openSource(message.location);
        return;
      case 'openExample':
        requests.openExample(message.example);
        return;
      case 'locate':
        void this.answer(message.locations);
        return;
    }
  }

  /** A page that is gone by then asks again when it is back: nothing is kept for it. */
  private async answer(locations: readonly string[]): Promise<void> {
    const { source } = this;
    const entries = await this.options.locate(locations);
    if (source === null || this.source !== source || !this.visible) return;
    for (const part of answersOf(entries))
      await this.options.post({ type: 'located', runId: source.runId, entries: part });
  }

  /** A page that has just loaded, or is to show another run, knows nothing: it is fed from the beginning. */
  private startFeed(source: FeedSource): void {
    this.feed?.dispose();
    this.feed = new PageFeed(source, {
      post: this.options.post,
      isVisible: () => this.visible,
      onUnreadable: (reason) => {
        if (this.source === source)
          this.setStatus({ state: 'failed', problem: this.options.unreadable(reason) });
      },
      batchMs: this.options.batchMs ?? 50,
      pieceBytes: this.options.pieceBytes ?? 1 << 20,
    });
    this.feed.wake();
  }

  dispose(): void {
    this.shown?.dispose();
    this.feed?.dispose();
    this.feed = null;
    this.source = null;
  }
}

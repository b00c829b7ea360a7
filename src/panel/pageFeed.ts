import { setTimeout as sleep } from 'node:timers/promises';
import type { Disposable } from '../base/disposable';
import type { HostInfo, RunStatus, ToWebview } from '../protocol/messages';
import type { ReadRecording } from './recordingFile';

/** Answers false when the page did not get the message. */
export type Post = (message: ToWebview) => PromiseLike<boolean>;

/** The run behind a page. `status` and `position` change; whoever changes them wakes the feed. */
export interface FeedSource {
  readonly runId: number;
  readonly host: HostInfo;
  status: RunStatus;
  /** How many bytes of the recording can be read. */
  position: number;
  readonly read: ReadRecording;
}

export interface FeedOptions {
  readonly post: Post;
  readonly isVisible: () => boolean;
  readonly onUnreadable: (reason: string) => void;
  readonly batchMs: number;
  readonly pieceBytes: number;
}

/**
 * Feeds one page, from its `ready` until it is reloaded or shown another run: `open`, the recording from its first byte
 * on, and every change of status.
 *
 * The bytes always come from the file, never from a queue of events: what the page has is a single number, `sent`, so
 * there is nothing that could be left out or sent twice, and a hidden page costs no memory.
 */
export class PageFeed implements Disposable {
  private opened = false;
  private sent = 0;
  private sentStatus: RunStatus | null = null;
  private lastBytesAt = -Infinity;
  private readable = true;
  private woken = false;
  private running = false;
  private disposed = false;

  constructor(
    private readonly source: FeedSource,
    private readonly options: FeedOptions,
  ) {}

  /** There may be something new to send. */
  wake(): void {
    this.woken = true;
    if (!this.running) void this.run();
  }

  dispose(): void {
    this.disposed = true;
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.woken && !this.disposed && this.options.isVisible()) {
      this.woken = false;
      const message = await this.next();
      // Waiting and reading took a while: by now the page may be another one.
      if (message === null || this.isGone()) continue;
      this.woken = true;
      // It missed something: only a new `ready` can mend that.
      if (!(await this.options.post(message))) this.dispose();
    }
    this.running = false;
  }

  private isGone(): boolean {
    return this.disposed;
  }

  private async next(): Promise<ToWebview | null> {
    const { runId, host, status } = this.source;
    if (!this.opened) {
      this.opened = true;
      return { type: 'open', runId, host };
    }
    const isOver = status.state === 'ended' || status.state === 'failed';
    const isBehind = this.readable && this.sent < this.source.position;
    // The last word is said after the last byte; all other states are of more use early.
    if (status !== this.sentStatus && !(isOver && isBehind)) {
      this.sentStatus = status;
      return { type: 'status', runId, status };
    }
    return isBehind ? this.nextBytes(runId) : null;
  }

  private async nextBytes(runId: number): Promise<ToWebview | null> {
    const { batchMs, pieceBytes } = this.options;
    const due = this.lastBytesAt + batchMs - performance.now();
    if (due > 0 && this.source.position - this.sent < pieceBytes) await sleep(due);
    const to = Math.min(this.source.position, this.sent + pieceBytes);
    try {
      const bytes = await this.source.read(this.sent, to);
      this.sent = to;
      this.lastBytesAt = performance.now();
      return { type: 'bytes', runId, bytes };
    } catch (error) {
      this.readable = false;
      this.options.onUnreadable(error instanceof Error ? error.message : String(error));
      return this.isGone() ? null : this.next();
    }
  }
}

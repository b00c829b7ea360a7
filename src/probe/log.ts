import type * as nodeFs from 'node:fs';
import { encodeFileHeader, LOG_MAGIC } from '../trace/format';
import { probeLayouts } from '../trace/probeLayouts';
import type { RecordFields } from '../trace/records';
import { ChunkWriter } from '../trace/writer';
import { now, type Ns } from './clock';

// Captured before the program can replace or mock them.
// eslint-disable-next-line @typescript-eslint/no-require-imports -- as in linux.ts
const { openSync, writeSync, fstatSync } = require('node:fs') as typeof nodeFs;
const { setTimeout } = globalThis;

type ProbeKind = keyof typeof probeLayouts;

/** A log never grows beyond this; what comes after is counted. */
const MAX_LOG_BYTES = 64 * 1024 * 1024;

/** Frequent records are written one by one up to so many in a window, and collected beyond. */
const WINDOW: Ns = 100e6;
const SPARSE_RECORDS = 60;
const COLLECT_BYTES = 32 * 1024;
/** Not shorter: a timer that is due soon makes each wait of a busy event loop dearer (2 % of a ping-pong at 20). */
const COLLECT_MS = 100;

/** How many frequent records may be made: a burst, and then so many a second, fewer as the log fills up. */
const BURST_RECORDS = 400;
const RECORDS_PER_SECOND = 250;

/**
 * The log of this thread. Every rare record is on disk when `write` returns. Nothing here throws: a log that cannot be
 * written (disk full, folder gone, descriptors used up) only counts what it loses.
 */
export class ThreadLog {
  readonly name: string;
  /** Called before collected records are written on their own account: for totals that belong to them. */
  beforeFlush: (() => void) | null = null;
  private readonly writer = new ChunkWriter(probeLayouts);
  private fd = -1;
  private device = 0;
  private inode = 0;
  private size = 0;
  private lostRecords = 0;
  private lostBytes = 0;
  private lostReason = '';
  private toldLost = 0;
  private failing = false;
  private windowStart: Ns = 0;
  private inWindow = 0;
  private isBusy = false;
  private allowance = BURST_RECORDS;
  private allowanceTime: Ns = 0;
  private timer: NodeJS.Timeout | null = null;
  private isTimerArmed = false;

  constructor(directory: string, name: string) {
    this.name = name;
    try {
      this.fd = openSync(`${directory}/${name}.log`, 'ax', 0o600);
      const stats = fstatSync(this.fd);
      this.device = stats.dev;
      this.inode = stats.ino;
      this.size = writeSync(this.fd, encodeFileHeader(LOG_MAGIC));
    } catch {
      this.fd = -1;
    }
  }

  get isOpen(): boolean {
    return this.fd !== -1;
  }

  /** Appends records, as one chunk in one write. */
  write<K extends ProbeKind>(kind: K, fields: RecordFields<K>): void {
    this.add(kind, fields);
    this.flush();
  }

  /** Like `write`, but leaves the record to go out with the next one. */
  add<K extends ProbeKind>(kind: K, fields: RecordFields<K>): void {
    if (this.fd === -1) return;
    this.writer.add(kind, fields);
  }

  /** For what may be frequent, made at about `time`: written at once while it is rare, otherwise some milliseconds later. */
  note<K extends ProbeKind>(kind: K, fields: RecordFields<K>, time: Ns): void {
    this.add(kind, fields);
    if (!this.isDense(time) || this.writer.pendingBytes > COLLECT_BYTES) this.flush();
    else this.flushSoon();
  }

  /** So much is going on that records are collected; asking counts as one more. */
  isDense(time: Ns): boolean {
    if (time - this.windowStart >= WINDOW) {
      this.isBusy = this.inWindow > SPARSE_RECORDS && time - this.windowStart < 2 * WINDOW;
      this.windowStart = time;
      this.inWindow = 0;
    }
    if (++this.inWindow > SPARSE_RECORDS) this.isBusy = true;
    return this.isBusy;
  }

  /** Whether a frequent record may still be made, which uses up a part of what the log can take. */
  takeAllowance(time: Ns): boolean {
    const rate = (RECORDS_PER_SECOND / 1e9) * (1 - this.size / MAX_LOG_BYTES);
    this.allowance = Math.min(BURST_RECORDS, this.allowance + (time - this.allowanceTime) * rate);
    this.allowanceTime = time;
    if (this.allowance < 1) return false;
    this.allowance--;
    return true;
  }

  /** More than half of what a burst may take is there. */
  get hasRoom(): boolean {
    return this.allowance > BURST_RECORDS / 2;
  }

  /** Flushes some milliseconds from now, if the event loop gets to it. The timer keeps nothing alive. */
  flushSoon(): void {
    if (this.isTimerArmed || this.fd === -1) return;
    this.isTimerArmed = true;
    if (this.timer !== null) {
      this.timer.refresh();
      return;
    }
    this.timer = setTimeout(() => {
      this.isTimerArmed = false;
      this.flush();
    }, COLLECT_MS);
    this.timer.unref();
  }

  flush(): void {
    if (this.fd === -1) return;
    this.beforeFlush?.();
    if (this.lostRecords > this.toldLost && !this.failing) this.tellLost();
    const records = this.writer.pendingRecords;
    const chunk = this.writer.takeChunk(now());
    if (chunk === null) return;
    if (this.size + chunk.length > MAX_LOG_BYTES)
      this.lose(records, chunk.length, 'the log reached its size limit');
    else this.append(chunk, records);
  }

  /** Counts a record that was not made. */
  drop(reason: string): void {
    this.lose(1, 0, reason);
    this.flushSoon();
  }

  private append(chunk: Uint8Array, records: number): void {
    try {
      if (!this.isOurFile()) {
        this.fd = -1;
        return;
      }
      const written = writeSync(this.fd, chunk);
      this.size += written;
      this.failing = false;
      // A disk that filled up in the middle of a chunk leaves a torn one: nothing after it could be read.
      if (written < chunk.length) this.fd = -1;
    } catch (error) {
      this.failing = true;
      this.lose(records, chunk.length, (error as NodeJS.ErrnoException).code ?? 'write failed');
    }
  }

  /**
   * A program may close descriptors it did not open and get our number back for a file of its own. Writing our bytes
   * into it would be the worst thing a probe can do, so each write makes sure first (1.2 microseconds).
   */
  private isOurFile(): boolean {
    try {
      const stats = fstatSync(this.fd);
      return stats.ino === this.inode && stats.dev === this.device;
    } catch {
      return false;
    }
  }

  private lose(records: number, bytes: number, reason: string): void {
    this.lostRecords += records;
    this.lostBytes += bytes;
    this.lostReason = reason;
  }

  private tellLost(): void {
    this.toldLost = this.lostRecords;
    this.writer.add('lost', {
      time: now(),
      records: this.lostRecords,
      bytes: this.lostBytes,
      reason: this.lostReason,
    });
  }
}

import type * as nodeFs from 'node:fs';
import { encodeFileHeader, LOG_MAGIC } from '../trace/format';
import type { RecordFields, RecordKind } from '../trace/records';
import { ChunkWriter } from '../trace/writer';
import { now } from './clock';

// Captured before the program can replace or mock them.
// eslint-disable-next-line @typescript-eslint/no-require-imports -- as in linux.ts
const { openSync, writeSync, fstatSync } = require('node:fs') as typeof nodeFs;

/** A log never grows beyond this; what comes after is counted. */
const MAX_LOG_BYTES = 64 * 1024 * 1024;

/**
 * The log of this thread. Every record is on disk when `write` returns. Nothing here throws: a log that cannot be
 * written (disk full, folder gone, descriptors used up) only counts what it loses.
 */
export class ThreadLog {
  readonly name: string;
  private readonly writer = new ChunkWriter();
  private fd = -1;
  private device = 0;
  private inode = 0;
  private size = 0;
  private lostRecords = 0;
  private lostBytes = 0;
  private lostReason = '';
  private toldLost = 0;
  private failing = false;

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
  write<K extends RecordKind>(kind: K, fields: RecordFields<K>): void {
    this.add(kind, fields);
    this.flush();
  }

  /** Like `write`, but leaves the record to go out with the next one. */
  add<K extends RecordKind>(kind: K, fields: RecordFields<K>): void {
    if (this.fd === -1) return;
    this.writer.add(kind, fields);
  }

  flush(): void {
    if (this.fd === -1) return;
    if (this.lostRecords > this.toldLost && !this.failing) this.tellLost();
    const chunk = this.writer.takeChunk(now());
    if (chunk === null) return;
    if (this.size + chunk.length > MAX_LOG_BYTES) this.lose(chunk.length, 'the log reached its size limit');
    else this.append(chunk);
  }

  private append(chunk: Uint8Array): void {
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
      this.lose(chunk.length, (error as NodeJS.ErrnoException).code ?? 'write failed');
    }
  }

  /**
   * A program may close descriptors it did not open and get our number back for a file of its own. Writing our bytes
   * into it would be the worst thing a probe can do, so each write makes sure first (1.5 microseconds).
   */
  private isOurFile(): boolean {
    try {
      const stats = fstatSync(this.fd);
      return stats.ino === this.inode && stats.dev === this.device;
    } catch {
      return false;
    }
  }

  private lose(bytes: number, reason: string): void {
    this.lostRecords++;
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

import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Ns } from '../base/units';
import { chunkAt } from '../trace/chunks';
import { FILE_HEADER_BYTES, LOG_MAGIC, MAX_CHUNK_BYTES } from '../trace/format';
import { readFileHeader } from '../trace/fileHeader';

const READ_BYTES = 256 * 1024;
/** One for all: most reads find nothing, and a buffer for each cost more than the read itself. */
const buffer = Buffer.allocUnsafe(READ_BYTES);

/**
 * One log: gives the whole chunks appended since the last call, checked, as they stand in the file. A chunk's bytes are only
 * lent for the duration of `emit`.
 */
class LogFile {
  private readonly fd: number;
  private offset = 0;
  private rest: Buffer = Buffer.alloc(0);
  private headerRead = false;
  /** Nothing after damage can be trusted. */
  isDamaged = false;

  constructor(file: string) {
    this.fd = openSync(file, 'r');
  }

  readChunks(emit: (chunk: Uint8Array, time: Ns) => void): void {
    while (!this.isDamaged) {
      const bytes = this.readNext();
      if (bytes === 0) return;
      this.offset += bytes;
      this.take(buffer.subarray(0, bytes), emit);
      if (bytes < READ_BYTES) return;
    }
  }

  private readNext(): number {
    try {
      return readSync(this.fd, buffer, 0, buffer.length, this.offset);
    } catch {
      // A folder named like a log, or a failing disk.
      this.isDamaged = true;
      return 0;
    }
  }

  private take(bytes: Buffer, emit: (chunk: Uint8Array, time: Ns) => void): void {
    const data = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    let at = 0;
    if (!this.headerRead) {
      if (data.length < FILE_HEADER_BYTES) {
        this.rest = Buffer.from(data);
        return;
      }
      this.isDamaged = !readFileHeader(data, LOG_MAGIC).ok;
      this.headerRead = true;
      at = FILE_HEADER_BYTES;
    }
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    while (!this.isDamaged) {
      const chunk = chunkAt(view, at);
      if (chunk.state === 'unfinished') break;
      if (chunk.state === 'damaged') {
        this.isDamaged = true;
        break;
      }
      emit(data.subarray(at, at + chunk.bytes), chunk.time);
      at += chunk.bytes;
    }
    // A copy: the buffer is used again.
    this.rest = Buffer.from(data.subarray(at));
    // A torn chunk waits here for its other half; more than one chunk's worth can only be damage.
    if (this.rest.length > MAX_CHUNK_BYTES + FILE_HEADER_BYTES) this.isDamaged = true;
  }

  close(): void {
    closeSync(this.fd);
  }
}

/** Follows all logs in a run's folder. */
export class LogTail {
  private readonly directory: string;
  private readonly files = new Map<string, { readonly source: number; readonly log: LogFile }>();
  private readonly damaged: string[] = [];
  private directoryTime = -1;
  private lastSource: number;

  /** `firstSource` is the number of the first log; the numbers below it are taken. */
  constructor(directory: string, firstSource: number) {
    this.directory = directory;
    this.lastSource = firstSource - 1;
  }

  /** Emits everything appended since the last call. False when the folder is gone. */
  read(emit: (source: number, chunk: Uint8Array, time: Ns) => void): boolean {
    const exists = this.findNewLogs();
    for (const [name, { source, log }] of this.files) {
      const wasWhole = !log.isDamaged;
      log.readChunks((chunk, time) => {
        emit(source, chunk, time);
      });
      if (wasWhole && log.isDamaged) this.damaged.push(name);
    }
    return exists;
  }

  /** Names of logs found damaged since the last call. */
  takeDamaged(): string[] {
    return this.damaged.splice(0);
  }

  close(): void {
    for (const { log } of this.files.values()) log.close();
    this.files.clear();
  }

  private findNewLogs(): boolean {
    const stats = statSync(this.directory, { throwIfNoEntry: false });
    if (stats === undefined) return false;
    // A folder's time changes with its entries; a log made within the same clock tick is found on the next read.
    if (stats.mtimeMs === this.directoryTime) return true;
    this.directoryTime = Date.now() - stats.mtimeMs < SETTLED_MS ? -1 : stats.mtimeMs;
    for (const name of readdirSync(this.directory)) {
      if (!name.endsWith('.log') || this.files.has(name)) continue;
      const log = openLog(path.join(this.directory, name));
      // Out of descriptors: some will be free later.
      if (log === null) this.directoryTime = -1;
      else this.files.set(name, { source: ++this.lastSource, log });
    }
    return true;
  }
}

const SETTLED_MS = 100;

function openLog(file: string): LogFile | null {
  try {
    return new LogFile(file);
  } catch {
    return null;
  }
}

import { closeSync, openSync, writeSync } from 'node:fs';
import { Emitter } from '../base/emitter';
import { err, ok, type Result } from '../base/result';
import type { Ns } from '../base/units';
import { encodeFileHeader, RECORDING_MAGIC } from '../trace/format';
import { frame } from '../trace/recording';
import type { RecordingBytes } from './liveRun';

/** Appends chunks to a recording; what was appended together is announced together. */
export class RecordingFile {
  readonly path: string;
  private readonly fd: number;
  private readonly emitter = new Emitter<RecordingBytes>();
  private pending: { readonly time: Ns; readonly frame: Uint8Array }[] = [];
  private offset = 0;

  readonly onBytes = this.emitter.event;

  private constructor(path: string, fd: number) {
    this.path = path;
    this.fd = fd;
  }

  static create(path: string): Result<RecordingFile> {
    try {
      const file = new RecordingFile(path, openSync(path, 'w', 0o600));
      file.append(encodeFileHeader(RECORDING_MAGIC));
      return ok(file);
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error);
      return err(`The recording ${path} cannot be written (${reason}). Choose another place for it.`);
    }
  }

  /** `time` is the chunk's own. */
  add(source: number, chunk: Uint8Array, time: Ns): void {
    this.pending.push({ time, frame: frame(source, chunk) });
  }

  /**
   * Writes what was added, in order of time, so that causes come before their effects in another log. Throws on I/O
   * errors.
   */
  flush(): void {
    if (this.pending.length === 0) return;
    const frames = this.pending.sort((a, b) => a.time - b.time).map((entry) => entry.frame);
    this.pending = [];
    this.append(Buffer.concat(frames));
  }

  /** Announced after it was written: who reads the file after an event finds those bytes. */
  private append(bytes: Uint8Array): void {
    for (let written = 0; written < bytes.length;) written += writeSync(this.fd, bytes, written);
    const offset = this.offset;
    this.offset += bytes.length;
    this.emitter.fire({ offset, bytes });
  }

  close(): void {
    closeSync(this.fd);
    this.emitter.dispose();
  }
}

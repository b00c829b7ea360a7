import { closeSync, openSync, readSync } from 'node:fs';
import { emptyModel } from '../../src/model/model';
import { reduce } from '../../src/model/reduce';
import type { Model } from '../../src/model/types';
import { RecordingReader } from '../../src/trace/recording';

/** A recording that is still being written, as far as it has been read. */
export class FollowedRecording {
  readonly model: Model = emptyModel();
  private readonly path: string;
  private readonly buffer = Buffer.allocUnsafe(1 << 20);
  private readonly reader = new RecordingReader((record, source) => {
    reduce(this.model, record, source);
  });
  private fd = -1;

  constructor(path: string) {
    this.path = path;
  }

  /** Takes in what has been written by now. */
  read(): void {
    if (this.fd < 0) {
      try {
        this.fd = openSync(this.path, 'r');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
        throw error;
      }
    }
    for (;;) {
      const length = readSync(this.fd, this.buffer, 0, this.buffer.length, null);
      if (length === 0) break;
      this.reader.push(new Uint8Array(this.buffer.subarray(0, length)));
    }
    if (this.reader.problem !== null) throw new Error(JSON.stringify(this.reader.problem));
  }

  close(): void {
    if (this.fd >= 0) closeSync(this.fd);
  }
}

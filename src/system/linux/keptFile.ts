import { err, ok, type Result } from '../../base/result';
import { codeOf, type ProcFiles } from './procFiles';

/** Enough for every file that is kept open: stat, schedstat, wchan, loadavg. */
const MOST_BYTES = 4096;

/**
 * A file of /proc that is read again and again. It is kept open while the budget of descriptors allows, because opening
 * costs three times as much as reading. An open one never reads another thread's figures when a tid is used again.
 */
export class KeptFile {
  private readonly files: ProcFiles;
  private readonly path: string;
  private readonly isSpare: boolean;
  private fd = -1;

  /** A spare one is read less often than others. */
  constructor(files: ProcFiles, path: string, isSpare = false) {
    this.files = files;
    this.path = path;
    this.isSpare = isSpare;
  }

  get isKeptOpen(): boolean {
    return this.fd !== -1;
  }

  /** Reads into `files.buffer`: the number of bytes, or the error's code. */
  readBytes(): number | string {
    const { calls, buffer } = this.files;
    try {
      if (this.fd !== -1) return calls.readSync(this.fd, buffer, 0, MOST_BYTES, 0);
      const fd = calls.openSync(this.path, 'r');
      const mayStayOpen = this.files.tryKeepOpen(this.isSpare);
      if (mayStayOpen) this.fd = fd;
      try {
        return calls.readSync(fd, buffer, 0, MOST_BYTES, 0);
      } finally {
        if (!mayStayOpen) calls.closeSync(fd);
      }
    } catch (error) {
      return codeOf(error);
    }
  }

  read(): Result<string> {
    const length = this.readBytes();
    return typeof length === 'string' ? err(length) : ok(this.files.buffer.toString('utf8', 0, length));
  }

  close(): void {
    if (this.fd === -1) return;
    this.files.calls.closeSync(this.fd);
    this.files.giveBack();
    this.fd = -1;
  }
}

import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

const buffer = Buffer.allocUnsafe(4096);

/** A file of /proc that is read again and again: kept open, because opening costs three times as much as reading. */
export class ProcFile {
  private readonly path: string;
  private fd = -1;

  constructor(path: string) {
    this.path = path;
  }

  /** Its text now; null when the process or thread is gone, or the file is not readable. */
  read(): string | null {
    try {
      if (this.fd === -1) this.fd = openSync(this.path, 'r');
      return buffer.toString('utf8', 0, readSync(this.fd, buffer, 0, buffer.length, 0));
    } catch (error) {
      // Out of descriptors: slower, but still right.
      if (isOutOfDescriptors(error)) return readText(this.path);
      return null;
    }
  }

  close(): void {
    if (this.fd === -1) return;
    closeSync(this.fd);
    this.fd = -1;
  }
}

function isOutOfDescriptors(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EMFILE' || code === 'ENFILE';
}

/** A small file's text; null when it cannot be read. Processes come and go between listing and reading. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Reading files whose names come from a program: such a name may lead anywhere. */
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';

export interface FileVersion {
  readonly size: number;
  readonly mtimeMs: number;
}

/** What tells one version of a file from another; null when it is missing or no regular file. */
export function fileVersion(path: string): FileVersion | null {
  if (isRemote(path)) return null;
  try {
    const stat = statSync(path);
    return stat.isFile() ? { size: stat.size, mtimeMs: stat.mtimeMs } : null;
  } catch {
    return null;
  }
}

/**
 * A file's bytes; never more than it was long when it was opened, so nothing that grows, waits or has no end is read.
 * Null when it is no regular file, longer than `maxBytes`, or cannot be read.
 */
export function readRegularFile(path: string, maxBytes: number): Buffer | null {
  // Before opening: to open a device can do something.
  if (fileVersion(path) === null) return null;
  try {
    // Should a pipe have taken its place meanwhile, opening it must not wait for somebody who writes. Not on Windows.
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stat = fstatSync(fd);
      if (!stat.isFile() || stat.size > maxBytes) return null;
      const bytes = Buffer.allocUnsafe(stat.size);
      let length = 0;
      while (length < bytes.length) {
        const read = readSync(fd, bytes, length, bytes.length - length, length);
        if (read === 0) break;
        length += read;
      }
      return bytes.subarray(0, length);
    } finally {
      closeSync(fd);
    }
  } catch {
    return null;
  }
}

/** On Windows merely looking at another machine's file tells that machine who is asking. */
function isRemote(path: string): boolean {
  return process.platform === 'win32' && /^[\\/]{2}/.test(path);
}

import fs from 'node:fs';
import path from 'node:path';
import { err, ok, type Result } from '../../base/result';
import { parseLimits } from './limits';

/** The calls by which files are read; a test may put others in their place. */
export type FileCalls = Pick<
  typeof fs,
  'openSync' | 'readSync' | 'closeSync' | 'readdirSync' | 'readlinkSync' | 'statSync'
>;

export interface ProcFilesOptions {
  readonly procRoot?: string;
  readonly cgroupRoot?: string;
  readonly calls?: FileCalls;
}

/** The rest belongs to whoever else lives in our process: an editor's extension host, for one. */
const SHARE_OF_DESCRIPTORS = 0.5;
/** Each file kept open takes about a kilobyte of the kernel's memory. */
const MOST_KEPT_OPEN = 16_384;
/** The largest file that is read, smaps of a process with tens of thousands of mappings. */
const LARGEST_FILE = 32 << 20;

/**
 * Reads the files of /proc and of control groups. None of its calls throws: processes come and go between listing and
 * reading, and some files are not for everybody. An error is the system's code (`ENOENT`, `EACCES`, …).
 */
export class ProcFiles {
  readonly root: string;
  readonly cgroupRoot: string;
  readonly calls: FileCalls;
  /** What was read last; valid until the next read. */
  buffer = Buffer.allocUnsafeSlow(64 << 10);
  private keptOpen = 0;
  private readonly mostKeptOpen: number;

  constructor(options: ProcFilesOptions = {}) {
    this.root = options.procRoot ?? '/proc';
    this.cgroupRoot = options.cgroupRoot ?? '/sys/fs/cgroup';
    this.calls = options.calls ?? fs;
    this.mostKeptOpen = this.descriptorBudget();
  }

  /** Whether one more file may stay open. Spare ones, which are read more seldom, get half of the budget. */
  tryKeepOpen(isSpare: boolean): boolean {
    if (this.keptOpen >= (isSpare ? this.mostKeptOpen / 2 : this.mostKeptOpen)) return false;
    this.keptOpen++;
    return true;
  }

  giveBack(): void {
    this.keptOpen--;
  }

  /** A file's text; invalid UTF-8 becomes U+FFFD. */
  read(file: string): Result<string> {
    const length = this.readBytes(file);
    return length.ok ? ok(this.buffer.toString('utf8', 0, length.value)) : length;
  }

  /** Reads the whole file into `buffer`, which grows where it must; answers the number of bytes. */
  readBytes(file: string): Result<number> {
    let fd = -1;
    try {
      fd = this.calls.openSync(file, 'r');
      let length = 0;
      for (;;) {
        if (length === this.buffer.length) {
          if (length >= LARGEST_FILE) return err('EFBIG');
          this.grow();
        }
        const count = this.calls.readSync(fd, this.buffer, length, this.buffer.length - length, null);
        if (count === 0) return ok(length);
        length += count;
      }
    } catch (error) {
      return err(codeOf(error));
    } finally {
      if (fd !== -1) this.calls.closeSync(fd);
    }
  }

  /** The names in a folder that are numbers. */
  numbersIn(folder: string): Result<number[]> {
    try {
      const numbers: number[] = [];
      for (const name of this.calls.readdirSync(folder)) {
        const first = name.charCodeAt(0);
        // Nothing else in these folders begins with a digit.
        if (first >= 48 && first <= 57) numbers.push(Number.parseInt(name, 10));
      }
      return ok(numbers);
    } catch (error) {
      return err(codeOf(error));
    }
  }

  link(file: string): Result<string> {
    try {
      return ok(this.calls.readlinkSync(file));
    } catch (error) {
      return err(codeOf(error));
    }
  }

  exists(file: string): boolean {
    try {
      return this.calls.statSync(file, { throwIfNoEntry: false }) !== undefined;
    } catch {
      return false;
    }
  }

  /** What an open file is. Only for those of local file systems: others may keep the caller waiting. */
  kind(file: string): string | null {
    try {
      const stats = this.calls.statSync(file);
      if (stats.isFile()) return 'file';
      if (stats.isDirectory()) return 'directory';
      if (stats.isFIFO()) return 'pipe';
      if (stats.isSocket()) return 'socket';
      return stats.isCharacterDevice() || stats.isBlockDevice() ? 'device' : 'other';
    } catch {
      // Closed in the meantime.
      return null;
    }
  }

  private grow(): void {
    const grown = Buffer.allocUnsafeSlow(this.buffer.length * 2);
    this.buffer.copy(grown);
    this.buffer = grown;
  }

  private descriptorBudget(): number {
    const text = this.read(path.join(this.root, 'self/limits'));
    const limit = text.ok ? parseLimits(text.value).get('Max open files')?.[0] : undefined;
    // Unlimited, or not known: then the usual limit.
    const allowed = limit ?? (limit === null ? MOST_KEPT_OPEN : 1024);
    return Math.min(MOST_KEPT_OPEN, Math.floor(allowed * SHARE_OF_DESCRIPTORS));
  }
}

export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

/** Nothing of that name (any more): the process or thread has ended, unless it is the system that has no such file. */
export function isGone(code: string): boolean {
  return code === 'ENOENT' || code === 'ESRCH' || code === 'ENOTDIR';
}

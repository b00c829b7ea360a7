import type * as nodeFs from 'node:fs';
import type { Ns } from './clock';

// Captured before the program can replace them. Sync calls run on the calling thread, which thread-self relies on.
// Required, because an import would be wrapped by the bundler at some cost.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { readFileSync } = require('node:fs') as typeof nodeFs;

/** What /proc says of a process or thread; null where there is no /proc (macOS, Windows) or it cannot be read. */
export interface ProcStat {
  /** The process's or, in a thread's file, the thread's own number. */
  readonly id: number;
  readonly ppid: number;
  readonly startTicks: number;
}

/** Fields 1, 4 and 22 of a stat file. The name (field 2) may hold anything, also ") ", hence the search from the end. */
function readStat(file: string): ProcStat | null {
  try {
    const text = readFileSync(file, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { id: Number.parseInt(text, 10), ppid: Number(fields[1]), startTicks: Number(fields[19]) };
  } catch {
    return null;
  }
}

export function processStat(pid: number): ProcStat | null {
  return process.platform === 'linux' ? readStat(`/proc/${pid}/stat`) : null;
}

/** The calling thread, with its OS thread id. */
export function threadStat(): ProcStat | null {
  return process.platform === 'linux' ? readStat('/proc/thread-self/stat') : null;
}

export interface ThreadTimes {
  readonly cpu: Ns | null;
  readonly runQueue: Ns | null;
}

/** On-CPU and run-queue time of the calling thread (first two fields of schedstat). */
export function threadTimes(): ThreadTimes {
  if (process.platform !== 'linux') return { cpu: null, runQueue: null };
  try {
    const fields = readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ');
    return { cpu: Number(fields[0]), runQueue: Number(fields[1]) };
  } catch {
    return { cpu: null, runQueue: null };
  }
}

/** A process's command line as a JSON array, `[]` if it cannot be read. */
export function commandLine(pid: number): string {
  try {
    return JSON.stringify(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1));
  } catch {
    return '[]';
  }
}

import * as fs from 'node:fs';
import type { Ns } from './clock';

// Captured before the program can replace them. Sync calls run on the calling thread, which thread-self relies on.
const { readFileSync, readlinkSync } = fs;

/** What /proc says of a process or thread; null where there is no /proc (macOS, Windows) or it cannot be read. */
export interface ProcStat {
  readonly ppid: number;
  readonly startTicks: number;
}

/** Fields 4 and 22 of a stat file. The name (field 2) may hold anything, also ") ", hence the search from the end. */
export function readStat(file: string): ProcStat | null {
  try {
    const text = readFileSync(file, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { ppid: Number(fields[1]), startTicks: Number(fields[19]) };
  } catch {
    return null;
  }
}

export function processStat(pid: number): ProcStat | null {
  return process.platform === 'linux' ? readStat(`/proc/${pid}/stat`) : null;
}

/** The calling thread's OS thread id: /proc/thread-self links to PID/task/TID. */
export function osThreadId(): number | null {
  if (process.platform !== 'linux') return null;
  try {
    const link = readlinkSync('/proc/thread-self');
    const tid = Number(link.slice(link.lastIndexOf('/') + 1));
    return Number.isInteger(tid) ? tid : null;
  } catch {
    return null;
  }
}

export interface ThreadTimes {
  readonly cpu: Ns | null;
  readonly runQueue: Ns | null;
}

/** On-CPU and run-queue time of the calling thread (first two fields of schedstat). */
export function threadTimes(): ThreadTimes {
  if (process.platform !== 'linux') return { cpu: null, runQueue: null };
  try {
    const [cpu, runQueue] = readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ');
    return { cpu: Number(cpu), runQueue: Number(runQueue) };
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

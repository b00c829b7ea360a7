/** What lookScript.ts prints, line by line: pure, and of anything else it makes nothing. */
import type { SeenProcess } from '../watchedTree';
import { splitCommandLine } from './commandLine';

export interface WindowsThread {
  readonly tid: number;
  /** In Linux's letters: R runs or could, S waits. */
  readonly state: 'R' | 'S';
  /** What it waits for, in .NET's word: `win:UserRequest`; null while it does not wait, or where that is not told. */
  readonly waitChannel: string | null;
  /** On a CPU so far, 100 ns. */
  readonly cpu: number;
  readonly priority: number;
  /** Milliseconds since the epoch. */
  readonly startMs: number;
}

export interface WindowsProcess {
  readonly pid: number;
  /** On a CPU so far, 100 ns. */
  readonly cpu: number;
  readonly workingSet: number;
  readonly privateBytes: number;
  readonly priority: number;
  readonly threads: readonly WindowsThread[];
}

export type LookLine =
  | { readonly word: 'found'; readonly processes: readonly SeenProcess[] }
  | { readonly word: 'lost'; readonly pids: readonly number[] }
  | { readonly word: 'process'; readonly process: WindowsProcess }
  | { readonly word: 'unreadable'; readonly pid: number; readonly reason: string }
  | { readonly word: 'failed'; readonly reason: string }
  | { readonly word: 'end'; readonly asked: number; readonly frequency: number; readonly cpu: number };

/** Null for a line that is none of them (a warning of PowerShell's, say). */
export function parseLookLine(line: string): LookLine | null {
  const [, word = '', rest = ''] = /^(\w+) (.*?)\s*$/.exec(line) ?? [];
  switch (word) {
    case 'found':
      return { word, processes: listOf(parse(rest)).flatMap((value) => seenProcess(value) ?? []) };
    case 'lost':
      return { word, pids: numbersOf(parse(rest)) };
    case 'process':
      return processLine(rest);
    case 'unreadable': {
      const [, pid, reason] = /^\[(\d{1,10})\] (\w+)$/.exec(rest) ?? [];
      return pid === undefined || reason === undefined ? null : { word, pid: Number(pid), reason };
    }
    case 'failed':
      return { word, reason: rest };
    case 'end': {
      const [asked, frequency, cpu] = numbersOf(parse(rest));
      if (asked === undefined || frequency === undefined || cpu === undefined) return null;
      return { word, asked, frequency, cpu };
    }
    default:
      return null;
  }
}

function processLine(text: string): LookLine | null {
  const [figures, threads] = listOf(parse(`[${text.replace('] [', '],[')}]`));
  const [pid, cpu, workingSet, privateBytes, priority] = numbersOf(figures);
  if (pid === undefined || cpu === undefined || workingSet === undefined) return null;
  if (privateBytes === undefined || priority === undefined) return null;
  const process = {
    pid,
    cpu,
    workingSet,
    privateBytes,
    priority,
    threads: listOf(threads).flatMap((value) => threadOf(numbersOf(value)) ?? []),
  };
  return { word: 'process', process };
}

/** .NET's numbers: Initialized, Ready, Running, Standby, Terminated, Wait, Transition, Unknown (the kernel's deferred ready). */
const TERMINATED = 4;
const waiting = new Set([5, 6]);

const waitReasons = [
  'Executive',
  'FreePage',
  'PageIn',
  'SystemAllocation',
  'ExecutionDelay',
  'Suspended',
  'UserRequest',
  'EventPairHigh',
  'EventPairLow',
  'LpcReceive',
  'LpcReply',
  'VirtualMemory',
  'PageOut',
  'Unknown',
];

function threadOf(figures: readonly number[]): WindowsThread | null {
  const [tid, state, reason, cpu, priority, start] = figures;
  if (tid === undefined || state === undefined || state === TERMINATED) return null;
  if (reason === undefined || cpu === undefined || priority === undefined || start === undefined) return null;
  const name = waitReasons[reason];
  return {
    tid,
    state: waiting.has(state) ? 'S' : 'R',
    waitChannel: name === undefined || !waiting.has(state) ? null : `win:${name}`,
    cpu,
    priority,
    startMs: Math.floor(start / 10_000),
  };
}

function seenProcess(value: unknown): SeenProcess | null {
  if (typeof value !== 'object' || value === null) return null;
  const { ProcessId, ParentProcessId, Name, CommandLine, CreationDate } = value as Record<string, unknown>;
  if (!isNumber(ProcessId) || !isNumber(ParentProcessId)) return null;
  const comm = typeof Name === 'string' ? Name : '';
  // Null for processes of another user.
  const args = typeof CommandLine === 'string' ? splitCommandLine(CommandLine) : [comm];
  return {
    pid: ProcessId,
    ppid: ParentProcessId,
    startMs: parseDate(CreationDate),
    comm,
    args,
    isZombie: false,
  };
}

/** `/Date(1700000000123)/` in PowerShell 5.1, `2023-11-14T23:13:20.1234567+01:00` in 7; milliseconds since the epoch. */
function parseDate(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const milliseconds = /^\/Date\((-?\d{1,15})\)\/$/.exec(value)?.[1];
  const time = milliseconds === undefined ? Date.parse(value) : Number(milliseconds);
  return Number.isFinite(time) ? time : null;
}

/** PowerShell may give the one element instead of a list of one, and 5.1 a list wrapped as {value, Count}. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  if (typeof value !== 'object' || value === null) return [];
  const { value: wrapped } = value as { readonly value?: unknown };
  return Array.isArray(wrapped) ? (wrapped as unknown[]) : [value];
}

function numbersOf(value: unknown): readonly number[] {
  return Array.isArray(value) && value.every(isNumber) ? value : [];
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Parsers for what macOS's ps prints: pure, and of anything else they make nothing. The formats are in ps(1). */
import type { SeenProcess } from '../watchedTree';

export interface PsProcess extends SeenProcess {
  /** The system's state letter in Linux's terms, where ours are: R, S, D, T, Z; null where ps does not know. */
  readonly state: string | null;
  readonly priority: number | null;
  /** How it is scheduled, in the words of the record `processFacts`. */
  readonly policy: string | null;
  readonly nice: number | null;
  readonly uid: number | null;
  /** Bytes. */
  readonly rss: number;
  /** On a CPU so far, milliseconds; as fine as 10. */
  readonly cpuMs: number;
}

/**
 * All processes, one a line. Each column is an option of its own: of `-o pid=,ppid=` a BSD ps would make one column headed
 * `,ppid=`. The command is last because it may contain anything; -ww lets it have any length.
 */
export const LIST_ARGUMENTS = [
  '-axww',
  ...['pid', 'ppid', 'lstart', 'stat', 'pri', 'nice', 'uid', 'rss', 'time', 'command'].flatMap((column) => [
    '-o',
    `${column}=`,
  ]),
];

export function threadArguments(pids: readonly number[]): readonly string[] {
  return ['-M', '-ww', '-p', pids.join(',')];
}

const LISTED =
  /^\s*(\d+)\s+(\d+)\s+\w{3}\s+(\w{3}\s+\d+\s+\d+:\d+:\d+\s+\d{4})\s+(\S+)\s+(-?\d+|-)([A-Z]?)\s+(\S+)\s+(-?\d+)\s+(\d+)\s+(\S+)(?:\s(.*))?$/;

export function parseProcessList(text: string): PsProcess[] {
  return text.split('\n').flatMap((line) => parseListed(line) ?? []);
}

function parseListed(line: string): PsProcess | null {
  const fields = LISTED.exec(line);
  if (fields === null) return null;
  const [pid, ppid, start, stat, priority, policy, nice, uid, rss, time, command] = fields.slice(1);
  const cpuMs = parseTime(time ?? '');
  if (cpuMs === null) return null;
  const args = parseCommand(command ?? '');
  return {
    pid: Number(pid),
    ppid: Number(ppid),
    startMs: parseStart(start ?? ''),
    comm: commandName(args),
    args,
    isZombie: stat?.startsWith('Z') === true,
    state: parseState(stat ?? ''),
    priority: numberOf(priority),
    policy: policies[policy ?? ''] ?? null,
    nice: numberOf(nice),
    uid: numberOf(uid),
    rss: Number(rss) * 1024,
    cpuMs,
  };
}

export interface PsThread {
  readonly pid: number;
  readonly state: string | null;
  /** On a CPU so far, milliseconds; as fine as 10. */
  readonly cpuMs: number;
}

/*
 * ps -M prints a line for each thread, the main thread's first. Only that one has USER, TT and COMMAND; a thread has no
 * name or number, so from one look to the next nobody can tell which is which.
 *
 *     USER     PID   TT   %CPU STAT PRI     STIME     UTIME COMMAND
 *     me      7754 s002   98.3 R    31T   0:00.20   0:20.09 node process.js A
 *             7754         0.0 S    31T   0:00.00   0:00.00
 */
const THREAD =
  /^(?:\S.{0,60}?)?\s+(\d+)\s+(?:[^\s.]+\s+)?\d+[.,]\d+\s+(\S+)\s+-?\d+[A-Z]?\s+(\d+:\d+[.,]\d+)\s+(\d+:\d+[.,]\d+)(?:\s|$)/;

export function parseThreadList(text: string): PsThread[] {
  return text.split('\n').flatMap((line) => {
    const [, pid, stat, system, user] = THREAD.exec(line) ?? [];
    const systemMs = parseTime(system ?? '');
    const userMs = parseTime(user ?? '');
    if (pid === undefined || systemMs === null || userMs === null) return [];
    return [{ pid: Number(pid), state: parseState(stat ?? ''), cpuMs: systemMs + userMs }];
  });
}

/** `0:00.03`, `2230:54.68`, `1:02:03`, `1-02:03:04`: days, hours, minutes, seconds; in milliseconds. */
export function parseTime(text: string): number | null {
  const [, days = '0', clock = '', hundredths = '0'] =
    /^(?:(\d{1,6})-)?(\d{1,9}(?::\d{1,2}){1,2})(?:[.,](\d{1,2}))?$/.exec(text) ?? [];
  if (clock === '') return null;
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return (Number(days) * 86_400 + seconds) * 1000 + Number(hundredths.padEnd(2, '0')) * 10;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Nov 14 22:13:20 2023`, in UTC (ps is run with TZ=UTC); milliseconds since the epoch. */
function parseStart(text: string): number | null {
  const [, month = '', day, hours, minutes, seconds, year] =
    /^(\w{3})\s+(\d+)\s+(\d+):(\d+):(\d+)\s+(\d+)$/.exec(text) ?? [];
  const index = months.indexOf(month);
  if (index < 0) return null;
  return Date.UTC(Number(year), index, Number(day), Number(hours), Number(minutes), Number(seconds));
}

/** What the letter after a priority stands for: timeshare, fixed (first in, first out), round robin. */
const policies: Readonly<Record<string, string | undefined>> = { T: 'normal', F: 'fifo', R: 'rr' };

/** S: asleep, I: for more than 20 seconds, U: in an uninterruptible wait. */
const states: Readonly<Record<string, string | undefined>> = {
  R: 'R',
  S: 'S',
  I: 'S',
  U: 'D',
  T: 'T',
  Z: 'Z',
};

/** The first letter; those after it tell other things (`Ss+`: leads a session, in the foreground). */
function parseState(stat: string): string | null {
  return states[stat.charAt(0)] ?? null;
}

/** ps joins arguments by spaces, so those that contain some come out in pieces. */
function parseCommand(command: string): string[] {
  const text = command.trim();
  return text === '' ? [] : text.split(/\s+/);
}

function commandName([file = '']: readonly string[]): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^-?\d{1,10}$/.test(text) ? Number(text) : null;
}

/** Parsers for the text files of /proc. Pure: the formats are in proc(5). */

export interface Stat {
  readonly name: string;
  /** R running or queued, S asleep, D asleep in the kernel (disk), T stopped, t traced, Z zombie, X dead, I idle. */
  readonly state: string;
  readonly ppid: number;
  readonly group: number;
  readonly session: number;
  readonly minorFaults: number;
  readonly majorFaults: number;
  /** CPU time in user and system mode, in ticks of 1/100 s. */
  readonly cpuTicks: number;
  /** As the kernel counts it: 20 + nice, negative for real-time policies. */
  readonly priority: number;
  readonly nice: number;
  /** Threads of the process. */
  readonly threads: number;
  readonly startTicks: number;
  /** The CPU it ran on last. */
  readonly cpuNumber: number | null;
  readonly policy: string | null;
  /** Wait status, in stat files of zombies; 0 where it is not readable. */
  readonly exitStatus: number;
}

/** Scheduling policies by number (sched.h). */
const policies = ['normal', 'fifo', 'rr', 'batch', null, 'idle', 'deadline', 'ext'] as const;

/** /proc/PID/stat and /proc/PID/task/TID/stat. The name may hold anything, also spaces and parentheses. */
export function parseStat(text: string): Stat | null {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) return null;
  const fields = text.slice(close + 2).split(' ');
  const [state] = fields;
  const number = (index: number): number => Number(fields[index] || NaN);
  // The fields up to the start are there on every kernel; a text without them has been cut.
  for (let index = 1; index <= 19; index++) if (!Number.isFinite(number(index))) return null;
  if (state === undefined || !/^[A-Za-z]$/.test(state)) return null;
  const cpuNumber = number(36);
  return {
    name: text.slice(open + 1, close),
    state,
    ppid: number(1),
    group: number(2),
    session: number(3),
    minorFaults: number(7),
    majorFaults: number(9),
    cpuTicks: number(11) + number(12),
    priority: number(15),
    nice: number(16),
    threads: number(17),
    startTicks: number(19),
    cpuNumber: cpuNumber >= 0 ? cpuNumber : null,
    policy: policies[number(38)] ?? null,
    exitStatus: number(49) || 0,
  };
}

export interface SchedStat {
  /** Nanoseconds on a CPU and waiting for one. */
  readonly cpu: number;
  readonly runQueue: number;
}

/**
 * /proc/PID/task/TID/schedstat, `length` bytes: three numbers, read without making a string of them, because this is
 * done for every thread in every pass. They are put into `times`. False when it is no such text.
 */
export function readSchedStat(
  bytes: Uint8Array,
  length: number,
  times: { cpu: number; runQueue: number },
): boolean {
  let at = 0;
  let found = 0;
  for (; found < 2; found++) {
    const start = at;
    let value = 0;
    for (; at < length; at++) {
      const digit = (bytes[at] ?? 0) - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (at === start || bytes[at] !== 32 || at >= length || value > Number.MAX_SAFE_INTEGER) return false;
    at++;
    if (found === 0) times.cpu = value;
    else times.runQueue = value;
  }
  return true;
}

/** The same of a text. Null when it is none. */
export function parseSchedStat(text: string): SchedStat | null {
  const bytes = Buffer.from(text);
  const times = { cpu: 0, runQueue: 0 };
  return readSchedStat(bytes, bytes.length, times) ? times : null;
}

export interface MemoryFigures {
  /** Bytes. private + shared = rss; pss counts a page shared by n processes as 1/n. */
  readonly rss: number;
  readonly pss: number;
  readonly private: number;
  readonly shared: number;
}

/** /proc/PID/smaps_rollup, which is in kB. */
export function parseSmapsRollup(text: string): MemoryFigures | null {
  const figures = new Map<string, number>();
  for (const match of text.matchAll(/^(\w+):\s+(\d{1,15}) kB$/gm)) {
    figures.set(match[1] ?? '', Number(match[2]) * 1024);
  }
  if (!figures.has('Rss')) return null;
  const of = (name: string): number => figures.get(name) ?? 0;
  const own = of('Private_Clean') + of('Private_Dirty') + of('Private_Hugetlb');
  const shared = of('Shared_Clean') + of('Shared_Dirty') + of('Shared_Hugetlb');
  // The kernel's Rss leaves huge pages out.
  return { rss: own + shared, pss: of('Pss'), private: own, shared };
}

export interface Status {
  /** The process that a thread belongs to; for a process its pid. */
  readonly processId: number | null;
  /** Effective user. */
  readonly uid: number | null;
  /** CPUs it may run on, as a list: `0-3,8`. */
  readonly affinity: string | null;
  readonly voluntarySwitches: number | null;
  readonly involuntarySwitches: number | null;
  /** Bytes of memory by kind: of no file, of files, shared on purpose. */
  readonly rssAnon: number | null;
  readonly rssFile: number | null;
  readonly rssShmem: number | null;
}

/** /proc/PID/status and /proc/PID/task/TID/status. The kernel writes a name's newlines as `\n`. */
export function parseStatus(text: string): Status {
  const value = (name: string): string | null => {
    const at = text.indexOf(`\n${name}:`);
    if (at < 0) return null;
    const start = at + name.length + 2;
    const end = text.indexOf('\n', start);
    return text.slice(start, end < 0 ? undefined : end).trim();
  };
  const count = (name: string): number | null => numberOf(value(name));
  const bytes = (name: string): number | null => {
    const kB = numberOf(/^(\d+) kB$/.exec(value(name) ?? '')?.[1] ?? null);
    return kB === null ? null : kB * 1024;
  };
  const cpus = value('Cpus_allowed_list');
  return {
    processId: count('Tgid'),
    uid: numberOf(value('Uid')?.split('\t')[1] ?? null),
    affinity: cpus !== null && /^[\d,-]+$/.test(cpus) ? cpus : null,
    voluntarySwitches: count('voluntary_ctxt_switches'),
    involuntarySwitches: count('nonvoluntary_ctxt_switches'),
    rssAnon: bytes('RssAnon'),
    rssFile: bytes('RssFile'),
    rssShmem: bytes('RssShmem'),
  };
}

function numberOf(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** /proc/PID/cmdline: arguments that each end in NUL. Empty for zombies and kernel threads. */
export function parseCommandLine(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\0$/, '').split('\0');
}

/** Field 5 of /proc/loadavg: the newest pid or tid of this machine. It changes when anything was created. */
export function parseNewestPid(text: string): number {
  const last = text.slice(text.lastIndexOf(' ') + 1).trim();
  return /^\d+$/.test(last) ? Number(last) : NaN;
}

/** Field 4 of /proc/loadavg: how many threads of this machine run or want to. */
export function parseRunnable(text: string): number {
  return Number(/ (\d+)\/\d+ /.exec(text)?.[1] ?? NaN);
}

/** The state letter's character code in the `length` bytes of a stat file; -1 when it is none. */
export function stateIn(bytes: Uint8Array, length: number): number {
  // The name before it may hold anything, what follows it no parenthesis.
  for (let at = length - 1; at >= 0; at--) if (bytes[at] === 41) return bytes[at + 2] ?? -1;
  return -1;
}

/** Wait status as in wait(2). */
export function parseExitStatus(status: number): { readonly code: number } | { readonly signal: number } {
  const signal = status & 0x7f;
  return signal === 0 ? { code: (status >> 8) & 0xff } : { signal };
}

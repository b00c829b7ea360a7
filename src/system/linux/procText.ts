/** Parsers for the text files of /proc. Pure: the formats are in proc(5). */

export interface Stat {
  readonly name: string;
  /** R running or queued, S asleep, D asleep in the kernel (disk), T stopped, t traced, Z zombie, X dead, I idle. */
  readonly state: string;
  readonly ppid: number;
  readonly startTicks: number;
  /** Wait status, in stat files of zombies; 0 where it is not readable. */
  readonly exitStatus: number;
}

/** /proc/PID/stat and /proc/PID/task/TID/stat. The name may hold anything, also spaces and parentheses. */
export function parseStat(text: string): Stat | null {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) return null;
  const fields = text.slice(close + 2).split(' ');
  const state = fields[0];
  const startTicks = Number(fields[19]);
  if (state === undefined || state === '' || !Number.isFinite(startTicks)) return null;
  return {
    name: text.slice(open + 1, close),
    state,
    ppid: Number(fields[1]),
    startTicks,
    exitStatus: Number(fields[49] ?? 0) || 0,
  };
}

export interface SchedStat {
  /** Nanoseconds on a CPU and waiting for one. */
  readonly cpu: number;
  readonly runQueue: number;
}

/** /proc/PID/task/TID/schedstat: three numbers. Null on a kernel without CONFIG_SCHED_INFO (then it is all zero). */
export function parseSchedStat(text: string): SchedStat | null {
  const [cpu, runQueue, slices] = text.split(' ').map(Number);
  if (cpu === undefined || runQueue === undefined || !Number.isFinite(cpu) || !Number.isFinite(runQueue))
    return null;
  if (slices === 0 && cpu === 0 && runQueue === 0) return { cpu: 0, runQueue: 0 };
  return { cpu, runQueue };
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
  for (const match of text.matchAll(/^(\w+):\s+(\d+) kB$/gm)) {
    figures.set(match[1] ?? '', Number(match[2]) * 1024);
  }
  const rss = figures.get('Rss');
  if (rss === undefined) return null;
  const of = (name: string): number => figures.get(name) ?? 0;
  return {
    rss,
    pss: of('Pss'),
    private: of('Private_Clean') + of('Private_Dirty') + of('Private_Hugetlb'),
    shared: of('Shared_Clean') + of('Shared_Dirty') + of('Shared_Hugetlb'),
  };
}

/** /proc/PID/cmdline: arguments that each end in NUL. Empty for zombies and kernel threads. */
export function parseCommandLine(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\0$/, '').split('\0');
}

/** Field 5 of /proc/loadavg: the newest pid or tid of this machine. It changes when anything was created. */
export function parseNewestPid(text: string): number {
  return Number(text.slice(text.lastIndexOf(' ') + 1));
}

/** Wait status as in wait(2). */
export function parseExitStatus(status: number): { readonly code: number } | { readonly signal: number } {
  const signal = status & 0x7f;
  return signal === 0 ? { code: (status >> 8) & 0xff } : { signal };
}

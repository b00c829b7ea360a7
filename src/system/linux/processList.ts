import type { ProcFiles } from './procFiles';
import { parseStat, parseStatus, type Stat } from './procText';

/** Between fork and exec a process still has its creator's environment: look again for this long. */
const UNDECIDED_NS = 0.5e9;
/** So many new ones are looked at one by one; when there are more, listing all is cheaper. */
const MOST_NEW = 64;

/** What a search knows, and what it does with what it finds. */
export interface Finding {
  /** Processes of the tree, by pid. */
  readonly known: ReadonlyMap<number, unknown>;
  /** A process belongs to the tree. Parents mostly come before their children. */
  readonly add: (pid: number, stat: Stat) => void;
  /** This process, whosoever it is, has a new thread. */
  readonly addThread: (pid: number) => void;
}

/** Finds the processes of the tree among all that /proc lists. */
export class ProcessList {
  private readonly files: ProcFiles;
  private readonly environmentMark: string;
  private readonly startOf: (ticks: number) => number;
  /** Processes that are not ours, with the time until which that may still change. */
  private readonly strangers = new Map<number, number>();

  constructor(files: ProcFiles, runDirectory: string, startOf: (ticks: number) => number) {
    this.files = files;
    this.environmentMark = `CVIZ_RUN=${runDirectory}\0`;
    this.startOf = startOf;
  }

  isEmpty(): boolean {
    const pids = this.files.numbersIn(this.files.root);
    return !pids.ok || pids.value.length === 0;
  }

  /** It may be one of ours after all. */
  forget(pid: number): void {
    this.strangers.delete(pid);
  }

  /** A process that has not ended. */
  look(pid: number): Stat | null {
    const text = this.files.read(`${this.files.root}/${pid}/stat`);
    const stat = text.ok ? parseStat(text.value) : null;
    return stat === null || stat.state === 'Z' || stat.state === 'X' ? null : stat;
  }

  /** Looks at all processes that /proc lists. `newestBefore` and `newest` as in `findNew`. */
  findAll(time: number, newestBefore: number, newest: number, finding: Finding): void {
    const pids = this.files.numbersIn(this.files.root);
    if (!pids.ok) return;
    const listed = new Set(pids.value);
    for (const pid of this.strangers.keys()) {
      // Whoever has a pid that was given since the last search is somebody else now.
      if (!listed.has(pid) || isBetween(pid, newestBefore, newest)) this.forget(pid);
    }
    for (const pid of listed) {
      const undecidedUntil = this.strangers.get(pid);
      if (undecidedUntil === undefined || undecidedUntil > time) this.examine(time, pid, finding);
    }
  }

  /**
   * Looks only at what was created since the last search. `newestBefore` and `newest`: the last pid or tid that had been
   * given then, and has been now. False when these are too many, or the numbers have begun anew: then all are to be listed.
   */
  findNew(time: number, newestBefore: number, newest: number, finding: Finding): boolean {
    const count = newest - newestBefore;
    if (!(count >= 0 && count <= MOST_NEW)) return false;
    for (const [pid, undecidedUntil] of this.strangers) {
      if (undecidedUntil > time) this.examine(time, pid, finding);
    }
    for (let id = newestBefore + 1; id <= newest; id++) {
      const folder = `${this.files.root}/${id}`;
      // Most have ended already; that a file is missing costs less to be told this way.
      if (!this.files.exists(folder)) continue;
      const status = this.files.read(`${folder}/status`);
      const process = status.ok ? parseStatus(status.value).processId : null;
      this.forget(id);
      if (process === null || process === id) this.examine(time, id, finding);
      else finding.addThread(process);
    }
    return true;
  }

  private examine(time: number, pid: number, { known, add }: Finding): void {
    if (known.has(pid)) return;
    const stat = this.look(pid);
    if (stat === null) return;
    if (known.has(stat.ppid) || this.hasMark(pid)) add(pid, stat);
    else this.strangers.set(pid, Math.min(this.startOf(stat.startTicks), time) + UNDECIDED_NS);
  }

  /** An orphan has another parent than the one that created it; its environment still tells. */
  private hasMark(pid: number): boolean {
    const text = this.files.read(`${this.files.root}/${pid}/environ`);
    return text.ok && text.value.includes(this.environmentMark);
  }
}

/** Pids are given in ascending order, and from the beginning again after the largest. */
function isBetween(pid: number, after: number, last: number): boolean {
  if (!(after >= 0 && last >= 0)) return false;
  return after <= last ? pid > after && pid <= last : pid > after || pid <= last;
}

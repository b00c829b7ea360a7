import type { Ns } from '../base/units';
import type { ChunkWriter } from '../trace/writer';
import { isSame, processesOfTree, type ListedProcess, type TreeMember } from './processTree';

/** A process as a list of the whole machine has it. */
export interface SeenProcess extends ListedProcess {
  /** Its program's name, without arguments. */
  readonly comm: string;
  readonly args: readonly string[];
  /** It has ended, and only its parent has not yet taken note of that. */
  readonly isZombie: boolean;
}

/** When the system was asked, by both clocks. */
export interface LookTime {
  readonly time: Ns;
  readonly wallMs: number;
}

interface Member extends TreeMember {
  endMs: number | null;
  /** What was written of it last. */
  readonly written: string;
  /** When it became known: an older list cannot have it. */
  readonly since: Ns;
}

/** An orphan that names its ended parent is found at the next look or the one after. */
const REMEMBER_ENDED_MS = 30_000;
const NS_PER_MS = 1e6;

/**
 * The program's processes as lists of the whole machine show them, one after the other: writes which ones are found
 * (`process`) and gone (`processGone`). `startTicks` of all records is the start in milliseconds since the epoch.
 */
export class WatchedTree {
  private readonly writer: ChunkWriter;
  private members: Member[] = [];
  private lastLook: Ns | null = null;

  constructor(writer: ChunkWriter) {
    this.writer = writer;
  }

  addRoot(pid: number, time: Ns): void {
    if (this.livePids().includes(pid)) return;
    this.members.push({ pid, startMs: null, endMs: null, written: '', since: time });
  }

  livePids(): readonly number[] {
    return this.members.flatMap(({ pid, endMs }) => (endMs === null ? [pid] : []));
  }

  /** Those of `listed` that belong to the program and live. */
  select<P extends SeenProcess>(listed: readonly P[]): P[] {
    return processesOfTree(listed, this.members).filter(({ isZombie }) => !isZombie);
  }

  /** Takes over a whole list; returns what `select` does. */
  update<P extends SeenProcess>(listed: readonly P[], at: LookTime): P[] {
    const living = this.select(listed);
    const before = new Map(
      this.members.flatMap((member) => (member.endMs === null ? [[member.pid, member]] : [])),
    );
    const known = living.map((process) => {
      const member = before.get(process.pid);
      if (member === undefined || !isSame(member, process)) return undefined;
      before.delete(process.pid);
      return member;
    });
    this.members = this.members.filter(
      ({ endMs }) => endMs !== null && at.wallMs - endMs < REMEMBER_ENDED_MS,
    );
    for (const member of before.values()) {
      if (member.since > at.time) this.members.push(member);
      else this.end(member, at);
    }
    living.forEach((process, index) => this.members.push(this.describe(process, known[index], at)));
    this.lastLook = at.time;
    return living;
  }

  /** Without a list: ends those that do not exist any more. */
  keepOnly(isAlive: (pid: number) => boolean, at: LookTime): void {
    const before = this.members.filter(({ endMs }) => endMs === null);
    this.members = before.filter(({ pid }) => isAlive(pid));
    for (const member of before) if (!this.members.includes(member)) this.end(member, at);
  }

  private describe(process: SeenProcess, known: Member | undefined, at: LookTime): Member {
    const args = JSON.stringify(process.args);
    const written = `${process.comm}\0${args}`;
    if (known?.written !== written) {
      this.writer.add('process', {
        time: at.time,
        pid: process.pid,
        ppid: process.ppid,
        startTicks: process.startMs,
        start: this.startOf(process, known, at),
        comm: process.comm,
        args,
      });
    }
    const { pid, startMs } = process;
    return { pid, startMs, endMs: null, written, since: known?.since ?? at.time };
  }

  /** By the monotonic clock. The system's figure may be as coarse as a second; what the last look did not have started later. */
  private startOf({ startMs }: SeenProcess, known: Member | undefined, at: LookTime): Ns | null {
    if (startMs === null) return null;
    const start = Math.min(at.time, at.time - (at.wallMs - startMs) * NS_PER_MS);
    return known === undefined && this.lastLook !== null ? Math.max(start, this.lastLook) : start;
  }

  private end(member: Member, at: LookTime): void {
    // A root that was never seen leaves no trace.
    if (member.written === '') return;
    const { pid, startMs } = member;
    this.writer.add('processGone', {
      time: at.time,
      pid,
      startTicks: startMs,
      code: null,
      signal: null,
    });
    this.members.push({ ...member, endMs: at.wallMs });
  }
}

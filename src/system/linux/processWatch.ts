import { readdirSync } from 'node:fs';
import { constants } from 'node:os';
import type { ChunkWriter } from '../../trace/writer';
import { readText } from './procFile';
import { parseCommandLine, parseExitStatus, parseSmapsRollup, parseStat, type Stat } from './procText';
import { ThreadWatch } from './threadWatch';

const MEMORY_INTERVAL_NS = 1e9;
/** A program maps most of what it needs in its first moments; before that the figures say little. */
const FIRST_MEMORY_AFTER_NS = 0.1e9;

const SETTLED_AFTER_NS = 0.5e9;

const signalNames = new Map<number, string>(
  Object.entries(constants.signals).map(([name, number]) => [number, name]),
);

export interface LaneNumbers {
  next(): number;
}

/** One process of the tree: its threads, its memory, its end. */
export class ProcessWatch {
  readonly pid: number;
  private readonly threads = new Map<number, ThreadWatch>();
  private readonly startTicks: number;
  private readonly start: number;
  private name = '';
  private args = '';
  private nextMemory: number;
  private needsThreadList = true;
  /** Until then it may still be on its way from fork to exec; later its command line is read now and then. */
  private readonly settled: number;

  constructor(pid: number, stat: Stat, start: number, time: number) {
    this.pid = pid;
    this.startTicks = stat.startTicks;
    this.start = start;
    this.nextMemory = time + FIRST_MEMORY_AFTER_NS;
    this.settled = start + SETTLED_AFTER_NS;
  }

  get threadCount(): number {
    return this.threads.size;
  }

  /** Writes what it is now called, if that changed (a fresh fork becomes another program by exec). */
  describe(time: number, stat: Stat, writer: ChunkWriter): void {
    const args = JSON.stringify(parseCommandLine(readText(`/proc/${this.pid}/cmdline`) ?? ''));
    if (args === this.args && stat.name === this.name) return;
    this.args = args;
    this.name = stat.name;
    writer.add('process', {
      time,
      pid: this.pid,
      ppid: stat.ppid,
      startTicks: this.startTicks,
      start: this.start,
      comm: stat.name,
      args,
    });
  }

  /** Looks at all of it once. False when it has ended; then its end is written. */
  sample(
    time: number,
    writer: ChunkWriter,
    lanes: LaneNumbers,
    startOf: (ticks: number) => number,
    somethingNew: boolean,
  ): boolean {
    const stat = this.readStat();
    if (stat === null || stat.startTicks !== this.startTicks || isOver(stat, this.pid)) {
      this.writeEnd(time, stat, writer);
      return false;
    }
    if (stat.name !== this.name || time < this.settled || this.isMemoryDue(time))
      this.describe(time, stat, writer);
    if (somethingNew || this.needsThreadList) this.findThreads(time, writer, lanes, startOf);
    for (const [tid, thread] of this.threads) {
      if (thread.sample(time, writer)) continue;
      writer.add('threadGone', { time, lane: thread.lane });
      thread.close();
      this.threads.delete(tid);
    }
    return true;
  }

  /** True when it is time to read its memory figures. */
  isMemoryDue(time: number): boolean {
    return time >= this.nextMemory;
  }

  sampleMemory(time: number, writer: ChunkWriter): void {
    this.nextMemory = time + MEMORY_INTERVAL_NS;
    const figures = parseSmapsRollup(readText(`/proc/${this.pid}/smaps_rollup`) ?? '');
    if (figures === null) return;
    writer.add('memory', { time, pid: this.pid, startTicks: this.startTicks, ...figures });
  }

  close(): void {
    for (const thread of this.threads.values()) thread.close();
    this.threads.clear();
  }

  private readStat(): Stat | null {
    const text = readText(`/proc/${this.pid}/stat`);
    return text === null ? null : parseStat(text);
  }

  private findThreads(
    time: number,
    writer: ChunkWriter,
    lanes: LaneNumbers,
    startOf: (ticks: number) => number,
  ): void {
    this.needsThreadList = false;
    for (const tid of listNumbers(`/proc/${this.pid}/task`)) {
      if (this.threads.has(tid)) continue;
      const thread = new ThreadWatch(lanes.next(), `/proc/${this.pid}/task/${tid}`);
      const stat = thread.readStat();
      if (stat === null) {
        thread.close();
        continue;
      }
      this.threads.set(tid, thread);
      writer.add('thread', {
        time,
        lane: thread.lane,
        pid: this.pid,
        processStartTicks: this.startTicks,
        tid,
        startTicks: stat.startTicks,
        start: Math.min(startOf(stat.startTicks), time),
        name: stat.name,
      });
    }
  }

  private writeEnd(time: number, stat: Stat | null, writer: ChunkWriter): void {
    this.close();
    const isZombie = stat?.state === 'Z' && stat.startTicks === this.startTicks;
    const exit = isZombie && isStatusReadable(this.pid) ? parseExitStatus(stat.exitStatus) : null;
    writer.add('processGone', {
      time,
      pid: this.pid,
      startTicks: this.startTicks,
      code: exit !== null && 'code' in exit ? exit.code : null,
      signal:
        exit !== null && 'signal' in exit ? (signalNames.get(exit.signal) ?? `signal ${exit.signal}`) : null,
    });
  }
}

/** A zombie, unless only its first thread has ended and others go on. */
function isOver(stat: Stat, pid: number): boolean {
  if (stat.state === 'X') return true;
  return stat.state === 'Z' && listNumbers(`/proc/${pid}/task`).length <= 1;
}

/** The kernel shows 0 for the status of a process that the reader may not trace; then 0 says nothing. */
function isStatusReadable(pid: number): boolean {
  return readText(`/proc/${pid}/syscall`) !== null || process.getuid?.() === 0;
}

/** Names of a folder of /proc that are numbers; empty when it is gone. */
export function listNumbers(directory: string): number[] {
  try {
    const numbers: number[] = [];
    for (const name of readdirSync(directory)) {
      const first = name.charCodeAt(0);
      if (first >= 48 && first <= 57) numbers.push(Number(name));
    }
    return numbers;
  } catch {
    return [];
  }
}

import { constants } from 'node:os';
import { DescriptorsLook } from './descriptorsLook';
import type { Look } from './look';
import { MemoryLook } from './memoryLook';
import { ProcessFactsLook } from './processFactsLook';
import { ProcessFolder } from './processFolder';
import { isGone } from './procFiles';
import { parseCommandLine, parseExitStatus, parseStat, type Stat } from './procText';
import type { SamplerContext } from './samplerContext';
import { ThreadFactsLook } from './threadFactsLook';
import { ThreadWatch } from './threadWatch';

/** Until then it may still be on its way from fork to exec; later its command line is read now and then. */
const SETTLED_AFTER_NS = 0.5e9;
const COMMAND_INTERVAL_NS = 1e9;
const MOST_STACKS_PER_LOOK = 64;

const signalNames = new Map<number, string>(
  Object.entries(constants.signals).map(([name, number]) => [number, name]),
);

const NO_COMMAND = '[]';
/** A process that has no command line after so many looks has none. */
const MOST_EMPTY = 3;

/** One process of the tree: its threads, its command, its end; and what is read of it now and then. */
export class ProcessWatch {
  readonly pid: number;
  readonly looks: readonly Look[];
  private readonly context: SamplerContext;
  private readonly folder: ProcessFolder;
  private readonly threads = new Map<number, ThreadWatch>();
  private readonly start: number;
  private readonly activity = { last: 0 };
  private name = '';
  private args = '';
  private needsThreadList = true;
  private nextCommand = 0;
  private emptyLooks = 0;

  constructor(context: SamplerContext, pid: number, stat: Stat, start: number) {
    this.context = context;
    this.pid = pid;
    this.start = start;
    const { files, writer, cgroups, sockets } = context;
    this.folder = new ProcessFolder(files, writer, pid, stat.startTicks);
    const { folder, activity, threads } = this;
    const memory = new MemoryLook(folder, writer, activity, { pointers: () => this.stackPointers() });
    this.looks = [
      new ProcessFactsLook(folder, writer, activity, cgroups),
      memory,
      new ThreadFactsLook(folder, writer, threads, memory),
      new DescriptorsLook(folder, writer, activity, sockets),
    ];
  }

  get threadCount(): number {
    return this.threads.size;
  }

  /** Writes what it is now called, if that changed (a fresh fork becomes another program by exec). */
  describe(time: number, stat: Stat): void {
    const isYoung = time < this.start + SETTLED_AFTER_NS;
    this.nextCommand = isYoung ? time : time + COMMAND_INTERVAL_NS;
    const command = this.context.files.read(`${this.folder.path}/cmdline`);
    const args = JSON.stringify(parseCommandLine(command.ok ? command.value : ''));
    if (args === this.args && stat.name === this.name) return;
    // In the middle of an exec it has its new name already, and no command line yet.
    if (args === NO_COMMAND && this.args.length > NO_COMMAND.length && this.emptyLooks++ < MOST_EMPTY) return;
    this.emptyLooks = 0;
    this.args = args;
    this.name = stat.name;
    this.context.writer.add('process', {
      time,
      pid: this.pid,
      ppid: stat.ppid,
      startTicks: this.folder.startTicks,
      start: this.start,
      comm: stat.name,
      args,
    });
    this.activity.last = time;
    // Nothing that was known of the program before holds for this one.
    for (const look of this.looks) look.restart(time);
    for (const thread of this.threads.values()) thread.stackPointer = null;
  }

  /**
   * Looks at all its threads once. False when it has ended; then its end is written. `mayHaveNewThreads`: they are to be
   * counted. `verifiesSleep`: see `ThreadWatch.sample`.
   */
  sample(time: number, mayHaveNewThreads: boolean, verifiesSleep: boolean): boolean {
    const { writer } = this.context;
    const main = this.threads.get(this.pid);
    // Young ones may have been looked at in the middle of an exec.
    const isYoung = time < this.start + SETTLED_AFTER_NS;
    let needsStat = mayHaveNewThreads || isYoung || main === undefined || this.needsThreadList;
    for (const thread of this.threads.values()) {
      const found = thread.sample(writer, verifiesSleep);
      if (found === 'same') continue;
      this.activity.last = time;
      // Whatever becomes of the process moves its first thread: it ends, or becomes another program.
      needsStat ||= thread === main;
      if (found === 'ended') this.remove(time, thread);
      else if (thread.name !== thread.toldName) this.tell(time, thread);
    }
    return !needsStat || this.sampleProcess(time);
  }

  /** It has threads that are not known yet. */
  expectThreads(): void {
    this.needsThreadList = true;
  }

  close(): void {
    for (const thread of this.threads.values()) thread.close();
    this.threads.clear();
  }

  private sampleProcess(time: number): boolean {
    const stat = this.readStat();
    if (stat === 'unknown') return true;
    if (stat === null || this.isOver(stat)) {
      this.writeEnd(time, stat);
      return false;
    }
    if (stat.name !== this.name || time >= this.nextCommand) this.describe(time, stat);
    if (this.needsThreadList || stat.threads !== this.threads.size) this.findThreads(time);
    return true;
  }

  /** Null when it is gone. Its first thread's file says the same as the process's, and does not add up all threads. */
  private readStat(): Stat | null | 'unknown' {
    const main = this.threads.get(this.pid);
    if (main !== undefined) {
      const stat = main.readStat();
      if (stat.ok) return stat.value;
      return isGone(stat.error) ? null : 'unknown';
    }
    const text = this.context.files.read(`${this.folder.path}/stat`);
    if (!text.ok) return isGone(text.error) ? null : 'unknown';
    const stat = parseStat(text.value);
    if (stat === null) return 'unknown';
    return stat.startTicks === this.folder.startTicks ? stat : null;
  }

  /** A zombie, unless only its first thread has ended and others go on. */
  private isOver(stat: Stat): boolean {
    if (stat.state === 'X') return true;
    return stat.state === 'Z' && this.listThreads().length <= 1;
  }

  private listThreads(): number[] {
    const tids = this.context.files.numbersIn(`${this.folder.path}/task`);
    return tids.ok ? tids.value : [];
  }

  private findThreads(time: number): void {
    const { context, folder } = this;
    this.needsThreadList = false;
    for (const tid of this.listThreads()) {
      if (this.threads.has(tid)) continue;
      const thread = new ThreadWatch(folder, context.nextLane(), tid, context.usesTicks);
      const stat = thread.readStat();
      if (!stat.ok || stat.value.state === 'Z') {
        thread.close();
        continue;
      }
      this.threads.set(tid, thread);
      this.tell(time, thread);
      if (thread.sample(context.writer, false) === 'ended') this.remove(time, thread);
    }
  }

  /** Says that it is there, and what it is called now. */
  private tell(time: number, thread: ThreadWatch): void {
    const { context, folder } = this;
    const { lane, tid, startTicks, name } = thread;
    thread.toldName = name;
    context.writer.add('thread', {
      time,
      lane,
      pid: this.pid,
      processStartTicks: folder.startTicks,
      tid,
      startTicks,
      start: startTicks === null ? null : Math.min(context.startOf(startTicks), time),
      name,
    });
  }

  private remove(time: number, thread: ThreadWatch): void {
    this.context.writer.add('threadGone', { time, lane: thread.lane });
    thread.close();
    this.threads.delete(thread.tid);
    this.needsThreadList = true;
  }

  /** Running threads and those whose turn has not come yet have none. */
  private stackPointers(): number[] {
    const pointers: number[] = [];
    let reads = 0;
    for (const thread of this.threads.values()) {
      if (thread.stackPointer === null && reads++ < MOST_STACKS_PER_LOOK) thread.systemCall();
      if (thread.stackPointer !== null) pointers.push(thread.stackPointer);
    }
    return pointers;
  }

  private writeEnd(time: number, stat: Stat | null): void {
    this.close();
    const exit = stat === null ? null : this.exitOf();
    this.context.writer.add('processGone', {
      time,
      pid: this.pid,
      startTicks: this.folder.startTicks,
      code: exit !== null && 'code' in exit ? exit.code : null,
      signal:
        exit !== null && 'signal' in exit ? (signalNames.get(exit.signal) ?? `signal ${exit.signal}`) : null,
    });
  }

  /** Of a zombie. The kernel shows 0 to those who may not inspect the process; then 0 says nothing. */
  private exitOf(): ReturnType<typeof parseExitStatus> | null {
    const text = this.context.files.read(`${this.folder.path}/stat`);
    const stat = text.ok ? parseStat(text.value) : null;
    if (stat?.state !== 'Z' || stat.startTicks !== this.folder.startTicks) return null;
    return this.folder.mayInspect() ? parseExitStatus(stat.exitStatus) : null;
  }
}

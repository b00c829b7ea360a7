import { availableParallelism } from 'node:os';
import type { ChunkWriter } from '../../trace/writer';
import { isAlive } from '../isAlive';
import type { Sampler, SamplerOptions } from '../sampler';
import { threadCpuTime } from '../threadCpuTime';
import { CgroupReader } from './cgroup';
import { KeptFile } from './keptFile';
import { LookBudget } from './lookBudget';
import { monotonicNow } from './look';
import { ProcessList, type Finding } from './processList';
import { ProcessWatch } from './processWatch';
import { ProcFiles, type ProcFilesOptions } from './procFiles';
import { parseNewestPid, parseRunnable, parseSchedStat, type Stat } from './procText';
import type { SamplerContext } from './samplerContext';
import { SocketNames } from './socketNames';

/** /proc counts start times in ticks of 1/100 s on every architecture Node runs on. */
const NS_PER_TICK = 1e7;
const LIST_INTERVAL_NS = 1e9;
/** How often threads whose counters stand still are looked at closer all the same; see model/accounting.ts. */
const VERIFICATION_INTERVAL_NS = 0.2e9;

/** Samples the process tree through /proc. */
export class LinuxSampler implements Sampler {
  private readonly context: SamplerContext;
  private readonly processes = new Map<number, ProcessWatch>();
  private readonly list: ProcessList;
  private readonly looks = new LookBudget();
  private readonly loadavg: KeptFile;
  private readonly cores = availableParallelism();
  /** The newest pid at the last two passes. */
  private newest: readonly [number, number] = [NaN, NaN];
  private nextVerification = 0;
  private isListDue = true;
  private isListWanted = true;
  private nextList = 0;
  private toldHidden = false;
  private lastLane = 0;

  constructor(writer: ChunkWriter, options: SamplerOptions & ProcFilesOptions) {
    const files = new ProcFiles(options);
    const offset = bootOffset(files);
    const startOf = (ticks: number): number => ticks * NS_PER_TICK - offset;
    this.context = {
      files,
      writer,
      cgroups: new CgroupReader(files),
      sockets: new SocketNames(files),
      usesTicks: !countsNanoseconds(files),
      nextLane: () => ++this.lastLane,
      startOf,
    };
    this.list = new ProcessList(files, options.runDirectory, startOf);
    this.loadavg = new KeptFile(files, `${files.root}/loadavg`);
    writer.add('samplerStart', {
      time: monotonicNow(),
      cores: this.cores,
      platform: process.platform,
      precision: this.context.usesTicks ? 'ticks' : 'ns',
    });
  }

  get threadCount(): number {
    let count = 0;
    for (const process of this.processes.values()) count += process.threadCount;
    return count;
  }

  get budgetedCost(): number {
    return this.looks.cost;
  }

  addRoot(pid: number): void {
    const time = monotonicNow();
    const stat = this.list.look(pid);
    if (stat !== null) this.add(pid, stat, time);
    else if (isAlive(pid) && !this.toldHidden) {
      // It exists, but not for us: the proc file system is mounted with hidepid, or not there at all.
      this.toldHidden = true;
      this.context.writer.add('unreadable', {
        time,
        pid: null,
        startTicks: null,
        what: 'processes',
        reason: this.list.isEmpty() ? 'ENOENT' : 'hidepid',
      });
    }
  }

  livePids(): readonly number[] {
    return [...this.processes.keys()];
  }

  pass(interval: number): void {
    const begin = monotonicNow();
    const cpuBefore = threadCpuTime();
    const text = this.loadavg.read();
    const load = text.ok ? text.value : '';
    const mayHaveNewThreads = this.search(begin, parseNewestPid(load));
    // Where it cannot be known they may well be.
    const areCpusScarce = !(parseRunnable(load) <= this.cores);
    const verifiesSleep = areCpusScarce || begin >= this.nextVerification;
    if (verifiesSleep) this.nextVerification = begin + VERIFICATION_INTERVAL_NS;
    for (const [pid, watch] of this.processes) {
      if (watch.sample(monotonicNow(), mayHaveNewThreads, verifiesSleep)) continue;
      this.processes.delete(pid);
      // Its pid may be in use again already.
      this.isListDue = true;
    }
    this.looks.take(this.processes.values());
    this.context.writer.add('tick', {
      time: monotonicNow(),
      cost: threadCpuTime() - cpuBefore,
      interval,
      processes: this.processes.size,
      threads: this.threadCount,
    });
  }

  dispose(): void {
    for (const watch of this.processes.values()) watch.close();
    this.processes.clear();
    this.loadavg.close();
  }

  /**
   * Finds new processes, and which processes have new threads; true when any may have some.
   * A number is given a moment before whoever has it can be seen, so those of the last pass are looked at once more, and
   * now and then all are listed: where we see other numbers than the kernel counts by (containers), that alone finds them.
   */
  private search(time: number, newest: number): boolean {
    const finding: Finding = {
      known: this.processes,
      add: (pid, stat) => {
        this.add(pid, stat, time);
      },
      addThread: (pid) => this.processes.get(pid)?.expectThreads(),
    };
    const [beforeLast, last] = this.newest;
    const from = Number.isNaN(beforeLast) ? last : beforeLast;
    const isNews = newest !== last;
    this.isListWanted ||= isNews;
    const isListDue = this.isListDue || (this.isListWanted && time >= this.nextList);
    this.newest = [last, newest];
    if (!isListDue && this.list.findNew(time, from, newest, finding)) return false;
    this.list.findAll(time, from, newest, finding);
    this.isListDue = false;
    // Once more when all is calm again.
    this.isListWanted = isNews;
    this.nextList = time + LIST_INTERVAL_NS;
    return true;
  }

  private add(pid: number, stat: Stat, time: number): void {
    if (this.processes.has(pid)) return;
    this.list.forget(pid);
    const start = Math.min(this.context.startOf(stat.startTicks), time);
    const watch = new ProcessWatch(this.context, pid, stat, start);
    watch.describe(time, stat);
    this.processes.set(pid, watch);
  }
}

/** Start times count from boot including suspend, our clock excludes it. Zero on a machine that never slept. */
function bootOffset(files: ProcFiles): number {
  const text = files.read(`${files.root}/uptime`);
  const uptime = Number(text.ok ? text.value.split(' ')[0] : NaN) * 1e9;
  const offset = uptime - monotonicNow();
  return Number.isFinite(offset) && Math.abs(offset) > 0.05e9 ? offset : 0;
}

/** A kernel without CONFIG_SCHED_INFO has no schedstat, or one of zeros; our own process has certainly been on a CPU. */
function countsNanoseconds(files: ProcFiles): boolean {
  const text = files.read(`${files.root}/self/schedstat`);
  return text.ok && (parseSchedStat(text.value)?.cpu ?? 0) > 0;
}

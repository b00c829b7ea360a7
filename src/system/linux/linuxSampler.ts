import { availableParallelism } from 'node:os';
import type { ChunkWriter } from '../../trace/writer';
import { threadCpuTime } from '../threadCpuTime';
import type { Sampler, SamplerOptions } from '../sampler';
import { listNumbers, ProcessWatch } from './processWatch';
import { ProcFile, readText } from './procFile';
import { parseNewestPid, parseStat } from './procText';

/** /proc counts start times in ticks of 1/100 s on every architecture Node runs on. */
const NS_PER_TICK = 1e7;
/** Between fork and exec a process still has its creator's environment: look again for this long. */
const UNDECIDED_NS = 0.5e9;
/** Reading memory figures takes the program's address-space lock for a moment: a few processes at a time. */
const MEMORY_READS_PER_PASS = 4;

/** Samples the process tree through /proc. */
export class LinuxSampler implements Sampler {
  private readonly writer: ChunkWriter;
  private readonly environmentMark: string;
  private readonly processes = new Map<number, ProcessWatch>();
  /** Processes that are not ours, with the time until which that may still change. */
  private readonly strangers = new Map<number, number>();
  /** Ended, but still listed by the kernel. */
  private readonly zombies = new Set<number>();
  private readonly loadavg = new ProcFile('/proc/loadavg');
  private readonly bootOffset: number;
  private newestPid = -1;
  private lastLane = 0;
  private readonly lanes = { next: (): number => ++this.lastLane };
  private readonly startOf = (ticks: number): number => ticks * NS_PER_TICK - this.bootOffset;

  constructor(writer: ChunkWriter, options: SamplerOptions) {
    this.writer = writer;
    this.environmentMark = `CVIZ_RUN=${options.runDirectory}\0`;
    this.bootOffset = bootOffset();
    writer.add('samplerStart', {
      time: monotonicNow(),
      cores: availableParallelism(),
      platform: process.platform,
      precision: 'ns',
    });
  }

  get threadCount(): number {
    let count = 0;
    for (const process of this.processes.values()) count += process.threadCount;
    return count;
  }

  addRoot(pid: number): void {
    this.strangers.delete(pid);
    this.tryAdd(pid, monotonicNow(), true);
  }

  livePids(): readonly number[] {
    return [...this.processes.keys()];
  }

  pass(interval: number): void {
    const begin = monotonicNow();
    const cpuBefore = threadCpuTime();
    const newest = parseNewestPid(this.loadavg.read() ?? '');
    const somethingNew = newest !== this.newestPid || Number.isNaN(newest);
    this.newestPid = newest;
    if (somethingNew || this.hasUndecided(begin)) this.findProcesses(begin);
    for (const [pid, watch] of this.processes) {
      const time = monotonicNow();
      if (watch.sample(time, this.writer, this.lanes, this.startOf, somethingNew)) continue;
      this.processes.delete(pid);
      this.zombies.add(pid);
      // It may be listed as a zombie, or its pid be in use again already: the next listing tells.
      this.newestPid = -1;
    }
    this.sampleMemory();
    const end = monotonicNow();
    this.writer.add('tick', {
      time: end,
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

  private sampleMemory(): void {
    let reads = 0;
    for (const watch of this.processes.values()) {
      const time = monotonicNow();
      if (!watch.isMemoryDue(time)) continue;
      watch.sampleMemory(time, this.writer);
      if (++reads === MEMORY_READS_PER_PASS) return;
    }
  }

  private hasUndecided(time: number): boolean {
    for (const until of this.strangers.values()) if (until > time) return true;
    return false;
  }

  private findProcesses(time: number): void {
    const listed = new Set(listNumbers('/proc'));
    for (const known of [this.strangers.keys(), this.zombies.keys()]) {
      for (const pid of known) {
        if (listed.has(pid)) continue;
        this.strangers.delete(pid);
        this.zombies.delete(pid);
      }
    }
    // In ascending order, so that mostly parents are known before their children.
    for (const pid of listed) {
      if (this.processes.has(pid) || (this.zombies.has(pid) && isZombie(pid))) continue;
      const undecidedUntil = this.strangers.get(pid);
      if (undecidedUntil !== undefined && undecidedUntil <= time) continue;
      this.tryAdd(pid, time, false);
    }
  }

  private tryAdd(pid: number, time: number, isRoot: boolean): void {
    if (this.processes.has(pid)) return;
    const text = readText(`/proc/${pid}/stat`);
    const stat = text === null ? null : parseStat(text);
    if (stat === null || stat.state === 'Z' || stat.state === 'X') return;
    const start = Math.min(this.startOf(stat.startTicks), time);
    if (!isRoot && !this.processes.has(stat.ppid) && !this.hasMark(pid)) {
      this.strangers.set(pid, start + UNDECIDED_NS);
      return;
    }
    this.strangers.delete(pid);
    this.zombies.delete(pid);
    const watch = new ProcessWatch(pid, stat, start, time);
    watch.describe(time, stat, this.writer);
    this.processes.set(pid, watch);
  }

  /** An orphan has another parent than the one that created it; its environment still tells. */
  private hasMark(pid: number): boolean {
    return readText(`/proc/${pid}/environ`)?.includes(this.environmentMark) ?? false;
  }
}

function isZombie(pid: number): boolean {
  return parseStat(readText(`/proc/${pid}/stat`) ?? '')?.state === 'Z';
}

function monotonicNow(): number {
  return Number(process.hrtime.bigint());
}

/** Start times count from boot including suspend, our clock excludes it. Zero on a machine that never slept. */
function bootOffset(): number {
  const uptime = Number((readText('/proc/uptime') ?? '').split(' ')[0]) * 1e9;
  const offset = uptime - monotonicNow();
  return Number.isFinite(offset) && Math.abs(offset) > 0.05e9 ? offset : 0;
}

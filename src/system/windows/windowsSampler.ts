import { availableParallelism } from 'node:os';
import type { Ns } from '../../base/units';
import type { ChunkWriter } from '../../trace/writer';
import { FactsWriter } from '../factsWriter';
import { isAlive } from '../isAlive';
import { LookPace } from '../lookPace';
import type { Sampler } from '../sampler';
import { WatchedTree, type LookTime, type SeenProcess } from '../watchedTree';
import { FIRST_LINES, lookLine, POWERSHELL_ARGUMENTS } from './lookScript';
import { parseLookLine, type LookLine, type WindowsProcess } from './lookText';
import { powerShells, startLineChild, type LineChild, type StartLineChild } from './powerShell';
import { NS_PER_COUNT, ThreadLanes } from './writeThreads';

/** It starts in about a second; a machine that has more to do may take longer. */
const ANSWER_TIMEOUT: Ns = 60e9;
const RETRY_AFTER: Ns = 2e9;
/** So many in a row, each within a minute of the one before, and nothing more is tried. */
const MAX_FAILURES = 4;
const FORGET_FAILURES_AFTER: Ns = 60e9;

type LookEnd = Extract<LookLine, { word: 'end' }>;

export interface WindowsSamplerParts {
  readonly start: StartLineChild;
  /** What to start; the first one that exists is used. */
  readonly programs: readonly string[];
  readonly now: () => LookTime;
  readonly isAlive: (pid: number) => boolean;
}

const realParts: WindowsSamplerParts = {
  start: startLineChild,
  programs: powerShells(process.env['SystemRoot']),
  now: () => {
    return { time: Number(process.hrtime.bigint()), wallMs: Date.now() };
  },
  isAlive,
};

/** A look that was asked for, and the answer as far as it has come. */
interface Look {
  readonly asked: LookTime;
  readonly lines: LookLine[];
  end: LookEnd | null;
  received: Ns;
}

/** Samples the process tree through one long-lived PowerShell. An answer is written in the first pass after it came. */
export class WindowsSampler implements Sampler {
  private readonly writer: ChunkWriter;
  private readonly parts: WindowsSamplerParts;
  private readonly tree: WatchedTree;
  /** All processes of the machine, as far as told. */
  private readonly listed = new Map<number, SeenProcess>();
  private readonly threads = new Map<number, ThreadLanes>();
  private readonly facts: FactsWriter;
  private readonly pace = new LookPace();
  private program = 0;
  private child: LineChild | null = null;
  private childCpu: Ns | null = null;
  private look: Look | null = null;
  private problem: string | null = null;
  private readonly told = new Set<string>();
  private failures = 0;
  private lastFailure: Ns = 0;
  /** The last attempt brought nothing. */
  private isFailing = true;
  private isDisposed = false;
  private lastLane = 0;
  threadCount = 0;

  constructor(writer: ChunkWriter, parts = realParts) {
    this.writer = writer;
    this.parts = parts;
    this.tree = new WatchedTree(writer);
    this.facts = new FactsWriter(writer);
    writer.add('samplerStart', {
      time: parts.now().time,
      cores: availableParallelism(),
      platform: 'win32',
      precision: 'ticks',
    });
  }

  /** Its looks keep a pace of their own. */
  readonly budgetedCost = 0;

  addRoot(pid: number): void {
    this.tree.addRoot(pid, this.parts.now().time);
    this.pace.hurry();
  }

  livePids(): readonly number[] {
    return this.tree.livePids();
  }

  pass(): void {
    if (this.isDisposed) return;
    const now = this.parts.now();
    if (this.look !== null && this.look.end !== null) this.take(this.look, this.look.end);
    else if (this.look !== null && now.time - this.look.asked.time > ANSWER_TIMEOUT) this.fail('ETIMEDOUT');
    if (this.problem !== null) this.takeProblem(this.problem);
    if (this.failures > 0 && this.isFailing) this.tree.keepOnly(this.parts.isAlive, now);
    const isNeeded = this.livePids().length > 0 && this.failures < MAX_FAILURES;
    if (this.look === null && isNeeded && this.pace.isDue(now.time)) this.ask(now);
  }

  dispose(): void {
    this.isDisposed = true;
    this.endChild();
  }

  private ask(asked: LookTime): void {
    const look: Look = { asked, lines: [], end: null, received: asked.time };
    this.look = look;
    this.child ??= this.startChild();
    this.child.write(lookLine(this.livePids()));
  }

  private startChild(): LineChild {
    this.childCpu = null;
    // A new one knows of no process, and tells of all of them.
    this.listed.clear();
    const child = this.parts.start(this.parts.programs[this.program] ?? '', POWERSHELL_ARGUMENTS, {
      onLine: (line) => {
        const parsed = parseLookLine(line);
        if (parsed !== null) this.receive(parsed);
      },
      onEnd: (reason) => {
        this.fail(reason);
      },
    });
    child.write(FIRST_LINES);
    return child;
  }

  private receive(line: LookLine): void {
    if (this.look === null || this.look.end !== null) return;
    if (line.word !== 'end') {
      this.look.lines.push(line);
      return;
    }
    this.look.end = line;
    this.look.received = this.parts.now().time;
  }

  /** The child is of no use any more. */
  private fail(reason: string): void {
    // What it said before its end says more.
    const said = this.look?.lines.find((line) => line.word === 'failed');
    this.problem = said?.word === 'failed' ? said.reason : reason;
    this.endChild();
  }

  private endChild(): void {
    this.look = null;
    this.child?.dispose();
    this.child = null;
  }

  private takeProblem(reason: string): void {
    this.problem = null;
    const { time } = this.parts.now();
    if (reason === 'ENOENT' && this.program + 1 < this.parts.programs.length) {
      this.program++;
      return;
    }
    this.failures = time - this.lastFailure > FORGET_FAILURES_AFTER ? 1 : this.failures + 1;
    this.lastFailure = time;
    // A child that dies is replaced, and nothing is missed; two in a row, or one that never worked, are worth a word.
    if (this.isFailing || this.failures === MAX_FAILURES) this.tell(time, null, reason);
    this.isFailing = true;
    this.pace.wait(time, RETRY_AFTER);
  }

  private tell(time: Ns, process: SeenProcess | null, reason: string): void {
    const { pid = null, startMs: startTicks = null } = process ?? {};
    const what = process === null ? 'processes' : 'threads';
    const key = `${what} ${pid ?? ''} ${startTicks ?? ''}`;
    if (this.told.has(key)) return;
    this.told.add(key);
    this.writer.add('unreadable', { time, pid, startTicks, what, reason });
  }

  private take(look: Look, end: LookEnd): void {
    this.look = null;
    const failed = look.lines.find((line) => line.word === 'failed');
    if (failed?.word === 'failed') {
      this.takeProblem(failed.reason);
      return;
    }
    this.isFailing = false;
    const at = timeOf(look, end);
    for (const line of look.lines) {
      if (line.word === 'lost') for (const pid of line.pids) this.listed.delete(pid);
      if (line.word === 'found') for (const process of line.processes) this.listed.set(process.pid, process);
    }
    const before = new Set(this.livePids());
    const living = this.tree.update([...this.listed.values()], at);
    this.writeProcesses(look, living, at);
    const cost = this.costOf(end);
    this.writer.add('tick', {
      time: at.time,
      cost,
      interval: this.pace.add(at.time, cost),
      processes: living.length,
      threads: this.threadCount,
    });
    // Threads are told of processes that are known: ask again for those that are new.
    if (living.some(({ pid }) => !before.has(pid))) this.pace.hurry();
  }

  /** What PowerShell used since the last look; its start is not charged to any. */
  private costOf({ cpu }: LookEnd): Ns {
    const used = cpu * NS_PER_COUNT;
    const cost = this.childCpu === null ? 0 : Math.max(0, used - this.childCpu);
    this.childCpu = used;
    return cost;
  }

  private writeProcesses(look: Look, living: readonly SeenProcess[], at: LookTime): void {
    const byPid = new Map(living.map((process) => [process.pid, process]));
    for (const pid of this.threads.keys()) if (!byPid.has(pid)) this.threads.delete(pid);
    this.facts.keep(new Set(byPid.keys()));
    this.threadCount = 0;
    for (const line of look.lines) {
      const process = 'process' in line ? byPid.get(line.process.pid) : undefined;
      if (line.word === 'process' && process !== undefined) this.writeProcess(line.process, process, at);
      if (line.word === 'unreadable') this.tell(at.time, byPid.get(line.pid) ?? null, line.reason);
    }
  }

  private writeProcess(seen: WindowsProcess, { pid, startMs }: SeenProcess, at: LookTime): void {
    const identity = { time: at.time, pid, startTicks: startMs };
    this.writer.add('residentMemory', {
      ...identity,
      rss: seen.workingSet,
      privateCommit: seen.privateBytes,
    });
    let threads = this.threads.get(pid);
    if (threads === undefined) {
      threads = new ThreadLanes(this.writer, () => ++this.lastLane);
      this.threads.set(pid, threads);
    }
    threads.update(seen, startMs, at);
    this.threadCount += seen.threads.length;
    this.facts.write(identity, { priority: seen.priority, threads: seen.threads.length });
  }
}

/** PowerShell's Stopwatch is our monotonic clock; should it not be, the moment of asking is near enough. */
function timeOf({ asked, received }: Look, end: LookEnd): LookTime {
  const time = (end.asked / end.frequency) * 1e9;
  if (!(time >= asked.time && time <= received)) return asked;
  return { time, wallMs: asked.wallMs + (time - asked.time) / 1e6 };
}

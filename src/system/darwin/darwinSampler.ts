import { availableParallelism } from 'node:os';
import type { Disposable } from '../../base/disposable';
import type { Ns } from '../../base/units';
import type { Result } from '../../base/result';
import type { ChunkWriter } from '../../trace/writer';
import { FactsWriter } from '../factsWriter';
import { isAlive } from '../isAlive';
import { LookPace } from '../lookPace';
import { runCommand, type RunCommand } from '../runCommand';
import type { Sampler } from '../sampler';
import { WatchedTree, type LookTime } from '../watchedTree';
import {
  LIST_ARGUMENTS,
  parseProcessList,
  parseThreadList,
  threadArguments,
  type PsProcess,
  type PsThread,
} from './psText';
import { writeProcess } from './writeProcess';

const PS = '/bin/ps';
/** Names of days and months, numbers and times in one form everywhere; only the characters are the user's. */
const ENVIRONMENT = { LANG: 'C', LC_CTYPE: 'UTF-8', TZ: 'UTC' };
const MAX_FAILURES = 3;
const RETRY_AFTER: Ns = 2e9;

interface Look {
  readonly at: LookTime;
  readonly listed: readonly PsProcess[];
  readonly threads: readonly PsThread[];
  readonly cost: Ns;
}

export interface DarwinSamplerParts {
  readonly run: RunCommand;
  /** Nanoseconds of the monotonic clock, milliseconds of the wall clock. */
  readonly now: () => LookTime;
  readonly isAlive: (pid: number) => boolean;
}

const realParts: DarwinSamplerParts = {
  run: runCommand,
  now: () => {
    return { time: Number(process.hrtime.bigint()), wallMs: Date.now() };
  },
  isAlive,
};

/**
 * Samples the process tree through ps. A look is two runs of it, one after the other: all processes, then the threads of
 * ours. It is begun in one pass and written in the first one after its end, with the time of its beginning.
 */
export class DarwinSampler implements Sampler {
  private readonly writer: ChunkWriter;
  private readonly parts: DarwinSamplerParts;
  private readonly tree: WatchedTree;
  private readonly facts: FactsWriter;
  private readonly pace = new LookPace();
  private running: Disposable | null = null;
  private finished: Result<Look> | null = null;
  private failures = 0;
  private isDisposed = false;
  threadCount = 0;

  constructor(writer: ChunkWriter, parts = realParts) {
    this.writer = writer;
    this.parts = parts;
    this.tree = new WatchedTree(writer);
    this.facts = new FactsWriter(writer);
    writer.add('samplerStart', {
      time: parts.now().time,
      cores: availableParallelism(),
      platform: 'darwin',
      precision: 'none',
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
    if (this.finished !== null) this.take(this.finished);
    this.finished = null;
    if (this.failures > 0) this.tree.keepOnly(this.parts.isAlive, this.parts.now());
    const isNeeded = this.livePids().length > 0 && this.failures < MAX_FAILURES;
    if (this.running === null && isNeeded && this.pace.isDue(this.parts.now().time)) this.begin();
  }

  dispose(): void {
    this.isDisposed = true;
    this.running?.dispose();
    this.running = null;
    this.finished = null;
  }

  private begin(): void {
    const at = this.parts.now();
    this.running = this.parts.run(PS, LIST_ARGUMENTS, ENVIRONMENT, (outcome) => {
      const listed = outcome.ok ? parseProcessList(outcome.value) : [];
      // There is always at least the ps itself.
      if (!outcome.ok || listed.length === 0) this.end(outcome.ok ? { ok: false, error: 'EMPTY' } : outcome);
      else this.lookAtThreads(at, listed);
    });
  }

  private lookAtThreads(at: LookTime, listed: readonly PsProcess[]): void {
    const pids = this.tree.select(listed).map(({ pid }) => pid);
    const end = (threads: readonly PsThread[]): void => {
      // A child's CPU time cannot be had; it is not more than the time that passes.
      const cost = this.parts.now().time - at.time;
      this.end({ ok: true, value: { at, listed, threads, cost } });
    };
    if (pids.length === 0) end([]);
    else {
      this.running = this.parts.run(PS, threadArguments(pids), ENVIRONMENT, (outcome) => {
        // It fails when all of them have ended meanwhile.
        end(outcome.ok ? parseThreadList(outcome.value) : []);
      });
    }
  }

  private end(outcome: Result<Look>): void {
    this.running = null;
    this.finished = outcome;
  }

  private take(outcome: Result<Look>): void {
    if (outcome.ok) {
      this.failures = 0;
      this.write(outcome.value);
      return;
    }
    const { time } = this.parts.now();
    if (this.failures === 0) {
      const reason = outcome.error;
      this.writer.add('unreadable', { time, pid: null, startTicks: null, what: 'processes', reason });
    }
    this.failures++;
    this.pace.wait(time, RETRY_AFTER);
  }

  private write({ at, listed, threads, cost }: Look): void {
    const living = this.tree.update(listed, at);
    const byPid = new Map<number, PsThread[]>();
    for (const thread of threads) {
      const known = byPid.get(thread.pid);
      if (known === undefined) byPid.set(thread.pid, [thread]);
      else known.push(thread);
    }
    this.threadCount = 0;
    for (const process of living) {
      const own = byPid.get(process.pid) ?? [];
      this.threadCount += own.length;
      writeProcess(this.writer, this.facts, at.time, process, own);
    }
    this.facts.keep(new Set(living.map(({ pid }) => pid)));
    this.writer.add('tick', {
      time: at.time,
      cost,
      interval: this.pace.add(at.time, cost),
      processes: living.length,
      threads: this.threadCount,
    });
  }
}

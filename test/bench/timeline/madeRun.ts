import { encodeFileHeader, RECORDING_MAGIC } from '../../../src/trace/format';
import { layouts } from '../../../src/trace/layouts';
import { frame } from '../../../src/trace/recording';
import type { RecordFields, RecordKind } from '../../../src/trace/records';
import { ChunkWriter } from '../../../src/trace/writer';

const RUN = 0;
const SAMPLER = 1;
const FIRST_THREAD = 2;
const BEGIN = 3.6e12;
const MS = 1e6;
const PID = 5000;

export interface RunPlan {
  readonly processes: number;
  /** Threads that run JavaScript, per process: a main thread and workers. */
  readonly threads: number;
  /** Time between two samples of a thread, milliseconds. */
  readonly every: number;
}

/** A run as sampler and probes would have recorded it, in chunks of one pass each. No two samples of a thread are alike. */
export class MadeRun {
  records = 0;
  private readonly writers = new Map<number, ChunkWriter>();
  private readonly parts: Uint8Array[] = [encodeFileHeader(RECORDING_MAGIC)];
  private readonly cpu: Float64Array;
  private readonly queue: Float64Array;
  private pass = 0;
  private seed = 7;

  private readonly plan: RunPlan;

  constructor(plan: RunPlan) {
    this.plan = plan;
    this.cpu = new Float64Array(this.lanes);
    this.queue = new Float64Array(this.lanes);
    this.begin();
  }

  get lanes(): number {
    return this.plan.processes * this.plan.threads;
  }

  /** Where it has come to, milliseconds since its start. */
  get now(): number {
    return this.pass * this.plan.every;
  }

  /** Plays so many passes. */
  play(passes: number): this {
    for (let count = 0; count < passes; count++) this.sample();
    return this;
  }

  /** The bytes since the last call. */
  take(): Uint8Array {
    const bytes = Buffer.concat(this.parts);
    this.parts.length = 0;
    return new Uint8Array(bytes);
  }

  end(): this {
    this.add(RUN, 'runEnd', { time: BEGIN + this.now * MS });
    this.flush(RUN);
    return this;
  }

  private begin(): void {
    this.add(RUN, 'runStart', {
      time: BEGIN,
      wallMs: 1.76e12,
      title: 'made.js',
      command: '/usr/bin/node',
      args: '["made.js"]',
      cwd: '/home/ada',
      productVersion: '0.1.0',
      platform: 'linux',
      arch: 'x64',
      cores: 16,
    });
    this.add(RUN, 'rootStart', { time: BEGIN, pid: PID, startTicks: 100 });
    this.add(SAMPLER, 'samplerStart', { time: BEGIN, cores: 16, platform: 'linux', precision: 'ns' });
    for (let process = 0; process < this.plan.processes; process++) this.startProcess(process);
    for (const source of [RUN, SAMPLER]) this.flush(source);
  }

  private startProcess(process: number): void {
    const pid = PID + process;
    const args = JSON.stringify(['/usr/bin/node', `/home/ada/job-${process}.js`]);
    const ppid = process === 0 ? 1 : PID;
    const ids = { pid, processStartTicks: 100 + process };
    this.add(SAMPLER, 'process', {
      time: BEGIN,
      pid,
      ppid,
      startTicks: ids.processStartTicks,
      start: BEGIN,
      comm: 'node',
      args,
    });
    for (let threadId = 0; threadId < this.plan.threads; threadId++) {
      const lane = process * this.plan.threads + threadId;
      const tid = threadId === 0 ? pid : 1e6 + lane;
      const startTicks = threadId === 0 ? ids.processStartTicks : null;
      this.add(SAMPLER, 'thread', { time: BEGIN, lane, ...ids, tid, startTicks, start: BEGIN, name: 'node' });
      this.flush(SAMPLER);
      const source = FIRST_THREAD + lane;
      this.add(source, 'threadStart', {
        time: BEGIN,
        log: `${pid}-${threadId}`,
        ...ids,
        ppid,
        processStart: threadId === 0 ? BEGIN : null,
        isMain: threadId === 0,
        threadId,
        tid,
        threadStartTicks: null,
        name: threadId === 0 ? null : `task ${threadId % 7}`,
        wallMs: 0,
        platform: 'linux',
        nodeVersion: 'v22.22.2',
        execPath: '/usr/bin/node',
        argv: args,
        execArgv: '[]',
        cwd: '/home/ada',
        spawnToken: null,
        cpu: 0,
        runQueue: 0,
      });
      this.flush(source);
    }
  }

  private sample(): void {
    this.pass++;
    const time = BEGIN + this.now * MS;
    const step = this.plan.every * MS;
    for (let lane = 0; lane < this.lanes; lane++) {
      // Some lanes are busy, most are not; each has its quiet times.
      const isQuiet = (this.pass + lane * 37) % 400 < 150;
      const busy = isQuiet ? 0.02 : lane % 4 === 0 ? 0.9 : 0.3;
      const running = Math.min(0.97, busy * (0.3 + this.random())) * step;
      const ready = this.random() < 0.3 ? this.random() * (step - running) * 0.6 : 0;
      this.cpu[lane] = (this.cpu[lane] ?? 0) + running;
      this.queue[lane] = (this.queue[lane] ?? 0) + ready;
      const isAwake = running > 0.7 * step;
      const sleep = this.random() < 0.12 ? 'pipe_read' : 'do_epoll_wait';
      this.add(SAMPLER, 'threadSample', {
        time: time + lane,
        lane,
        cpu: this.cpu[lane] ?? 0,
        runQueue: this.queue[lane] ?? 0,
        state: (isAwake ? 'R' : 'S').charCodeAt(0),
        waitChannel: isAwake ? null : sleep,
        systemCall: null,
        majorFaults: null,
        cpuNumber: null,
      });
    }
    const { processes } = this.plan;
    this.add(SAMPLER, 'tick', {
      time: time + step / 2,
      cost: MS,
      interval: step,
      processes,
      threads: this.lanes,
    });
    this.flush(SAMPLER);
  }

  private add<K extends RecordKind>(source: number, kind: K, fields: RecordFields<K>): void {
    let writer = this.writers.get(source);
    if (writer === undefined) this.writers.set(source, (writer = new ChunkWriter(layouts)));
    writer.add(kind, fields);
    this.records++;
  }

  private flush(source: number): void {
    const chunk = this.writers.get(source)?.takeChunk(BEGIN + this.now * MS);
    if (chunk != null) this.parts.push(frame(source, chunk));
  }

  /** The same in every run. */
  private random(): number {
    this.seed = (this.seed * 16807) % 2147483647;
    return this.seed / 2147483647;
  }
}

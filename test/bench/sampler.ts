import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { SamplingRate } from '../../src/run/samplingRate';
import { LinuxSampler } from '../../src/system/linux/linuxSampler';
import { threadCpuTime } from '../../src/system/threadCpuTime';
import { layouts } from '../../src/trace/layouts';
import { ChunkWriter } from '../../src/trace/writer';
import { inTurn, milliseconds, numberWanted, roundsWanted } from './measure';
import { report } from './report';

const PASSES_PER_ROUND = 50;
/** What observing may cost: 3 % of a core. */
const BUDGET = { unit: ' %', digits: 2, isSingle: true, target: { atMost: 3 } };

function start(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  const { NODE_OPTIONS: _theirs, ...ours } = process.env;
  return spawn(command, args, { env: { ...ours, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] });
}

/** A process with about this many threads, nearly all asleep: the largest part of them is libuv's pool. */
async function processWithThreads(count: number): Promise<ChildProcess> {
  const program = `require('node:fs').stat('.', () => console.log('ready')); setInterval(() => {}, 1e6);`;
  const child = start(process.execPath, ['-e', program], { UV_THREADPOOL_SIZE: String(count) });
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return child;
}

/** One whose threads all run a little, all the time. */
async function busyProcess(count: number): Promise<ChildProcess> {
  const program = `const { stat } = require('node:fs');
    const next = () => stat('.', next);
    for (let each = 0; each < ${count}; each++) next();
    console.log('ready');`;
  const child = start('nice', ['-n', '19', process.execPath, '-e', program], {
    UV_THREADPOOL_SIZE: String(count),
  });
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return child;
}

async function treeOfProcesses(count: number): Promise<ChildProcess> {
  const program = `for i in $(seq ${count - 1}); do sleep 1000 & done; echo ready; wait`;
  const child = start('sh', ['-c', program]);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return child;
}

/** A program under observation. */
class Sampled {
  private readonly writer = new ChunkWriter(layouts);
  private readonly sampler = new LinuxSampler(this.writer, { runDirectory: '/nowhere' });

  constructor(child: ChildProcess) {
    this.sampler.addRoot(child.pid ?? 0);
    this.pass();
  }

  get threadCount(): number {
    return this.sampler.threadCount;
  }

  /** Wall-clock time of one pass, ms. */
  measure(): number {
    const all = milliseconds(() => {
      for (let pass = 0; pass < PASSES_PER_ROUND; pass++) this.pass();
    });
    return all / PASSES_PER_ROUND;
  }

  /** Passes as often as the budget allows, the way a run does: how many a second, and what they take of a core, in %. */
  async observe(seconds: number): Promise<{ readonly rate: number; readonly share: number }> {
    const rate = new SamplingRate();
    let passes = 0;
    let begin = process.hrtime.bigint();
    let cpu = threadCpuTime();
    // The first seconds, in which everything is new, show in the run's figures, but are not what goes on.
    const counted = begin + 3_000_000_000n;
    const end = counted + BigInt(seconds) * 1_000_000_000n;
    for (let now = begin; now < end; now = process.hrtime.bigint()) {
      if (passes > 0 && begin < counted && now >= counted) [passes, begin, cpu] = [0, now, threadCpuTime()];
      const before = threadCpuTime();
      this.pass();
      passes++;
      rate.add((threadCpuTime() - before - this.sampler.budgetedCost) / 1e6);
      await delay(rate.interval);
    }
    const elapsed = Number(process.hrtime.bigint() - begin);
    return { rate: (passes / elapsed) * 1e9, share: ((threadCpuTime() - cpu) / elapsed) * 100 };
  }

  dispose(): void {
    for (const pid of this.sampler.livePids()) process.kill(pid, 'SIGKILL');
    this.sampler.dispose();
  }

  private pass(): void {
    this.sampler.pass(0);
    this.writer.takeChunk(0);
  }
}

const programs = {
  '10 threads': () => processWithThreads(1),
  '100 threads': () => processWithThreads(90),
  '1000 threads': () => processWithThreads(990),
  '500 processes': () => treeOfProcesses(500),
};

async function main(): Promise<void> {
  await reportPasses();
  // Each by itself: the more processes a machine has, the more there is to be looked through.
  for (const [name, start] of Object.entries(programs)) await reportBudget(name, await start());
  await reportBudget('100 threads that all run', await busyProcess(100));
  await measureMemoryReads();
}

async function reportPasses(): Promise<void> {
  const sampled = new Map<string, Sampled>();
  for (const [name, start] of Object.entries(programs)) sampled.set(name, new Sampled(await start()));
  const measures = [...sampled].map(([name, program]) => [name, () => program.measure()] as const);
  const figures = inTurn(roundsWanted(20), Object.fromEntries(measures));
  for (const [name, program] of sampled) {
    const workload = `sampler pass: ${name} (${program.threadCount})`;
    report(workload, figures[name] ?? [], { unit: ' ms', digits: 3 });
    program.dispose();
  }
}

async function reportBudget(name: string, child: ChildProcess): Promise<void> {
  const program = new Sampled(child);
  const { rate, share } = await program.observe(numberWanted('--seconds', 8));
  report(`sampler rate: ${name}`, [rate], { unit: ' passes/s', digits: 1, isSingle: true });
  report(`sampler share of a core: ${name}`, [share], BUDGET);
  program.dispose();
}

/**
 * What it takes to read the memory figures of a Node process with some 200 mappings, and how long one read call lasts:
 * only during a call is the lock of its address space held, in which the program then cannot map anything.
 */
async function measureMemoryReads(): Promise<void> {
  const program = `const kept = []; for (let i = 0; i < 100000; i++) kept.push({ i });
    console.log('ready'); setInterval(() => kept.length, 1e6);`;
  const child = start(process.execPath, ['-e', program], { UV_THREADPOOL_SIZE: '4' });
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  const folder = `/proc/${child.pid ?? 0}`;
  const mappings = readFileSync(`${folder}/maps`, 'utf8').split('\n').length - 1;
  const calls: number[] = [];
  const looks = inTurn(roundsWanted(20), {
    smaps: () => milliseconds(() => readInCalls(`${folder}/smaps`, calls)),
    rollup: () => milliseconds(() => readFileSync(`${folder}/smaps_rollup`)),
  });
  report(`smaps: ${mappings} mappings`, looks.smaps, { unit: ' ms', digits: 3 });
  report(`smaps: longest read call`, [Math.max(...calls)], { unit: ' ms', digits: 3, isSingle: true });
  report(`smaps: one read call`, calls, { unit: ' ms', digits: 3 });
  report(`smaps_rollup: ${mappings} mappings`, looks.rollup, { unit: ' ms', digits: 3 });
  child.kill('SIGKILL');
}

function readInCalls(file: string, calls: number[]): void {
  const buffer = Buffer.allocUnsafe(64 << 10);
  const fd = openSync(file, 'r');
  for (let count = 1; count > 0;) {
    calls.push(
      milliseconds(() => {
        count = readSync(fd, buffer);
      }),
    );
  }
  closeSync(fd);
}

if (process.platform === 'linux') void main();
else process.stdout.write('sampler pass: not available on this system\n');

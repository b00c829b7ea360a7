import { spawn, type ChildProcess } from 'node:child_process';
import { LinuxSampler } from '../../src/system/linux/linuxSampler';
import { layouts } from '../../src/trace/layouts';
import { ChunkWriter } from '../../src/trace/writer';
import { inTurn, milliseconds, roundsWanted } from './measure';
import { report } from './report';

const PASSES_PER_ROUND = 50;

/** A process with about this many threads, nearly all asleep: the largest part of them is libuv's pool. */
async function processWithThreads(count: number): Promise<ChildProcess> {
  const { NODE_OPTIONS: _theirs, ...environment } = process.env;
  const program = `require('node:fs').stat('.', () => console.log('ready')); setInterval(() => {}, 1e6);`;
  const child = spawn(process.execPath, ['-e', program], {
    env: { ...environment, UV_THREADPOOL_SIZE: String(count) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child;
}

/** Wall-clock time of one pass, in ms. */
class SampledProcess {
  private readonly writer = new ChunkWriter(layouts);
  private readonly sampler = new LinuxSampler(this.writer, { runDirectory: '/nowhere' });
  private readonly child: ChildProcess;

  constructor(child: ChildProcess) {
    this.child = child;
    this.sampler.addRoot(child.pid ?? 0);
    this.pass();
  }

  get threadCount(): number {
    return this.sampler.threadCount;
  }

  measure(): number {
    const all = milliseconds(() => {
      for (let pass = 0; pass < PASSES_PER_ROUND; pass++) this.pass();
    });
    return all / PASSES_PER_ROUND;
  }

  dispose(): void {
    this.sampler.dispose();
    this.child.kill('SIGKILL');
  }

  private pass(): void {
    this.sampler.pass(0);
    this.writer.takeChunk(0);
  }
}

async function main(): Promise<void> {
  const ten = new SampledProcess(await processWithThreads(1));
  const hundred = new SampledProcess(await processWithThreads(90));
  const thousand = new SampledProcess(await processWithThreads(990));
  const sampled = [ten, hundred, thousand];
  const figures = inTurn(roundsWanted(20), {
    ten: () => ten.measure(),
    hundred: () => hundred.measure(),
    thousand: () => thousand.measure(),
  });
  Object.values(figures).forEach((values, index) => {
    report(`sampler pass: ${sampled[index]?.threadCount ?? 0} threads`, values, { unit: ' ms', digits: 3 });
  });
  for (const one of sampled) one.dispose();
}

if (process.platform === 'linux') void main();
else process.stdout.write('sampler pass: not available on this system\n');

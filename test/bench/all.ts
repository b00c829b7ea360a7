// All benches, one after the other: they must not run at the same time. Arguments are handed on (`--rounds N`);
// `--long` adds those that take longer than a quick answer may.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { tableOf } from './report';
import type { Row } from './report';

const QUICK = [
  'startup',
  'workers',
  'children',
  'pingPong',
  'poolShortTasks',
  'poolLongTasks',
  'largeMessages',
  'cpuBound',
  'atomics',
  'clusterHttp',
  'reduce',
  'search',
  'arrows',
  'sampler',
  'tail',
  'timeline/bench',
];
const LONG = ['longRun', 'messageFlood'];

async function main(args: readonly string[]): Promise<void> {
  const rows: Row[] = [];
  const failed: string[] = [];
  for (const name of args.includes('--long') ? [...QUICK, ...LONG] : QUICK) {
    const bench = fork(path.join(__dirname, `${name}.ts`), args, { execArgv: ['--import', 'tsx'] });
    bench.on('message', (row: Row) => rows.push(row));
    const [code] = (await once(bench, 'close')) as [number | null];
    if (code !== 0) failed.push(name);
  }
  process.stdout.write(`\n${tableOf(rows)}`);
  if (failed.length === 0) return;
  process.stderr.write(`failed: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}

void main(process.argv.slice(2));

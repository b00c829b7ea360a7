import { inTurn, print, ratios, roundsWanted } from './measure';
import { ObservedNode } from './observedNode';

// 50 workers, each created when the one before has ended. The program measures itself, without its start-up:
// wall-clock time and CPU time of all its threads.
const program = `
  const { Worker } = require('node:worker_threads');
  const begin = process.hrtime.bigint();
  const cpuBefore = process.cpuUsage();
  (function next(left) {
    if (left > 0) return new Worker('0', { eval: true }).on('exit', () => next(left - 1));
    const wall = Number(process.hrtime.bigint() - begin) / 1e6;
    const { user, system } = process.cpuUsage(cpuBefore);
    console.log(JSON.stringify([wall, (user + system) / 1e3]));
  })(50);`;

const node = new ObservedNode();
const cpu = { bare: [] as number[], observed: [] as number[] };

function measure(name: keyof typeof cpu): number {
  const [wall = NaN, cpuTime = NaN] = JSON.parse(node[name](program)) as number[];
  cpu[name].push(cpuTime);
  return wall;
}

const wall = inTurn(roundsWanted(20), {
  bare: () => measure('bare'),
  observed: () => measure('observed'),
});
node.dispose();
print('50 workers: bare', wall.bare, ' ms', 1);
print('50 workers: observed', ratios(wall.observed, wall.bare), ' times', 3, '1.10');
print('50 workers: CPU time, observed', ratios(cpu.observed.slice(1), cpu.bare.slice(1)), ' times', 3);

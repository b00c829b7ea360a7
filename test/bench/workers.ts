import { inTurn, print, ratios, roundsWanted } from './measure';
import { ObservedNode } from './observedNode';

// 50 workers, each created when the one before has ended. The program measures itself, without its start-up.
const program = `
  const { Worker } = require('node:worker_threads');
  const begin = process.hrtime.bigint();
  (function next(left) {
    if (left === 0) console.log(Number(process.hrtime.bigint() - begin) / 1e6);
    else new Worker('0', { eval: true }).on('exit', () => next(left - 1));
  })(50);`;

const node = new ObservedNode();
const figures = inTurn(roundsWanted(20), {
  bare: () => Number(node.bare(program)),
  observed: () => Number(node.observed(program)),
});
node.dispose();
print('50 workers: bare', figures.bare, ' ms', 1);
print('50 workers: observed', ratios(figures.observed, figures.bare), ' times', 3, '1.10');

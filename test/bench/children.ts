import { inTurn, print, ratios, roundsWanted } from './measure';
import { ObservedNode } from './observedNode';

// 20 Node processes, each started when the one before has ended.
const program = `
  const { spawn } = require('node:child_process');
  const begin = process.hrtime.bigint();
  (function next(left) {
    if (left === 0) console.log(Number(process.hrtime.bigint() - begin) / 1e6);
    else spawn(process.execPath, ['-e', '0']).on('close', () => next(left - 1));
  })(20);`;

const node = new ObservedNode();
const figures = inTurn(roundsWanted(20), {
  bare: () => Number(node.bare(program)),
  observed: () => Number(node.observed(program)),
});
node.dispose();
print('20 child processes: bare', figures.bare, ' ms', 1);
print('20 child processes: observed', ratios(figures.observed, figures.bare), ' times', 3);

import { differences, inTurn, milliseconds, print, roundsWanted } from './measure';
import { ObservedNode } from './observedNode';

// What the probe adds to the start (and end) of a program that does nothing.
const node = new ObservedNode();
const rounds = roundsWanted(80);
const wall = inTurn(rounds, {
  bare: () => milliseconds(() => node.bare('0')),
  idle: () => milliseconds(() => node.idle('0')),
  observed: () => milliseconds(() => node.observed('0')),
});
print('start-up: node -e 0', wall.bare, ' ms');
print('start-up: the probe loaded, no run', differences(wall.idle, wall.bare), ' ms more');
print('start-up: observed', differences(wall.observed, wall.bare), ' ms more', 2, '5 ms');

// CPU time says the same with less noise on a busy machine.
const program = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  require('node:fs').writeSync(1, String((user + system) / 1e3));
});`;
const cpu = inTurn(rounds, {
  bare: () => Number(node.bare(program)),
  observed: () => Number(node.observed(program)),
});
node.dispose();
print('start-up: CPU time, bare', cpu.bare, ' ms');
print('start-up: CPU time, observed', differences(cpu.observed, cpu.bare), ' ms more', 2);

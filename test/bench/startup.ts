import { differences, inTurn, milliseconds, roundsWanted } from './measure';
import { ObservedNode } from './observedNode';
import { report } from './report';

// What the probe adds to the start (and end) of a program that does nothing.
const node = new ObservedNode();
const rounds = roundsWanted(80);
const wall = inTurn(rounds, {
  bare: () => milliseconds(() => node.bare('0')),
  idle: () => milliseconds(() => node.idle('0')),
  observed: () => milliseconds(() => node.observed('0')),
});
report('start-up: node -e 0', wall.bare, { unit: ' ms' });
report('start-up: the probe loaded, no run', differences(wall.idle, wall.bare), { unit: ' ms more' });
report('start-up: observed', differences(wall.observed, wall.bare), {
  unit: ' ms more',
  target: { atMost: 5 },
});

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
report('start-up: CPU time, bare', cpu.bare, { unit: ' ms' });
report('start-up: CPU time, observed', differences(cpu.observed, cpu.bare), { unit: ' ms more' });

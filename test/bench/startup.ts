import { differences, inTurn, milliseconds, print, roundsWanted } from './measure';
import { ObservedNode } from './observedNode';

// What the probe adds to the start (and end) of a program that does nothing.
const node = new ObservedNode();
const figures = inTurn(roundsWanted(80), {
  bare: () => milliseconds(() => node.bare('0')),
  idle: () => milliseconds(() => node.idle('0')),
  observed: () => milliseconds(() => node.observed('0')),
});
node.dispose();
print('start-up: node -e 0', figures.bare, ' ms');
print('start-up: the probe loaded, no run', differences(figures.idle, figures.bare), ' ms more');
print('start-up: observed', differences(figures.observed, figures.bare), ' ms more', 2, '5 ms');

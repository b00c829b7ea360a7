import { calibratedSteps } from './calibration';
import { compare } from './compare';
import { ObservedNode } from './observedNode';

// The main thread hands out tasks as fast as it can.
const node = new ObservedNode();
const steps = calibratedSteps(node, 20);
compare(node, {
  workload: 'pool of 2 workers, 20,000 tasks of 20 µs',
  pairs: 30,
  target: { atMost: 1.05 },
  run: (side) => node.program(side, 'pool.js', [20_000, steps]),
});
node.dispose();

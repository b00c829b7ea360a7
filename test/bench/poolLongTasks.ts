import { calibratedSteps } from './calibration';
import { compare } from './compare';
import { ObservedNode } from './observedNode';

// The main thread mostly waits for its workers.
const node = new ObservedNode();
const steps = calibratedSteps(node, 1000);
compare(node, {
  workload: 'pool of 2 workers, 1,000 tasks of 1 ms',
  pairs: 40,
  target: { atMost: 1.01 },
  run: (side) => node.program(side, 'pool.js', [1000, steps]),
});
node.dispose();

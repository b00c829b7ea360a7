import { calibratedSteps } from './calibration';
import { compare } from './compare';
import { ObservedNode } from './observedNode';

const node = new ObservedNode();
const steps = calibratedSteps(node, 400_000);
compare(node, {
  workload: 'CPU-bound single thread',
  pairs: 40,
  target: { atMost: 1.01 },
  run: (side) => node.program(side, 'cpuBound.js', [steps]),
});
node.dispose();

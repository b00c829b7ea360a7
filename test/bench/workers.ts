import { compare } from './compare';
import { ObservedNode } from './observedNode';

const node = new ObservedNode();
compare(node, {
  workload: '100 workers, one after the other',
  pairs: 10,
  target: { atMost: 1.08 },
  run: (side) => node.program(side, 'workers.js', [100]),
});
node.dispose();

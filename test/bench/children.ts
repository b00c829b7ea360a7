import { compare } from './compare';
import { ObservedNode } from './observedNode';

const node = new ObservedNode();
compare(node, {
  workload: '20 child processes, one after the other',
  pairs: 15,
  target: { atMost: 1.04 },
  run: (side) => node.program(side, 'children.js', [20]),
});
node.dispose();

import { compare } from './compare';
import { ObservedNode } from './observedNode';

// Adding, loading and storing: the calls of Atomics that do not wait.
const node = new ObservedNode();
compare(node, {
  workload: 'Atomics loop: add, load, store',
  pairs: 40,
  target: { atMost: 1.01 },
  run: (side) => node.program(side, 'atomics.js', [20_000_000]),
});
node.dispose();

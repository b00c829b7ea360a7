import { compare } from './compare';
import { ObservedNode } from './observedNode';

// A megabyte to a worker, a small answer, one at a time. Bytes are copied as they are; objects are what a probe that
// looks into messages would be slow with.
const node = new ObservedNode();
compare(node, {
  workload: '1 MB cloned messages: bytes',
  pairs: 30,
  target: { atMost: 1.03 },
  run: (side) => node.program(side, 'largeMessages.js', ['bytes', 1000]),
});
compare(node, {
  workload: '1 MB cloned messages: 11,000 objects',
  pairs: 20,
  target: { atMost: 1.03 },
  run: (side) => node.program(side, 'largeMessages.js', ['objects', 40]),
});
node.dispose();

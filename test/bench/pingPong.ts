import { compare } from './compare';
import { ObservedNode } from './observedNode';
import { report } from './report';

const ROUND_TRIPS = 100_000;

// A small message to a worker and back, one at a time.
const node = new ObservedNode();
const logged = compare(node, {
  workload: 'worker ping-pong, 100,000 round trips',
  pairs: 15,
  target: { atMost: 1.1, aim: 1.05 },
  run: (side) => node.program(side, 'pingPong.js', [ROUND_TRIPS]),
});
node.dispose();
report(
  'log of 100,000 round trips, both threads',
  logged.map((bytes) => bytes / 1024),
  { unit: ' KiB', digits: 0 },
);

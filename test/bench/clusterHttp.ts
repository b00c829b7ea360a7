import { compare } from './compare';
import { ObservedNode } from './observedNode';

// A client that is not observed starts the server. The CPU time is that of the server's three processes.
const node = new ObservedNode();
compare(node, {
  workload: 'cluster HTTP server, throughput',
  pairs: 25,
  target: { atLeast: 0.97 },
  isThroughput: true,
  run: (side) => node.program('bare', 'httpClient.js', [20_000, JSON.stringify(node.additions(side))]),
});
node.dispose();

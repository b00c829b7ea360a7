'use strict';
// messageFlood.js PER_SECOND SECONDS: a worker sends the main thread so many messages a second, or as many as the
// two can manage. Prints how many arrived.
const { isMainThread, Worker, workerData, parentPort } = require('node:worker_threads');
const { startStopwatch, tell } = require('./stopwatch');

/** So many may be under way: a receiver that is too slow would otherwise run out of memory. */
const UNDER_WAY = 20_000;

function main() {
  const [perSecond, seconds] = process.argv.slice(2).map(Number);
  const received = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(__filename, { workerData: { received, perSecond, seconds } });
  const elapsed = startStopwatch();
  worker.on('message', () => received[0]++);
  worker.on('exit', () => tell({ ...elapsed(), messages: received[0] }));
}

function send({ received, perSecond, seconds }) {
  const begin = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const passed = (performance.now() - begin) / 1000;
    const due = Math.min(passed * perSecond, received[0] + UNDER_WAY);
    while (sent < due) parentPort.postMessage({ sent: ++sent });
    if (passed >= seconds) clearInterval(timer);
  }, 1);
}

if (isMainThread) main();
else send(workerData);

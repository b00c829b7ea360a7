'use strict';
// pingPong.js ROUND_TRIPS: a small message to a worker and back, again and again.
const { isMainThread, parentPort, Worker } = require('node:worker_threads');
const { startStopwatch, tell } = require('./stopwatch');

function main() {
  let left = Number(process.argv[2]);
  const worker = new Worker(__filename);
  worker.once('message', () => {
    worker.on('message', () => {
      if (--left > 0) {
        worker.postMessage({ left });
      } else {
        tell(elapsed());
        worker.terminate();
      }
    });
    const elapsed = startStopwatch();
    worker.postMessage({ left });
  });
}

if (isMainThread) {
  main();
} else {
  parentPort.on('message', (message) => parentPort.postMessage(message));
  parentPort.postMessage('ready');
}

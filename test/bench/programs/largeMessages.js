'use strict';
// largeMessages.js bytes|objects MESSAGES: about 1 MB cloned to a worker, which answers with a small message.
const { isMainThread, parentPort, Worker } = require('node:worker_threads');
const { startStopwatch, tell } = require('./stopwatch');

/** Either one megabyte of bytes, or small objects that take as much when they are cloned. */
function contents(kind) {
  if (kind === 'bytes') return new Uint8Array(1 << 20).fill(7);
  return Array.from({ length: 11_000 }, (_, id) => ({
    id,
    name: `name of object ${id}`,
    tags: ['one', 'two'],
    nested: { isOdd: id % 2 === 1, weight: id / 7 },
  }));
}

function main() {
  const message = contents(process.argv[2]);
  let left = Number(process.argv[3]);
  const worker = new Worker(__filename);
  worker.once('message', () => {
    worker.on('message', () => {
      if (--left > 0) {
        worker.postMessage(message);
      } else {
        tell(elapsed());
        worker.terminate();
      }
    });
    const elapsed = startStopwatch();
    worker.postMessage(message);
  });
}

if (isMainThread) {
  main();
} else {
  parentPort.on('message', (message) => parentPort.postMessage(message.length));
  parentPort.postMessage('ready');
}

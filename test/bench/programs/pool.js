'use strict';
// pool.js TASKS STEPS: a pool of two workers; each gets its next task when it has answered the one before.
const { isMainThread, parentPort, Worker } = require('node:worker_threads');
const { spin } = require('./spin');
const { startStopwatch, tell } = require('./stopwatch');

const WORKERS = 2;

function main() {
  const tasks = Number(process.argv[2]);
  const steps = Number(process.argv[3]);
  const workers = Array.from({ length: WORKERS }, () => new Worker(__filename));
  let ready = 0;
  let given = 0;
  let done = 0;
  let elapsed;

  const give = (worker) => {
    if (given < tasks) worker.postMessage({ task: given++, steps });
  };
  const end = () => {
    tell(elapsed());
    for (const worker of workers) worker.terminate();
  };
  for (const worker of workers) {
    worker.once('message', () => {
      worker.on('message', () => {
        if (++done === tasks) end();
        else give(worker);
      });
      if (++ready < WORKERS) return;
      elapsed = startStopwatch();
      workers.forEach(give);
    });
  }
}

if (isMainThread) {
  main();
} else {
  parentPort.on('message', ({ task, steps }) => parentPort.postMessage({ task, result: spin(steps) }));
  parentPort.postMessage('ready');
}

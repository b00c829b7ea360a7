'use strict';
// workers.js COUNT: workers, each created when the one before has ended.
const { Worker } = require('node:worker_threads');
const { startStopwatch, tell } = require('./stopwatch');

const elapsed = startStopwatch();
(function next(left) {
  if (left === 0) tell(elapsed());
  else new Worker('0', { eval: true }).on('exit', () => next(left - 1));
})(Number(process.argv[2]));

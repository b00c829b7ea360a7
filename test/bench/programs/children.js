'use strict';
// children.js COUNT: Node processes, each started when the one before has ended. The CPU time is the children's.
const { spawn } = require('node:child_process');
const { cpuOfChildren, startStopwatch, tell } = require('./stopwatch');

const elapsed = startStopwatch(cpuOfChildren);
(function next(left) {
  if (left === 0) tell(elapsed());
  else spawn(process.execPath, ['-e', '0']).on('close', () => next(left - 1));
})(Number(process.argv[2]));

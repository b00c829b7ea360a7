'use strict';
const { readFileSync } = require('node:fs');

/** CPU time of this process, all its threads, in ms. */
function cpuOfProcess() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
}

/** CPU time of the children that have ended, and of theirs, in ms; null where the system does not tell. */
function cpuOfChildren() {
  if (process.platform !== 'linux') return null;
  // The fields after the command's name, which may hold spaces. Times are in ticks of 10 ms.
  const fields = readFileSync('/proc/self/stat', 'latin1').split(') ').pop().split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

/** Begins to measure, and answers a function that answers what has passed since. */
function startStopwatch(cpu = cpuOfProcess) {
  const cpuBefore = cpu();
  const begin = process.hrtime.bigint();
  return () => {
    const wall = Number(process.hrtime.bigint() - begin) / 1e6;
    const cpuNow = cpu();
    return { wall, cpu: cpuNow === null ? null : cpuNow - cpuBefore };
  };
}

/** Tells the bench. */
function tell(figures) {
  console.log(JSON.stringify(figures));
}

module.exports = { cpuOfChildren, cpuOfProcess, startStopwatch, tell };

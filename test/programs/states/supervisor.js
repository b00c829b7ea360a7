'use strict';
// Starts each command (its words as one argument of JSON) and tells between which moments it lived.

const { spawn } = require('node:child_process');
const { now, tell } = require('./truth');

for (const command of process.argv.slice(2)) {
  const [file, ...args] = JSON.parse(command);
  const born = now();
  const child = spawn(file, args, { stdio: 'inherit' });
  child.on('exit', () => tell({ kind: 'process', pid: child.pid, born, time: now() }));
}

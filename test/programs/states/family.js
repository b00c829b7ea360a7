'use strict';
// A Node process with a child that is no Node, as processes.sh has them.

const { spawn } = require('node:child_process');
const { appendFileSync } = require('node:fs');

const log = process.argv[2];
appendFileSync(log, `${process.pid} ${process.ppid} node 8\n`);
const child = spawn('sleep', ['0.1']);
appendFileSync(log, `${child.pid} ${process.pid} spawned 0\n`);
child.on('exit', () => process.exit(8));

'use strict';
// A process with facts to compare: facts.js FILE FILE FILE. Two threads spin on what may be a single CPU, one sleeps.

const { spawn } = require('node:child_process');
const { openSync, readdirSync, readFileSync } = require('node:fs');
const { createServer } = require('node:net');
const { Worker, isMainThread, workerData } = require('node:worker_threads');
const { tell } = require('./truth');

const TOLD_AFTER_MS = 900;
const SETTLED_MS = 2200;

/** Voluntary and involuntary switches of every thread of this process. */
function switches() {
  return readdirSync('/proc/self/task').map((tid) => {
    const status = readFileSync(`/proc/self/task/${tid}/status`, 'utf8');
    const count = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)[1]);
    return [Number(tid), count('voluntary_ctxt_switches'), count('nonvoluntary_ctxt_switches')];
  });
}

if (!isMainThread) {
  const tid = Number(require('node:fs').readlinkSync('/proc/thread-self').split('/').at(-1));
  tell({ kind: 'worker', role: workerData, tid });
  if (workerData === 'spin') for (;;);
  else if (workerData === 'sleep') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  else setInterval(() => undefined, 10);
} else {
  for (const file of process.argv.slice(2)) openSync(file, 'a');
  for (const role of ['spin', 'spin', 'sleep', 'nap']) new Worker(__filename, { workerData: role });
  const child = spawn('cat', [], { stdio: ['pipe', 'ignore', 'ignore'] });
  createServer().listen(0, '127.0.0.1', () => {
    setTimeout(() => {
      tell({ kind: 'settled', pid: process.pid, switches: switches() });
      setTimeout(() => {
        tell({ kind: 'last', switches: switches() });
        child.kill('SIGKILL');
        // No other end leaves everything open to the last.
        process.kill(process.pid, 'SIGKILL');
      }, SETTLED_MS);
    }, TOLD_AFTER_MS);
  });
}

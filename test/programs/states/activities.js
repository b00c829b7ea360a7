'use strict';
// Threads and a process that do one thing each, from a moment that each tells of: activities.js FIFO HELD_FIFO

const { execSync, spawn } = require('node:child_process');
const { openSync, readFileSync, readlinkSync } = require('node:fs');
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');
const { now, tell } = require('./truth');

const LONG = 1300;
const [fifo, heldFifo] = isMainThread ? process.argv.slice(2) : workerData.fifos;

const activities = {
  atomics: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
  spin: () => {
    for (;;);
  },
  idle: () => parentPort.on('message', () => undefined),
  /** Nobody opens it for writing. */
  openFifo: () => readFileSync(fifo),
  /** Somebody has, and writes nothing. */
  readFifo: () => readFileSync(heldFifo),
};

function start(name, action) {
  const [pid, , tid] = readlinkSync('/proc/thread-self').split('/').map(Number);
  tell({ kind: 'activity', name, pid, tid, time: now() });
  action();
}

if (isMainThread) {
  openSync(heldFifo, 'r+');
  const { pid } = spawn('cat', [heldFifo], { stdio: 'ignore' });
  tell({ kind: 'activity', name: 'cat', pid, tid: pid, time: now() });
  for (const name of Object.keys(activities))
    new Worker(__filename, { workerData: { name, fifos: [fifo, heldFifo] } });
  setTimeout(() => {
    start('exec', () => execSync(`sleep ${LONG / 1000}`));
    tell({ kind: 'end', time: now() });
    process.kill(pid);
    // Not process.exit, which would wait for the workers to notice.
    process.kill(process.pid, 'SIGKILL');
  }, 400);
} else {
  // A worker's last messages of its start go through the main thread, which is soon busy otherwise.
  setTimeout(() => start(workerData.name, activities[workerData.name]), 200);
}

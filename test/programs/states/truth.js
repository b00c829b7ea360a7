'use strict';
// What a thread knows of itself by the kernel and by its own clock, told as a line of JSON on stdout at its end.

const { readFileSync, readlinkSync, writeSync } = require('node:fs');
const { threadId, workerData } = require('node:worker_threads');

const cell = new Int32Array(new SharedArrayBuffer(4));
const now = () => Number(process.hrtime.bigint());

/** What the kernel has counted. It counts a running thread once a tick; one that has just slept is counted up to now. */
function counted() {
  Atomics.wait(cell, 0, 0, 1);
  const [cpu, runQueue] = readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ').map(Number);
  return { cpu, runQueue };
}

function tell(more) {
  writeSync(1, `${JSON.stringify(more)}\n`);
}

let inCalls = 0;
let asleepInCalls = 0;

/** Makes a call that blocks, and takes its time; and what is left of that without the time on or waiting for a CPU. */
function blocking(call) {
  const start = now();
  const before = counted();
  const callStart = now();
  call();
  const time = now() - callStart;
  const after = counted();
  asleepInCalls += time - (after.cpu - before.cpu) - (after.runQueue - before.runQueue);
  inCalls += now() - start;
}

/** Has this thread tell of itself as its last act. `role` says what it did. */
function tellAtEnd(role) {
  const [pid, , tid] = readlinkSync('/proc/thread-self').split('/').map(Number);
  // Of a worker: before `new Worker`. Of a main thread: Node's own start, so somewhat after the kernel's.
  const born = workerData?.born ?? now() - performance.now() * 1e6;
  process.on('exit', () => {
    // 0 as long as the loop has not begun to turn, though a worker has waited for its script by then: then it says nothing.
    const loopIdle = performance.eventLoopUtilization().idle * 1e6 || null;
    const figures = { ...counted(), inCalls, asleepInCalls, loopIdle, time: now() };
    tell({ kind: 'thread', role, pid, tid, threadId, born, ...figures });
  });
}

module.exports = { blocking, now, tell, tellAtEnd };

'use strict';
// Threads that live in a known way. `lives.js ROLE…`: the main thread has the first role, a worker each of the others.

const { execSync } = require('node:child_process');
const { Worker, isMainThread, workerData } = require('node:worker_threads');
const { blocking, now, tell, tellAtEnd } = require('./truth');

const LIFE_MS = 1500;
const cell = new Int32Array(new SharedArrayBuffer(4));

const roles = {
  busy: () => spin(LIFE_MS),
  idle: () => setTimeout(() => undefined, LIFE_MS),
  atomics: () => blocking(() => Atomics.wait(cell, 0, 0, LIFE_MS)),
  exec: () => blocking(() => execSync(`sleep ${LIFE_MS / 1000}`)),
  /** Now this, now that, none of it longer than a few passes of a sampler. */
  mixed: () => {
    const end = Date.now() + LIFE_MS;
    const round = () => {
      spin(30);
      blocking(() => Atomics.wait(cell, 0, 0, 30));
      if (Date.now() < end) setTimeout(round, 40);
    };
    round();
  },
};

function spin(ms) {
  for (const end = Date.now() + ms; Date.now() < end;);
}

const [role, ...others] = isMainThread ? process.argv.slice(2) : [workerData.role];
tellAtEnd(role);
for (const other of others) {
  const worker = new Worker(__filename, { workerData: { role: other, born: now() } });
  const id = worker.threadId;
  worker.on('exit', () => tell({ kind: 'workerOver', pid: process.pid, threadId: id, time: now() }));
}
// Workers begin with messages to and fro; a main thread that would not answer them would hold them up.
if (others.length === 0) roles[role]();
else setTimeout(roles[role], 100);

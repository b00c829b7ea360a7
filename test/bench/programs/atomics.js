'use strict';
// atomics.js ROUNDS: one thread that adds, loads and stores in shared memory, and does nothing else.
const { startStopwatch, tell } = require('./stopwatch');

const cells = new Int32Array(new SharedArrayBuffer(64));

function work(rounds) {
  for (let round = 0; round < rounds; round++) {
    Atomics.add(cells, 0, 1);
    Atomics.store(cells, 1, Atomics.load(cells, 0));
  }
}

const rounds = Number(process.argv[2]);
const elapsed = startStopwatch();
for (let part = 0; part < 1000; part++) work(rounds / 1000);
tell(elapsed());

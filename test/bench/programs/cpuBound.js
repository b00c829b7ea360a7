'use strict';
// cpuBound.js STEPS: one thread that computes.
const { spin } = require('./spin');
const { startStopwatch, tell } = require('./stopwatch');

const steps = Number(process.argv[2]);
const elapsed = startStopwatch();
// In parts, as a program calls its functions.
for (let part = 0; part < 1000; part++) spin(steps / 1000);
tell(elapsed());

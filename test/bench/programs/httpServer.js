'use strict';
// A cluster of two HTTP servers. Tells its parent its port; asked by it, the CPU time of all its processes.
const cluster = require('node:cluster');
const http = require('node:http');
const { cpuOfProcess } = require('./stopwatch');

const WORKERS = 2;

function primary() {
  const workers = Array.from({ length: WORKERS }, () => cluster.fork());
  let listening = 0;
  let answers = 0;
  let cpu = 0;
  for (const worker of workers) {
    worker.on('listening', ({ port }) => {
      if (++listening === WORKERS) process.send({ port });
    });
    worker.on('message', (workersCpu) => {
      cpu += workersCpu;
      if (++answers === WORKERS) process.send({ cpu: cpu + cpuOfProcess() });
    });
  }
  process.on('message', () => {
    answers = 0;
    cpu = 0;
    for (const worker of workers) worker.send('CPU time');
  });
  process.on('disconnect', () => {
    for (const worker of workers) worker.kill('SIGKILL');
    process.exit();
  });
}

if (cluster.isPrimary) {
  primary();
} else {
  const server = http.createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ path: request.url, end: 'END' }));
  });
  // Our own client closes its connections; none must be closed in the middle of a measurement.
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  process.on('message', () => process.send(cpuOfProcess()));
}

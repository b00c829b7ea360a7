// A worker with a worker of its own, a forked child with a worker, and a blocking execSync.
const { Worker, isMainThread, workerData } = require('node:worker_threads');
const { execSync, fork } = require('node:child_process');

function spin(ms) {
  const end = Date.now() + ms;
  while (Date.now() < end);
}

if (process.argv[2] === 'child') {
  if (isMainThread) {
    new Worker(__filename, { argv: ['child'], name: 'child worker' });
    setTimeout(() => process.exit(7), 400);
  } else {
    spin(150);
  }
} else if (isMainThread) {
  new Worker(__filename, { name: 'outer', workerData: 'outer' });
  fork(__filename, ['child']);
  setTimeout(() => execSync('sleep 0.3'), 200);
} else if (workerData === 'outer') {
  new Worker(__filename, { name: 'inner', workerData: 'inner' });
  setTimeout(() => {}, 500);
} else {
  spin(200);
}

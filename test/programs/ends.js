// Ends in the way named by its argument.
const { Worker } = require('node:worker_threads');
const ends = {
  natural: () => {},
  exit: () => process.exit(9),
  exitCode: () => (process.exitCode = 10),
  exitInListener: () => process.on('exit', () => process.exit(12)),
  throw: () => {
    throw new TypeError('thrown on purpose');
  },
  reject: () => Promise.reject(new RangeError('rejected on purpose')),
  signal: () => process.kill(process.pid, 'SIGTERM'),
  kill: () => process.kill(process.pid, 'SIGKILL'),
  abort: () => process.abort(),
  workerThrows: () => new Worker('throw new Error("worker threw")', { eval: true }),
  workerExits: () => new Worker('process.exit(4)', { eval: true }),
  workerTerminated: () => {
    const worker = new Worker('setInterval(() => {}, 1000)', { eval: true });
    worker.on('online', () => worker.terminate());
  },
  workerOutOfMemory: () =>
    new Worker('const all = []; for (;;) all.push(new Array(1000).fill(1))', {
      eval: true,
      resourceLimits: { maxOldGenerationSizeMb: 8 },
    }),
  sourceWithoutEval: () =>
    new Worker('const { parentPort } = require("worker_threads"); parentPort.postMessage(1)'),
};
ends[process.argv[2]]();

// One thread or process ends another, or itself, in the way named by the argument.
const { fork, spawn } = require('node:child_process');
const { Worker, isMainThread } = require('node:worker_threads');
const [, , what, pid] = process.argv;

const ways = {
  subprocessKill: () => {
    const child = fork(__filename, ['sleep']);
    child.on('message', () => child.kill('SIGKILL')); // line: subprocess.kill
  },
  // A sibling does it, which has never heard of the victim but by its number.
  processKill: () => {
    const victim = fork(__filename, ['sleep']);
    victim.on('message', () => fork(__filename, ['kill', String(victim.pid)]));
  },
  kill: () => {
    process.kill(Number(pid), 'SIGTERM'); // line: process.kill
    process.disconnect();
  },
  terminate: () => {
    const worker = new Worker('setInterval(() => {}, 1000)', { eval: true });
    worker.on('online', () => worker.terminate()); // line: terminate
  },
  exit: () => {
    const worker = new Worker(__filename, { argv: ['exit'] });
    worker.on('exit', () => process.exit(3)); // line: exit
  },
  exitInWorker: () => process.exit(4), // line: exit of the worker
  outOfMemory: () => {
    const worker = new Worker('const all = []; for (;;) all.push(new Array(1000).fill(1))', {
      eval: true,
      name: 'greedy',
      resourceLimits: { maxOldGenerationSizeMb: 8 },
    });
    worker.on('error', () => {});
  },
  notOurs: () => {
    const child = spawn('sleep', ['100']);
    child.on('spawn', () => child.kill('SIGINT')); // line: kill another program
  },
  sleep: () => {
    setInterval(() => {}, 1000);
    process.send('ready');
  },
};
ways[isMainThread ? what : 'exitInWorker']();

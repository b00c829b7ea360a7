// Processes that talk over IPC: `ipc.js json`, `ipc.js advanced`, `ipc.js handle`, `ipc.js late`, `ipc.js cluster`.
const { fork } = require('node:child_process');
const cluster = require('node:cluster');
const net = require('node:net');
const [, , what, isChild] = process.argv;

function parent(child) {
  let answers = 0;
  child.on('message', () => ++answers === 2 && child.send('end'));
  for (const text of ['one', 'two', 'drei ü']) child.send({ text }); // line: ask
}

function child() {
  let asked = 0;
  process.on('message', (message) => {
    if (message === 'end') process.disconnect();
    else if (++asked > 1) process.send({ answer: asked }); // line: answer
  });
}

const parents = {
  json: () => parent(fork(__filename, ['json', 'child'])),
  advanced: () => parent(fork(__filename, ['advanced', 'child'], { serialization: 'advanced' })),
  handle: () => {
    const worker = fork(__filename, ['handle', 'child']);
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      worker.send('server', server, () => server.close()); // line: send handle
    });
    worker.on('message', () => worker.send('end'));
  },
  late: () => parent(fork(__filename, ['late', 'child'])),
  cluster: () => {
    for (let index = 0; index < 2; index++) {
      const worker = cluster.fork();
      worker.on('online', () => worker.send('hello')); // line: cluster send
      worker.on('message', (message) => message === 2 && worker.disconnect());
    }
  },
};

const children = {
  json: child,
  advanced: child,
  handle: () =>
    process.on('message', (message, server) => {
      if (message === 'end') return process.disconnect();
      server.close();
      process.send('got it');
    }),
  // Messages that come before anybody listens wait for the listener.
  late: () => setTimeout(child, 300),
  cluster: () => process.on('message', () => [1, 2].forEach((number) => process.send(number))),
};

if (isChild === 'child' || cluster.isWorker) children[what]();
else parents[what]();

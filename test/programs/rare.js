// Does one rare thing after the other and tells of each, by a line, when it has been done; until it is killed.
const { spawn, spawnSync } = require('node:child_process');
const { writeSync } = require('node:fs');
const { Worker, MessageChannel } = require('node:worker_threads');

const listening = `
  require('node:fs').writeSync(1, 'threadStart\\n');
  require('node:worker_threads').parentPort.on('message', () => {});`;
const shared = new Int32Array(new SharedArrayBuffer(8));
// Ends when we do, as its input is ours to close.
const other = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
writeSync(1, 'spawnResult\n');
const listener = new Worker(listening, { eval: true });
writeSync(1, 'workerResult\n');

// Under the name of the record that must be there once the call has returned.
const rare = {
  workerResult: () => new Worker(listening, { eval: true }),
  terminate: () => void new Worker('', { eval: true }).terminate(),
  spawnResult: () => spawn('true', { stdio: 'ignore' }),
  childExit: () => spawnSync('true', { stdio: 'ignore' }),
};
const notSoRare = {
  bufferSent: () => listener.postMessage(new SharedArrayBuffer(8)),
  portMoved: () => {
    const { port1 } = new MessageChannel();
    listener.postMessage(port1, [port1]);
  },
  kill: () => other.kill('SIGCONT'),
  wait: () => Atomics.wait(shared, 0, 0, 1),
};

function oneOf(things) {
  const names = Object.keys(things);
  const name = names[Math.floor(Math.random() * names.length)];
  things[name]();
  writeSync(1, `${name}\n`);
}

function next() {
  oneOf(Math.random() < 0.1 ? rare : notSoRare);
  setImmediate(next);
}
next();

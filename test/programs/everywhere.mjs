// An ES module that reaches the modules in every way, starts itself as a worker and as a child.
import { fork } from 'node:child_process';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { Worker, isMainThread, parentPort, BroadcastChannel as Broadcast } from 'node:worker_threads';
import threads from 'worker_threads';
const dynamic = await import('node:worker_threads');
const required = createRequire(import.meta.url)('worker_threads');

if (process.argv[2] === 'child') {
  process.on('message', (message) => process.send(message, () => process.disconnect()));
} else if (isMainThread) {
  console.log(dynamic.Worker === Worker, threads.Worker === Worker, required.Worker === Worker);
  console.log(Broadcast === globalThis.BroadcastChannel, dynamic.default === required);
  syncBuiltinESMExports();
  console.log(dynamic.Worker === Worker, Worker.name, Worker.length);
  const url = new URL(import.meta.url);
  const workers = [Worker, dynamic.Worker, threads.Worker, required.Worker].map(
    (Way, index) => new Way(url, { name: `way ${index}` }),
  );
  for (const worker of workers) {
    worker.on('message', (message) => console.log('worker says', message));
    worker.postMessage('hello');
  }
  const child = fork(new URL(import.meta.url).pathname, ['child']);
  child.on('message', (message) => console.log('child says', message));
  child.send('hi');
} else {
  parentPort.once('message', (message) => parentPort.postMessage(message.toUpperCase()));
}

// TypeScript with nothing in it that has to be translated, only left out.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

interface Answer {
  readonly text: string;
}

if (process.argv[2] === 'child') {
  process.send?.({ text: 'from the child' } satisfies Answer);
} else {
  // From source text: not every version can load a worker's file as TypeScript.
  const source = 'require("node:worker_threads").parentPort.postMessage({ text: "from the worker" })';
  const worker = new Worker(source, { eval: true, name: 'typed' });
  const child = fork(fileURLToPath(import.meta.url), ['child']);
  for (const sender of [worker, child]) sender.on('message', ({ text }: Answer) => console.log(text));
}

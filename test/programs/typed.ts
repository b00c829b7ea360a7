// TypeScript with nothing in it that has to be translated, only left out.
import { Worker, isMainThread, parentPort } from 'node:worker_threads';

interface Question {
  readonly text: string;
}

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url), { name: 'typed' });
  worker.on('message', (answer: string) => console.log(answer));
  worker.postMessage({ text: 'hello' } satisfies Question);
} else {
  parentPort?.once('message', ({ text }: Question) => parentPort?.postMessage(text.toUpperCase()));
}

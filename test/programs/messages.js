// Three workers that talk over every kind of channel and share memory in every way; each count is written in the test.
const threads = require('node:worker_threads');
const { Worker, isMainThread, parentPort, workerData, MessageChannel, BroadcastChannel } = threads;

const NESTED_START = 8;

function main() {
  threads.setEnvironmentData('shared', { buffer: new SharedArrayBuffer(300) });
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true });
  const inWorkerData = new SharedArrayBuffer(100);
  const nested = new SharedArrayBuffer(200);
  const given = new MessageChannel(); // line: given channel
  const moved = new MessageChannel(); // line: moved channel
  const between = new MessageChannel(); // line: channel between
  const start = (name, extra, transferList = []) =>
    new Worker(__filename, { name, workerData: { name, ...extra }, transferList });
  const a = start('A', { inWorkerData, port: given.port1 }, [given.port1]);
  const b = start('B');
  const c = start('C');
  const workers = [a, b, c];

  for (const text of ['one', 'two', 'three']) moved.port1.postMessage(text); // line: before the move
  a.postMessage({ moved: moved.port2, toB: between.port1 }, [moved.port2, between.port1]); // line: move to A
  b.postMessage({ fromA: between.port2 }, [between.port2]);
  for (const text of ['four', 'last']) moved.port1.postMessage(text);
  b.postMessage({ list: [{ view: new Int32Array(nested, NESTED_START) }] });
  c.postMessage('x'.repeat(1_000_000)); // line: long text
  const bytes = new ArrayBuffer(5000);
  c.postMessage({ bytes, memory }, [bytes]);
  moved.port1.on('message', () => moved.port1.close());
  given.port2.on('message', () => given.port2.postMessage('thanks'));

  const local = new MessageChannel();
  for (let index = 0; index < 3; index++) local.port1.postMessage(index);
  for (let index = 0; index < 2; index++) threads.receiveMessageOnPort(local.port2);
  local.port1.close();

  const news = new BroadcastChannel('news'); // line: news
  const replies = new BroadcastChannel('replies');
  let ready = 0;
  let replied = 0;
  for (const worker of workers) {
    worker.on('message', (message) => {
      if (message === 'waiting') {
        setTimeout(() => Atomics.notify(new Int32Array(nested, NESTED_START), 1), 400); // line: notify
      }
      if (message !== 'ready' || ++ready < workers.length) return;
      news.postMessage('first'); // line: first news
      news.postMessage('second');
    });
  }
  replies.onmessage = () => {
    if (++replied < workers.length) return;
    for (const worker of workers) worker.postMessage('end');
    news.close();
    replies.close();
  };
}

const deeds = {
  A(message) {
    message.toB.postMessage({ moved: message.moved }, [message.moved]); // line: move to B
    message.toB.close();
    workerData.port.postMessage('hello');
    workerData.port.on('message', () => workerData.port.close());
    Atomics.wait(new Int32Array(workerData.inWorkerData), 3, 0, 150); // line: wait in vain
    parentPort.postMessage('ready');
  },
  B(message) {
    if (message.fromA !== undefined) {
      message.fromA.once('message', ({ moved }) => {
        moved.on('message', (text) => {
          if (text === 'last') moved.postMessage('all here');
        });
      });
      return;
    }
    parentPort.postMessage('waiting');
    Atomics.wait(message.list[0].view, 1, 0, 5000); // line: wait
    parentPort.postMessage('ready');
  },
  C(message) {
    if (typeof message === 'string') return;
    const cells = new Int32Array(message.memory.buffer);
    Atomics.wait(cells, 2, 5); // line: wait for another value
    const { value } = Atomics.waitAsync(cells, 4, 0, 100); // line: wait asynchronously
    // Nothing but a message port keeps a thread alive while it waits so: ours does.
    void value.then(() => parentPort.postMessage('ready'));
  },
};

function worker() {
  threads.getEnvironmentData('shared');
  const news = new BroadcastChannel('news');
  const replies = new BroadcastChannel('replies');
  news.onmessage = ({ data }) => {
    if (data === 'second') replies.postMessage(workerData.name); // line: reply
  };
  parentPort.on('message', (message) => {
    if (message !== 'end') return deeds[workerData.name](message);
    parentPort.close();
    news.close();
    replies.close();
  });
}

if (isMainThread) main();
else worker();

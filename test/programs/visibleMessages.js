// Prints everything through which a program could notice that its messages are observed.
const { inspect } = require('node:util');
const { EventEmitter } = require('node:events');
const cp = require('node:child_process');
const wt = require('node:worker_threads');
const { MessageChannel, MessagePort, Worker, receiveMessageOnPort } = wt;

const lines = (error) => error.stack.split('\n').map((line) => line.trim());
function attempt(action) {
  try {
    return action();
  } catch (error) {
    return lines(error);
  }
}
const shape = (f) => [f.name, f.length, Object.hasOwn(f, 'prototype'), inspect(f)];

function describe() {
  console.log([MessagePort, MessageChannel, globalThis.BroadcastChannel].map(shape));
  console.log(
    ['postMessage', 'start', 'close', 'ref', 'on', 'emit'].map((name) => shape(MessagePort.prototype[name])),
  );
  console.log([receiveMessageOnPort, wt.setEnvironmentData, wt.getEnvironmentData].map(shape));
  console.log(
    ['wait', 'notify', 'waitAsync', 'load']
      .filter((name) => Atomics[name])
      .map((name) => shape(Atomics[name])),
  );
  console.log([process.emit, process.listenerCount, process.kill, process._kill].map(shape));
  console.log(
    process.emit === EventEmitter.prototype.emit,
    Object.keys(Atomics),
    Object.keys(MessagePort.prototype),
  );
}

function errors() {
  const { port1 } = new MessageChannel();
  console.log(attempt(() => port1.postMessage(() => undefined)));
  console.log(attempt(() => port1.postMessage()));
  console.log(attempt(() => port1.postMessage(1, [port1])));
  console.log(
    attempt(() =>
      port1.postMessage({
        get a() {
          throw new Error('mine');
        },
      }),
    ),
  );
  console.log(attempt(() => MessagePort.prototype.postMessage.call({}, 1)));
  console.log(attempt(() => receiveMessageOnPort('nothing')));
  console.log(attempt(() => Atomics.wait(new Int32Array(4), 0, 0)));
  console.log(attempt(() => Atomics.wait('x', 0, 0)));
  console.log(attempt(() => Atomics.notify([], 0)));
  console.log(attempt(() => new Worker('setTimeout(() => {})', { eval: true, workerData: () => undefined })));
  console.log(attempt(() => process.kill(process.pid, 'NOTHING')));
  const deep = (n) => (n === 0 ? port1.postMessage(Symbol('x')) : deep(n - 1));
  console.log(attempt(() => deep(20)));
  port1.close();
}

/** What the handlers of a delivery see, how deep their stacks are, and that nothing is called twice. */
function deliveries(done) {
  const { port1, port2 } = new MessageChannel();
  console.log(Reflect.ownKeys(port1).map(String), inspect(port1));
  let count = 0;
  const look = (port, what) => {
    console.log(
      ++count,
      what,
      lines(new Error('here')),
      inspect(port),
      port.listenerCount('message'),
      port.eventNames(),
    );
    console.log(Object.entries(Object.getOwnPropertyDescriptors(port)).length);
  };
  port1.on('message', (value) => look(port1, value));
  port1.once('message', (value) => look(port1, ['once', value]));
  port1.onmessage = (event) => {
    look(port1, [event.data, event.ports.length, event.type, event.target === port1]);
    if (event.data?.end) {
      port1.close();
      done();
    }
  };
  let reads = 0;
  const message = {
    get counted() {
      return ++reads;
    },
  };
  port2.postMessage(message);
  console.log('read', reads);
  const extra = new MessageChannel();
  port2.postMessage({ port: extra.port1 }, [extra.port1]);
  const shared = new SharedArrayBuffer(8);
  port2.postMessage({ shared, nested: [{ view: new Int32Array(shared) }] });
  port2.postMessage(new Proxy({}, {}).nothing);
  const transferred = new ArrayBuffer(8);
  port2.postMessage(transferred, [transferred]);
  console.log(transferred.byteLength);
  port2.postMessage({ end: true });
  console.log(receiveMessageOnPort(port2), inspect(port2));
}

function broadcasts(done) {
  const a = new BroadcastChannel('a');
  const b = new BroadcastChannel('a');
  console.log(
    inspect(a),
    Reflect.ownKeys(a).map(String),
    Reflect.ownKeys(BroadcastChannel.prototype).filter((key) => typeof key === 'string'),
  );
  b.onmessage = (event) => {
    console.log(event.data, lines(new Error('here')));
    a.close();
    b.close();
    done();
  };
  console.log(attempt(() => a.postMessage(Symbol('x'))));
  a.postMessage('news');
}

function children(done) {
  const child = cp.fork(__filename, ['child'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  console.log(
    Object.keys(child),
    child.eventNames(),
    shape(child.emit),
    shape(child.send),
    inspect(child.channel, { depth: 0 }),
  );
  // Printed at the end: what two processes do at the same time has no order.
  const seen = [];
  child.on('message', (message) => {
    const counts = [child.listenerCount('message'), child.listeners('message').length];
    seen.push(['from child', message, lines(new Error('here')), ...counts]);
    if (message.end) child.disconnect();
  });
  child.once('message', () => seen.push('once'));
  child.on('exit', (code, signal) => {
    console.log(inspect(seen, { depth: 6 }), 'exit', code, signal, child.listeners('message').length);
    done();
  });
  child.send({ hello: 1 });
  child.send({ hello: 2 });
}

if (process.argv[2] === 'child') {
  setTimeout(() => {
    const own = ['emit', 'listenerCount'].map((name) => Object.hasOwn(process, name));
    process.on('message', (message) => {
      const counts = [process.listenerCount('message'), process.listeners('message').length];
      const seen = [own, message, lines(new Error('here')), ...counts, process.eventNames().map(String)];
      process.send({ seen, end: message.hello === 2 });
    });
  }, 50);
} else if (wt.isMainThread) {
  describe();
  errors();
  deliveries(() =>
    broadcasts(() =>
      children(() => {
        const worker = new Worker(__filename, { workerData: { shared: new SharedArrayBuffer(4) } });
        console.log(Reflect.ownKeys(worker).map(String), shape(worker.postMessage));
        // Its last message and its error may come with its end: who calls differs from run to run.
        worker.on('message', (value) =>
          console.log('worker says', value, lines(new Error('here')).slice(0, 2)),
        );
        worker.on('error', (error) =>
          console.log('error', error.message, lines(new Error('here')).slice(0, 2)),
        );
        worker.on('exit', (code) => console.log('exit', code, lines(new Error('here')), worker.eventNames()));
        worker.postMessage('go');
      }),
    ),
  );
} else {
  console.log(Object.keys(wt.workerData), inspect(wt.parentPort));
  wt.parentPort.on('message', (value) => {
    wt.parentPort.postMessage([value, lines(new Error('here'))]);
    Atomics.wait(new Int32Array(wt.workerData.shared), 0, 0, 10);
    throw new Error('in a handler');
  });
}

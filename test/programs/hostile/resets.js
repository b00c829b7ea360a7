// What test runners do: modules loaded anew, globals of another realm, ports that move there.
const vm = require('node:vm');
const Module = require('node:module');
const { inspect } = require('node:util');
const { exercise, say } = require('./exercise.js');
const wt = require('node:worker_threads');
const { MessageChannel, moveMessagePortToContext, receiveMessageOnPort } = wt;

const turn = () => new Promise((resolve) => setTimeout(resolve, 10));

async function modulesAnew() {
  for (const key of Object.keys(require.cache)) delete require.cache[key];
  const again = require('./exercise.js');
  say(
    'modules',
    again.exercise !== exercise,
    Object.keys(require.cache).length,
    require('worker_threads') === wt,
    wt.Worker === process.getBuiltinModule?.('worker_threads').Worker || !process.getBuiltinModule,
  );
  const imported = await import('node:worker_threads');
  say(
    'imported',
    imported.Worker === wt.Worker,
    imported.default === wt,
    imported.receiveMessageOnPort === wt.receiveMessageOnPort,
  );
  Module.syncBuiltinESMExports();
  say('synced', imported.Worker === wt.Worker, imported.receiveMessageOnPort === wt.receiveMessageOnPort);
}

async function otherRealms() {
  const context = vm.createContext({
    MessageChannel,
    MessagePort,
    BroadcastChannel,
    SharedArrayBuffer,
    say,
    inspect,
    setTimeout,
    Atomics,
  });
  vm.runInContext(
    `{ const { port1, port2 } = new MessageChannel();
       port1.onmessage = (event) => { say('realm', event.data.constructor === Object, event.data.view instanceof Int32Array, port1 instanceof MessagePort, inspect(event.data)); port1.close(); };
       const shared = new SharedArrayBuffer(8);
       port2.postMessage({ view: new Int32Array(shared), list: [1, { shared }], map: new Map([[1, shared]]) }, []);
       say('wait', Atomics.wait(new Int32Array(shared), 0, 0, 1)); }`,
    context,
  );
  await turn();
  const { port1, port2 } = new MessageChannel();
  const moved = moveMessagePortToContext(port1, context);
  say(
    'moved',
    moved instanceof Object,
    moved instanceof wt.MessagePort,
    typeof moved.postMessage,
    Object.keys(moved),
    port1 === moved,
  );
  context.port = moved;
  vm.runInContext(
    `port.onmessage = (event) => { say('in the realm', Object.keys(event), event.data instanceof Object, inspect(event.data)); port.postMessage({ got: event.data.n, ports: event.ports?.length }); };
     port.start();`,
    context,
  );
  const extra = new MessageChannel();
  port2.on('message', (message) => say('from the realm', message));
  port2.postMessage({ n: 1, shared: new SharedArrayBuffer(4) });
  port2.postMessage({ n: 2, port: extra.port1 }, [extra.port1]);
  await turn();
  vm.runInContext(
    'port.postMessage(new SharedArrayBuffer(16)); try { port.postMessage(() => 1) } catch (error) { say(error instanceof Error, error.name) }',
    context,
  );
  await turn();
  say('sync', inspect(receiveMessageOnPort(moved)), inspect(receiveMessageOnPort(port2)));
  port2.close();
  extra.port2.close();
  await turn();
}

function fakeTimersAndGlobals() {
  const { setTimeout: real, Date: RealDate, queueMicrotask: realQueue } = globalThis;
  let calls = 0;
  for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'clearTimeout']) {
    const original = globalThis[name];
    globalThis[name] = (...args) => (calls++, original(...args));
  }
  globalThis.Date = class extends RealDate {
    constructor(...args) {
      super(...args);
      calls++;
    }
    static now() {
      return ++calls && 0;
    }
  };
  globalThis.performance.now = () => ++calls && 0;
  process.hrtime = Object.assign(() => ++calls && [0, 0], { bigint: () => ++calls && 0n });
  process.uptime = () => ++calls && 0;
  process.memoryUsage = () => ++calls && {};
  process.cwd = () => ++calls && '/';
  process.on('exit', () => say('calls of faked functions', calls));
  void [real, realQueue];
}

function subclasses() {
  class Mine extends wt.Worker {
    postMessage(...args) {
      say('my postMessage', args.length);
      return super.postMessage(...args);
    }
    terminate() {
      say('my terminate');
      return super.terminate();
    }
  }
  const mine = new Mine('require("node:worker_threads").parentPort.on("message", () => {})', { eval: true });
  say(
    mine instanceof wt.Worker,
    mine instanceof Mine,
    Object.getPrototypeOf(Mine) === wt.Worker,
    mine.constructor.name,
    inspect(mine).split(' ')[0],
  );
  mine.postMessage(1);
  try {
    wt.Worker('x');
  } catch (error) {
    say(error.message);
  }
  try {
    wt.Worker.call({}, 'x');
  } catch (error) {
    say(error.message);
  }
  return mine.terminate();
}

if (process.argv[2] === 'child' || !wt.isMainThread) void exercise(__filename);
else {
  (async () => {
    await modulesAnew();
    await otherRealms();
    say('terminated', await subclasses());
    fakeTimersAndGlobals();
    await exercise(__filename);
  })().catch((error) => say(error.stack));
}

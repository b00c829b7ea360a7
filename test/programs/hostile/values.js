// Sends what is hard to look at: by a port, in workerData, to a child, as a broadcast; and tells what was called on the way.
const cp = require('node:child_process');
const v8 = require('node:v8');
const wt = require('node:worker_threads');
const { say } = require('./exercise.js');

const calls = {};
const called = (name) => (calls[name] = (calls[name] ?? 0) + 1);

function throwingProxy(target) {
  const trap = (name) => () => {
    called(`trap ${name}`);
    throw new Error(`the trap ${name}`);
  };
  return new Proxy(
    target,
    Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((name) => [name, trap(name)])),
  );
}

class Mine {
  #hidden = called('constructor');
  constructor() {
    this.own = 1;
  }
  get inherited() {
    return called('inherited getter');
  }
  toJSON() {
    called('toJSON');
    return { json: this.#hidden > 0 };
  }
  toString() {
    called('toString');
    return 'mine';
  }
  [Symbol.toPrimitive]() {
    called('toPrimitive');
    return 1;
  }
}

function cyclic() {
  const all = { list: [], map: new Map(), set: new Set() };
  all.self = all;
  all.list.push(all, all.list);
  all.map.set(all, all.map);
  all.set.add(all.set).add(all);
  return all;
}
function detached() {
  const buffer = new ArrayBuffer(64);
  const view = new Uint8Array(buffer);
  structuredClone(buffer, { transfer: [buffer] });
  return { buffer, view };
}
function deep() {
  let value = 1;
  for (let level = 0; level < 1000; level++) value = level % 2 ? [value] : { value };
  return value;
}
function sparse() {
  const list = [];
  list.length = 2 ** 32 - 1;
  list[7] = { seven: 7 };
  return list;
}

const values = {
  'nothing at all': () => undefined,
  'a getter that counts': () => ({
    get a() {
      return called('getter');
    },
    b: {
      get c() {
        return called('nested getter');
      },
    },
  }),
  'a getter that throws': () => ({
    get a() {
      called('getter');
      throw new Error('the getter');
    },
  }),
  'a getter of an element': () =>
    Object.defineProperty([1, 2, 3], 1, { enumerable: true, get: () => called('element') }),
  'a proxy': () => ({ proxy: throwingProxy({}) }),
  'a proxy of an array': () => throwingProxy([]),
  'a revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return [proxy];
  },
  'a proxy as prototype': () => Object.setPrototypeOf({ a: 1 }, throwingProxy({})),
  'a class instance': () => new Mine(),
  'instances of subclasses': () => [
    new (class extends Map {
      get size() {
        return called('size');
      }
      entries() {
        return called('entries');
      }
    })([[1, 2]]),
    new (class extends Array {
      get length() {
        return called('length');
      }
    })(3),
  ],
  'a map with its methods replaced': () => Object.assign(new Map([[1, 2]]), { entries: 1, size2: 2 }),
  'a typed array with own properties': () =>
    Object.defineProperty(new Uint8Array(4), 'buffer', { get: () => called('buffer') }),
  'something cyclic': cyclic,
  'a deep nesting': deep,
  'a sparse array': sparse,
  'a detached buffer': detached,
  'symbol keys': () => ({
    [Symbol('a')]: 1,
    [Symbol.iterator]: () => called('iterator'),
    [Symbol.toStringTag]: 'tag',
  }),
  'a null prototype': () => Object.assign(Object.create(null), { a: 1, then: 2, constructor: 3 }),
  'keys of objects': () =>
    JSON.parse('{"__proto__":{"a":1},"constructor":1,"hasOwnProperty":2,"cmd":"NODE_HANDLE","length":-1}'),
  'a message like those of Node': () => ({ cmd: 'NODE_mine', type: 'news', ack: 1 }),
  'a resizable buffer': () =>
    ArrayBuffer.prototype.resize ? new ArrayBuffer(8, { maxByteLength: 64 }) : new ArrayBuffer(8),
  'a growable shared buffer': () => ({
    shared: SharedArrayBuffer.prototype.grow
      ? new SharedArrayBuffer(8, { maxByteLength: 64 })
      : new SharedArrayBuffer(8),
  }),
  'an empty shared buffer': () => [new SharedArrayBuffer(0), new Int8Array(new SharedArrayBuffer(0))],
  'a thousand shared buffers': () => Array.from({ length: 1000 }, () => new SharedArrayBuffer(1)),
  'dates, errors and expressions': () => [
    new Date(0),
    new RangeError('r', { cause: new Error('c') }),
    /x/g,
    1n,
    -0,
    NaN,
    new Boolean(false),
    new String('s'),
  ],
  'an error with getters': () =>
    Object.defineProperty(new Error('e'), 'message', { get: () => called('message') }),
  'a function inside': () => ({ f: () => called('function') }),
  'a huge string': () => 'x'.repeat(4e6),
  'a string of surrogates': () => '\ud800\udc00\ud800'.repeat(1000),
  'an own port': (port) => ({ port }),
  'a huge object': () =>
    Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key${index}`, index])),
  'a huge map': () => new Map(Array.from({ length: 100_000 }, (_, index) => [index, { index }])),
};

/** A worker takes its time: for those that are more than looked at. */
const inWorker = new Set([
  'a getter that counts',
  'a getter that throws',
  'a proxy',
  'something cyclic',
  'a thousand shared buffers',
  'an own port',
]);
/** Node fails at these itself, or takes seconds over them. */
const notToChildren = new Set([
  'a typed array with own properties',
  'a sparse array',
  'a huge string',
  'a huge map',
]);

function attempt(what, action) {
  try {
    return action();
  } catch (error) {
    say(what, 'throws', error.name, error.message);
    return undefined;
  }
}

function short(value) {
  const text = require('node:util').inspect(value, { depth: 3, maxArrayLength: 5, maxStringLength: 50 });
  return text.length > 400 ? `${text.slice(0, 400)} ${text.length}` : text;
}

async function main() {
  for (const [name, make] of Object.entries(values)) {
    const { port1, port2 } = new wt.MessageChannel();
    for (const way of ['on', 'onmessage', 'receiveMessageOnPort']) {
      const value = make(port1);
      const before = JSON.stringify(calls);
      attempt(`${name} by ${way}`, () => port1.postMessage(value));
      const got = await new Promise((resolve) => {
        if (way === 'receiveMessageOnPort') resolve(wt.receiveMessageOnPort(port2)?.message);
        if (way === 'on') port2.once('message', resolve);
        if (way === 'onmessage') port2.onmessage = (event) => resolve(event.data);
        port1.postMessage('done');
      });
      say(name, way, short(got), before === JSON.stringify(calls) ? 'no calls' : calls);
      while (wt.receiveMessageOnPort(port2));
      if (way !== 'on') continue;
      await new Promise((resolve) => setImmediate(resolve));
    }
    const broadcast = new BroadcastChannel(name);
    attempt(`${name} broadcast`, () => broadcast.postMessage(make(port1)));
    broadcast.close();
    const thread = attempt(
      `${name} as workerData`,
      () => inWorker.has(name) && new wt.Worker('', { eval: true, workerData: make(port1) }),
    );
    if (thread)
      await new Promise((resolve) =>
        thread.on('exit', resolve).on('error', (error) => say('error', error.message)),
      );
    attempt(`${name} as environment data`, () => wt.setEnvironmentData('x', make(port1)));
    wt.setEnvironmentData('x', undefined);
    port1.close();
  }
  const strange = {
    get transfer() {
      called('transfer getter');
      return [];
    },
  };
  const { port1 } = new wt.MessageChannel();
  for (const list of [
    strange,
    throwingProxy([]),
    [throwingProxy({})],
    [1],
    ['x'],
    new Set([new ArrayBuffer(1)]),
    { transfer: new Set() },
    Object.assign([], { 1: new ArrayBuffer(1) }),
    { transfer: throwingProxy([]) },
  ]) {
    attempt('transfer list', () => say('sent', port1.postMessage(1, list)));
  }
  port1.close();
  for (const serialization of ['json', 'advanced']) await toChild(serialization);
  say('calls', calls, typeof v8.serialize);
}

async function toChild(serialization) {
  const child = cp.fork(__filename, ['child'], { serialization });
  for (const [name, make] of Object.entries(values)) {
    if (notToChildren.has(name)) continue;
    const sent = attempt(`${name} to a child by ${serialization}`, () => {
      child.send({ name, value: make(undefined) });
      return true;
    });
    if (sent) say(name, serialization, short(await new Promise((resolve) => child.once('message', resolve))));
  }
  child.disconnect();
  await new Promise((resolve) => child.on('exit', resolve));
}

if (process.argv[2] === 'child') process.on('message', (message) => process.send(short(message)));
else void main();

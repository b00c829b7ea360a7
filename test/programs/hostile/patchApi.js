// What tools do to Node's modules: wraps the functions that the probe has its eyes on too, and tells of every call. To be
// preloaded by --require, which comes after ours, or loaded by the program itself.
const cp = require('node:child_process');
const wt = require('node:worker_threads');
const { inspect } = require('node:util');
const { say } = require('./exercise.js');

const where = wt.isMainThread ? (process.argv[2] ?? 'main') : 'worker';

function wrap(name, object, key) {
  const original = object[key];
  object[key] = function (...args) {
    say(where, 'calls', name, args.length, original.name, original.length, this === object);
    return original.apply(this, args);
  };
}

for (const key of ['spawn', 'fork', 'exec', 'spawnSync']) wrap(key, cp, key);
wrap('ChildProcess.spawn', cp.ChildProcess.prototype, 'spawn');
wrap('kill', cp.ChildProcess.prototype, 'kill');
wrap('postMessage of a port', wt.MessagePort.prototype, 'postMessage');
wrap('postMessage of a worker', wt.Worker.prototype, 'postMessage');
wrap('postMessage of a broadcast', globalThis.BroadcastChannel.prototype, 'postMessage');
wrap('receiveMessageOnPort', wt, 'receiveMessageOnPort');
wrap('setEnvironmentData', wt, 'setEnvironmentData');
for (const key of ['wait', 'notify']) wrap(`Atomics.${key}`, Atomics, key);
wrap('exit', process, 'exit');
wrap('process.kill', process, 'kill');
const { emit } = process;
process.emit = function (type, ...args) {
  say(where, 'emit', String(type), args.length, emit.name);
  return emit.call(this, type, ...args);
};
const { Worker } = wt;
wt.Worker = class Patched extends Worker {
  constructor(file, options) {
    say(where, 'new Worker', Object.keys(options ?? {}), new.target.name, inspect(Worker));
    super(file, options);
  }
  emit(type, ...args) {
    say(where, 'worker emits', type);
    return super.emit(type, ...args);
  }
};

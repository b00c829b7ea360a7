// Freezes what the probe has its hooks on, or takes it away, named by FREEZE or REMOVE, and then uses what is left.
const wt = require('node:worker_threads');
const { exercise, say } = require('./exercise.js');

const freezable = {
  worker: [wt.Worker, wt.Worker.prototype],
  ports: [wt.MessagePort.prototype, wt.MessageChannel, wt.MessageChannel.prototype],
  broadcast: [globalThis.BroadcastChannel.prototype, globalThis.BroadcastChannel],
  atomics: [Atomics],
  process: [process, Object.getPrototypeOf(process), Object.getPrototypeOf(Object.getPrototypeOf(process))],
  childProcess: [require('node:child_process').ChildProcess.prototype, require('node:child_process')],
  events: [require('node:events').prototype],
  error: [Error, Error.prototype],
  language: [Object, Object.prototype, Array.prototype, Function.prototype, Promise.prototype, Map.prototype],
  everything: Object.getOwnPropertyNames(globalThis)
    .map((name) => globalThis[name])
    .filter((value) => typeof value === 'function' && value.prototype)
    .map((value) => value.prototype),
};
const freeze = process.env.FREEZE;
const remove = process.env.REMOVE;
for (const object of freezable[freeze] ?? []) {
  try {
    Object.freeze(object);
  } catch (error) {
    say('cannot freeze', error.message);
  }
}
if (remove !== undefined) {
  for (const name of remove.split(',')) delete globalThis[name];
}
process.exitCode = 3;
void exercise(__filename).catch((error) => say(error.stack));

// Replaces the language's own functions by ones that count their calls and tells in the end how often each was called:
// whoever watches must not call any. With CALLED (what is called anyway) all others
// throw, as badly patched ones do.
const fs = require('node:fs');
const wt = require('node:worker_threads');
const { exercise, say } = require('./exercise.js');
const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Object;
const { apply, construct, ownKeys } = Reflect;

const counts = { __proto__: null };
const isBreaking = process.env.CALLED !== undefined;
const called = { __proto__: null };
for (const label of JSON.parse(process.env.CALLED ?? '[]')) called[label] = true;

function counting(label, original) {
  const isBroken = isBreaking && called[label] !== true;
  return function patched(...args) {
    counts[label] = (counts[label] ?? 0) + 1;
    if (isBroken) throw new Error(`${label} is broken`);
    return new.target === undefined ? apply(original, this, args) : construct(original, args, new.target);
  };
}

function patch(name, object) {
  const keys = ownKeys(object);
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index];
    if (key === 'constructor' || key === 'prototype' || key === '__proto__') continue;
    const descriptor = getOwnPropertyDescriptor(object, key);
    if (descriptor.configurable !== true) continue;
    const label = `${name}.${typeof key === 'symbol' ? key.description : key}`;
    if (typeof descriptor.value === 'function') descriptor.value = counting(label, descriptor.value);
    else if (descriptor.get !== undefined) descriptor.get = counting(label, descriptor.get);
    else continue;
    defineProperty(object, key, descriptor);
  }
}

const iterator = (iterable) => getPrototypeOf(iterable[Symbol.iterator]());
const typedArray = getPrototypeOf(Uint8Array);
/** By a word for each group: the objects whose functions are patched. */
const groups = {
  arrays: [Array.prototype, Array],
  iterators: [
    iterator([]),
    iterator(new Map()),
    iterator(new Set()),
    iterator(''),
    getPrototypeOf(iterator([])),
  ],
  collections: [Map.prototype, Set.prototype, WeakMap.prototype, WeakSet.prototype],
  objects: [Object, Object.prototype],
  json: [JSON],
  reflect: [Reflect],
  functions: [Function.prototype],
  promises: [Promise.prototype, Promise],
  strings: [String.prototype, String],
  numbers: [Number.prototype, Number, Math],
  regularExpressions: [RegExp.prototype],
  times: [Date, Date.prototype, getPrototypeOf(performance), process.hrtime],
  process: [process],
  files: [fs],
  errors: [Error, Error.prototype],
  buffers: [Buffer, Buffer.prototype, ArrayBuffer, ArrayBuffer.prototype, SharedArrayBuffer.prototype],
  views: [typedArray, typedArray.prototype, DataView.prototype, TextEncoder.prototype],
  atomics: [Atomics],
  util: [require('node:util'), require('node:util').types],
  timers: [{ __proto__: null }, require('node:timers')],
};

const group = process.env.GROUP;
for (const object of groups[group]) patch(group, object);

const where = wt.isMainThread ? (process.argv[2] ?? 'main') : 'worker';
process.on('exit', () => {
  const labels = ownKeys(counts);
  for (let index = 0; index < labels.length; index++)
    say('calls', where, labels[index], counts[labels[index]]);
});
void exercise(__filename);

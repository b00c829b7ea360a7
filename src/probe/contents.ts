import { apply, getOwnPropertyDescriptor, getPrototypeOf, isArray, isProxy } from './builtIns';
import type * as nodeUtil from 'node:util';

// Captured before the program can replace them. Nothing here calls a method, getter or trap of the program's.
// eslint-disable-next-line @typescript-eslint/no-require-imports -- as in linux.ts
const { types } = require('node:util') as typeof nodeUtil;
const { keys } = Object;
const { isView } = ArrayBuffer;
const { WebAssembly } = globalThis as unknown as { WebAssembly?: { Memory: { prototype: object } } };
const wasmMemory = WebAssembly?.Memory.prototype ?? {};

type Getter = () => unknown;
function getterOf(prototype: object, name: string): Getter {
  return getOwnPropertyDescriptor(prototype, name)?.get ?? (() => undefined);
}
const typedArray = getPrototypeOf(Uint8Array.prototype) as object;
const typedArrayBuffer = getterOf(typedArray, 'buffer');
const dataViewBuffer = getterOf(DataView.prototype, 'buffer');
const arrayBufferLength = getterOf(ArrayBuffer.prototype, 'byteLength');
const sharedLength =
  typeof SharedArrayBuffer === 'undefined' ? null : getterOf(SharedArrayBuffer.prototype, 'byteLength');
const memoryBuffer = getterOf(wasmMemory, 'buffer');
const { call } = Function.prototype;
const isIn = call.bind(Set.prototype.has) as (set: Set<object>, value: object) => boolean;
const putIn = call.bind(Set.prototype.add) as (set: Set<object>, value: object) => void;
const mapSize = getterOf(Map.prototype, 'size');
const setSize = getterOf(Set.prototype, 'size');
const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;
const mapNext = (getPrototypeOf(new Map().entries()) as Iterator<unknown>).next;
const setNext = (getPrototypeOf(new Set().values()) as Iterator<unknown>).next;

/** What a message holds, as far as a bounded look tells. */
export interface Contents {
  /** Bytes to be cloned, estimated: as V8 would serialise them, beyond the bound by proportion. */
  bytes: number;
  readonly buffers: SharedMemory[];
  readonly ports: object[];
}

/** A shared backing store, found as a SharedArrayBuffer (or a view of one) or as a WebAssembly.Memory. */
export interface SharedMemory {
  readonly buffer: object;
  readonly wasmMemory: object | null;
}

/** How many values of a message are looked at; what workers are given is looked at more closely. */
export const MESSAGE_BOUND = 128;
export const WORKER_DATA_BOUND = 4096;

/** So many elements of a long list stand for all. */
const SAMPLE = 16;
const NUMBER_BYTES = 8;
const OBJECT_BYTES = 16;

/**
 * Looks at a value breadth-first. Sender and receiver of a message find its shared buffers and ports in the same order,
 * since a clone has the same structure.
 */
export function examine(value: unknown, bound: number, isPort: (value: object) => boolean): Contents {
  const contents: Contents = { bytes: 0, buffers: [], ports: [] };
  if (typeof value !== 'object' || value === null) {
    contents.bytes = primitiveBytes(value);
    return contents;
  }
  const seen = new Set<object>();
  const queue: Weighed[] = [{ value, weight: 1 }];
  for (let at = 0; at < queue.length && at < bound; at++) {
    const next = queue[at] as Weighed;
    if (typeof next.value === 'object' && next.value !== null) {
      if (isIn(seen, next.value)) continue;
      putIn(seen, next.value);
      examineObject(next.value, next.weight, contents, queue, bound, seen, isPort);
    } else {
      contents.bytes += primitiveBytes(next.value) * next.weight;
    }
  }
  // What is beyond the bound is as large as what was looked at, one by one.
  if (queue.length > bound) contents.bytes *= queue.length / bound;
  contents.bytes = Math.round(contents.bytes);
  return contents;
}

interface Weighed {
  readonly value: unknown;
  /** Stands for so many values like it. */
  readonly weight: number;
}

function primitiveBytes(value: unknown): number {
  if (typeof value === 'string') return value.length + 4;
  return typeof value === 'number' || typeof value === 'bigint' ? NUMBER_BYTES : 1;
}

function examineObject(
  object: object,
  weight: number,
  contents: Contents,
  queue: Weighed[],
  bound: number,
  seen: Set<object>,
  isPort: (value: object) => boolean,
): void {
  // A proxy cannot be cloned, and looking at it would call into the program.
  if (isProxy(object)) return;
  if (isPort(object)) {
    contents.ports[contents.ports.length] = object;
    return;
  }
  if (isView(object)) {
    const buffer = apply(types.isDataView(object) ? dataViewBuffer : typedArrayBuffer, object, []) as object;
    if (!isIn(seen, buffer)) {
      putIn(seen, buffer);
      examineBuffer(buffer, weight, contents);
    }
    return;
  }
  if (types.isAnyArrayBuffer(object)) {
    examineBuffer(object, weight, contents);
    return;
  }
  contents.bytes += OBJECT_BYTES * weight;
  if (isArray(object)) {
    pushElements(object, weight, queue, bound);
  } else if (types.isMap(object)) {
    const entries = apply(mapEntries, object, []) as Iterator<[unknown, unknown]>;
    pushIterated(entries, mapNext, Number(apply(mapSize, object, [])), weight, queue);
  } else if (types.isSet(object)) {
    const values = apply(setValues, object, []) as Iterator<unknown>;
    pushIterated(values, setNext, Number(apply(setSize, object, [])), weight, queue);
  } else if (getPrototypeOf(object) === wasmMemory) {
    const buffer = apply(memoryBuffer, object, []) as object;
    if (types.isSharedArrayBuffer(buffer))
      contents.buffers[contents.buffers.length] = { buffer, wasmMemory: object };
  } else {
    pushProperties(object, weight, contents, queue);
  }
}

function examineBuffer(buffer: object, weight: number, contents: Contents): void {
  if (types.isSharedArrayBuffer(buffer))
    contents.buffers[contents.buffers.length] = { buffer, wasmMemory: null };
  else contents.bytes += bufferBytes(buffer) * weight;
}

function pushElements(array: readonly unknown[], weight: number, queue: Weighed[], bound: number): void {
  const { length } = array;
  const count = queue.length + length > bound ? Math.min(length, SAMPLE) : length;
  for (let index = 0; index < count; index++) {
    const descriptor = getOwnPropertyDescriptor(array, index);
    if (descriptor !== undefined)
      queue[queue.length] = { value: descriptor.value, weight: (weight * length) / count };
  }
}

function pushIterated(
  iterator: Iterator<unknown>,
  next: () => unknown,
  size: number,
  weight: number,
  queue: Weighed[],
): void {
  const count = Math.min(size, SAMPLE);
  for (let index = 0; index < count; index++) {
    const { value, done } = apply(next, iterator, []) as { readonly value: unknown; readonly done?: boolean };
    if (done === true) return;
    queue[queue.length] = { value, weight: (weight * size) / count };
  }
}

function pushProperties(object: object, weight: number, contents: Contents, queue: Weighed[]): void {
  const names = keys(object);
  for (let index = 0; index < names.length; index++) {
    const key = names[index] as string;
    contents.bytes += key.length * weight;
    // An accessor would run code of the program's.
    const descriptor = getOwnPropertyDescriptor(object, key);
    if (descriptor !== undefined && 'value' in descriptor)
      queue[queue.length] = { value: descriptor.value, weight };
  }
}

/** Size of an ArrayBuffer or SharedArrayBuffer. */
export function bufferBytes(buffer: object): number {
  if (types.isSharedArrayBuffer(buffer))
    return Number(sharedLength === null ? 0 : apply(sharedLength, buffer, []));
  return types.isAnyArrayBuffer(buffer) ? Number(apply(arrayBufferLength, buffer, [])) : 0;
}

export function isSharedBuffer(value: unknown): value is object {
  return types.isSharedArrayBuffer(value);
}

/** The buffer under a typed array of the kinds that Atomics.wait takes; null for anything else. */
export function waitableBuffer(value: unknown): object | null {
  if (!types.isInt32Array(value) && !types.isBigInt64Array(value)) return null;
  const buffer = apply(typedArrayBuffer, value, []) as object;
  return types.isSharedArrayBuffer(buffer) ? buffer : null;
}

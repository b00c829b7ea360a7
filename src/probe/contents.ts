import type * as nodeUtil from 'node:util';
import { apply, getOwnPropertyDescriptor, getPrototypeOf, isArray, isProxy } from './builtIns';

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
  /** How many names of properties were listed: what a look costs beyond its bound. */
  names: number;
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
  if (typeof value === 'object' && value !== null) return new Examination(bound, isPort).of(value);
  return { bytes: primitiveBytes(value), names: 0, buffers: [], ports: [] };
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

class Examination {
  private readonly contents: Contents = { bytes: 0, names: 0, buffers: [], ports: [] };
  private readonly seen = new Set<object>();
  private readonly queue: Weighed[] = [];
  private readonly bound: number;
  private readonly isPort: (value: object) => boolean;

  constructor(bound: number, isPort: (value: object) => boolean) {
    this.bound = bound;
    this.isPort = isPort;
  }

  of(root: object): Contents {
    const { contents, queue, bound } = this;
    this.push(root, 1);
    for (let at = 0; at < queue.length && at < bound; at++) {
      const { value, weight } = queue[at] as Weighed;
      if (typeof value !== 'object' || value === null) contents.bytes += primitiveBytes(value) * weight;
      else if (this.isNew(value)) this.addObject(value, weight);
    }
    // What is beyond the bound is as large as what was looked at, one by one.
    if (queue.length > bound) contents.bytes *= queue.length / bound;
    contents.bytes = Math.round(contents.bytes);
    return contents;
  }

  private push(value: unknown, weight: number): void {
    this.queue[this.queue.length] = { value, weight };
  }

  private isNew(object: object): boolean {
    if (isIn(this.seen, object)) return false;
    putIn(this.seen, object);
    return true;
  }

  /** How many of so many values of a list are looked at: they stand for all when there is no room for all. */
  private sampleOf(count: number): number {
    return this.queue.length + count > this.bound ? Math.min(count, SAMPLE) : count;
  }

  private addObject(object: object, weight: number): void {
    const { contents } = this;
    // A proxy cannot be cloned, and looking at it would call into the program.
    if (isProxy(object)) return;
    if (this.isPort(object)) {
      contents.ports[contents.ports.length] = object;
    } else if (isView(object)) {
      const buffer = apply(
        types.isDataView(object) ? dataViewBuffer : typedArrayBuffer,
        object,
        [],
      ) as object;
      if (this.isNew(buffer)) this.addBuffer(buffer, null, weight);
    } else if (types.isAnyArrayBuffer(object)) {
      this.addBuffer(object, null, weight);
    } else {
      contents.bytes += OBJECT_BYTES * weight;
      if (isArray(object)) this.pushElements(object, weight);
      else if (types.isMap(object))
        this.pushIterated(apply(mapEntries, object, []), mapNext, mapSize, object, weight);
      else if (types.isSet(object))
        this.pushIterated(apply(setValues, object, []), setNext, setSize, object, weight);
      else if (getPrototypeOf(object) === wasmMemory) {
        this.addBuffer(apply(memoryBuffer, object, []) as object, object, weight);
      } else this.pushProperties(object, weight);
    }
  }

  private addBuffer(buffer: object, memory: object | null, weight: number): void {
    const { contents } = this;
    if (types.isSharedArrayBuffer(buffer)) {
      contents.buffers[contents.buffers.length] = { buffer, wasmMemory: memory };
    } else if (memory === null) contents.bytes += bufferBytes(buffer) * weight;
  }

  private pushElements(array: readonly unknown[], weight: number): void {
    const { length } = array;
    const count = this.sampleOf(length);
    for (let index = 0; index < count; index++) {
      const element = getOwnPropertyDescriptor(array, index);
      if (element !== undefined) this.push(element.value, (weight * length) / count);
    }
  }

  private pushIterated(
    iterator: unknown,
    next: () => unknown,
    sizeOf: Getter,
    object: object,
    weight: number,
  ): void {
    const size = Number(apply(sizeOf, object, []));
    const count = this.sampleOf(size);
    for (let index = 0; index < count; index++) {
      const { value, done } = apply(next, iterator, []) as {
        readonly value: unknown;
        readonly done?: boolean;
      };
      if (done === true) return;
      const each = (weight * size) / count;
      if (next === mapNext) {
        const { 0: key, 1: mapped } = value as readonly [unknown, unknown];
        this.push(key, each);
        this.push(mapped, each);
      } else this.push(value, each);
    }
  }

  private pushProperties(object: object, weight: number): void {
    const names = keys(object);
    this.contents.names += names.length;
    const count = this.sampleOf(names.length);
    const each = (weight * names.length) / count;
    for (let index = 0; index < count; index++) {
      const name = names[index] as string;
      this.contents.bytes += name.length * each;
      // An accessor would run code of the program's.
      const property = getOwnPropertyDescriptor(object, name);
      if (property !== undefined && 'value' in property) this.push(property.value, each);
    }
  }
}

/** Size of an ArrayBuffer or SharedArrayBuffer. */
export function bufferBytes(buffer: object): number {
  if (types.isSharedArrayBuffer(buffer))
    return Number(sharedLength === null ? 0 : apply(sharedLength, buffer, []));
  return types.isAnyArrayBuffer(buffer) ? Number(apply(arrayBufferLength, buffer, [])) : 0;
}

/** The buffer under a typed array of the kinds that Atomics.wait takes; null for anything else. */
export function waitableBuffer(value: unknown): object | null {
  if (!types.isInt32Array(value) && !types.isBigInt64Array(value)) return null;
  const buffer = apply(typedArrayBuffer, value, []) as object;
  return types.isSharedArrayBuffer(buffer) ? buffer : null;
}

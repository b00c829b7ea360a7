import { apply } from './builtIns';
import type { ProbeContext } from './calls';
import { now, type Ns } from './clock';
import { waitableBuffer } from './contents';
import { quietly } from './guard';
import { nearCallSite, removeOurFrames, type Hook } from './location';
import { replaceMethod } from './lookalike';
import type { SharedBuffers } from './sharedBuffers';

type Waitable = Int32Array | BigInt64Array;
type WaitArgs = [array: Waitable, index: number, value: number | bigint, timeout?: number];
interface AsyncWait {
  readonly async: boolean;
  readonly value: string | Promise<string>;
}

// There is none when Node runs with --no-harmony-atomics.
const nodes = (globalThis as { readonly Atomics?: unknown }).Atomics ?? {};
const { load, wait, notify } = nodes as unknown as {
  load(array: Waitable, index: number): number | bigint;
  wait(...args: WaitArgs): string;
  notify(array: Waitable, index: number, count?: number): number;
};
const { waitAsync } = nodes as {
  waitAsync?: (...args: WaitArgs) => AsyncWait;
};
const { then } = Promise.prototype;

/** Atomics.wait, waitAsync and notify on shared buffers. What is hot (load, store, add, …) is left alone. */
export function hookAtomics(context: ProbeContext, buffers: SharedBuffers): void {
  if (typeof wait !== 'function') return;
  const { begin, end } = createWaitLog(context, buffers);
  const hooks = {
    wait(...args: unknown[]): string {
      // One that will not wait, because the value has changed already, is not worth two records.
      const number = quietly(() => (willWait(args) ? begin(args, false, hooks.wait) : undefined));
      try {
        const result = apply(wait, this, args) as string;
        if (number !== undefined) quietly(() => end(number, result));
        return result;
      } catch (error) {
        if (number !== undefined) quietly(() => end(number, 'error'));
        removeOurFrames(error, hooks.wait);
        throw error;
      }
    },
    waitAsync(...args: unknown[]): AsyncWait {
      const number = quietly(() => (willWait(args) ? begin(args, true, hooks.waitAsync) : undefined));
      try {
        const result = apply(waitAsync as () => AsyncWait, this, args) as AsyncWait;
        if (number !== undefined) quietly(() => whenOver(result, (outcome) => end(number, outcome)));
        return result;
      } catch (error) {
        removeOurFrames(error, hooks.waitAsync);
        throw error;
      }
    },
    notify(...args: unknown[]): number {
      // Before: who is woken may be quicker.
      const time = now();
      try {
        const woken = apply(notify, this, args) as number;
        if (woken > 0) quietly(() => noteNotify(context, buffers, time, args, woken, hooks.notify));
        return woken;
      } catch (error) {
        removeOurFrames(error, hooks.notify);
        throw error;
      }
    },
  };
  replaceMethod(Atomics, 'wait', hooks.wait);
  replaceMethod(Atomics, 'notify', hooks.notify);
  if (waitAsync !== undefined) replaceMethod(Atomics, 'waitAsync', hooks.waitAsync);
}

interface WaitLog {
  /** Number of the wait; undefined when it is not recorded. */
  begin(args: readonly unknown[], isAsync: boolean, hook: Hook): number | undefined;
  end(number: number, result: string): void;
}

function createWaitLog(context: ProbeContext, buffers: SharedBuffers): WaitLog {
  let waits = 0;

  const begin: WaitLog['begin'] = (args, isAsync, hook) => {
    const { 0: array, 1: index, 3: timeout } = args;
    const time = now();
    if (!context.log.takeAllowance(time)) {
      context.log.drop('too many waits');
      return undefined;
    }
    const cell = cellOf(buffers, array, index);
    if (cell === null) return undefined;
    const number = ++waits;
    // On disk before the thread blocks: perhaps it is never heard of again.
    context.log.write('wait', {
      time,
      wait: number,
      ...cell,
      timeoutMs: typeof timeout === 'number' && Number.isFinite(timeout) ? timeout : null,
      async: isAsync,
      location: context.isLineDue(number, time) ? nearCallSite(hook).location : null,
    });
    return number;
  };
  const end: WaitLog['end'] = (number, result) => {
    const time = now();
    context.log.note('waitEnd', { time, wait: number, result }, time);
  };
  return { begin, end };
}

interface Cell {
  readonly buffer: number;
  readonly cell: number;
  readonly byteOffset: number;
}

function cellOf(buffers: SharedBuffers, array: unknown, index: unknown): Cell | null {
  const buffer = waitableBuffer(array);
  if (buffer === null || typeof index !== 'number') return null;
  const { byteOffset, BYTES_PER_ELEMENT } = array as Waitable;
  const number = buffers.numberOf({ buffer, wasmMemory: null }, { location: null });
  return { buffer: number, cell: index, byteOffset: byteOffset + index * BYTES_PER_ELEMENT };
}

/** Arguments as they should be, and the cell still holds the expected value. */
function willWait({ 0: array, 1: index, 2: value }: readonly unknown[]): boolean {
  if (typeof index !== 'number' || (typeof value !== 'number' && typeof value !== 'bigint')) return false;
  if (waitableBuffer(array) === null) return false;
  // As Atomics.wait itself will see it.
  const expected = typeof value === 'number' ? value | 0 : BigInt.asIntN(64, value);
  return load(array as Waitable, index) === expected;
}

function whenOver({ async: isAsync, value }: AsyncWait, over: (outcome: string) => void): void {
  if (isAsync) void apply(then, value as Promise<string>, [over]);
  else over(value as string);
}

function noteNotify(
  context: ProbeContext,
  buffers: SharedBuffers,
  time: Ns,
  { 0: array, 1: index }: readonly unknown[],
  woken: number,
  hook: Hook,
): void {
  if (!context.log.takeAllowance(time)) {
    context.log.drop('too many wake-ups');
    return;
  }
  const cell = cellOf(buffers, array, index);
  if (cell === null) return;
  const location = context.isLineDue(0, time) ? nearCallSite(hook).location : null;
  context.log.note('notify', { time, ...cell, woken, location }, time);
}

import type * as nodeEvents from 'node:events';
import type * as workerThreads from 'node:worker_threads';
import { apply, defineProperty, getPrototypeOf } from './builtIns';
import type { ProbeContext } from './calls';
import { now } from './clock';
import { observeNext } from './emitting';
import { quietly } from './guard';
import { callSite } from './location';
import { replaceMethod } from './lookalike';
import { bySymbol } from './properties';

interface WorkerHandle {
  onexit?: unknown;
  stopThread?: (this: WorkerHandle) => unknown;
}

const callOfHandle = new WeakMap<WorkerHandle, number>();

/**
 * Node calls `onexit` of the native handle when the worker's thread has ended, which announces 'exit' and, when its memory
 * limit was reached, 'error'. A listener would be visible, and a wrapper would stand in the stack trace of every error
 * made in the program's own listeners; so what is noticed is that Node reads the property.
 */
export function hookExit(
  context: ProbeContext,
  call: number,
  worker: workerThreads.Worker,
  ended: () => void,
): void {
  const handle = bySymbol(worker, 'kHandle') as WorkerHandle | undefined;
  if (handle?.onexit === undefined) return;
  callOfHandle.set(handle, call);
  quietly(() => {
    hookStopThread(context, getPrototypeOf(handle) as WorkerHandle);
  });
  const { threadId } = worker;
  let onexit: unknown = handle.onexit;
  let isTold = false;
  defineProperty(handle, 'onexit', {
    configurable: true,
    enumerable: true,
    get() {
      if (!isTold) {
        isTold = true;
        quietly(ended);
        quietly(() => {
          watchEnd(context, call, threadId, worker);
        });
      }
      return onexit;
    },
    set(value: unknown) {
      onexit = value;
    },
  });
}

/** Told in any case; with the exit code as soon as that is announced. */
function watchEnd(context: ProbeContext, call: number, threadId: number, worker: workerThreads.Worker): void {
  const time = now();
  let error: string | null = null;
  let unwatchError = (): void => undefined;
  context.log.write('workerExit', { time, call, threadId, code: null, error: null });
  const isWatched = observeNext(worker, 'exit', (code) => {
    unwatchError();
    context.log.write('workerExit', {
      time,
      call,
      threadId,
      code: typeof code === 'number' ? code : null,
      error,
    });
  });
  // It must be gone before the program's 'exit' listeners run.
  if (isWatched === null) return;
  unwatchError =
    observeNext(worker, errorMonitor, (value) => {
      error = textOf(value);
    }) ?? unwatchError;
}

/** Events with this name are emitted before 'error', and need no listener. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- as in linux.ts
const { errorMonitor } = require('node:events') as typeof nodeEvents;

function textOf(value: unknown): string | null {
  const { code, message } = (value ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  if (typeof message !== 'string') return null;
  return typeof code === 'string' ? `${code}: ${message}` : message;
}

let isStopHooked = false;

/** worker.terminate() stops the thread by this native function. */
function hookStopThread(context: ProbeContext, prototype: WorkerHandle): void {
  const original = prototype.stopThread;
  if (isStopHooked || original === undefined) return;
  isStopHooked = true;
  replaceMethod(prototype, 'stopThread', function (this: WorkerHandle): unknown {
    quietly(() => {
      const call = callOfHandle.get(this);
      if (call !== undefined)
        context.log.write('terminate', { time: now(), call, location: callSite().location });
    });
    return apply(original, this, []);
  });
}

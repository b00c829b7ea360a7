import { apply, defineProperty, getPrototypeOf, isArray } from './builtIns';
import type { ProbeContext } from './calls';
import { now } from './clock';
import { hookEmit, hookListenerCount } from './emitting';
import { quietly } from './guard';
import { nearCallSite } from './location';
import { lookLike } from './lookalike';
import type { Port, Ports } from './ports';
import { bySymbol } from './properties';
import { Receipt } from './receipt';

type Emit = (this: object, type: string | symbol, ...args: unknown[]) => boolean;
type Write = (this: object, request: unknown, data: unknown, handle: unknown) => number;

/**
 * Follows one end of an IPC channel: `target` is a ChildProcess or the process object, `channel` the pipe under it. Sent
 * messages are seen as the pipe is written to, received ones when Node, having counted the listeners, emits them.
 */
export function followChannel(
  context: ProbeContext,
  ports: Ports,
  target: object,
  channel: object,
  port: Port,
): void {
  quietly(() => hookWrites(ports, channel, port));
  quietly(() => hookDeliveries(context, ports, target, port));
}

/** This process was given an IPC channel by its parent. */
export function followOwnChannel(context: ProbeContext, ports: Ports): void {
  const channel = bySymbol(process, 'kChannelHandle');
  if (typeof channel !== 'object' || channel === null) return;
  followChannel(context, ports, process, channel, ports.add(channel, { origin: 'ipcChild' }));
}

/** Node's own messages (handles acknowledged, cluster's agreements) begin like this; a handle comes with a message in it. */
const INTERNAL = /^.{0,24}cmd"?.{0,4}NODE_/;
const WITH_HANDLE = /^.{0,24}cmd"?.{0,4}NODE_HANDLE(?!_)/;
const INTERNAL_INSIDE = /msg"?.{0,6}cmd"?.{0,4}NODE_/;
const HEAD_LENGTH = 96;

function isOwnMessage(head: string): boolean {
  if (!INTERNAL.test(head)) return true;
  return WITH_HANDLE.test(head) && !INTERNAL_INSIDE.test(head);
}

function hookWrites(ports: Ports, channel: object, port: Port): void {
  const methods = channel as { writeUtf8String: Write; writeBuffer: Write };
  for (const name of ['writeUtf8String', 'writeBuffer'] as const) {
    const original = methods[name];
    const hook = {
      write(this: object, request: unknown, data: unknown, handle: unknown): number {
        const start = now();
        const result = apply(original, this, [request, data, handle]);
        if (result === 0) quietly(() => noteSent(ports, port, data, handle, start, hook));
        return result;
      },
    }.write;
    lookLike(hook, original);
    defineProperty(channel, name, { configurable: true, enumerable: false, writable: true, value: hook });
  }
}

function noteSent(
  ports: Ports,
  port: Port,
  data: unknown,
  handle: unknown,
  start: number,
  hook: (...args: never[]) => unknown,
): void {
  const duration = now() - start;
  const head = typeof data === 'string' ? data.slice(0, HEAD_LENGTH) : latin1(data);
  if (!isOwnMessage(head)) return;
  const message = ++port.sent;
  const bytes = typeof data === 'string' ? Buffer.byteLength(data) : (data as Uint8Array).byteLength;
  port.sentBytes += bytes;
  const transferred = handle === undefined || handle === null ? 0 : 1;
  ports.noteSent(
    port,
    { time: start, message, bytes, transferredBytes: 0, transferred, duration },
    () => nearCallSite(hook, IPC_FRAMES).location,
  );
}

/** Between the pipe and process.send are a few functions of Node's. */
const IPC_FRAMES = 10;

function latin1(data: unknown): string {
  return String.fromCharCode(...(data as Uint8Array).subarray(0, HEAD_LENGTH));
}

/**
 * Node asks `listenerCount('message')` and, if there are any, emits the message, or all those that waited for a listener:
 * a delivery begins when it reads `emit`. It is over when the next one begins, or the queue of ticks it is in has run empty.
 */
function hookDeliveries(context: ProbeContext, ports: Ports, target: object, port: Port): void {
  const receipt = new Receipt(context, ports, port);
  let announced = 0;
  let isInDoubt = true;
  let isAwaited = false;

  const begin = (): void => {
    receipt.end();
    if (!receipt.begin(++port.received) || isAwaited) return;
    isAwaited = true;
    void apply(then, settled, [
      () => {
        isAwaited = false;
        receipt.end();
      },
    ]);
  };

  // Of the process object on the prototype that is its own, where it shows less.
  const counted = target === process ? (getPrototypeOf(process) as object) : target;
  hookListenerCount(counted, (type, count, hook) => {
    announced = 0;
    if (type !== 'message' || count === 0) return;
    const waiting = waitingMessages(target);
    // After a listener was added Node asks as well, and emits nothing when no message waited for it.
    if (waiting === 0 && isInDoubt) {
      isInDoubt = nearCallSite(hook).internals[0]?.name !== 'emit';
      if (isInDoubt) return;
    }
    announced = waiting > 1 ? waiting : 1;
  });
  hookReading(target, () => {
    if (announced === 0) {
      isInDoubt = true;
      return;
    }
    announced--;
    quietly(begin);
  });
}

const settled = Promise.resolve();
const { then } = Promise.prototype;

/** How many messages came before the program listened. */
function waitingMessages(target: object): number {
  const { channel } = target as { channel?: object | null };
  if (channel == null) return 0;
  const list = bySymbol(channel, 'kPendingMessages');
  return isArray(list) ? list.length : 0;
}

type Reading = () => void;
let processReading: Reading = () => undefined;

/** The process object has its `emit` hooked already. */
function hookReading(target: object, reading: Reading): void {
  if (target === process) {
    processReading = reading;
    return;
  }
  const { emit } = target as { emit: Emit };
  hookEmit(target, emit, reading);
}

/** To be called when somebody is about to call process.emit. */
export function processEmitIsRead(): void {
  processReading();
}

import type * as workerThreads from 'node:worker_threads';
import { now } from './clock';
import { MESSAGE_BOUND } from './contents';
import { quietly } from './guard';
import { removeOurFrames } from './location';
import { lookLike } from './lookalike';
import type { Messages } from './messages';
import type { MessagePort, Port } from './ports';
import { bySymbol } from './properties';

/** receiveMessageOnPort takes a message off the queue without an event. */
export function hookSynchronousReceiving(messages: Messages, module: typeof workerThreads): void {
  const original = module.receiveMessageOnPort;
  const received = (port: unknown, result: { message: unknown } | undefined): void => {
    quietly(() => {
      if (result !== undefined) receiveNow(messages, port, result.message);
    });
  };
  const hook = {
    receiveMessageOnPort(port: MessagePort): { message: unknown } | undefined {
      let result: { message: unknown } | undefined;
      try {
        result = original(port);
      } catch (error) {
        removeOurFrames(error, hook);
        throw error;
      }
      received(port, result);
      return result;
    },
  }.receiveMessageOnPort;
  lookLike(hook, original);
  (module as { receiveMessageOnPort: unknown }).receiveMessageOnPort = hook;
}

function receiveNow(messages: Messages, receiver: unknown, data: unknown): void {
  if (typeof receiver !== 'object' || receiver === null) return;
  const state = messages.ports.of(receiver) ?? broadcastPort(messages, receiver);
  if (state === undefined) return;
  const time = now();
  const message = ++state.received;
  const { ports, buffers } = messages.examine(data, MESSAGE_BOUND);
  if (ports.length > 0) messages.receivePorts(state, message, ports);
  messages.receiveBuffers(state, message, buffers);
  if (!messages.ports.mayRecord(state, message, time)) messages.ports.noteUnrecorded(state);
  else {
    const port = messages.ports.numberOf(state);
    messages.context.log.note('receive', { time, port, message, duration: 0 }, time);
  }
}

/** A BroadcastChannel receives on a port of its own. */
function broadcastPort(messages: Messages, channel: object): Port | undefined {
  const handle = bySymbol(channel, 'kHandle');
  return typeof handle === 'object' && handle !== null ? messages.ports.of(handle) : undefined;
}

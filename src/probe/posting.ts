import { getOwnPropertyDescriptor, isArray, isProxy } from './builtIns';
import { now, type Ns } from './clock';
import { bufferBytes, MESSAGE_BOUND, type Contents, type SharedMemory } from './contents';
import { quietly } from './guard';
import { nearCallSite, removeOurFrames, type Hook } from './location';
import { replaceMethod } from './lookalike';
import type { Messages } from './messages';
import { OutOfLine } from './outOfLine';
import type { MessagePort, Port } from './ports';

const { call } = Function.prototype;

type Post = (port: object, ...args: unknown[]) => unknown;

/** Sees what is sent on the ports of this thread. */
export function hookPosting(messages: Messages, prototype: MessagePort): void {
  const original = prototype.postMessage as (...args: unknown[]) => unknown;
  const { ports } = messages;
  const post = call.bind(original) as Post;
  // Arguments are passed on one by one: handing on all of them as a list makes every message slower.
  const hook = {
    postMessage(this: object, message: unknown, transfer: unknown): unknown {
      const state = ports.of(this);
      const count = arguments.length;
      try {
        if (count === 0) return post(this);
        if (state !== undefined && poster.isWorthALook(state, count)) {
          return send.call(this, state, message, transfer, count);
        }
        const result = count === 1 ? post(this, message) : post(this, message, transfer);
        if (state !== undefined) poster.count(state);
        return result;
      } catch (error) {
        removeOurFrames(error, hook);
        throw error;
      }
    },
  }.postMessage;
  const poster = new Poster(messages, post, hook);
  const send = new OutOfLine((port: object, state: Port, value: unknown, transfer: unknown, count: number) =>
    poster.send(port, state, value, transfer, count),
  );
  replaceMethod(prototype, 'postMessage', hook);
}

interface Outgoing {
  readonly contents: Contents;
  readonly transferred: number;
  readonly transferredBytes: number;
  readonly ports: readonly Port[];
}

const FEW = 16;

/** In the size that is taken for typical. */
const WEIGHT_OF_LATEST = 0.2;

/** A message of fewer names is always looked into. */
const MANY_NAMES = 10_000;
/** On average no more names than this are listed for a message. */
const NAMES_PER_MESSAGE = 128;

/** More than a broadcast can have receivers that look for the shared buffers in it. */
const ALL_MEMBERS = 1 << 16;

class Poster {
  private readonly messages: Messages;
  private readonly post: Post;
  private readonly hook: Hook;

  constructor(messages: Messages, post: Post, hook: Hook) {
    this.messages = messages;
    this.post = post;
    this.hook = hook;
  }

  /** A busy port comes here hundreds of thousands of times a second, and mostly goes on to `count`. */
  isWorthALook(state: Port, argumentCount: number): boolean {
    const isCandidate = ((state.sent + 1) & (state.every - 1)) === 0;
    // A few at least, whatever goes the other way: the sizes of the others are guessed from theirs.
    return isCandidate || state.measured < FEW || argumentCount > 1 || this.messages.buffers.areAny;
  }

  /** A message of which nothing else is known. */
  count(state: Port): void {
    state.sent++;
    // As much as those before it.
    state.sentBytes += state.typicalBytes;
    if (state.totals !== null) state.totals[0] = state.sent;
    this.messages.ports.noteUnrecorded(state);
  }

  send(port: object, state: Port, value: unknown, transfer: unknown, count: number): unknown {
    const sent = quietly(() => this.lookAtMessage(port, state, value, transfer));
    const start = now();
    let result: unknown;
    try {
      result = count === 1 ? this.post(port, value) : this.post(port, value, transfer);
    } catch (error) {
      if (sent !== undefined && sent.contents.buffers.length > 0) this.messages.board.arrived();
      throw error;
    }
    const message = ++state.sent;
    if (state.totals !== null) state.totals[0] = message;
    if (sent !== undefined) {
      quietly(() => {
        sent.contents.bytes = Math.max(0, sent.contents.bytes - sent.transferredBytes);
        state.sentBytes += sent.contents.bytes;
        const weight = state.measured++ === 0 ? 1 : WEIGHT_OF_LATEST;
        state.typicalBytes += (sent.contents.bytes - state.typicalBytes) * weight;
        this.noteSent(state, message, start, sent);
      });
    }
    return result;
  }

  /** What is about to be sent: afterwards, transferred buffers are empty and ports are dead. */
  private lookAtMessage(port: object, state: Port, value: unknown, transfer: unknown): Outgoing {
    const contents = this.lookInto(value, state);
    if (contents.buffers.length > 0) {
      this.messages.board.sent(state.origin.origin === 'broadcast' ? ALL_MEMBERS : 1);
    }
    const transferred = transferList(transfer);
    let transferredBytes = 0;
    const ports: Port[] = [];
    for (let index = 0; index < transferred.length; index++) {
      const item = transferred[index];
      if (typeof item !== 'object' || item === null) continue;
      const moved = item === port ? undefined : this.messages.ports.of(item);
      if (moved === undefined) transferredBytes += bufferBytes(item);
      else ports[ports.length] = moved;
    }
    return { contents, transferred: transferred.length, transferredBytes, ports };
  }

  /**
   * A value with a hundred thousand properties takes long to look into, whatever the bound: only listing their names does.
   * The messages after it are taken to be of the same kind. How many is not a matter of time: a look may take long only
   * because other threads have the cores.
   */
  private lookInto(value: unknown, state: Port): Contents {
    if (state.unlooked > 0) {
      state.unlooked--;
      return { bytes: state.typicalBytes, names: 0, buffers: [], ports: [] };
    }
    const contents = this.messages.examine(value, MESSAGE_BOUND);
    if (contents.names > MANY_NAMES) state.unlooked = Math.floor(contents.names / NAMES_PER_MESSAGE);
    return contents;
  }

  private noteSent(state: Port, message: number, start: Ns, sent: Outgoing): void {
    const duration = now() - start;
    const { contents, ports, transferred, transferredBytes } = sent;
    const { bytes } = contents;
    if (contents.buffers.length > 0 || ports.length > 0) this.noteShared(state, message, sent);
    this.messages.ports.noteSent(
      state,
      { time: start, message, bytes, transferredBytes, transferred, duration },
      () => nearCallSite(this.hook).location,
    );
  }

  /** Rare, and on disk at once: shared memory and ports that went out with a message. */
  private noteShared(state: Port, message: number, { contents, ports }: Outgoing): void {
    const via = this.messages.ports.numberOf(state);
    const { log } = this.messages.context;
    for (let index = 0; index < ports.length; index++) {
      this.messages.ports.writeMoved(ports[index] as Port, { via, message, call: null, index });
    }
    if (contents.buffers.length === 0) return;
    const { location } = nearCallSite(this.hook);
    for (let index = 0; index < contents.buffers.length; index++) {
      const buffer = this.messages.buffers.numberOf(contents.buffers[index] as SharedMemory, { location });
      log.add('bufferSent', { time: now(), buffer, via, message, index });
    }
    log.flush();
  }
}

/** The second argument of postMessage: a list, or options with a list; nothing of the program's is called for it. */
function transferList(argument: unknown): readonly unknown[] {
  if (typeof argument !== 'object' || argument === null) return [];
  // A proxy would tell the program that somebody looks.
  if (isProxy(argument)) return [];
  const list = isArray(argument) ? argument : ownValue(argument, 'transfer');
  if (isProxy(list) || !isArray(list)) return [];
  const items: unknown[] = [];
  for (let index = 0; index < list.length; index++) items[index] = ownValue(list, index);
  return items;
}

function ownValue(object: object, key: PropertyKey): unknown {
  return getOwnPropertyDescriptor(object, key)?.value;
}

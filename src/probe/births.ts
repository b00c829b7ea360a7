import { hookBroadcastNames } from './broadcast';
import { apply, defineProperty } from './builtIns';
import { RECEIVING } from './deliveries';
import { quietly } from './guard';
import { nearCallSite } from './location';
import type { Messages } from './messages';
import type { MessagePort, Port } from './ports';

/**
 * Sees every new port: Node sets this property of each once, at its birth, and a setter on their prototype is told. Where
 * it was called from says what the port is.
 */
export function hookBirths(messages: Messages, prototype: MessagePort): void {
  const { hasRef } = prototype as unknown as { hasRef(): boolean };
  const isBorn = (port: object): boolean => quietly(() => apply(hasRef, port, [])) !== undefined;
  const pairs = new Pairs(messages);
  const accessor = {
    get: (): unknown => undefined,
    set(this: object, value: unknown): void {
      // Also util.inspect sets it, on a copy that is no port.
      defineProperty(this, RECEIVING, { configurable: true, enumerable: true, writable: true, value });
      if (!isBorn(this)) return;
      quietly(() => {
        register(messages, pairs, this, accessor.set);
      });
    },
  };
  defineProperty(prototype, RECEIVING, { configurable: true, enumerable: false, ...accessor });
}

function register(messages: Messages, pairs: Pairs, port: object, setter: (value: unknown) => void): void {
  const { internals, location } = nearCallSite(setter);
  // The first is the initialiser itself.
  const caller = internals[1];
  if (caller === undefined && location !== null) {
    pairs.add(port, location);
  } else if (caller === undefined || caller.name.includes('receiveMessageOnPort')) {
    // It came with a message, whose delivery will tell more.
    messages.adopt(port, { origin: 'unknown' });
  } else if (caller.name.includes('BroadcastChannel')) {
    messages.adopt(port, { origin: 'broadcast', name: null, location });
    hookBroadcastNames((handle, name) => {
      const known = messages.ports.of(handle);
      if (known !== undefined) known.origin = { ...known.origin, name };
    });
  }
  // Any other is Node's own.
}

/** The two ends made by a `new MessageChannel` are born one after the other at one place. */
class Pairs {
  private readonly messages: Messages;
  private lonely: { readonly port: Port; readonly location: string } | null = null;

  constructor(messages: Messages) {
    this.messages = messages;
  }

  add(port: object, location: string): void {
    const other = this.lonely;
    if (other?.location !== location) {
      this.lonely = { port: this.messages.adopt(port, { origin: 'unknown', location }), location };
      return;
    }
    this.lonely = null;
    const state = this.messages.adopt(port, { origin: 'pair', peer: other.port, location });
    other.port.origin = { origin: 'pair', peer: state, location };
  }
}

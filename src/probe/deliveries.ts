import { apply, defineProperty } from './builtIns';
import { now, type Ns } from './clock';
import { MESSAGE_BOUND } from './contents';
import { quietly } from './guard';
import { nearCallSite } from './location';
import type { Messages } from './messages';
import { Notes } from './notes';
import { OutOfLine } from './outOfLine';
import type { MessagePort, Port } from './ports';
import { bySymbol } from './properties';
import { Receipt } from './receipt';

const { get: mapGet } = Map.prototype;

/**
 * For each message Node reads this method of the port twice, to see that it is there and to call it, and in between sets
 * the other property to the ports that came with the message; after the handlers it sets that to undefined
 * (lib/internal/per_context/messageport.js, v18 to v26). Reading is seen by a getter on the prototype. The end is seen by
 * an accessor in place of the other property; on a busy port, where that would make every delivery slower, by a listener
 * after all others that is there for the one delivery. So no frame of ours is under the handlers, and nobody sees a
 * listener.
 */
const DISPATCH = Symbol.for('nodejs.internal.kHybridDispatch');
export const RECEIVING = Symbol.for('nodejs.internal.kCurrentlyReceivingPorts');

/** What happens on a port. */
interface Delivery {
  readonly port: Port;
  /** The method was read once. */
  isAnnounced: boolean;
  readonly receipt: Receipt;
  wasRead: boolean;
  hasEvent: boolean;
  /** Its deliveries are known to be made into events. */
  makesEvents: boolean;
  /** What the program's code would find in the property. */
  received: unknown;
  /** The property is an accessor of ours at the moment. */
  hasAccessor: boolean;
  /** When it was last made an ordinary property again. */
  plainSince: Ns;
  /** Our listener after all others, as long as it waits to be called. */
  last: LastListener | null;
}

/** Sees what is delivered to the ports of this thread. */
export class Deliveries {
  private readonly messages: Messages;
  private readonly deliveries = new Notes<Delivery>();
  private readonly ending: PropertyDescriptor;
  private readonly recording = new OutOfLine(
    (port: object, delivery: Delivery, message: number, received: unknown): void => {
      this.record(port, delivery, message, received);
    },
  );

  constructor(messages: Messages, prototype: MessagePort) {
    this.messages = messages;
    this.ending = this.createEnding();
    const { deliveries } = this;
    const begin = (port: object, delivery: Delivery): void => {
      this.begin(port, delivery);
    };
    const original = (prototype as unknown as Record<symbol, unknown>)[DISPATCH];
    defineProperty(prototype, DISPATCH, {
      configurable: true,
      enumerable: false,
      get(this: object) {
        const delivery = deliveries.get(this);
        if (delivery !== undefined) {
          delivery.isAnnounced = !delivery.isAnnounced;
          if (!delivery.isAnnounced) begin(this, delivery);
        }
        return original;
      },
    });
  }

  /** Follows what is delivered to a port. */
  watch(port: object, state: Port): void {
    if (this.deliveries.get(port) !== undefined) return;
    this.deliveries.set(port, {
      port: state,
      isAnnounced: false,
      receipt: new Receipt(this.messages.context, this.messages.ports, state),
      wasRead: false,
      hasEvent: false,
      makesEvents: false,
      received: undefined,
      hasAccessor: false,
      plainSince: 0,
      last: null,
    });
  }

  /** Short, and without anything of the program's: a busy port comes here hundreds of thousands of times a second. */
  private begin(port: object, delivery: Delivery): void {
    const state = delivery.port;
    const message = ++state.received;
    if (state.totals !== null) state.totals[1] = message;
    const received = delivery.hasAccessor ? delivery.received : (port as Record<symbol, unknown>)[RECEIVING];
    if (delivery.last !== null) unlink(delivery);
    if (received !== undefined) this.receivePorts(state, message, received);
    if (this.messages.board.isAnythingOnItsWay) this.lookAtData(port, state, message);
    if ((message & (state.every - 1)) === 0) this.recording.call(port, delivery, message, received);
    else this.messages.ports.noteUnrecorded(state);
  }

  private receivePorts(state: Port, message: number, received: unknown): void {
    quietly(() => {
      this.messages.receivePorts(state, message, received as object[]);
    });
  }

  private record(port: object, delivery: Delivery, message: number, received: unknown): void {
    if (!delivery.receipt.begin(message)) return;
    quietly(() => {
      delivery.received = received;
      delivery.wasRead = false;
      delivery.hasEvent = false;
      const time = now();
      if (delivery.port.every > 1 || time - delivery.plainSince < PLAIN_FOR) {
        this.awaitLast(port, delivery, time);
      } else if (!delivery.hasAccessor) {
        delivery.hasAccessor = true;
        defineProperty(port, RECEIVING, this.ending);
      }
    });
  }

  /** Adds a listener after all others, which takes itself out again. */
  private awaitLast(port: object, delivery: Delivery, time: Ns): void {
    if (delivery.hasAccessor) {
      delivery.hasAccessor = false;
      delivery.plainSince = time;
      const value = delivery.received;
      defineProperty(port, RECEIVING, { configurable: true, enumerable: true, writable: true, value });
    }
    let last = listenersOf(port);
    while (last?.next !== undefined) last = last.next;
    if (last === undefined) return;
    delivery.last = new LastListener(last, () => {
      unlink(delivery);
      delivery.receipt.end();
    });
    last.next = delivery.last;
  }

  private createEnding(): PropertyDescriptor {
    const { deliveries } = this;
    const set = (delivery: Delivery, value: unknown): void => {
      this.onSet(delivery, value);
    };
    return {
      configurable: true,
      enumerable: true,
      get(this: object) {
        const delivery = deliveries.get(this);
        if (delivery === undefined) return undefined;
        delivery.wasRead = true;
        return delivery.received;
      },
      set(this: object, value: unknown) {
        const delivery = deliveries.get(this);
        if (delivery !== undefined) set(delivery, value);
      },
    };
  }

  /** Set to what came with a message, to undefined when an event is made of it (after reading it), and at the end. */
  private onSet(delivery: Delivery, value: unknown): void {
    delivery.received = value;
    if (!delivery.receipt.isOpen) return;
    if (delivery.wasRead && !delivery.hasEvent && (delivery.makesEvents || this.isMakingEvent())) {
      delivery.hasEvent = true;
      delivery.makesEvents = true;
      return;
    }
    delivery.receipt.end();
  }

  /** True while Node makes an event of a message (lib/internal/worker/io.js), which reads and resets the property too. */
  private isMakingEvent(): boolean {
    const caller = nearCallSite(this.ending.set as (value: unknown) => void).internals[0];
    return caller?.name.includes('emitMessage') === false;
  }

  /**
   * Puts a look at the data in front of the port's listeners, for this one delivery: it takes itself out when called,
   * before any of them runs.
   */
  private lookAtData(port: object, state: Port, message: number): void {
    quietly(() => {
      const root = listenersOf(port);
      const first = root?.next;
      if (root === undefined || first === undefined) return;
      const looking: ListenerNode = {
        ...ownListener,
        previous: undefined,
        next: first,
        callback: (data: unknown) => {
          // Others may have been put in front of it.
          if (root.next === looking) root.next = first;
          quietly(() => {
            const { buffers } = this.messages.examine(data, MESSAGE_BOUND);
            this.messages.receiveBuffers(state, message, buffers);
          });
        },
      };
      root.next = looking;
    });
  }
}

/** The root of a port's listeners of messages, as the loop that calls them sees it (lib/internal/event_target.js). */
function listenersOf(port: object): ListenerNode | undefined {
  const events = bySymbol(port, 'kEvents');
  return events === undefined ? undefined : (apply(mapGet, events, ['message']) as ListenerNode | undefined);
}

interface ListenerNode {
  next: ListenerNode | undefined;
  previous?: ListenerNode | undefined;
  readonly callback?: (data: unknown) => void;
}

/** What that loop, and those that add and remove listeners, look at. */
const ownListener = {
  listener: undefined,
  removed: false,
  once: false,
  capture: false,
  passive: true,
  weak: false,
  isNodeStyleListener: true,
  resistStopPropagation: true,
  same: (): boolean => false,
  remove: (): void => undefined,
};

/** Nothing comes after it: a listener added meanwhile comes after the one before it, as it would without us. */
class LastListener implements ListenerNode {
  previous: ListenerNode;
  readonly callback: () => void;

  constructor(previous: ListenerNode, callback: () => void) {
    Object.assign(this, ownListener);
    this.previous = previous;
    this.callback = callback;
  }

  get next(): ListenerNode | undefined {
    return undefined;
  }

  set next(added: ListenerNode | undefined) {
    this.previous.next = added;
  }
}

/** For how long a port that was busy is taken to be. */
const PLAIN_FOR: Ns = 1e9;

function unlink(delivery: Delivery): void {
  const { last } = delivery;
  delivery.last = null;
  if (last !== null && last.previous.next === last) last.previous.next = undefined;
}

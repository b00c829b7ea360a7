import { now, type Ns } from './clock';
import { MESSAGE_BOUND } from './contents';
import { quietly } from './guard';
import { nearCallSite } from './location';
import type { Messages } from './messages';
import type { MessagePort, Port } from './ports';
import { Notes } from './notes';
import { bySymbol } from './properties';

const { apply } = Reflect;
const { defineProperty } = Object;
const { get: mapGet } = Map.prototype;

/**
 * For each message Node reads this method of the port twice, to see that it is there and to call it, and in between sets
 * the other property to the ports that came with the message; after the handlers it sets that to undefined
 * (lib/internal/per_context/messageport.js, v18 to v26). Reading is seen by a getter on the prototype. The end is seen by
 * an accessor in place of the other property, but only while it is worth it: it makes a delivery slower. So no frame of
 * ours is under the handlers, and no listener is added.
 */
const DISPATCH = Symbol.for('nodejs.internal.kHybridDispatch');
export const RECEIVING = Symbol.for('nodejs.internal.kCurrentlyReceivingPorts');

/** What happens on a port. */
interface Delivery {
  readonly port: Port;
  /** The method was read once. */
  isAnnounced: boolean;
  /** Its end is awaited. */
  isOpen: boolean;
  /** Its start is on disk: its end is a record of its own. */
  isTold: boolean;
  start: Ns;
  message: number;
  wasRead: boolean;
  hasEvent: boolean;
  /** Its deliveries are known to be made into events. */
  makesEvents: boolean;
  /** What the program's code would find in the property. */
  received: unknown;
}

/** Sees what is delivered to the ports of this thread. */
export class Deliveries {
  private readonly messages: Messages;
  private readonly deliveries = new Notes<Delivery>();
  private readonly ending: PropertyDescriptor;

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
      isOpen: false,
      isTold: false,
      start: 0,
      message: 0,
      wasRead: false,
      hasEvent: false,
      makesEvents: false,
      received: undefined,
    });
  }

  /** Short, and without anything of the program's: a busy port comes here hundreds of thousands of times a second. */
  private begin(port: object, delivery: Delivery): void {
    const state = delivery.port;
    const message = ++state.received;
    if (state.totals !== null) state.totals[1] = message;
    const received = (port as Record<symbol, unknown>)[RECEIVING];
    if (received !== undefined) this.receivePorts(state, message, received);
    if (this.messages.board.isAnythingOnItsWay) this.lookAtData(port, state, message);
    if ((message & (state.every - 1)) === 0) this.record(port, delivery, message, received);
    else this.messages.ports.noteUnrecorded(state);
  }

  private receivePorts(state: Port, message: number, received: unknown): void {
    quietly(() => {
      this.messages.receivePorts(state, message, received as object[]);
    });
  }

  private record(port: object, delivery: Delivery, message: number, received: unknown): void {
    quietly(() => {
      const state = delivery.port;
      const { ports, context } = this.messages;
      const start = now();
      if (!ports.mayRecord(state, message, start)) {
        ports.noteUnrecorded(state);
        return;
      }
      Object.assign(delivery, { start, message, received, isOpen: true, wasRead: false, hasEvent: false });
      delivery.isTold = !context.log.isDense(start);
      const number = ports.numberOf(state);
      if (delivery.isTold)
        context.log.write('receive', { time: start, port: number, message, duration: null });
      defineProperty(port, RECEIVING, this.ending);
    });
  }

  private createEnding(): PropertyDescriptor {
    const { deliveries } = this;
    const set = (port: object, delivery: Delivery, value: unknown): void => {
      this.onSet(port, delivery, value);
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
        if (delivery !== undefined) set(this, delivery, value);
      },
    };
  }

  /** Set to undefined when an event is made of the message (after reading it), and at the end. */
  private onSet(port: object, delivery: Delivery, value: unknown): void {
    delivery.received = value;
    if (delivery.wasRead && !delivery.hasEvent && (delivery.makesEvents || this.isMakingEvent())) {
      delivery.hasEvent = true;
      delivery.makesEvents = true;
      return;
    }
    defineProperty(port, RECEIVING, { configurable: true, enumerable: true, writable: true, value });
    if (delivery.isOpen) this.end(delivery);
  }

  /** True while Node makes an event of a message (lib/internal/worker/io.js), which reads and resets the property too. */
  private isMakingEvent(): boolean {
    const caller = nearCallSite(this.ending.set as (value: unknown) => void).internals[0];
    return caller?.name.includes('emitMessage') === false;
  }

  private end(delivery: Delivery): void {
    quietly(() => {
      delivery.isOpen = false;
      const { ports, context } = this.messages;
      const { start, message } = delivery;
      const port = ports.numberOf(delivery.port);
      const time = now();
      if (delivery.isTold) context.log.note('handled', { time, port, message }, time);
      else context.log.note('receive', { time: start, port, message, duration: time - start }, time);
    });
  }

  /**
   * Puts a look at the data in front of the port's listeners, for this one delivery: it takes itself out when called,
   * before any of them runs.
   */
  private lookAtData(port: object, state: Port, message: number): void {
    quietly(() => {
      const events = bySymbol(port, 'kEvents');
      const root =
        events === undefined ? undefined : (apply(mapGet, events, ['message']) as ListenerRoot | undefined);
      const first = root?.next;
      if (root === undefined || first === undefined) return;
      root.next = {
        ...firstListener,
        next: first,
        callback: (data: unknown) => {
          root.next = first;
          quietly(() => {
            const { buffers } = this.messages.examine(data, MESSAGE_BOUND);
            this.messages.receiveBuffers(state, message, buffers);
          });
        },
      };
    });
  }
}

interface ListenerRoot {
  next: object | undefined;
}

/** Looks like one of Node's listeners (lib/internal/event_target.js) to the loop that calls them. */
const firstListener = {
  previous: undefined,
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

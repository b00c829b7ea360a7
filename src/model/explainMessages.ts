/** What messages tell of a stretch of a thread's time: those it handled, and those that queued up for it. */
import type { Bytes, Ns } from '../base/units';
import type { ArrowId } from './arrowTypes';
import { directions, type Direction } from './channels';
import type { ChannelEnd, ChannelKind, Port } from './channelTypes';
import { NONE, ReceiveCursor, receivedSoFar, SendCursor, sentSoFar } from './messageCursor';
import { forEachMessage, type Message } from './messages';
import type { Model, Thread } from './types';

/** A message as its receiver had it. */
export interface Delivery {
  readonly kind: ChannelKind;
  /** Null where its sending is not recorded. */
  readonly arrow: ArrowId | null;
  readonly from: string | null;
  /** When the sending call began. */
  readonly sent: Ns | null;
  readonly location: string | null;
  readonly bytes: Bytes | null;
  /** From the end of the sending call to the start of the handlers. */
  readonly queue: Ns | null;
  /** When its handlers began. */
  readonly received: Ns;
  readonly handle: Ns | null;
}

export interface Deliveries {
  /** Delivered within the stretch, or being handled in it. */
  readonly count: number;
  /** Only a part of its messages has a record: there were more. */
  readonly isPartial: boolean;
  /** Whose handlers took most of the stretch. */
  readonly main: Delivery | null;
  /** How much of the stretch all handlers together took. */
  readonly handling: Ns;
}

/** Handlers may be nested, but hardly deeper. */
const DEEPEST_NESTING = 8;
/** So many messages are looked at one by one; the others only count. */
const MOST_LOOKED_AT = 512;

interface Found {
  readonly end: ChannelEnd;
  readonly port: Port;
  readonly place: number;
}

/** The messages a thread handled in [from, to]. */
export function deliveriesWithin(model: Model, thread: Thread, from: Ns, to: Ns): Deliveries {
  let count = 0;
  let isPartial = false;
  let handling = 0;
  let longest = 0;
  let found: Found | null = null;
  for (const { end, port } of portsOf(model, thread)) {
    const { columns, total } = port.receiving;
    if (columns === null) continue;
    if (total > columns.length) isPartial = true;
    const last = columns.placeOfTime(to);
    const first = columns.placeOfTime(from);
    count += last - first;
    for (let place = Math.max(0, last - MOST_LOOKED_AT, first - DEEPEST_NESTING); place < last; place++) {
      const received = columns.time(place);
      const done = received + (columns.duration(place) ?? 0);
      const overlap = Math.min(done, to) - Math.max(received, from);
      if (overlap < 0 || (place < first && overlap === 0)) continue;
      if (place < first) count++;
      handling += overlap;
      if (found !== null && overlap <= longest) continue;
      [found, longest] = [{ end, port, place }, overlap];
    }
  }
  const main = found === null ? null : deliveryOf(model, found);
  // Handlers inside of handlers are counted twice.
  return { count, isPartial, main, handling: Math.min(handling, to - from) };
}

/** The first message that was delivered to a thread in [from, to]. */
export function firstDelivery(model: Model, thread: Thread, from: Ns, to: Ns): Delivery | null {
  let earliest = Infinity;
  let found: Found | null = null;
  for (const { end, port } of portsOf(model, thread)) {
    const { columns } = port.receiving;
    const place = columns?.placeOfTime(from) ?? 0;
    if (columns === null || place >= columns.length) continue;
    const time = columns.time(place);
    if (time > to || time >= earliest) continue;
    [found, earliest] = [{ end, port, place }, time];
  }
  return found === null ? null : deliveryOf(model, found);
}

/** Ports by which a thread received anything, with the ends they were. */
function portsOf(model: Model, thread: Thread): { readonly end: ChannelEnd; readonly port: Port }[] {
  const found: { readonly end: ChannelEnd; readonly port: Port }[] = [];
  for (const channel of model.channels.values()) {
    for (const end of channel.ends) {
      for (const port of end.holders) {
        if (port.threadId === thread.id && port.receiving.columns !== null) found.push({ end, port });
      }
    }
  }
  return found;
}

function deliveryOf(model: Model, { end, port, place }: Found): Delivery | null {
  const { columns } = port.receiving;
  if (columns === null) return null;
  const received = columns.time(place);
  const { kind } = end.channel;
  const handle = columns.duration(place);
  const told = sendingOf(model, end, port.receivedBefore + columns.number(place), received);
  return { kind, received, handle, ...(told ?? UNTOLD) };
}

type SendingFacts = Pick<Delivery, 'arrow' | 'from' | 'sent' | 'location' | 'bytes' | 'queue'>;

const UNTOLD: SendingFacts = {
  arrow: null,
  from: null,
  sent: null,
  location: null,
  bytes: null,
  queue: null,
};

/** What the sender told of the message that an end received. */
function sendingOf(model: Model, receiver: ChannelEnd, number: number, received: Ns): SendingFacts | null {
  const { channel } = receiver;
  if (channel.kind === 'broadcast') return sendingOfBroadcast(model, receiver, received);
  const side = channel.ends.findIndex((end) => end !== receiver);
  const sender = channel.ends[side];
  if (sender === undefined) return null;
  const sends = new SendCursor(sender);
  sends.seekMessage(number);
  const { message, columns, place } = sends;
  const port = sender.holders.find(({ sending }) => sending.columns !== null && sending.columns === columns);
  if (message !== number || columns === null) return null;
  const line = columns.location(place);
  const sent = columns.time(place);
  return {
    arrow: `message ${channel.id} ${side}>${1 - side} ${number}`,
    from: port?.threadId ?? null,
    sent,
    location: line === 0 ? null : (model.index.messages.locations[line] ?? null),
    bytes: columns.bytes(place),
    queue: Math.max(0, received - sent - columns.duration(place)),
  };
}

/** Broadcasts are walked through from the first on: not where there are very many. */
const MOST_BROADCASTS = 20_000;

function sendingOfBroadcast(model: Model, receiver: ChannelEnd, received: Ns): SendingFacts | null {
  for (const direction of directions(model)) {
    if (direction.receiver !== receiver || direction.recorded > MOST_BROADCASTS) continue;
    const found: Message[] = [];
    forEachMessage(model, direction, received, received, (message) => {
      if (message.received === received && message.sent !== null) found.push(message);
    });
    const [first] = found;
    if (first !== undefined) return factsOf(direction, first);
  }
  return null;
}

function factsOf({ id, from }: Direction, message: Message): SendingFacts {
  const { number, sent, received, sendDuration, location, bytes } = message;
  const queue =
    sent === null || received === null ? null : Math.max(0, received - sent - (sendDuration ?? 0));
  return { arrow: `message ${id} ${number}`, from, sent, location, bytes, queue };
}

export interface Queued {
  /** Messages sent by then and not delivered. */
  readonly count: number;
  /** When the one that waited longest was sent; null where no record says so. */
  readonly oldest: Ns | null;
  /** Only a part of the messages has a record: the count is as close as those are. */
  readonly isApproximate: boolean;
}

/** The messages that were waiting for a thread at a moment. Broadcasts are left out: nobody counts who still lacks one. */
export function queuedFor(model: Model, thread: Thread, time: Ns): Queued {
  let count = 0;
  let oldest: Ns | null = null;
  let isApproximate = false;
  for (const channel of model.channels.values()) {
    if (channel.kind === 'broadcast') continue;
    for (const receiver of channel.ends) {
      const sender = channel.ends.find((end) => end !== receiver);
      if (sender === undefined || !isHeldBy(receiver, thread, time)) continue;
      const queued = queuedAt(sender, receiver, time);
      if (queued.count === 0) continue;
      count += queued.count;
      isApproximate ||= queued.isApproximate;
      if (queued.oldest !== null) oldest = Math.min(oldest ?? Infinity, queued.oldest);
    }
  }
  return { count, oldest, isApproximate };
}

function isHeldBy({ holders }: ChannelEnd, thread: Thread, time: Ns): boolean {
  const holder = holders.find(({ moved }) => moved === null || moved.time > time);
  return holder?.threadId === thread.id && (holder.since ?? -Infinity) <= time;
}

function queuedAt(sender: ChannelEnd, receiver: ChannelEnd, time: Ns): Queued {
  const sends = new SendCursor(sender);
  const receives = new ReceiveCursor(receiver);
  sends.seekTime(time);
  receives.seekTime(time);
  const nextSent = sends.message === NONE ? sentSoFar(sender) + 1 : sends.message;
  const nextReceived = receives.message === NONE ? receivedSoFar(receiver) + 1 : receives.message;
  const count = Math.max(0, nextSent - nextReceived);
  if (count === 0) return { count, oldest: null, isApproximate: false };
  sends.seekMessage(nextReceived);
  const { columns, place, message } = sends;
  const isRecorded = message < nextSent && columns !== null;
  const isApproximate = sender.holders.some(({ sending }) => sending.total > (sending.columns?.length ?? 0));
  return { count, oldest: isRecorded ? columns.time(place) : null, isApproximate };
}

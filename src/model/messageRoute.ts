import type { Ns } from '../base/units';
import type { ArrowRoute } from './arrowRoute';
import type { Arrow, MessageArrow } from './arrowTypes';
import type { ChannelEnd, ChannelKind, Port } from './channelTypes';
import type { ReceiveColumns, SendColumns } from './messageColumns';
import { firstNotBefore } from './sortedRuns';
import type { Model } from './types';

/** Stretch of message numbers, both ends included. */
interface Numbers {
  readonly first: number;
  readonly last: number;
}

/**
 * The messages that one holder of an end sent to one holder of the other end. Delivery is in the order of sending, so
 * which are under way in a stretch of time is a stretch of numbers.
 */
export class MessageRoute implements ArrowRoute {
  readonly from: string;
  readonly to: string;

  /** `directionId` as in channels.ts. */
  constructor(
    readonly directionId: string,
    private readonly kind: ChannelKind,
    private readonly sender: Port,
    private readonly receiver: Port,
  ) {
    this.from = sender.threadId;
    this.to = receiver.threadId;
  }

  count(from: Ns, to: Ns): number {
    const { sends, receives } = this;
    const numbers =
      sends === null || receives === null ? null : this.numbersWithin(sends, receives, from, to);
    if (numbers === null || sends === null || receives === null) return 0;
    const { sentBefore } = this.sender;
    const { receivedBefore } = this.receiver;
    const { first, last } = numbers;
    const sent = sends.placeOfNumber(last + 1 - sentBefore) - sends.placeOfNumber(first - sentBefore);
    const received =
      receives.placeOfNumber(last + 1 - receivedBefore) - receives.placeOfNumber(first - receivedBefore);
    return Math.min(sent, received);
  }

  visit(model: Model, from: Ns, to: Ns, visit: (arrow: Arrow) => boolean): void {
    const { sends, receives } = this;
    const numbers =
      sends === null || receives === null ? null : this.numbersWithin(sends, receives, from, to);
    if (numbers === null || sends === null) return;
    let place = sends.placeOfNumber(numbers.first - this.sender.sentBefore);
    for (; place < sends.length; place++) {
      const number = this.sender.sentBefore + sends.number(place);
      if (number > numbers.last) return;
      const arrow = this.arrow(model, number);
      // Times that contradict the order of the numbers are somebody's lie.
      if (arrow === null || arrow.from.time >= to || arrow.to.time < from) continue;
      if (!visit(arrow)) return;
    }
  }

  visitEnds(model: Model, at: 'from' | 'to', start: Ns, end: Ns, visit: (arrow: Arrow) => boolean): void {
    const columns = at === 'from' ? this.sends : this.receives;
    if (columns === null) return;
    const before = at === 'from' ? this.sender.sentBefore : this.receiver.receivedBefore;
    for (let place = columns.placeOfTime(start); place < columns.length; place++) {
      if (columns.time(place) >= end) return;
      const arrow = this.arrow(model, before + columns.number(place));
      if (arrow !== null && !visit(arrow)) return;
    }
  }

  countBefore(at: 'from' | 'to', time: Ns, hint: number): number {
    const columns = at === 'from' ? this.sends : this.receives;
    if (columns === null) return 0;
    return firstNotBefore((place) => columns.time(place), time, columns.length, hint);
  }

  /** The message of this number, counted over all holders of the end. */
  arrow(model: Model, number: number): MessageArrow | null {
    const { sends, receives, sender, receiver } = this;
    if (sends === null || receives === null || !this.isWithin(number)) return null;
    const sendPlace = placeOf(sends, number - sender.sentBefore);
    const receivePlace = placeOf(receives, number - receiver.receivedBefore);
    if (sendPlace === null || receivePlace === null) return null;
    return messageArrow(model, {
      id: `message ${this.directionId} ${number}`,
      kind: this.kind,
      number,
      sender,
      sends,
      sendPlace,
      receiver,
      receives,
      receivePlace,
    });
  }

  private get sends(): SendColumns | null {
    return this.sender.sending.columns;
  }

  private get receives(): ReceiveColumns | null {
    return this.receiver.receiving.columns;
  }

  private isWithin(number: number): boolean {
    const { sender, receiver } = this;
    const sent = number - sender.sentBefore;
    const received = number - receiver.receivedBefore;
    if (sent < 1 || received < 1) return false;
    return sent <= (sender.moved?.sent ?? Infinity) && received <= (receiver.moved?.received ?? Infinity);
  }

  /** The messages sent before `to` and not yet delivered at `from`; null for none. */
  private numbersWithin(sends: SendColumns, receives: ReceiveColumns, from: Ns, to: Ns): Numbers | null {
    const { sender, receiver } = this;
    const firstReceived = receives.placeOfTime(from);
    const lastSent = sends.placeOfTime(to) - 1;
    if (firstReceived >= receives.length || lastSent < 0) return null;
    const first = Math.max(
      receiver.receivedBefore + receives.number(firstReceived),
      sender.sentBefore + 1,
      receiver.receivedBefore + 1,
    );
    const last = Math.min(
      sender.sentBefore + Math.min(sends.number(lastSent), sender.moved?.sent ?? Infinity),
      receiver.receivedBefore +
        Math.min(receives.number(receives.length - 1), receiver.moved?.received ?? Infinity),
    );
    return first > last ? null : { first, last };
  }
}

function placeOf(columns: SendColumns | ReceiveColumns, number: number): number | null {
  const place = columns.placeOfNumber(number);
  return place < columns.length && columns.number(place) === number ? place : null;
}

interface RecordedMessage {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly number: number;
  readonly sender: Port;
  readonly sends: SendColumns;
  readonly sendPlace: number;
  readonly receiver: Port;
  readonly receives: ReceiveColumns;
  readonly receivePlace: number;
}

export function messageArrow(model: Model, recorded: RecordedMessage): MessageArrow {
  const { number, sender, sends, sendPlace, receiver, receives, receivePlace } = recorded;
  const sent = sends.time(sendPlace);
  const received = receives.time(receivePlace);
  const serialize = sends.duration(sendPlace);
  const handle = receives.duration(receivePlace);
  const bytes = sends.bytes(sendPlace);
  const line = sends.location(sendPlace);
  const location = line === 0 ? null : (model.index.messages.locations[line] ?? null);
  return {
    kind: 'message',
    id: recorded.id,
    from: { threadId: sender.threadId, time: sent },
    to: { threadId: receiver.threadId, time: received },
    message: { number, sent, sendDuration: serialize, received, handleDuration: handle, bytes, location },
    bytes,
    bytesEstimated: recorded.kind !== 'ipc',
    serialize,
    queue: Math.max(0, received - sent - serialize),
    handle,
  };
}

/** The routes of a channel of two: one for each pair of holders whose messages can meet. */
export function routesOfTwo(sender: ChannelEnd, receiver: ChannelEnd, side: number): MessageRoute[] {
  const { id, kind } = sender.channel;
  const directionId = `${id} ${side}>${1 - side}`;
  const routes: MessageRoute[] = [];
  // Holders follow one another: whoever is passed by the other end's count does not come again.
  for (let one = 0, other = 0; ;) {
    const [from, to] = [sender.holders[one], receiver.holders[other]];
    if (from === undefined || to === undefined) return routes;
    const lastSent = from.sentBefore + (from.moved?.sent ?? Infinity);
    const lastReceived = to.receivedBefore + (to.moved?.received ?? Infinity);
    if (Math.max(from.sentBefore, to.receivedBefore) < Math.min(lastSent, lastReceived)) {
      routes.push(new MessageRoute(directionId, kind, from, to));
    }
    if (lastSent < lastReceived) one++;
    else other++;
  }
}

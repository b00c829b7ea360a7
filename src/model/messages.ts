import type { Bytes, Ns } from '../base/units';
import { pairBroadcast, type BroadcastPair } from './broadcastPairing';
import type { Direction } from './channels';
import type { Channel, ChannelEnd } from './channelTypes';
import type { ReceiveColumns, SendColumns } from './messageColumns';
import { NONE, ReceiveCursor, receivedSoFar, SendCursor } from './messageCursor';
import type { Model } from './types';

/** One message with at least one record of its own. */
export interface Message {
  /** Counts the messages of its direction; in a broadcast, of its sender. */
  readonly number: number;
  /** When the sending call began; null where only the delivery is recorded. */
  readonly sent: Ns | null;
  readonly sendDuration: Ns | null;
  /** When its handlers began; null where no record says so. */
  readonly received: Ns | null;
  /** Null while they run, and where it is not known. */
  readonly handleDuration: Ns | null;
  readonly bytes: Bytes | null;
  readonly location: string | null;
}

/** Visits the recorded messages of a direction that were on their way or being handled within [from, to], in order. */
export function forEachMessage(
  model: Model,
  direction: Direction,
  from: Ns,
  to: Ns,
  visit: (message: Message) => void,
): void {
  const { sender, receiver } = direction;
  if (sender.channel.kind === 'broadcast') visitBroadcast(model, sender, receiver, from, to, visit);
  else visitTwo(model, sender, receiver, from, to, visit);
}

function visitTwo(
  model: Model,
  sender: ChannelEnd,
  receiver: ChannelEnd,
  from: Ns,
  to: Ns,
  visit: (message: Message) => void,
): void {
  const { sends, receives } = startAt(sender, receiver, from);
  const delivered = receivedSoFar(receiver);
  for (;;) {
    const sent = sends.message;
    const received = receives.message;
    const number = Math.min(sent, received);
    if (number === NONE) return;
    const message = messageOf(
      model,
      number,
      sent === number ? { columns: sends.columns, place: sends.place } : null,
      received === number ? { columns: receives.columns, place: receives.place } : null,
    );
    if ((message.sent ?? message.received ?? to) > to) return;
    if (isUnderWay(message, delivered, receiver) || endOf(message) >= from) visit(message);
    if (sent === number) sends.advance();
    if (received === number) receives.advance();
  }
}

/** Handlers may be nested (a message received while another is handled), but hardly deeper. */
const DEEPEST_NESTING = 8;

interface Cursors {
  readonly sends: SendCursor;
  readonly receives: ReceiveCursor;
}

/** At the first message that may have been on its way or being handled at `from`. */
function startAt(sender: ChannelEnd, receiver: ChannelEnd, from: Ns): Cursors {
  const sends = new SendCursor(sender);
  const receives = new ReceiveCursor(receiver);
  receives.seekTime(from);
  receives.stepBack(DEEPEST_NESTING);
  // Messages are delivered in order: whatever precedes one that was handled by then was, too.
  if (receives.message !== NONE) sends.seekMessage(receives.message);
  else if (receiver.holders.length > 0) sends.seekMessage(receivedSoFar(receiver) + 1);
  else sends.seekTime(from);
  return { sends, receives };
}

/** On its way to a receiver that is observed, or in handlers that have not returned. */
function isUnderWay(message: Message, delivered: number, receiver: ChannelEnd): boolean {
  if (message.received !== null) return message.handleDuration === null && message.number === delivered;
  return receiver.holders.length > 0 && message.number > delivered;
}

function endOf({ sent, sendDuration, received, handleDuration }: Message): Ns {
  return received === null ? (sent ?? 0) + (sendDuration ?? 0) : received + (handleDuration ?? 0);
}

interface Place<Columns> {
  readonly columns: Columns | null;
  readonly place: number;
}

function messageOf(
  model: Model,
  number: number,
  send: Place<SendColumns> | null,
  receive: Place<ReceiveColumns> | null,
): Message {
  const [sends, sendPlace] = [send?.columns ?? null, send?.place ?? 0];
  const [receives, receivePlace] = [receive?.columns ?? null, receive?.place ?? 0];
  const line = sends?.location(sendPlace) ?? 0;
  return {
    number,
    sent: sends?.time(sendPlace) ?? null,
    sendDuration: sends?.duration(sendPlace) ?? null,
    received: receives?.time(receivePlace) ?? null,
    handleDuration: receives?.duration(receivePlace) ?? null,
    bytes: sends?.bytes(sendPlace) ?? null,
    location: line === 0 ? null : (model.index.messages.locations[line] ?? null),
  };
}

const pairsOf = new WeakMap<
  Channel,
  { readonly stamp: number; readonly pairs: readonly BroadcastPair[] | null }
>();

function visitBroadcast(
  model: Model,
  sender: ChannelEnd,
  receiver: ChannelEnd,
  from: Ns,
  to: Ns,
  visit: (message: Message) => void,
): void {
  const { channel } = sender;
  const stamp = channel.ends.reduce((total, end) => total + end.revision, 0);
  let known = pairsOf.get(channel);
  if (known?.stamp !== stamp) pairsOf.set(channel, (known = { stamp, pairs: pairBroadcast(channel) }));
  const pair = known.pairs?.find((one) => one.sender === sender && one.receiver === receiver);
  const sends = sender.holders[0]?.sending.columns ?? null;
  const receives = receiver.holders[0]?.receiving.columns ?? null;
  for (const [index, sendPlace] of (pair?.sendPlaces ?? []).entries()) {
    const receivePlace = pair?.receivePlaces[index] ?? -1;
    const message = messageOf(
      model,
      sends?.number(sendPlace) ?? 0,
      { columns: sends, place: sendPlace },
      receivePlace < 0 ? null : { columns: receives, place: receivePlace },
    );
    if ((message.sent ?? to) > to) return;
    if (endOf(message) >= from) visit(message);
  }
}

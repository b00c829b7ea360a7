import type { Channel, ChannelEnd, Port } from './channelTypes';
import { Distribution } from './distribution';
import type { Paired } from './pairing';

/** What one member of a BroadcastChannel got from another one. */
export interface BroadcastPair extends Paired {
  readonly sender: ChannelEnd;
  readonly receiver: ChannelEnd;
  /** Null where several members sent and not every message has a record: nobody can tell whose were delivered. */
  readonly received: number | null;
  /** Messages that the receiver was there for and has not received. */
  readonly waiting: number | null;
  /** Time in the receiver's handlers, of these messages. */
  readonly handle: Distribution;
  /** Places of the messages in the sender's columns, and in the receiver's: -1 where that has no record. */
  readonly sendPlaces: readonly number[];
  readonly receivePlaces: readonly number[];
}

/** Beyond this many pairs of members, who got whose messages is more than anybody could look at. */
const MAX_PAIRS = 4096;

/**
 * Who got whose broadcasts; null when that is too much to tell. A member's messages are only numbered as it received them, over all senders: its k-th is
 * the k-th, in order of sending, that any other member sent since it joined.
 */
export function pairBroadcast(channel: Channel): BroadcastPair[] | null {
  const members = channel.ends.filter(({ holders }) => holders.length > 0);
  const senders = members.filter((member) => portOf(member).sending.total > 0);
  if (members.length * senders.length > MAX_PAIRS) return null;
  const sendings = senders.every(isComplete) ? inOrderOfSending(senders) : null;
  return members.flatMap((receiver) => {
    const others = senders.filter((sender) => sender !== receiver);
    if (sendings !== null) return pairReceiver(receiver, others, sendings);
    return others.map((sender) => unpaired(sender, receiver, others.length === 1));
  });
}

function portOf(member: ChannelEnd): Port {
  const [port] = member.holders;
  if (port === undefined) throw new Error('A member is made with its port');
  return port;
}

function isComplete(member: ChannelEnd): boolean {
  const { total, columns } = portOf(member).sending;
  return columns?.length === total;
}

interface Sending {
  readonly sender: ChannelEnd;
  readonly place: number;
  readonly time: number;
}

function inOrderOfSending(senders: readonly ChannelEnd[]): Sending[] {
  const sendings = senders.flatMap((sender) => {
    const columns = portOf(sender).sending.columns;
    return Array.from({ length: columns?.length ?? 0 }, (_, place) => {
      return { sender, place, time: columns?.time(place) ?? 0 };
    });
  });
  return sendings.sort(
    (a, b) => a.time - b.time || compareNames(portOf(a.sender), portOf(b.sender)) || a.place - b.place,
  );
}

/** Sendings at the very same time: in whatever order, but always the same. */
function compareNames(a: Port, b: Port): number {
  if (a.log !== b.log) return a.log < b.log ? -1 : 1;
  return a.number - b.number;
}

interface Growing extends BroadcastPair {
  received: number;
  waiting: number;
  readonly sendPlaces: number[];
  readonly receivePlaces: number[];
}

function pairReceiver(
  receiver: ChannelEnd,
  senders: readonly ChannelEnd[],
  sendings: readonly Sending[],
): BroadcastPair[] {
  const pairs = new Map(senders.map((sender) => [sender, emptyPair(sender, receiver)]));
  const port = portOf(receiver);
  const { total, columns } = port.receiving;
  let delivered = 0;
  let receivePlace = 0;
  for (const { sender, place, time } of sendings) {
    const pair = pairs.get(sender);
    if (pair === undefined || time < (port.since ?? 0)) continue;
    delivered++;
    while (columns !== null && receivePlace < columns.length && columns.number(receivePlace) < delivered) {
      receivePlace++;
    }
    const isRecorded =
      columns !== null && receivePlace < columns.length && columns.number(receivePlace) === delivered;
    pair.sendPlaces.push(place);
    pair.receivePlaces.push(isRecorded ? receivePlace : -1);
    if (delivered > total) pair.waiting++;
    else pair.received++;
    if (isRecorded) addTimes(pair, place, receivePlace);
  }
  // More came than the senders' logs say was sent: one of them lacks its end, so the count leads astray.
  if (total > delivered) return senders.map((sender) => unpaired(sender, receiver, senders.length === 1));
  return [...pairs.values()];
}

function emptyPair(sender: ChannelEnd, receiver: ChannelEnd): Growing {
  return {
    sender,
    receiver,
    received: 0,
    waiting: 0,
    queue: new Distribution(),
    latency: new Distribution(),
    handle: new Distribution(),
    sendPlaces: [],
    receivePlaces: [],
  };
}

function addTimes(pair: BroadcastPair, sendPlace: number, receivePlace: number): void {
  const sends = portOf(pair.sender).sending.columns;
  const receives = portOf(pair.receiver).receiving.columns;
  const begun = sends?.time(sendPlace) ?? 0;
  const delivered = receives?.time(receivePlace) ?? 0;
  const handled = receives?.duration(receivePlace) ?? null;
  pair.latency.add(delivered - begun);
  pair.queue.add(delivered - begun - (sends?.duration(sendPlace) ?? 0));
  if (handled !== null) pair.handle.add(handled);
}

function unpaired(sender: ChannelEnd, receiver: ChannelEnd, isOnlySender: boolean): BroadcastPair {
  const { total } = portOf(receiver).receiving;
  return { ...emptyPair(sender, receiver), received: isOnlySender ? total : null, waiting: null };
}

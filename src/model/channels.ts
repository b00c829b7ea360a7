import type { Bytes, Ns } from '../base/units';
import { pairBroadcast, type BroadcastPair } from './broadcastPairing';
import type { Channel, ChannelEnd, ChannelKind, Port } from './channelTypes';
import { receivedSoFar, sentSoFar } from './messageCursor';
import { Distribution } from './distribution';
import { pair, type Paired } from './pairing';
import type { Model } from './types';

/** A channel as it is shown. */
export interface ChannelView {
  readonly id: string;
  readonly kind: ChannelKind;
  /** Of a BroadcastChannel. */
  readonly name: string | null;
  /** The line that made it, `file:line:column`. */
  readonly created: string | null;
  /** Who holds its ends now (two, or the members of a broadcast); null where that is not known. */
  readonly threads: readonly (string | null)[];
  /** Those on which anything was sent. */
  readonly directions: readonly Direction[];
}

/**
 * Messages one way: of a channel of two, or from one member of a broadcast to another one (`sent` then counts the
 * sender's messages to all).
 */
export interface Direction {
  /** `CHANNEL 0>1`, `CHANNEL 1>0`, `CHANNEL LOG:PORT>LOG:PORT`. */
  readonly id: string;
  /** The thread that sent last, and the one that received last; null: not known. */
  readonly from: string | null;
  readonly to: string | null;
  readonly sent: number;
  /** Null when it cannot be told whose messages were received. */
  readonly received: number | null;
  /** Sent and not delivered (yet). */
  readonly waiting: number | null;
  /** Messages with a record of their own, and those that were only counted. */
  readonly recorded: number;
  readonly unrecorded: number;
  /** Null when only the receiver was observed. */
  readonly bytes: Bytes | null;
  readonly bytesEstimated: boolean;
  /** Things and bytes in the transfer lists of recorded messages. */
  readonly transferred: number;
  readonly transferredBytes: Bytes;
  /** Of recorded messages; from the beginning of the sending call to the beginning of the handlers. */
  readonly latency: Figures | null;
  /** From the end of the sending call to the beginning of the handlers. */
  readonly queue: Figures | null;
  /** Time in sending calls. */
  readonly serialize: Figures | null;
  /** Time in handlers. */
  readonly handle: Figures | null;
  /** Where recorded messages were sent from, the most frequent first; not every message's line is looked up. */
  readonly lines: readonly SendingLine[];
  /** Time of the first message and of the newest. */
  readonly first: Ns | null;
  readonly last: Ns | null;
  /** For `forEachMessage`. */
  readonly sender: ChannelEnd;
  readonly receiver: ChannelEnd;
}

export interface Figures {
  readonly count: number;
  readonly sum: Ns;
  readonly p50: Ns;
  readonly p95: Ns;
  readonly max: Ns;
}

export interface SendingLine {
  readonly location: string;
  readonly count: number;
}

/** All channels, in order of appearance. What did not change since the last call is not computed again. */
export function channelViews(model: Model): ChannelView[] {
  const views: ChannelView[] = [];
  for (const channel of model.channels.values()) views.push(viewOf(model, channel));
  for (const port of model.index.messages.unplaced) {
    const isUsed = port.sending.total > 0 || port.receiving.total > 0;
    if (isUsed || port.origin !== null) views.push(viewOf(model, loneChannel(port)));
  }
  return views;
}

/** All directions of all channels. */
export function directions(model: Model): Direction[] {
  return channelViews(model).flatMap((view) => view.directions);
}

interface Cached {
  readonly stamp: number;
  readonly view: ChannelView;
}

const cache = new WeakMap<Channel, Cached>();

function viewOf(model: Model, channel: Channel): ChannelView {
  const stamp = channel.ends.reduce((total, end) => total + stampOf(end), 0);
  const known = cache.get(channel);
  if (known?.stamp === stamp) return known.view;
  const view = computeView(model, channel);
  // The line of its call, and an end that was never heard of, are known from what is told of calls.
  const isCallUnknown = channel.callToken !== null && !model.calls.has(channel.callToken);
  const isHeard = channel.callToken === null || channel.ends.every(({ holders }) => holders.length > 0);
  if (isHeard && !isCallUnknown) cache.set(channel, { stamp, view });
  return view;
}

/** Grows with every change of an end. */
function stampOf(end: ChannelEnd): number {
  // A port that is not placed changes without its end.
  return end.revision + (end.serial < 0 ? (end.holders[0]?.revision ?? 0) : 0);
}

function computeView(model: Model, channel: Channel): ChannelView {
  const call = channel.callToken === null ? undefined : model.calls.get(channel.callToken);
  const location = channel.ends
    .map(({ holders }) => holders[0]?.location ?? null)
    .find((line) => line !== null);
  return {
    id: channel.id,
    kind: channel.kind,
    name: channel.name,
    created: call?.location ?? location ?? null,
    threads: channel.ends.map((end, side) => currentHolder(end) ?? byCall(model, channel, side)),
    directions: channel.kind === 'broadcast' ? ofBroadcast(model, channel) : ofTwo(model, channel),
  };
}

/** Ports of which nobody knows yet what they are an end of, as channels whose other end is not known. */
const loneChannels = new WeakMap<Port, Channel>();

function loneChannel(port: Port): Channel {
  const known = loneChannels.get(port);
  const kind = port.origin === 'ipcChild' || port.origin === 'ipcParent' ? 'ipc' : 'port';
  if (known?.kind === kind) return known;
  const id = `unknown:${port.log}:${port.number}`;
  const channel: Channel = { id, kind, callToken: null, name: null, ends: [] };
  channel.ends.push({ channel, serial: -1, holders: [port], revision: 0 });
  channel.ends.push({ channel, serial: -2, holders: [], revision: 0 });
  loneChannels.set(port, channel);
  return channel;
}

function currentHolder({ holders }: ChannelEnd): string | null {
  const last = holders.at(-1);
  return last === undefined || last.moved !== null ? null : last.threadId;
}

/** A worker or child process that was never heard of still has its end: it is not Node, or was gone too soon. */
function byCall(model: Model, channel: Channel, side: number): string | null {
  const isUnheard = channel.ends[side]?.holders.length === 0;
  const call = channel.callToken === null ? undefined : model.calls.get(channel.callToken);
  if (call === undefined || !isUnheard) return null;
  if (side === 0) return call.threadId;
  if (call.processId === null) return call.createdThreadId;
  return model.processes.get(call.processId)?.threads[0]?.id ?? null;
}

function ofTwo(model: Model, channel: Channel): Direction[] {
  return [0, 1].flatMap((side) => {
    const sender = channel.ends[side];
    const receiver = channel.ends[1 - side];
    if (sender === undefined || receiver === undefined) return [];
    const received = receivedSoFar(receiver);
    if (received === 0 && sentSoFar(sender) === 0) return [];
    const figures = figuresOfTwo(model, sender, receiver, received);
    const to = lastActive(receiver, ({ receiving }) => receiving.total) ?? currentHolder(receiver);
    const from = lastActive(sender, ({ sending }) => sending.total) ?? currentHolder(sender);
    return [
      {
        id: `${channel.id} ${side}>${1 - side}`,
        from: from ?? byCall(model, channel, side),
        to: to ?? byCall(model, channel, 1 - side),
        ...figures,
      },
    ];
  });
}

function lastActive({ holders }: ChannelEnd, count: (port: Port) => number): string | null {
  return holders.findLast((port) => count(port) > 0)?.threadId ?? null;
}

type DirectionFigures = Omit<Direction, 'id' | 'from' | 'to'>;

function figuresOfTwo(
  model: Model,
  sender: ChannelEnd,
  receiver: ChannelEnd,
  received: number,
): DirectionFigures {
  const handle = merged(receiver.holders.map(({ receiving }) => receiving.durations));
  const receipts = sum(receiver.holders, ({ receiving }) => receiving.columns?.length ?? 0);
  return figuresOf(model, sender, receiver, { received, receipts, handle, ...pair(sender, receiver) });
}

interface Receipt extends Paired {
  readonly received: number | null;
  readonly receipts: number;
  readonly handle: Distribution;
}

function figuresOf(
  model: Model,
  sender: ChannelEnd,
  receiver: ChannelEnd,
  receipt: Receipt,
): DirectionFigures {
  const { holders } = sender;
  const sendings = holders.map(({ sending }) => sending);
  const counted = sentSoFar(sender);
  // A receiver may prove that more was sent: the sender was killed before its last words were written.
  const sent = Math.max(counted, receipt.received ?? 0);
  const records = sum(sendings, ({ columns }) => columns?.length ?? 0);
  const recorded = Math.min(sent, Math.max(records, receipt.receipts));
  const isMeasured = sum(sendings, coveredByBytes) >= sent && sender.channel.kind === 'ipc';
  const receivings = receiver.holders.map(({ receiving }) => receiving);
  return {
    sent,
    received: receipt.received,
    waiting: receipt.received === null ? null : sent - receipt.received,
    recorded,
    unrecorded: sent - recorded,
    bytes: counted === 0 ? null : sum(sendings, (one) => (one.countedBytes ?? 0) + one.recordedBytes),
    bytesEstimated: !isMeasured,
    transferred: sum(sendings, ({ transferred }) => transferred),
    transferredBytes: sum(sendings, ({ transferredBytes }) => transferredBytes),
    latency: figures(receipt.latency),
    queue: figures(receipt.queue),
    serialize: figures(merged(sendings.map(({ durations }) => durations))),
    handle: figures(receipt.handle),
    lines: linesOf(model, holders),
    first: extreme(
      Math.min,
      [...sendings, ...receivings].map(({ first }) => first),
    ),
    last: extreme(
      Math.max,
      [...sendings, ...receivings].map(({ last }) => last),
    ),
    sender,
    receiver,
  };
}

function ofBroadcast(model: Model, channel: Channel): Direction[] {
  const pairs = pairBroadcast(channel);
  return pairs === null || channel.ends.length === 1
    ? channel.ends.flatMap((sender) => toWhomever(model, channel, sender))
    : pairs.map((one) => broadcastDirection(model, channel, one));
}

function broadcastDirection(model: Model, channel: Channel, one: BroadcastPair): Direction {
  const { sender, receiver } = one;
  return {
    ...figuresOf(model, sender, receiver, { ...one, receipts: 0 }),
    waiting: one.waiting,
    id: `${channel.id} ${nameOf(sender)}>${nameOf(receiver)}`,
    from: currentHolder(sender),
    to: currentHolder(receiver),
  };
}

/** Broadcasts while nobody else is there, or so many that who got which is too much to tell. */
function toWhomever(model: Model, channel: Channel, sender: ChannelEnd): Direction[] {
  if ((sender.holders[0]?.sending.total ?? 0) === 0) return [];
  const none = new Distribution();
  const received = channel.ends.length === 1 ? 0 : null;
  const nobody: ChannelEnd = { channel, serial: -1, holders: [], revision: 0 };
  return [
    {
      ...figuresOf(model, sender, nobody, {
        received,
        receipts: 0,
        handle: none,
        queue: none,
        latency: none,
      }),
      waiting: received,
      id: `${channel.id} ${nameOf(sender)}>`,
      from: currentHolder(sender),
      to: null,
    },
  ];
}

function nameOf({ holders }: ChannelEnd): string {
  const [port] = holders;
  return port === undefined ? '' : `${port.log}:${port.number}`;
}

/** How many messages' bytes are in the sum. */
function coveredByBytes({ countedBytes, total, columns }: Port['sending']): number {
  return countedBytes === null ? (columns?.length ?? 0) : total;
}

function figures(values: Distribution): Figures | null {
  const p50 = values.quantile(0.5);
  const p95 = values.quantile(0.95);
  if (p50 === null || p95 === null) return null;
  return { count: values.count, sum: values.sum, p50, p95, max: values.max };
}

function merged(parts: readonly (Distribution | null)[]): Distribution {
  const known = parts.filter((part) => part !== null);
  if (known.length === 1 && known[0] !== undefined) return known[0];
  const all = new Distribution();
  for (const part of known) all.addAll(part);
  return all;
}

function linesOf(model: Model, holders: readonly Port[]): SendingLine[] {
  const { locations } = model.index.messages;
  const counts = new Map<number, number>();
  for (const { sending } of holders) {
    for (const [line, count] of sending.lines ?? []) counts.set(line, (counts.get(line) ?? 0) + count);
  }
  return [...counts]
    .map(([line, count]) => ({ location: locations[line] ?? '', count }))
    .sort((a, b) => b.count - a.count || (a.location < b.location ? -1 : 1));
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

function extreme(pick: (one: number, other: number) => number, times: readonly (Ns | null)[]): Ns | null {
  return times.reduce(
    (best, time) => (best === null || time === null ? (best ?? time) : pick(best, time)),
    null,
  );
}

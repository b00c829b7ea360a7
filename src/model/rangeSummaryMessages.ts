/** Messages within a stretch of time: how many, and how long they had waited in queues. */
import { NS_PER_MS, type Ns } from '../base/units';
import type { ChannelEnd, Port } from './channelTypes';
import { Distribution } from './distribution';
import { directions } from './channels';
import { SendCursor } from './messageCursor';
import { forEachMessage } from './messages';
import type { Model } from './types';

export interface MessageCounts {
  readonly sent: number;
  readonly received: number;
  /** Only a part of the messages has a record: the counts are as close as those are. */
  readonly isApproximate: boolean;
}

/** Messages sent and delivered within [from, to], by thread. */
export function messagesByThread(model: Model, from: Ns, to: Ns): Map<string, MessageCounts> {
  const counts = new Map<string, MessageCounts>();
  for (const port of allPorts(model)) {
    const sent = countWithin(port.sending.columns, from, to);
    const received = countWithin(port.receiving.columns, from, to);
    if (sent + received === 0) continue;
    const known = counts.get(port.threadId) ?? { sent: 0, received: 0, isApproximate: false };
    const isApproximate = isSampled(port.sending) || isSampled(port.receiving);
    counts.set(port.threadId, {
      sent: known.sent + sent,
      received: known.received + received,
      isApproximate: known.isApproximate || isApproximate,
    });
  }
  return counts;
}

function* allPorts(model: Model): Generator<Port> {
  for (const channel of model.channels.values()) for (const end of channel.ends) yield* end.holders;
  yield* model.index.messages.unplaced;
}

interface Numbered {
  readonly length: number;
  number(place: number): number;
  placeOfTime(time: Ns): number;
}

/** By the messages' own numbers, so that those count as well that have no record of their own. */
function countWithin(columns: Numbered | null, from: Ns, to: Ns): number {
  if (columns === null) return 0;
  const numberBefore = (place: number): number => (place === 0 ? 0 : columns.number(place - 1));
  return numberBefore(columns.placeOfTime(to)) - numberBefore(columns.placeOfTime(from));
}

function isSampled(half: {
  readonly total: number;
  readonly columns: { readonly length: number } | null;
}): boolean {
  return half.total > (half.columns?.length ?? 0);
}

/** Upper edges of the histogram's bars; the last bar has none. */
export const latencyEdges: readonly Ns[] = [
  0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000, 10_000,
].map((ms) => ms * NS_PER_MS);

export interface Latencies {
  /** Messages looked at. */
  readonly count: number;
  readonly p50: Ns;
  readonly p95: Ns;
  readonly max: Ns;
  /** Messages by `latencyEdges`: one more than those. */
  readonly histogram: readonly number[];
  /** There were so many that only a part of them was looked at. */
  readonly isPartial: boolean;
}

/** Messages looked at for one answer. */
const MOST_MESSAGES = 20_000;
/** Broadcasts are walked through from the first on: not where there are very many. */
const MOST_BROADCASTS = 20_000;

/** How long the messages that were delivered within [from, to] had waited in their queues; null where there were none. */
export function latenciesWithin(model: Model, from: Ns, to: Ns): Latencies | null {
  const ends = [...receivingEnds(model)];
  const total = ends.reduce((sum, end) => sum + recordedWithin(end, from, to), 0);
  const step = Math.max(1, Math.ceil(total / MOST_MESSAGES));
  const values = new Distribution();
  const histogram = new Array<number>(latencyEdges.length + 1).fill(0);
  const add = (latency: Ns): void => {
    const value = Math.max(0, latency);
    values.add(value);
    const bar = latencyEdges.findIndex((edge) => value < edge);
    const at = bar < 0 ? latencyEdges.length : bar;
    histogram[at] = (histogram[at] ?? 0) + 1;
  };
  for (const end of ends) visitEnd(end, from, to, step, add);
  const isEveryBroadcast = visitBroadcasts(model, from, to, add);
  const [p50, p95] = [values.quantile(0.5), values.quantile(0.95)];
  if (p50 === null || p95 === null) return null;
  const isPartial = step > 1 || !isEveryBroadcast;
  return { count: values.count, p50, p95, max: values.max, histogram, isPartial };
}

function* receivingEnds(model: Model): Generator<ChannelEnd> {
  for (const channel of model.channels.values()) if (channel.kind !== 'broadcast') yield* channel.ends;
}

function recordedWithin({ holders }: ChannelEnd, from: Ns, to: Ns): number {
  let count = 0;
  for (const { receiving } of holders) {
    const { columns } = receiving;
    if (columns !== null) count += columns.placeOfTime(to) - columns.placeOfTime(from);
  }
  return count;
}

/** Every so many-th message that an end received. */
function visitEnd(receiver: ChannelEnd, from: Ns, to: Ns, step: number, add: (latency: Ns) => void): void {
  const sender = receiver.channel.ends.find((end) => end !== receiver);
  if (sender === undefined) return;
  const sends = new SendCursor(sender);
  for (const { receiving, receivedBefore } of receiver.holders) {
    const { columns } = receiving;
    if (columns === null) continue;
    const last = columns.placeOfTime(to);
    for (let place = columns.placeOfTime(from); place < last; place += step) {
      const number = receivedBefore + columns.number(place);
      sends.seekMessage(number);
      if (sends.message !== number || sends.columns === null) continue;
      add(columns.time(place) - sends.columns.time(sends.place) - sends.columns.duration(sends.place));
    }
  }
}

/** False where some were left out. */
function visitBroadcasts(model: Model, from: Ns, to: Ns, add: (latency: Ns) => void): boolean {
  let isEvery = true;
  for (const direction of directions(model)) {
    if (direction.sender.channel.kind !== 'broadcast') continue;
    if (direction.recorded > MOST_BROADCASTS) {
      isEvery = false;
      continue;
    }
    forEachMessage(model, direction, from, to, ({ sent, sendDuration, received }) => {
      if (sent === null || received === null || received < from || received >= to) return;
      add(received - sent - (sendDuration ?? 0));
    });
  }
  return isEvery;
}

import type { Ms } from '../base/units';
import type { ChannelKind } from './channelTypes';
import { channelViews, type ChannelView, type Direction, type Figures } from './channels';
import { lineOf, toMs } from './reportUnits';
import type { Model } from './types';

/** One direction of a channel; of a broadcast, what one sender sent to all others. */
export interface ChannelReport {
  readonly id: string;
  /** The two directions of a channel share it. */
  readonly channel: string;
  readonly kind: ChannelKind;
  /** Ids of threads; null where it is not known who. */
  readonly from: string | null;
  readonly to: string | null;
  readonly sent: number;
  readonly received: number | null;
  readonly bytes: number | null;
  /** From the start of the sending call to the start of the handlers. */
  readonly latencyMsP50: Ms | null;
  /** Of a BroadcastChannel. */
  readonly name: string | null;
  /** False: counted exactly, as written. */
  readonly bytesEstimated: boolean;
  /** Things in the transfer lists of recorded messages. */
  readonly transferred: number;
  /** Messages with a record of their own; the others were only counted. */
  readonly recorded: number;
  readonly waiting: number | null;
  /** Time in sending calls, and in handlers, of all messages. */
  readonly serializeMs: Ms | null;
  readonly handleMs: Ms | null;
  /** The two sums are extrapolated from the messages whose times are recorded. */
  readonly timesEstimated: boolean;
  readonly handleMsP50: Ms | null;
  /** From the end of the sending call to the start of the handlers. */
  readonly queueMsP50: Ms | null;
  readonly queueMsMax: Ms | null;
  /** Where recorded messages were sent from; not every message's line is looked up. */
  readonly lines: readonly { readonly location: string; readonly count: number }[];
  /** The line that made the channel. */
  readonly created: string | null;
  /** Who received how much, where that is more than one thread. */
  readonly receivers: readonly { readonly thread: string; readonly received: number | null }[];
}

export function channelReports(model: Model): ChannelReport[] {
  return channelViews(model).flatMap((view) => {
    const reports = view.directions.map((direction) => directionReport(view, direction));
    return view.kind === 'broadcast' ? bySender(reports) : reports;
  });
}

/** A broadcast is sent once, however many receive it: one entry a sender, so that entries can be added up. */
function bySender(reports: readonly ChannelReport[]): ChannelReport[] {
  const senders = new Map<string, ChannelReport[]>();
  for (const own of reports) {
    const sender = own.id.slice(0, own.id.indexOf('>') + 1);
    senders.set(sender, [...(senders.get(sender) ?? []), own]);
  }
  return [...senders].map(([id, own]) => together(id, own));
}

function together(id: string, own: readonly ChannelReport[]): ChannelReport {
  const [first] = own;
  if (first === undefined) throw new Error('A sender has at least one direction');
  const latencies = own.map(({ latencyMsP50 }) => latencyMsP50);
  const receivers = own.flatMap(({ to, received }) => (to === null ? [] : [{ thread: to, received }]));
  return {
    ...first,
    id,
    to: own.length === 1 ? first.to : null,
    received: sum(own.map(({ received }) => received)),
    waiting: sum(own.map(({ waiting }) => waiting)),
    latencyMsP50: middle(latencies),
    queueMsP50: middle(own.map(({ queueMsP50 }) => queueMsP50)),
    queueMsMax: largest(own.map(({ queueMsMax }) => queueMsMax)),
    handleMs: sum(own.map(({ handleMs }) => handleMs)),
    handleMsP50: middle(own.map(({ handleMsP50 }) => handleMsP50)),
    timesEstimated: own.some(({ timesEstimated }) => timesEstimated),
    receivers,
  };
}

type Known = number | null;

function sum(values: readonly Known[]): Known {
  return values.reduce((total, value) => (total === null || value === null ? null : total + value), 0);
}

function known(values: readonly Known[]): number[] {
  return values.filter((value) => value !== null).sort((a, b) => a - b);
}

/** The middle one of the receivers' figures. */
function middle(values: readonly Known[]): Known {
  const sorted = known(values);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}

function largest(values: readonly Known[]): Known {
  return known(values).at(-1) ?? null;
}

function directionReport(view: ChannelView, direction: Direction): ChannelReport {
  const { sent, received, serialize, handle, queue, latency } = direction;
  return {
    id: direction.id,
    channel: view.id,
    kind: view.kind,
    from: direction.from,
    to: direction.to,
    sent,
    received,
    bytes: direction.bytes,
    latencyMsP50: ms(latency?.p50),
    name: view.name,
    bytesEstimated: direction.bytesEstimated,
    transferred: direction.transferred,
    recorded: direction.recorded,
    waiting: direction.waiting,
    serializeMs: ms(extrapolated(serialize, sent)),
    handleMs: ms(extrapolated(handle, received)),
    timesEstimated: isPartial(serialize, sent) || isPartial(handle, received),
    handleMsP50: ms(handle?.p50),
    queueMsP50: ms(queue?.p50),
    queueMsMax: ms(queue?.max),
    lines: byLine(direction),
    created: lineOf(view.created),
    receivers: [],
  };
}

function ms(ns: number | null | undefined): Ms | null {
  return ns == null ? null : toMs(ns);
}

function isPartial(figures: Figures | null, messages: number | null): boolean {
  return figures !== null && messages !== null && figures.count < messages;
}

/** On a busy port only some messages have their times recorded: what all of them took, as those did on average. */
function extrapolated(figures: Figures | null, messages: number | null): number | null {
  if (figures === null) return null;
  return isPartial(figures, messages) ? (figures.sum / figures.count) * (messages ?? 0) : figures.sum;
}

/** Several calls in one line are one place to a reader. */
function byLine({ lines }: Direction): ChannelReport['lines'] {
  const counts = new Map<string, number>();
  for (const { location, count } of lines) {
    const line = lineOf(location) ?? location;
    counts.set(line, (counts.get(line) ?? 0) + count);
  }
  return [...counts].map(([location, count]) => ({ location, count })).sort((a, b) => b.count - a.count);
}

import type * as workerThreads from 'node:worker_threads';
import type { RecordFields } from '../trace/records';
import type { ProbeContext } from './calls';
import { now, type Ns } from './clock';
import { Notes } from './notes';

export type MessagePort = workerThreads.MessagePort;

/** What is known of one end of a channel in this thread. */
export interface Port {
  /** Within this log, from 1; 0 as long as nothing was written about it. */
  number: number;
  origin: PortOrigin;
  /** When it came to be here, which is told only once it is used. */
  readonly since: Ns;
  sent: number;
  /** Of all messages sent, as far as some of them tell. */
  sentBytes: number;
  /** How many messages were looked at, and what one of the latest of them has. */
  measured: number;
  typicalBytes: number;
  /** So many more messages are not looked into: the last look was long. */
  unlooked: number;
  received: number;
  /** Each so many messages one has records of its own; a power of two. */
  every: number;
  hasNews: boolean;
  /** Where the creator of this worker finds the counts (sent, received) when the worker can tell no more. */
  totals: Int32Array | null;
}

/** See the `port` record. */
export interface PortOrigin {
  readonly origin: string;
  readonly call?: number;
  readonly peer?: Port;
  readonly via?: Port;
  readonly message?: number;
  readonly index?: number;
  readonly name?: string | null;
  readonly location?: string | null;
}

/** Beyond this every-how-many-th message a port never goes. */
const MAX_EVERY = 1 << 16;

/** The ends of channels that this thread holds or held. */
export class Ports {
  private readonly context: ProbeContext;
  private readonly stamp = new Notes<Port>();
  private count = 0;
  private withNews: Port[] = [];
  private totalsTime: Ns = 0;

  constructor(context: ProbeContext) {
    this.context = context;
    context.log.beforeFlush = () => {
      this.writeTotals();
    };
  }

  of(port: object): Port | undefined {
    return this.stamp.get(port);
  }

  readonly isPort = (value: object): boolean => this.stamp.get(value) !== undefined;

  /** Begins to keep track of a port; a port that is known already keeps its counts. */
  add(port: object, origin: PortOrigin): Port {
    const known = this.stamp.get(port);
    if (known !== undefined) {
      known.origin = origin;
      return known;
    }
    const state: Port = {
      number: 0,
      origin,
      since: now(),
      sent: 0,
      sentBytes: 0,
      measured: 0,
      typicalBytes: 0,
      unlooked: 0,
      received: 0,
      every: 1,
      hasNews: false,
      totals: null,
    };
    this.stamp.set(port, state);
    return state;
  }

  /** Its number; the first time it is asked for, the port and its peer are told of. */
  numberOf(port: Port): number {
    if (port.number !== 0) return port.number;
    const { peer } = port.origin;
    port.number = ++this.count;
    if (peer?.number === 0) {
      peer.number = ++this.count;
      this.tell(port);
      this.tell(peer);
    } else {
      this.tell(port);
    }
    return port.number;
  }

  private tell(port: Port): void {
    const { origin } = port;
    this.context.log.add('port', {
      time: port.since,
      port: port.number,
      origin: origin.origin,
      call: origin.call ?? null,
      peer: origin.peer?.number ?? null,
      via: origin.via === undefined ? null : this.numberOf(origin.via),
      message: origin.message ?? null,
      index: origin.index ?? null,
      name: origin.name ?? null,
      location: origin.location ?? null,
    });
  }

  /** The port leaves this thread: by a message, or with a new worker. */
  writeMoved(port: Port, way: Pick<RecordFields<'portMoved'>, 'via' | 'message' | 'call' | 'index'>): void {
    const number = this.numberOf(port);
    this.context.log.write('portMoved', {
      time: now(),
      port: number,
      ...way,
      sent: port.sent,
      received: port.received,
    });
  }

  /** The other end is gone; what it counted in the end, where that is more than nothing. */
  writePeer(port: Port, totals: Int32Array): void {
    const sent = totals[0] ?? 0;
    const received = totals[1] ?? 0;
    if (sent + received === 0) return;
    this.context.log.add('peerTraffic', { time: now(), port: this.numberOf(port), sent, received });
  }

  /** Whether this message of the port is one that may be recorded. When too much is going on, fewer are. */
  mayRecord(port: Port, message: number, time: Ns): boolean {
    if ((message & (port.every - 1)) !== 0) return false;
    if (this.context.log.takeAllowance(time)) return true;
    port.every = Math.min(port.every * 2, MAX_EVERY);
    return false;
  }

  /** A message was sent; `lineOf` looks up the sending line, which is not asked for every message. */
  noteSent(
    port: Port,
    sent: Omit<RecordFields<'send'>, 'port' | 'location'>,
    lineOf: () => string | null,
  ): void {
    const { message } = sent;
    const time = now();
    if (!this.mayRecord(port, message, time)) {
      this.noteUnrecorded(port);
      return;
    }
    const location = this.context.isLineDue(message, time) ? lineOf() : null;
    this.context.log.note('send', { ...sent, port: this.numberOf(port), location }, time);
  }

  /** Something happened on the port that no record tells. */
  noteUnrecorded(port: Port): void {
    if (port.hasNews) return;
    port.hasNews = true;
    this.withNews[this.withNews.length] = port;
    this.context.log.flushSoon();
  }

  private writeTotals(): void {
    if (this.withNews.length === 0) return;
    const time = now();
    const isCalm = this.context.log.hasRoom && time - this.totalsTime > 100e6;
    if (isCalm) this.totalsTime = time;
    const ports = this.withNews;
    this.withNews = [];
    for (let index = 0; index < ports.length; index++) {
      const port = ports[index] as Port;
      port.hasNews = false;
      const { sent, received, every } = port;
      const sentBytes = Math.round(port.sentBytes);
      this.context.log.add('traffic', { time, port: this.numberOf(port), sent, sentBytes, received, every });
      if (isCalm && every > 1) port.every = every / 2;
    }
  }
}

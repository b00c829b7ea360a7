import type { ChannelEnd, Port } from './channelTypes';
import type { ReceiveColumns, SendColumns } from './messageColumns';

/** What a cursor that has nothing to point at (yet) answers as its message. */
export const NONE = Infinity;

/**
 * Walks over the recorded messages of an end, sent or received, in the order of their numbers, from one holder to the
 * next. Numbers count the messages of the end, whoever held it. When more records come, it simply walks on.
 */
abstract class MessageCursor<Columns extends SendColumns | ReceiveColumns> {
  private holder = 0;
  /** Place in the columns of the holder. */
  place = 0;

  constructor(private readonly end: ChannelEnd) {}

  protected abstract columnsOf(port: Port): Columns | null;
  protected abstract before(port: Port): number;
  /** How many messages the holder had when it gave the port away: what claims to be beyond is another holder's. */
  protected abstract limit(port: Port): number;

  get columns(): Columns | null {
    const port = this.end.holders[this.holder];
    return port === undefined ? null : this.columnsOf(port);
  }

  /** Number of the message pointed at. */
  get message(): number {
    for (;;) {
      const port = this.end.holders[this.holder];
      if (port === undefined) return NONE;
      const columns = this.columnsOf(port);
      if (columns !== null && this.place < columns.length) {
        const number = columns.number(this.place);
        if (number <= this.limit(port)) return this.before(port) + number;
      }
      if (this.holder + 1 >= this.end.holders.length) return NONE;
      this.holder++;
      this.place = 0;
    }
  }

  advance(): void {
    this.place++;
  }

  /** To the first recorded message with at least this number. */
  seekMessage(message: number): void {
    this.seek((columns, port) => columns.placeOfNumber(message - this.before(port)));
  }

  /** To the first recorded message at this time or later. */
  seekTime(time: number): void {
    this.seek((columns) => columns.placeOfTime(time));
  }

  /** Back by up to this many messages of the same holder. */
  stepBack(count: number): void {
    this.place = Math.max(0, this.place - count);
  }

  private seek(find: (columns: Columns, port: Port) => number): void {
    const { holders } = this.end;
    for (let index = 0; index < holders.length; index++) {
      const port = holders[index];
      const columns = port === undefined ? null : this.columnsOf(port);
      if (port === undefined || columns === null) continue;
      this.holder = index;
      this.place = find(columns, port);
      if (this.place < columns.length) return;
    }
  }
}

/** How many messages were sent on an end so far, as far as its holders told, or the other end's. */
export function sentSoFar(end: ChannelEnd): number {
  const told = foundOut(end, ({ sent }) => sent);
  return end.holders.reduce((most, port) => Math.max(most, port.sentBefore + port.sending.total), told);
}

/** How many messages were delivered at an end so far. */
export function receivedSoFar(end: ChannelEnd): number {
  const told = foundOut(end, ({ received }) => received);
  return end.holders.reduce((most, port) => Math.max(most, port.receivedBefore + port.receiving.total), told);
}

function foundOut(end: ChannelEnd, count: (totals: NonNullable<Port['peer']>) => number): number {
  // Only between two ends is the other one's word about this one.
  if (end.channel.kind === 'broadcast') return 0;
  let most = 0;
  for (const other of end.channel.ends) {
    if (other === end) continue;
    for (const { peer } of other.holders) if (peer !== null) most = Math.max(most, count(peer));
  }
  return most;
}

export class SendCursor extends MessageCursor<SendColumns> {
  protected columnsOf(port: Port): SendColumns | null {
    return port.sending.columns;
  }
  protected before(port: Port): number {
    return port.sentBefore;
  }
  protected limit(port: Port): number {
    return port.moved?.sent ?? NONE;
  }
}

export class ReceiveCursor extends MessageCursor<ReceiveColumns> {
  protected columnsOf(port: Port): ReceiveColumns | null {
    return port.receiving.columns;
  }
  protected before(port: Port): number {
    return port.receivedBefore;
  }
  protected limit(port: Port): number {
    return port.moved?.received ?? NONE;
  }
}

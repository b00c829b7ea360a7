import type { Ns } from '../base/units';
import { TimedArrows, type ArrowRoute } from './arrowRoute';
import type { Arrow, MessageArrow } from './arrowTypes';
import { pairBroadcast, type BroadcastPair } from './broadcastPairing';
import type { Channel, ChannelEnd, Port } from './channelTypes';
import { messageArrow } from './messageRoute';
import type { Model } from './types';

/** The broadcasts that one member got from another one. */
export class BroadcastRoute implements ArrowRoute {
  readonly from: string;
  readonly to: string;
  private readonly times: TimedArrows;

  constructor(
    readonly directionId: string,
    private readonly sender: Port,
    private readonly receiver: Port,
    private readonly pair: BroadcastPair,
  ) {
    this.from = sender.threadId;
    this.to = receiver.threadId;
    const [sends, receives] = [sender.sending.columns, receiver.receiving.columns];
    const pairs: { start: Ns; end: Ns; ref: number }[] = [];
    pair.sendPlaces.forEach((sendPlace, ref) => {
      const receivePlace = pair.receivePlaces[ref] ?? -1;
      if (receivePlace < 0 || sends === null || receives === null) return;
      pairs.push({ start: sends.time(sendPlace), end: receives.time(receivePlace), ref });
    });
    this.times = new TimedArrows(pairs);
  }

  count(from: Ns, to: Ns): number {
    return this.times.count(from, to);
  }

  visit(model: Model, from: Ns, to: Ns, visit: (arrow: Arrow) => boolean): void {
    this.times.visit(from, to, (ref) => this.show(model, ref, visit));
  }

  visitEnds(model: Model, at: 'from' | 'to', start: Ns, end: Ns, visit: (arrow: Arrow) => boolean): void {
    this.times.visitEnds(at, start, end, (ref) => this.show(model, ref, visit));
  }

  countBefore(at: 'from' | 'to', time: Ns): number {
    return this.times.countBefore(at, time);
  }

  arrow(model: Model, number: number): MessageArrow | null {
    const { sendPlaces } = this.pair;
    const place = this.sender.sending.columns?.placeOfNumber(number) ?? 0;
    const ref = sendPlaces.indexOf(place);
    const found = ref < 0 ? null : this.arrowOf(model, ref);
    return found?.message.number === number ? found : null;
  }

  private show(model: Model, ref: number, visit: (arrow: Arrow) => boolean): boolean {
    const arrow = this.arrowOf(model, ref);
    return arrow === null || visit(arrow);
  }

  private arrowOf(model: Model, ref: number): MessageArrow | null {
    const { sender, receiver, pair } = this;
    const [sends, receives] = [sender.sending.columns, receiver.receiving.columns];
    const [sendPlace = -1, receivePlace = -1] = [pair.sendPlaces[ref], pair.receivePlaces[ref]];
    if (sends === null || receives === null || sendPlace < 0 || receivePlace < 0) return null;
    const number = sends.number(sendPlace);
    return messageArrow(model, {
      id: `message ${this.directionId} ${number}`,
      kind: 'broadcast',
      number,
      sender,
      sends,
      sendPlace,
      receiver,
      receives,
      receivePlace,
    });
  }
}

export function routesOfBroadcast(channel: Channel): BroadcastRoute[] {
  return (pairBroadcast(channel) ?? []).flatMap((pair) => {
    const [sender] = pair.sender.holders;
    const [receiver] = pair.receiver.holders;
    if (sender === undefined || receiver === undefined || pair.sendPlaces.length === 0) return [];
    const id = `${channel.id} ${nameOf(pair.sender)}>${nameOf(pair.receiver)}`;
    return [new BroadcastRoute(id, sender, receiver, pair)];
  });
}

function nameOf({ holders }: ChannelEnd): string {
  const [port] = holders;
  return port === undefined ? '' : `${port.log}:${port.number}`;
}

import { joinBuffers } from './bufferNodes';
import type { Channel, ChannelEnd, ChannelKind, Port, Transit } from './channelTypes';
import type { Half } from './rendezvous';
import type { Model } from './types';

/** What waits on a port that may never be placed is bounded like everything else a record can claim. */
const MAX_TRANSITS_WAITING = 10_000;

/** The channel with this id, made at its first mention with both of its ends: either may never be seen. */
export function ensureChannel(
  model: Model,
  id: string,
  kind: ChannelKind,
  callToken: string | null,
  name: string | null,
): Channel {
  const known = model.channels.get(id);
  if (known !== undefined) return known;
  const channel: Channel = { id, kind, callToken, name, ends: [] };
  if (kind !== 'broadcast') {
    addEnd(model, channel);
    addEnd(model, channel);
  }
  model.channels.set(id, channel);
  return channel;
}

export function addEnd(model: Model, channel: Channel): ChannelEnd {
  const end: ChannelEnd = { channel, serial: model.index.messages.nextSerial++, holders: [], revision: 0 };
  channel.ends.push(end);
  return end;
}

/** The other end of a channel of two. */
function peerOf(end: ChannelEnd): ChannelEnd | null {
  if (end.channel.kind === 'broadcast') return null;
  return end.channel.ends.find((other) => other !== end) ?? null;
}

/** The port is this end from the beginning. False if another one has that place: a log that contradicts others. */
export function placeFirst(model: Model, port: Port, end: ChannelEnd | undefined): boolean {
  if (end === undefined || end.holders.length > 0) return false;
  place(model, port, end);
  return true;
}

/** Something went by a message of `via`: found at its other end as soon as it is known what that is. */
export function passOn(model: Model, via: Port, transit: Transit): void {
  if (via.end !== null) {
    const found = announce(model, via, transit);
    if (found?.previous?.end != null) place(model, found, found.previous.end);
  } else if (via.waiting.length < MAX_TRANSITS_WAITING) {
    via.waiting.push(transit);
  }
}

/** Both halves of a handover under the same key make one port or one buffer of them. */
export function meet(model: Model, key: string, half: Half, subject: Transit['subject']): void {
  const next = matched(model, key, half, subject);
  if (next?.previous?.end != null) place(model, next, next.previous.end);
}

/** Places a port, all that it became by moving on, and all that was waiting for one of those to be placed. */
function place(model: Model, first: Port, end: ChannelEnd): void {
  // Not recursive: a recording may claim that ports went by ports that went by ports, any number of times.
  const pending = [{ port: first, end }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { port } = next;
    if (port.end !== null) continue;
    placeOne(model, port, next.end);
    if (port.next !== null) pending.push({ port: port.next, end: next.end });
    const { waiting } = port;
    port.waiting = [];
    for (const transit of waiting) {
      const found = announce(model, port, transit);
      if (found?.previous?.end != null) pending.push({ port: found, end: found.previous.end });
    }
  }
}

function placeOne(model: Model, port: Port, end: ChannelEnd): void {
  const { previous } = port;
  if (previous?.moved != null) {
    port.sentBefore = previous.sentBefore + previous.moved.sent;
    port.receivedBefore = previous.receivedBefore + previous.moved.received;
  }
  port.end = end;
  end.revision++;
  end.holders.push(port);
  model.index.messages.unplaced.delete(port);
}

/** Looks for the other half of what went by a placed port: the port that it turned out to become, if it was one. */
function announce(model: Model, via: Port, { half, message, index, subject }: Transit): Port | null {
  const sender = via.end === null || half === 'sent' ? via.end : peerOf(via.end);
  // A broadcast has many receivers, each with numbers of its own.
  if (sender === null || sender.channel.kind === 'broadcast') return null;
  const before = half === 'sent' ? via.sentBefore : via.receivedBefore;
  return matched(model, `${sender.serial}:${before + message}:${index}`, half, subject);
}

function matched(model: Model, key: string, half: Half, subject: Transit['subject']): Port | null {
  const { ports, buffers } = model.index.messages;
  if (subject.kind === 'buffer') {
    const met = buffers.meet(key, half, subject);
    if (met === null) return null;
    joinBuffers(met.sent, met.received);
    model.index.messages.sharedRevision++;
    return null;
  }
  const met = ports.meet(key, half, subject);
  if (met === null || met.sent.next !== null || met.received.previous !== null) return null;
  met.sent.next = met.received;
  met.received.previous = met.sent;
  return met.received;
}

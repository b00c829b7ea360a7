import { assertUnreachable } from '../base/assertUnreachable';
import type { Ns } from '../base/units';
import type { RecordOf } from '../trace/records';
import { Distribution, plausible } from './distribution';
import { ReceiveColumns, SendColumns } from './messageColumns';
import { addEnd, ensureChannel, meet, passOn, placeFirst } from './placePorts';
import type { ChannelKind, MessageIndex, Port } from './channelTypes';
import type { Model, SourceState } from './types';

export type MessageRecord = RecordOf<
  'port' | 'portMoved' | 'send' | 'receive' | 'handled' | 'traffic' | 'peerTraffic'
>;

/** Records of messages. Whatever a log says of one of its ports is kept there, also before it is known what it is. */
export function reduceMessages(model: Model, record: MessageRecord, sourceNumber: number): void {
  const source = model.index.sources.get(sourceNumber);
  // Every log begins with threadStart; a log without it says nothing that could be placed.
  if (source === undefined) return;
  const port = source.ports.get(record.port) ?? addPort(model, source, record.port);
  port.revision++;
  if (port.end !== null) port.end.revision++;
  switch (record.kind) {
    case 'port':
      reducePort(model, port, record, source);
      return;
    case 'portMoved':
      reduceMoved(model, port, record, source);
      return;
    case 'send':
      reduceSend(model.index.messages, port, record);
      return;
    case 'receive':
      reduceReceive(port, record);
      return;
    case 'handled': {
      const { receiving } = port;
      const duration = receiving.columns?.finish(record.message, record.time) ?? null;
      if (duration !== null) (receiving.durations ??= new Distribution()).add(duration);
      receiving.last = later(receiving.last, record.time);
      return;
    }
    case 'traffic':
      reduceTraffic(port, record);
      return;
    case 'peerTraffic':
      port.peer = { sent: record.sent, received: record.received };
      return;
    default:
      assertUnreachable(record);
  }
}

export function addPort(model: Model, source: SourceState, number: number): Port {
  const port: Port = {
    kind: 'port',
    log: source.uniqueName,
    number,
    threadId: source.thread.id,
    since: null,
    origin: null,
    location: null,
    end: null,
    sentBefore: 0,
    receivedBefore: 0,
    moved: null,
    peer: null,
    next: null,
    previous: null,
    waiting: [],
    revision: 0,
    sending: {
      total: 0,
      countedBytes: null,
      countedUpTo: 0,
      recordedBytes: 0,
      transferred: 0,
      transferredBytes: 0,
      first: null,
      last: null,
      durations: null,
      lines: null,
      columns: null,
    },
    receiving: { total: 0, first: null, last: null, durations: null, columns: null },
  };
  source.ports.set(number, port);
  model.index.messages.unplaced.add(port);
  return port;
}

/** Who it is an end of; other origins than these say that nobody knows. */
function reducePort(model: Model, port: Port, record: RecordOf<'port'>, source: SourceState): void {
  // Told twice: the first word counts.
  if (port.origin !== null) return;
  port.origin = record.origin;
  port.since = record.time;
  port.location = record.location;
  switch (record.origin) {
    case 'creator':
    case 'ipcParent':
      if (record.call === null) return;
      placeByCall(model, port, record.origin, `${source.log}#${record.call}`);
      return;
    case 'worker':
      placeByCall(model, port, record.origin, source.thread.callToken);
      return;
    case 'ipcChild':
      placeByCall(model, port, record.origin, source.process.callToken);
      return;
    case 'pair':
      if (record.peer === null || record.peer === record.port) return;
      placeInPair(model, port, record.peer);
      return;
    case 'broadcast': {
      const name = record.name ?? '';
      const id = `broadcast:${source.process.id}:${name}`;
      const channel = ensureChannel(model, id, 'broadcast', null, name);
      placeFirst(model, port, addEnd(model, channel));
      return;
    }
    case 'message':
      if (record.via === null || record.message === null || record.index === null) return;
      passOn(model, source.ports.get(record.via) ?? addPort(model, source, record.via), {
        half: 'received',
        message: record.message,
        index: record.index,
        subject: port,
      });
      return;
    case 'workerData': {
      const token = source.thread.callToken;
      if (token !== null && record.index !== null)
        meet(model, inWorkerData(token, record.index), 'received', port);
      return;
    }
  }
}

/** Which channel a call makes, and which of its ends this is. */
const ofCalls = {
  creator: { kind: 'worker', side: 0 },
  worker: { kind: 'worker', side: 1 },
  ipcParent: { kind: 'ipc', side: 0 },
  ipcChild: { kind: 'ipc', side: 1 },
} as const satisfies Record<string, { kind: ChannelKind; side: number }>;

function placeByCall(model: Model, port: Port, origin: keyof typeof ofCalls, token: string | null): void {
  if (token === null) return;
  const { kind, side } = ofCalls[origin];
  const channel = ensureChannel(model, `${kind}:${token}`, kind, token, null);
  placeFirst(model, port, channel.ends[side]);
}

function placeInPair(model: Model, port: Port, peer: number): void {
  const first = Math.min(port.number, peer);
  const channel = ensureChannel(
    model,
    `port:${port.log}:${first}:${Math.max(port.number, peer)}`,
    'port',
    null,
    null,
  );
  placeFirst(model, port, channel.ends[port.number === first ? 0 : 1]);
}

function reduceMoved(model: Model, port: Port, record: RecordOf<'portMoved'>, source: SourceState): void {
  if (port.moved !== null) return;
  port.moved = { time: record.time, sent: record.sent, received: record.received };
  port.sending.total = Math.max(port.sending.total, record.sent);
  port.receiving.total = Math.max(port.receiving.total, record.received);
  const { index } = record;
  if (record.call !== null) {
    meet(model, inWorkerData(`${source.log}#${record.call}`, index), 'sent', port);
  } else if (record.via !== null && record.message !== null) {
    const via = source.ports.get(record.via) ?? addPort(model, source, record.via);
    passOn(model, via, { half: 'sent', message: record.message, index, subject: port });
  }
}

function inWorkerData(token: string, index: number): string {
  return `workerData ${token} ${index}`;
}

function reduceSend(index: MessageIndex, { sending }: Port, record: RecordOf<'send'>): void {
  const { message, time } = record;
  if (message === 0) return;
  const location = record.location === null ? 0 : locationNumber(index, record.location);
  const bytes = plausible(record.bytes);
  const duration = plausible(record.duration);
  sending.columns ??= new SendColumns();
  if (!sending.columns.add(message, time, bytes, duration, location)) return;
  sending.total = Math.max(sending.total, message);
  if (message > sending.countedUpTo) sending.recordedBytes += bytes;
  sending.transferred += record.transferred;
  sending.transferredBytes += plausible(record.transferredBytes);
  (sending.durations ??= new Distribution()).add(duration);
  if (location !== 0) {
    sending.lines ??= new Map();
    sending.lines.set(location, (sending.lines.get(location) ?? 0) + 1);
  }
  sending.first = earlier(sending.first, time);
  sending.last = later(sending.last, time);
}

function reduceReceive({ receiving }: Port, record: RecordOf<'receive'>): void {
  const { message, time } = record;
  if (message === 0) return;
  const duration = record.duration === null ? null : plausible(record.duration);
  receiving.columns ??= new ReceiveColumns();
  if (!receiving.columns.add(message, time, duration)) return;
  receiving.total = Math.max(receiving.total, message);
  if (duration !== null) (receiving.durations ??= new Distribution()).add(duration);
  receiving.first = earlier(receiving.first, time);
  receiving.last = later(receiving.last, time + (duration ?? 0));
}

function reduceTraffic({ sending, receiving }: Port, record: RecordOf<'traffic'>): void {
  if (record.sent > sending.total) sending.last = later(sending.last, record.time);
  if (record.received > receiving.total) receiving.last = later(receiving.last, record.time);
  sending.total = Math.max(sending.total, record.sent);
  receiving.total = Math.max(receiving.total, record.received);
  if (record.sent < sending.countedUpTo) return;
  sending.countedUpTo = record.sent;
  sending.countedBytes = plausible(record.sentBytes);
  // Totals are written after the records they count.
  sending.recordedBytes = 0;
}

function locationNumber(index: MessageIndex, location: string): number {
  const known = index.locationNumbers.get(location);
  if (known !== undefined) return known;
  const number = index.locations.length;
  index.locations.push(location);
  index.locationNumbers.set(location, number);
  return number;
}

function earlier(one: Ns | null, other: Ns): Ns {
  return one === null ? other : Math.min(one, other);
}

function later(one: Ns | null, other: Ns): Ns {
  return one === null ? other : Math.max(one, other);
}

/** The lines of the Messages tab, made of the model's channels. Pure. */
import type { Bytes, Ns } from '../../src/base/units';
import { channelViews, type ChannelView, type Direction, type Figures } from '../../src/model/channels';
import type { SendingLine } from '../../src/model/channels';
import type { ChannelKind } from '../../src/model/channelTypes';
import { NONE, receivedSoFar, SendCursor } from '../../src/model/messageCursor';
import { processTitle, threadTitle } from '../../src/model/select';
import type { Model, Thread } from '../../src/model/types';

/** Messages one way, as the table shows them. */
export interface MessageRow {
  readonly id: string;
  readonly kind: ChannelKind;
  /** Of a BroadcastChannel. */
  readonly name: string | null;
  readonly from: MessageEnd;
  readonly to: MessageEnd;
  readonly sent: number;
  /** Null: nobody can tell. */
  readonly delivered: number | null;
  /** Sent and not delivered (yet). */
  readonly waiting: number | null;
  /** The receiver has ended: what waits will never be delivered. */
  readonly isTooLate: boolean;
  /** Since when the oldest of them waits, at least; null where that is not recorded. */
  readonly oldest: Ns | null;
  readonly bytes: Bytes | null;
  readonly bytesEstimated: boolean;
  readonly queue: Figures | null;
  readonly serialize: Figures | null;
  readonly handle: Figures | null;
  readonly lines: readonly SendingLine[];
  readonly recorded: number;
  readonly unrecorded: number;
  /** Equal for the rows that count the same broadcasts. */
  readonly senderKey: object;
}

export interface MessageEnd {
  /** Null: not known. */
  readonly threadId: string | null;
  readonly processId: string | null;
  readonly thread: string | null;
  readonly process: string | null;
}

/** In order of appearance. */
export function messageRows(model: Model): MessageRow[] {
  return channelViews(model).flatMap((channel) =>
    channel.directions.map((direction) => rowOf(model, channel, direction)),
  );
}

function rowOf(model: Model, channel: ChannelView, direction: Direction): MessageRow {
  const receiver = direction.to === null ? undefined : model.threads.get(direction.to);
  const isHeard = isReceiverHeard(channel, direction, receiver);
  const waiting = isHeard ? direction.waiting : null;
  const isTooLate =
    waiting !== null && waiting > 0 && (receiver === undefined ? model.ended : isOver(model, receiver));
  const { id, sent, bytes, bytesEstimated, queue, serialize, handle, lines, recorded, unrecorded } =
    direction;
  return {
    id,
    kind: channel.kind,
    name: channel.name,
    from: endOf(model, direction.from),
    to: endOf(model, direction.to),
    sent,
    delivered: isHeard ? direction.received : null,
    waiting,
    isTooLate,
    oldest: waiting === null || waiting === 0 || isTooLate ? null : oldestWaiting(direction),
    bytes,
    bytesEstimated,
    queue,
    serialize,
    handle,
    lines,
    recorded,
    unrecorded,
    senderKey: direction.sender,
  };
}

/** Of a receiver that is not observed from inside, nobody knows what reached it; of one that is still New, nothing did. */
function isReceiverHeard(
  { kind }: ChannelView,
  { receiver }: Direction,
  thread: Thread | undefined,
): boolean {
  if (kind === 'broadcast' || receiver.holders.length > 0) return true;
  return thread?.kind === 'worker' && thread.jsStart === null && thread.end === null;
}

function isOver(model: Model, thread: Thread): boolean {
  return thread.end !== null || model.ended;
}

/** When the first message that was not delivered was sent. */
function oldestWaiting({ sender, receiver }: Direction): Ns | null {
  // Who got which broadcast is told by times, not by numbers.
  if (sender.channel.kind === 'broadcast') return null;
  const cursor = new SendCursor(sender);
  cursor.seekMessage(receivedSoFar(receiver) + 1);
  if (cursor.message === NONE || cursor.message <= receivedSoFar(receiver)) return null;
  return cursor.columns?.time(cursor.place) ?? null;
}

function endOf(model: Model, threadId: string | null): MessageEnd {
  const thread = threadId === null ? undefined : model.threads.get(threadId);
  const process = thread === undefined ? undefined : model.processes.get(thread.processId);
  return {
    threadId: thread?.id ?? null,
    processId: process?.id ?? null,
    thread: thread === undefined ? null : threadTitle(thread),
    process: process === undefined ? null : processTitle(process),
  };
}

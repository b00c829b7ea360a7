import type { ChannelEnd } from './channelTypes';
import { Distribution } from './distribution';
import { NONE, ReceiveCursor, SendCursor, sentSoFar } from './messageCursor';

/** The messages of one direction whose sending and delivery are both recorded. */
export interface Paired {
  /** From the end of the sending call to the start of the handlers. */
  readonly queue: Distribution;
  /** From the start of the sending call. */
  readonly latency: Distribution;
}

interface Progress extends Paired {
  readonly receiver: ChannelEnd;
  readonly sends: SendCursor;
  readonly receives: ReceiveCursor;
  readonly rewrites: number;
}

/** How far the pairing of each sending end has come: a million messages are not paired anew twice a second. */
const progressOf = new WeakMap<ChannelEnd, Progress>();

/** Pairs sendings and deliveries by their numbers. */
export function pair(sender: ChannelEnd, receiver: ChannelEnd): Paired {
  const rewrites = rewritesOf(sender, receiver);
  // Most ports carry a message or two: nothing worth remembering.
  if (sentSoFar(sender) <= FEW_MESSAGES) return walkOn(begin(sender, receiver, rewrites));
  let progress = progressOf.get(sender);
  // A record that came out of turn may belong among those passed already.
  if (progress?.receiver !== receiver || progress.rewrites !== rewrites) {
    progressOf.set(sender, (progress = begin(sender, receiver, rewrites)));
  }
  return walkOn(progress);
}

const FEW_MESSAGES = 64;

function begin(sender: ChannelEnd, receiver: ChannelEnd, rewrites: number): Progress {
  return {
    receiver,
    sends: new SendCursor(sender),
    receives: new ReceiveCursor(receiver),
    rewrites,
    queue: new Distribution(),
    latency: new Distribution(),
  };
}

function walkOn(progress: Progress): Paired {
  const { sends, receives, queue, latency } = progress;
  for (;;) {
    const sent = sends.message;
    const received = receives.message;
    if (sent === NONE || received === NONE) return progress;
    if (sent === received) {
      const begun = sends.columns?.time(sends.place) ?? 0;
      const delivered = receives.columns?.time(receives.place) ?? 0;
      latency.add(delivered - begun);
      // Delivered on another core before the sending call had returned: it has not waited at all.
      queue.add(delivered - begun - (sends.columns?.duration(sends.place) ?? 0));
    }
    if (sent <= received) sends.advance();
    if (received <= sent) receives.advance();
  }
}

function rewritesOf(sender: ChannelEnd, receiver: ChannelEnd): number {
  let sum = 0;
  for (const { sending } of sender.holders) sum += sending.columns?.rewrites ?? 0;
  for (const { receiving } of receiver.holders) sum += receiving.columns?.rewrites ?? 0;
  return sum;
}

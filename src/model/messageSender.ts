import type { Port } from './channelTypes';

/** Who sent the message that is number `message` among those `port` received; null where that cannot be told. */
export function senderOf(port: Port, message: number): Port | null {
  const { end } = port;
  // Who sent which broadcast is told by times, not by numbers.
  if (end === null || end.channel.kind === 'broadcast') return null;
  const number = port.receivedBefore + message;
  const other = end.channel.ends.find((one) => one !== end);
  return (
    other?.holders.find(
      ({ sentBefore, moved }) => sentBefore < number && number <= sentBefore + (moved?.sent ?? Infinity),
    ) ?? null
  );
}

import assert from 'node:assert/strict';
import type { Report } from '../../src/model/report';

type ChannelKind = Report['channels'][number]['kind'];

export interface ChannelExpectation {
  readonly kinds: readonly ChannelKind[];
  /** Messages delivered on all channels of these kinds together, both ways. */
  readonly atLeast: number;
}

export function assertChannels({ channels, processes }: Report, expected: ChannelExpectation): void {
  const threads = new Set(processes.flatMap(({ threads }) => threads.map(({ id }) => id)));
  for (const { id, kind, from, to, sent, received } of channels) {
    const what = `${kind} channel ${id}, ${String(from)} to ${String(to)}`;
    for (const end of [from, to]) assert.ok(end === null || threads.has(end), `${what}: no such thread`);
    // What nobody was seen to send cannot have a sender whose messages were counted.
    if (from !== null && received !== null)
      assert.ok(received <= sent, `${what}: ${received} received, but only ${sent} sent`);
  }
  const chosen = channels.filter(({ kind }) => expected.kinds.includes(kind));
  const total = chosen.reduce((sum, { received }) => sum + (received ?? 0), 0);
  const seen = channels.map(({ kind, sent, received }) => `${kind} ${sent}/${String(received)}`).join(', ');
  assert.ok(
    total >= expected.atLeast,
    `${total} messages received instead of ${expected.atLeast} on ${expected.kinds.join(' and ')} channels: ${seen}`,
  );
}

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ToWebview } from '../../../src/protocol/messages';
import {
  encodeFrames,
  FrameReader,
  MAX_FRAME_BYTES,
  parseToWebview,
} from '../../../src/protocol/streamFrames';

/** Without the objects that have no prototype, which JSON does not give back. */
function record<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true });
}

const runId = fc.nat();
const host = record({
  kind: fc.constantFrom('vscode', 'browser'),
  title: fc.string({ unit: 'grapheme' }),
  canStop: fc.boolean(),
  canRestart: fc.boolean(),
  canOpenSource: fc.boolean(),
});
const status = fc.oneof(
  fc.constantFrom({ state: 'idle' }, { state: 'starting' }, { state: 'live' }),
  record({ state: fc.constant('ended'), problem: fc.option(fc.string()) }),
  record({ state: fc.constant('failed'), problem: fc.string() }),
);
const entry = fc.tuple(fc.string(), fc.option(fc.string()), fc.option(fc.string()));
const message = fc.oneof(
  record({ type: fc.constant('open'), runId, host }),
  record({ type: fc.constant('status'), runId, status }),
  record({ type: fc.constant('located'), runId, entries: fc.array(entry, { maxLength: 5 }) }),
  record({ type: fc.constant('bytes'), runId, bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }) }),
) as fc.Arbitrary<ToWebview>;

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function read(pieces: readonly Uint8Array[]): { messages: ToWebview[]; damaged: boolean } {
  const messages: ToWebview[] = [];
  const reader = new FrameReader((each) => messages.push(each));
  for (const piece of pieces) reader.push(piece);
  return { messages, damaged: reader.damaged };
}

describe('stream frames', () => {
  it('give the messages back, however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(message), fc.array(fc.nat(200)), (messages, cuts) => {
        let rest = joined(messages.flatMap(encodeFrames));
        const pieces = cuts.map((cut) => {
          const piece = rest.subarray(0, cut);
          rest = rest.subarray(cut);
          return piece;
        });
        assert.deepEqual(read([...pieces, rest]), { messages, damaged: false });
      }),
    );
  });

  it('never throw on anything else', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 64 })), (pieces) => {
        read(pieces);
      }),
    );
  });

  it('carry bytes of any length in frames of a bounded one', () => {
    const bytes = new Uint8Array(2.5 * MAX_FRAME_BYTES).map((_, index) => index * 7);
    const frames = encodeFrames({ type: 'bytes', runId: 3, bytes });
    assert.ok(frames.every((frame) => frame.length <= MAX_FRAME_BYTES + 4));
    const { messages } = read(frames);
    const parts = messages.map((each) => (each.type === 'bytes' ? each.bytes : new Uint8Array(0)));
    assert.equal(Buffer.compare(joined(parts), bytes), 0);
  });

  it('stop at an impossible length', () => {
    const { messages, damaged } = read([new Uint8Array(8).fill(255)]);
    assert.deepEqual(messages, []);
    assert.ok(damaged);
  });

  it('skip kinds and messages that this version does not know', () => {
    const unknownKind = Uint8Array.of(2, 0, 0, 0, 9, 1);
    const text = new TextEncoder().encode('{"type":"later","runId":1}');
    const unknownMessage = joined([Uint8Array.of(text.length + 1, 0, 0, 0, 0), text]);
    const known: ToWebview = { type: 'status', runId: 1, status: { state: 'live' } };
    assert.deepEqual(read([unknownKind, unknownMessage, ...encodeFrames(known)]).messages, [known]);
  });

  it('are not made of what is no message', () => {
    for (const value of [
      null,
      1,
      'open',
      {},
      { type: 'open', runId: 1 },
      { type: 'bytes', runId: 1, bytes: [1] },
      { type: 'located', runId: 1 },
      { type: 'located', runId: 1, entries: [['/a.js:1:1', null]] },
      { type: 'located', runId: 1, entries: [['/a.js:1:1', 1, null]] },
      { type: 'located', runId: 1, entries: [['/a.js:1:1', null, {}]] },
      { type: 'located', runId: 1, entries: [['x'.repeat(5000), null, null]] },
      { type: 'located', runId: 1, entries: Array(201).fill(['/a.js:1:1', null, null]) },
    ]) {
      assert.equal(parseToWebview(value), null);
    }
  });
});

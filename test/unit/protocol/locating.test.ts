import assert from 'node:assert/strict';
import fc from 'fast-check';
import { answersOf, MAX_LOCATIONS, parseEntries, type LocatedEntry } from '../../../src/protocol/locating';
import { parseFromWebview } from '../../../src/protocol/messages';
import { encodeFrames, MAX_FRAME_BYTES } from '../../../src/protocol/streamFrames';

/** Control characters: each is six characters of JSON. */
const text: fc.Arbitrary<string> = fc.oneof(
  fc.string(),
  fc.nat(6000).map((length) => '\u0001'.repeat(length)),
);
const optional: fc.Arbitrary<string | null> = fc.option(text, { nil: null });
const entry: fc.Arbitrary<LocatedEntry> = fc.tuple(
  fc.nat(4000).map((length) => '/'.repeat(length)),
  optional,
  optional,
);

describe('answers about locations', () => {
  it('are cut into parts that fit a frame and are understood, and lose no entry', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: MAX_LOCATIONS + 10 }), (entries) => {
        const answers = answersOf(entries);
        for (const part of answers) {
          assert.deepEqual(parseEntries(part), part);
          const [frame] = encodeFrames({ type: 'located', runId: 1, entries: part });
          assert.ok((frame?.length ?? Infinity) <= MAX_FRAME_BYTES);
        }
        assert.deepEqual(
          answers.flat().map(([generated]) => generated),
          entries.map(([generated]) => generated),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('leave out originals that are no paths', () => {
    assert.deepEqual(answersOf([['/a.js:1:1', 'x'.repeat(5000), 'why']]), [[['/a.js:1:1', null, null]]]);
    assert.deepEqual(answersOf([]), []);
  });
});

describe('questions about locations', () => {
  it('are taken when they are bounded lists of texts', () => {
    const question = { type: 'locate', locations: ['/a.js:1:1', ''] };
    assert.deepEqual(parseFromWebview(question), question);
    for (const locations of [undefined, null, '/a.js:1:1', [1], ['x'.repeat(5000)], Array(201).fill('')])
      assert.equal(parseFromWebview({ type: 'locate', locations }), null);
  });
});

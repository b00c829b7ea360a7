import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RECORD_HEADER_BYTES, type SourceStrings } from '../../../src/trace/format';
import { frequentDecoders } from '../../../src/trace/frequentRecords';
import { layoutsById } from '../../../src/trace/layouts';
import { decodeByLayout } from '../../../src/trace/reader';

const word = fc.oneof(
  fc.nat({ max: 0xffffffff }),
  // What stands for null, infinities and NaN, and the ids of strings.
  fc.constantFrom(0, 1, 2, 0xffffffff, 0x7ff00000, 0xfff00000, 0x7ff80000, 0x80000000),
);

describe('the decoders of frequent records', () => {
  const ids = frequentDecoders.flatMap((decoder, id) => (decoder === undefined ? [] : [id]));

  it('are there', () => {
    assert.deepEqual(ids.map((id) => layoutsById[id]?.kind).sort(), [
      'handled',
      'receive',
      'send',
      'threadSample',
      'tick',
    ]);
  });

  for (const id of ids) {
    const layout = layoutsById[id];
    it(`${layout?.kind}: what the layout says, whatever the bytes are`, () => {
      assert.ok(layout);
      const decode = frequentDecoders[id];
      const words = layout.size / 4 - RECORD_HEADER_BYTES / 4;
      const strings: SourceStrings = new Map([
        [1, 'one'],
        [2, 'two'],
      ]);
      fc.assert(
        fc.property(
          fc.array(word, { minLength: words, maxLength: words }),
          fc.nat({ max: 3 }),
          (body, shift) => {
            // Records lie at any multiple of 4.
            const at = 4 * shift;
            const view = new DataView(new ArrayBuffer(at + layout.size));
            body.forEach((value, index) => view.setUint32(at + RECORD_HEADER_BYTES + 4 * index, value, true));
            const expected = decodeByLayout(view, at, layout.size, layout, strings);
            assert.deepEqual(decode?.(view, at, strings), expected);
          },
        ),
      );
    });
  }
});

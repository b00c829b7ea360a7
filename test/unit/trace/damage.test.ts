import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chunkAt } from '../../../src/trace/chunks';
import {
  CHUNK_HEADER_BYTES,
  FILE_HEADER_BYTES,
  MAX_CHUNK_BYTES,
  SOURCE_TAG_BYTES,
} from '../../../src/trace/format';
import { readPayload } from '../../../src/trace/reader';
import type { TraceRecord } from '../../../src/trace/records';
import { frame } from '../../../src/trace/recording';
import { anyValue, records } from '../../support/arbitraryRecords';
import {
  chunkOf,
  cutAt,
  framed,
  readAll,
  recordingHeader,
  recordingOfChunks,
} from '../../support/recordings';

const anyRecord = records(anyValue(fc.string()));
const someChunks = fc.array(fc.array(anyRecord, { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 4,
});

/** Where each chunk ends in the recording that `recordingOfChunks` makes of these. */
function chunkEnds(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ends: number[] = [];
  for (let at = FILE_HEADER_BYTES; at < bytes.length;) {
    at += SOURCE_TAG_BYTES + CHUNK_HEADER_BYTES + view.getUint32(at + SOURCE_TAG_BYTES, true);
    ends.push(at);
  }
  return ends;
}

function recordsBefore(written: readonly TraceRecord[][], ends: readonly number[], offset: number) {
  return written.filter((_, index) => ends[index]! <= offset).flat();
}

function plain(bytes: Uint8Array, places: readonly number[] = []) {
  const { records: read, ...rest } = readAll(cutAt(bytes, places));
  return { ...rest, records: read.map(({ record }) => record) };
}

describe('a recording cut anywhere', () => {
  it('gives all whole chunks, and is no error', () => {
    const written = fc.sample(someChunks, { numRuns: 6, seed: 11 });
    for (const chunks of written) {
      const bytes = recordingOfChunks(chunks);
      const ends = chunkEnds(bytes);
      for (let length = FILE_HEADER_BYTES; length <= bytes.length; length++) {
        const { records: read, problem, unfinishedBytes } = plain(bytes.subarray(0, length));
        assert.equal(problem, null);
        assert.deepEqual(read, recordsBefore(chunks, ends, length));
        const lastEnd = Math.max(FILE_HEADER_BYTES, ...ends.filter((end) => end <= length));
        assert.equal(unfinishedBytes, length - lastEnd);
      }
    }
  });

  it('says so when not even the header is whole', () => {
    assert.deepEqual(readAll([]).problem, { offset: 0, problem: { kind: 'empty' } });
    for (let length = 1; length < FILE_HEADER_BYTES; length++) {
      const { problem } = readAll([recordingHeader.subarray(0, length)]);
      assert.deepEqual(problem, { offset: 0, problem: { kind: 'notThisFormat' } });
    }
    assert.equal(readAll([recordingHeader]).problem, null);
  });
});

describe('a recording with a changed bit', () => {
  it('gives what precedes the damage and nothing after it', () => {
    fc.assert(
      fc.property(
        someChunks,
        fc.nat(),
        fc.nat({ max: 7 }),
        fc.array(fc.nat(), { maxLength: 4 }),
        (chunks, place, bit, places) => {
          const bytes = recordingOfChunks(chunks);
          const at = FILE_HEADER_BYTES + (place % (bytes.length - FILE_HEADER_BYTES));
          const ends = chunkEnds(bytes);
          const begin = Math.max(FILE_HEADER_BYTES, ...ends.filter((end) => end <= at));
          bytes[at]! ^= 1 << bit;
          const { records: read, problem } = plain(bytes, places);
          // The tag says whose chunk it is; nothing else depends on it, so its damage may go unnoticed.
          if (at < begin + SOURCE_TAG_BYTES && problem === null) return;
          assert.deepEqual(read, recordsBefore(chunks, ends, begin));
          // A length that grew looks like a chunk whose end is still to come.
          if (problem !== null) assert.deepEqual(problem, { offset: begin, problem: { kind: 'damaged' } });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('in the header is no recording, or one of a newer version', () => {
    const bytes = recordingOfChunks([fc.sample(anyRecord, { numRuns: 2, seed: 3 })]);
    for (let at = 0; at < 12; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const damaged = bytes.slice();
        damaged[at]! ^= 1 << bit;
        const { records: read, problem } = plain(damaged);
        assert.deepEqual(read, []);
        assert.ok(
          problem?.problem.kind ===
            (at === 8 && bit === 0 ? 'notThisFormat' : at < 8 ? 'notThisFormat' : 'tooNew'),
        );
      }
    }
  });
});

describe('hostile bytes', () => {
  it('random ones are no recording', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
        const { records: read, problem } = readAll([bytes]);
        assert.deepEqual(read, []);
        assert.equal(problem?.problem.kind, 'notThisFormat');
      }),
    );
  });

  it('random ones after a header never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        assert.deepEqual(readAll([recordingHeader, bytes]).records, []);
      }),
    );
  });

  it('a payload of random words is bounds-checked', () => {
    const word = fc.oneof(fc.nat({ max: 64 }), fc.integer({ min: 0, max: 0xffff }));
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word), { maxLength: 60 }), (words) => {
        const payload = new Uint8Array(Uint16Array.from(words.flat()).buffer);
        readPayload(payload, new Map(), (record) => {
          for (const value of Object.values(record)) {
            const isPlain = value === null || ['string', 'boolean'].includes(typeof value);
            assert.ok(isPlain || Number.isFinite(value));
          }
        });
      }),
      { numRuns: 500 },
    );
  });

  it('a length that no chunk has is damage, before a byte of it is kept', () => {
    for (const length of [0, 1, 2, 3, 5, MAX_CHUNK_BYTES + 4, 0x7fffffff, 0xfffffffc, 0xffffffff]) {
      const header = new DataView(new ArrayBuffer(CHUNK_HEADER_BYTES));
      header.setUint32(0, length, true);
      assert.deepEqual(chunkAt(header, 0), { state: 'damaged' });
    }
  });

  it('a huge length that may be true keeps only what has arrived', () => {
    const chunk = new Uint8Array(CHUNK_HEADER_BYTES + 64);
    new DataView(chunk.buffer).setUint32(0, MAX_CHUNK_BYTES, true);
    const before = process.memoryUsage().arrayBuffers;
    const reading = readAll([recordingHeader, ...Array.from({ length: 50 }, () => frame(0, chunk))]);
    assert.equal(reading.records.length, 0);
    assert.equal(reading.unfinishedBytes, 50 * (SOURCE_TAG_BYTES + chunk.length));
    assert.ok(process.memoryUsage().arrayBuffers - before < 1_000_000);
  });

  it('an absurd source number is damage', () => {
    const chunk = chunkOf([{ kind: 'runEnd', time: 1 }]);
    for (const source of [0x7fffffff, 0xffffffff]) {
      const { records: read, problem } = readAll([framed([chunk]), frame(source, chunk)]);
      assert.equal(read.length, 1);
      assert.equal(problem?.problem.kind, 'damaged');
    }
  });

  it('nothing is read after damage, also when more arrives later', () => {
    const chunk = chunkOf([{ kind: 'runEnd', time: 1 }]);
    const damaged = chunk.slice();
    damaged[damaged.length - 1]! ^= 1;
    const { records: read } = readAll([framed([chunk, damaged]), frame(0, chunk), frame(0, chunk)]);
    assert.equal(read.length, 1);
  });
});

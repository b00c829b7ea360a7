import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MAX_STRING_BYTES } from '../../../src/trace/format';
import { readPayload } from '../../../src/trace/reader';
import type { TraceRecord } from '../../../src/trace/records';
import { CHUNK_HEADER_BYTES } from '../../../src/trace/format';
import { layouts } from '../../../src/trace/layouts';
import { ChunkWriter } from '../../../src/trace/writer';
import { anyValue, recordKinds, records } from '../../support/arbitraryRecords';
import { chunkOf, cutAt, framed, readAll, recordingOfChunks } from '../../support/recordings';

/** Lone surrogates have no UTF-8 form: they come back as U+FFFD. */
const text = fc
  .oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('', '\0', '…'))
  .map((value) => value.replace(/^\ufeff/, ''));

const anyRecord = records(anyValue(text));
const chunks = fc.array(fc.array(anyRecord, { minLength: 1, maxLength: 5 }), { maxLength: 5 });

function decode(records: readonly TraceRecord[]): TraceRecord[] {
  const result: TraceRecord[] = [];
  const payload = chunkOf(records).subarray(CHUNK_HEADER_BYTES);
  const summary = readPayload(payload, new Map(), (record) => result.push(record));
  assert.deepEqual(summary, { unknown: 0, malformed: false });
  return result;
}

function notice(detail: string): TraceRecord {
  return { kind: 'notice', time: 0, code: '', detail };
}

function decodeText(value: string): string {
  const [record] = decode([notice(value)]);
  assert.equal(record?.kind, 'notice');
  return record.detail ?? 'null';
}

describe('what is written is read', () => {
  for (const kind of recordKinds) {
    it(`${kind} records, whatever their fields hold`, () => {
      fc.assert(
        fc.property(fc.array(records(anyValue(text), [kind]), { maxLength: 4 }), (written) => {
          assert.deepEqual(decode(written), written);
        }),
      );
    });
  }

  it('records of all kinds in several chunks, however the bytes arrive', () => {
    fc.assert(
      fc.property(chunks, fc.array(fc.nat(), { maxLength: 20 }), (written, places) => {
        const { records, problem, unfinishedBytes } = readAll(cutAt(recordingOfChunks(written), places));
        assert.equal(problem, null);
        assert.equal(unfinishedBytes, 0);
        assert.deepEqual(
          records.map(({ record }) => record),
          written.flat(),
        );
      }),
    );
  });

  it('a recording that arrives byte by byte', () => {
    const written = fc.sample(anyRecord, { numRuns: 20, seed: 7 });
    const bytes = recordingOfChunks([written.slice(0, 10), written.slice(10)]);
    const { records } = readAll(Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)));
    assert.deepEqual(
      records.map(({ record }) => record),
      written,
    );
  });

  it('a text that begins with a byte order mark', () => {
    assert.equal(decodeText('\ufeffname'), '\ufeffname');
  });

  it('strings of several sources do not mix', () => {
    const first = chunkOf([notice('one')]);
    const second = chunkOf([notice('two')]);
    assert.deepEqual(
      readAll([framed([first]), new Uint8Array([9, 0, 0, 0]), second]).records.map(({ source, record }) => [
        source,
        record.kind === 'notice' && record.detail,
      ]),
      [
        [0, 'one'],
        [9, 'two'],
      ],
    );
  });

  it('a writer whose string table began anew', () => {
    const writer = new ChunkWriter(layouts);
    const written = Array.from({ length: 10_050 }, (_, index) => notice(`text ${index % 10_025}`));
    const pieces = written.map((record) => chunkOf([record], 1, writer));
    assert.deepEqual(
      readAll([framed(pieces)]).records.map(({ record }) => record),
      written,
    );
  });
});

describe('long strings', () => {
  const units = ['a', 'é', '€', '😀', '\u0000', '…', '\ud800'];
  const long = fc
    .array(fc.tuple(fc.constantFrom(...units), fc.nat({ max: 4000 })), { minLength: 1, maxLength: 6 })
    .map((runs) => runs.map(([unit, count]) => unit.repeat(count)).join(''));

  it('are cut at 8192 bytes, between two characters, and end in "…"', () => {
    fc.assert(
      fc.property(long, (value) => {
        const wellFormed = Buffer.from(value).toString();
        const read = decodeText(value);
        if (Buffer.byteLength(wellFormed) <= MAX_STRING_BYTES) {
          assert.equal(read, wellFormed);
          return;
        }
        assert.ok(read.endsWith('…'));
        assert.ok(wellFormed.startsWith(read.slice(0, -1)), 'it is the beginning of the text, unchanged');
        const bytes = Buffer.byteLength(read);
        assert.ok(bytes <= MAX_STRING_BYTES && bytes > MAX_STRING_BYTES - 4, `${bytes} bytes`);
      }),
    );
  });

  for (const [unit, bytes] of [
    ['a', 1],
    ['é', 2],
    ['€', 3],
    ['😀', 4],
  ] as const) {
    it(`of ${bytes}-byte characters, around the limit`, () => {
      const fitting = Math.floor(MAX_STRING_BYTES / bytes);
      assert.equal(decodeText(unit.repeat(fitting)), unit.repeat(fitting));
      const cut = decodeText(unit.repeat(fitting + 1));
      assert.equal(cut, `${unit.repeat(Math.floor((MAX_STRING_BYTES - 3) / bytes))}…`);
    });
  }

  it('of a hundred million characters cost no more than what is kept', () => {
    const before = process.memoryUsage().arrayBuffers;
    assert.equal(decodeText('x'.repeat(100_000_000)).length, MAX_STRING_BYTES - 2);
    assert.ok(process.memoryUsage().arrayBuffers - before < 4_000_000);
  });
});

describe('a chunk', () => {
  it('is never larger than readers accept, however much is added before it is taken', () => {
    // A first look at 400 processes with long command lines.
    const writer = new ChunkWriter(layouts);
    const written = Array.from({ length: 400 }, (_, index) => notice(`${index} `.padEnd(8000, 'x')));
    const bytes = framed([chunkOf(written, 1, writer)]);
    const { records, problem } = readAll([bytes]);
    assert.equal(problem, null);
    assert.equal(records.length, written.length);
  });

  it('is null when nothing was added', () => {
    const writer = new ChunkWriter(layouts);
    assert.equal(writer.takeChunk(1), null);
    assert.equal(writer.pendingBytes, 0);
    writer.add('runEnd', { time: 1 });
    assert.notEqual(writer.pendingBytes, 0);
    assert.equal(writer.takeChunk(1)?.length, CHUNK_HEADER_BYTES + 12);
    assert.equal(writer.takeChunk(1), null);
  });
});

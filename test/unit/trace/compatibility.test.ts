import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checksum } from '../../../src/trace/checksum';
import {
  CHECKED_FROM,
  CHUNK_HEADER_BYTES,
  encodeFileHeader,
  FORMAT_VERSION,
  LOG_MAGIC,
  RECORDING_MAGIC,
  STRING_RECORD_ID,
  type SourceStrings,
} from '../../../src/trace/format';
import { readFileHeader } from '../../../src/trace/fileHeader';
import { readPayload } from '../../../src/trace/reader';
import { recordSchemas, type RecordKind, type TraceRecord } from '../../../src/trace/records';
import type { FieldType } from '../../../src/trace/schema';
import { anyValue, recordKinds, records } from '../../support/arbitraryRecords';
import { chunkOf, framed, readAll } from '../../support/recordings';

const anyRecord = records(anyValue(fc.string()));

const eightBytes = new Set<FieldType>(['f64', 'f64?', 'ns', 'ns?', 'bytes']);

/** The layout as the format documents it; not the code's own, so that a change of that is noticed. */
function layoutOf(kind: RecordKind) {
  let size = 4;
  const fields = Object.entries<FieldType>(recordSchemas[kind].fields).map(([name, type]) => {
    const offset = size;
    size += eightBytes.has(type) ? 8 : 4;
    return { name, type, offset };
  });
  return { fields, size };
}

/** One record as bytes, the definitions of its strings split off. */
function encode(record: TraceRecord): { strings: SourceStrings; bytes: Uint8Array } {
  const payload = chunkOf([record]).slice(CHUNK_HEADER_BYTES);
  const strings: SourceStrings = new Map();
  readPayload(payload, strings, () => undefined);
  return { strings, bytes: payload.slice(payload.length - layoutOf(record.kind).size) };
}

function resized(bytes: Uint8Array, size: number): Uint8Array {
  const copy = new Uint8Array(size).fill(0xab);
  copy.set(bytes.subarray(0, size));
  new DataView(copy.buffer).setUint16(2, size, true);
  return copy;
}

function decodeOne(bytes: Uint8Array, strings: SourceStrings): TraceRecord {
  const read: TraceRecord[] = [];
  assert.deepEqual(
    readPayload(bytes, strings, (record) => read.push(record)),
    { unknown: 0, malformed: false },
  );
  assert.equal(read.length, 1);
  return read[0]!;
}

const absent: Record<FieldType, unknown> = {
  u32: 0,
  'u32?': null,
  'i32?': null,
  f64: 0,
  'f64?': null,
  ns: 0,
  'ns?': null,
  bytes: 0,
  bool: false,
  str: '',
  'str?': null,
};

/** A whole chunk around a payload made by hand. */
function chunkAround(payload: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(CHUNK_HEADER_BYTES + payload.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, payload.length, true);
  chunk.set(payload, CHUNK_HEADER_BYTES);
  view.setUint32(4, checksum(view, CHECKED_FROM, chunk.length - CHECKED_FROM), true);
  return chunk;
}

function unknownRecord(id: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size).fill(0xcd);
  new DataView(bytes.buffer).setUint16(0, id, true);
  new DataView(bytes.buffer).setUint16(2, size, true);
  return bytes;
}

describe('records of another version', () => {
  it('shorter (older) ones read as not known from where they end', () => {
    fc.assert(
      fc.property(anyRecord, fc.nat(), (record, cut) => {
        const { fields, size } = layoutOf(record.kind);
        const shorter = 4 * (1 + (cut % (size / 4)));
        const { strings, bytes } = encode(record);
        const read = decodeOne(resized(bytes, shorter), strings) as unknown as Record<string, unknown>;
        const written = record as unknown as Record<string, unknown>;
        for (const [index, field] of fields.entries()) {
          const end = fields[index + 1]?.offset ?? size;
          assert.deepEqual(read[field.name], end <= shorter ? written[field.name] : absent[field.type]);
        }
      }),
    );
  });

  it('longer (newer) ones are read as far as they are known', () => {
    fc.assert(
      fc.property(anyRecord, fc.integer({ min: 1, max: 200 }), (record, words) => {
        const { strings, bytes } = encode(record);
        assert.deepEqual(decodeOne(resized(bytes, bytes.length + 4 * words), strings), record);
      }),
    );
  });

  it('unknown kinds are skipped and counted', () => {
    const known = new Set([STRING_RECORD_ID, ...recordKinds.map((kind) => recordSchemas[kind].id)]);
    const id = fc.integer({ min: 0, max: 0xffff }).filter((candidate) => !known.has(candidate));
    const strangers = fc.array(fc.tuple(id, fc.integer({ min: 1, max: 100 })), { maxLength: 5 });
    fc.assert(
      fc.property(strangers, anyRecord, strangers, (before, record, after) => {
        const around = (list: typeof before) => list.map(([kind, words]) => unknownRecord(kind, 4 * words));
        const own = chunkOf([record]).subarray(CHUNK_HEADER_BYTES);
        const chunk = chunkAround(Buffer.concat([...around(before), own, ...around(after)]));
        const { records: read, unknownRecords, problem } = readAll([framed([chunk])]);
        assert.equal(problem, null);
        assert.equal(unknownRecords, before.length + after.length);
        assert.deepEqual(
          read.map((entry) => entry.record),
          [record],
        );
      }),
    );
  });

  it('a string that nobody defined is empty, the rest of the record is kept', () => {
    const { bytes } = encode({ kind: 'notice', time: 5, code: 'x', detail: 'y' });
    assert.deepEqual(decodeOne(bytes, new Map()), { kind: 'notice', time: 5, code: '', detail: '' });
  });

  for (const [what, payload] of [
    ['a record longer than its chunk', unknownRecord(999, 12).subarray(0, 8)],
    ['a record of no size', new Uint8Array(8)],
    ['a string longer than its record', new Uint8Array([1, 0, 12, 0, 1, 0, 0, 0, 99, 0, 0, 0])],
    ['a string without its header', new Uint8Array([1, 0, 8, 0, 1, 0, 0, 0])],
  ] as const) {
    it(`${what} is damage`, () => {
      const { records: read, problem } = readAll([framed([chunkAround(payload)])]);
      assert.deepEqual(read, []);
      assert.equal(problem?.problem.kind, 'damaged');
    });
  }
});

describe('the file header', () => {
  it('tells versions', () => {
    const bytes = encodeFileHeader(LOG_MAGIC);
    assert.deepEqual(readFileHeader(bytes, LOG_MAGIC), { ok: true, value: FORMAT_VERSION });
    new DataView(bytes.buffer).setUint32(8, FORMAT_VERSION + 41, true);
    assert.deepEqual(readFileHeader(bytes, LOG_MAGIC), {
      ok: false,
      error: { kind: 'tooNew', version: FORMAT_VERSION + 41, supported: FORMAT_VERSION },
    });
  });

  it('tells logs from recordings', () => {
    assert.equal(readFileHeader(encodeFileHeader(LOG_MAGIC), RECORDING_MAGIC).ok, false);
    assert.equal(readFileHeader(encodeFileHeader(RECORDING_MAGIC), LOG_MAGIC).ok, false);
  });
});

describe('the record schemas', () => {
  it('give every kind an id of its own', () => {
    const ids = [STRING_RECORD_ID, ...recordKinds.map((kind) => recordSchemas[kind].id)];
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.every((id) => Number.isInteger(id) && id > 0 && id <= 0xffff));
  });

  it('lay every record out as documented: fields in their order, packed, after a header of 4 bytes', () => {
    for (const record of fc.sample(anyRecord, { numRuns: 200, seed: 5 })) {
      const { bytes } = encode(record);
      const view = new DataView(bytes.buffer);
      assert.equal(view.getUint16(0, true), recordSchemas[record.kind].id);
      assert.equal(view.getUint16(2, true), bytes.length);
    }
  });
});

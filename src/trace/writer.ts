import { assertUnreachable } from '../base/assertUnreachable';
import type { Ns } from '../base/units';
import { encodeUtf8 } from '../base/utf8';
import { checksum } from './checksum';
import {
  CHECKED_FROM,
  CHUNK_HEADER_BYTES,
  MAX_STRING_BYTES,
  RECORD_HEADER_BYTES,
  STRING_RECORD_ID,
} from './format';
import { NULL_I32, NULL_U32, type FieldLayout, type RecordLayout } from './layout';
import type { RecordFields, RecordKind } from './records';

const STRING_HEADER_BYTES = RECORD_HEADER_BYTES + 8;
/** Beyond this a writer's string table starts anew, so that endless new strings don't grow it without bound. */
const MAX_TABLE_STRINGS = 10_000;

/**
 * Encodes records of one source into chunks. Records collect until `takeChunk`, which returns them as one
 * whole chunk, ready to be written by a single call.
 */
export class ChunkWriter<Kinds extends RecordKind = RecordKind> {
  private readonly layouts: Readonly<Record<Kinds, RecordLayout>>;
  private bytes = new Uint8Array(4096);
  private view = new DataView(this.bytes.buffer);
  private end = CHUNK_HEADER_BYTES;
  private records = 0;
  /** Ids of strings; an object without a prototype has no method that a program could have replaced. */
  private ids = emptyTable();
  private idCount = 0;
  private lastId = 0;
  /** Ids of the strings of the record being added, by field. */
  private readonly references: number[] = [];

  /** `layouts` are those of the kinds it will be given. */
  constructor(layouts: Readonly<Record<Kinds, RecordLayout>>) {
    this.layouts = layouts;
  }

  /** Bytes of the chunk under way, its header included. */
  get pendingBytes(): number {
    return this.end === CHUNK_HEADER_BYTES ? 0 : this.end;
  }

  /** Records of the chunk under way. */
  get pendingRecords(): number {
    return this.records;
  }

  add<K extends Kinds>(kind: K, fields: RecordFields<K>): void {
    const layout = this.layouts[kind];
    const values = fields as Readonly<Record<string, unknown>>;
    // Strings first: their records must precede the one that uses them.
    // No iterator is used in here, nor in what it calls: in a program under observation they may be the program's own.
    const refs = this.references;
    for (let index = 0; index < layout.fields.length; index++) {
      const { type, name } = layout.fields[index] as FieldLayout;
      if (type !== 'str' && type !== 'str?') continue;
      const value = values[name];
      refs[index] = typeof value === 'string' ? this.reference(value) : 0;
    }
    this.records++;
    const start = this.reserve(layout.size);
    this.view.setUint16(start, layout.id, true);
    this.view.setUint16(start + 2, layout.size, true);
    for (let index = 0; index < layout.fields.length; index++) {
      const field = layout.fields[index] as FieldLayout;
      const isString = field.type === 'str' || field.type === 'str?';
      this.setField(start + field.offset, field, isString ? refs[index] : values[field.name]);
    }
  }

  /** The records added since the last call, as one chunk written at `time`; null if there are none. */
  takeChunk(time: Ns): Uint8Array | null {
    if (this.end === CHUNK_HEADER_BYTES) return null;
    const length = this.end - CHUNK_HEADER_BYTES;
    this.view.setUint32(0, length, true);
    this.view.setFloat64(CHECKED_FROM, time, true);
    this.view.setUint32(4, checksum(this.view, CHECKED_FROM, this.end - CHECKED_FROM), true);
    const chunk = this.bytes.slice(0, this.end);
    this.end = CHUNK_HEADER_BYTES;
    this.records = 0;
    return chunk;
  }

  private setField(at: number, field: FieldLayout, value: unknown): void {
    const number = typeof value === 'number' ? value : null;
    switch (field.type) {
      case 'u32':
      case 'u32?':
        this.view.setUint32(at, number ?? NULL_U32, true);
        return;
      case 'i32?':
        this.view.setInt32(at, number ?? NULL_I32, true);
        return;
      case 'str':
      case 'str?':
        this.view.setUint32(at, number ?? 0, true);
        return;
      case 'bool':
        this.view.setUint32(at, value === true ? 1 : 0, true);
        return;
      case 'f64':
      case 'f64?':
      case 'ns':
      case 'ns?':
      case 'bytes':
        this.view.setFloat64(at, number ?? NaN, true);
        return;
      default:
        assertUnreachable(field.type);
    }
  }

  private reference(text: string): number {
    const known = this.ids[text];
    if (known !== undefined) return known;
    if (this.idCount >= MAX_TABLE_STRINGS) {
      this.ids = emptyTable();
      this.idCount = 0;
    }
    const id = ++this.lastId;
    const bytes = encodeBounded(text);
    const size = STRING_HEADER_BYTES + ((bytes.length + 3) & ~3);
    const start = this.reserve(size);
    this.view.setUint16(start, STRING_RECORD_ID, true);
    this.view.setUint16(start + 2, size, true);
    this.view.setUint32(start + 4, id, true);
    this.view.setUint32(start + 8, bytes.length, true);
    this.bytes.set(bytes, start + STRING_HEADER_BYTES);
    // A huge string isn't worth keeping as a key only to recognise its next use.
    if (bytes.length < 1024) {
      this.ids[text] = id;
      this.idCount++;
    }
    return id;
  }

  /** Makes room for `size` zeroed bytes and returns where they start. */
  private reserve(size: number): number {
    const start = this.end;
    this.end += size;
    if (this.end > this.bytes.length) {
      const grown = new Uint8Array(Math.max(this.end, this.bytes.length * 2));
      grown.set(this.bytes.subarray(0, start));
      this.bytes = grown;
      this.view = new DataView(grown.buffer);
    } else {
      this.bytes.fill(0, start, this.end);
    }
    return start;
  }
}

function emptyTable(): Record<string, number | undefined> {
  return Object.create(null) as Record<string, number | undefined>;
}

function encodeBounded(text: string): Uint8Array {
  // Each UTF-16 unit takes at least one byte, so a longer text can't fit: don't encode a 100 MB string to find out.
  const bytes = encodeUtf8(text.length > MAX_STRING_BYTES ? text.slice(0, MAX_STRING_BYTES) : text);
  if (text.length <= MAX_STRING_BYTES && bytes.length <= MAX_STRING_BYTES) return bytes;
  let end = Math.min(bytes.length, MAX_STRING_BYTES - 3);
  // Not in the middle of a character: continuation bytes are 10xxxxxx.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  const cut = new Uint8Array(end + 3);
  cut.set(bytes.subarray(0, end));
  cut.set([0xe2, 0x80, 0xa6], end);
  return cut;
}

import { assertUnreachable } from '../base/assertUnreachable';
import { decodeUtf8 } from '../base/utf8';
import { frequentDecoders } from './frequentRecords';
import { RECORD_HEADER_BYTES, STRING_RECORD_ID, type SourceStrings } from './format';
import { NULL_I32, NULL_U32, sizeOf, type RecordLayout } from './layout';
import { layoutsById } from './layouts';
import type { TraceRecord } from './records';

/** What reading a payload came across besides records. */
export interface PayloadSummary {
  /** Records of kinds this version does not know: skipped. */
  readonly unknown: number;
  /** The payload was not made of whole records; those before the damage were visited. */
  readonly malformed: boolean;
}

/**
 * Visits the records of one chunk's payload in order. Bounds-checked against anything: the bytes may come from a
 * stranger. String records go into `strings` and are not visited.
 */
export function readPayload(
  payload: Uint8Array,
  strings: SourceStrings,
  visit: (record: TraceRecord) => void,
): PayloadSummary {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  let at = 0;
  let unknown = 0;
  while (at + RECORD_HEADER_BYTES <= payload.length) {
    const id = view.getUint16(at, true);
    const size = view.getUint16(at + 2, true);
    if (size < RECORD_HEADER_BYTES || size % 4 !== 0 || at + size > payload.length) {
      return { unknown, malformed: true };
    }
    const layout = layoutsById[id];
    if (id === STRING_RECORD_ID) {
      if (!defineString(view, payload, at, size, strings)) return { unknown, malformed: true };
    } else if (layout === undefined) {
      unknown++;
    } else {
      const decodeFrequent = size >= layout.size ? frequentDecoders[id] : undefined;
      visit(decodeFrequent?.(view, at, strings) ?? decodeByLayout(view, at, size, layout, strings));
    }
    at += size;
  }
  return { unknown, malformed: at !== payload.length };
}

function defineString(
  view: DataView,
  payload: Uint8Array,
  at: number,
  size: number,
  strings: SourceStrings,
): boolean {
  if (size < RECORD_HEADER_BYTES + 8) return false;
  const start = at + RECORD_HEADER_BYTES + 8;
  const length = view.getUint32(at + 8, true);
  if (start + length > at + size) return false;
  strings.set(view.getUint32(at + 4, true), decodeUtf8(payload.subarray(start, start + length)));
  return true;
}

/** Any record, also a shorter one of an older version. */
export function decodeByLayout(
  view: DataView,
  at: number,
  size: number,
  layout: RecordLayout,
  strings: SourceStrings,
): TraceRecord {
  const record: Record<string, unknown> = { kind: layout.kind };
  for (const field of layout.fields) {
    // A shorter record was written before this field existed.
    const present = field.offset + sizeOf(field.type) <= size;
    const offset = at + field.offset;
    switch (field.type) {
      case 'u32':
        record[field.name] = present ? view.getUint32(offset, true) : 0;
        break;
      case 'u32?': {
        const value = present ? view.getUint32(offset, true) : NULL_U32;
        record[field.name] = value === NULL_U32 ? null : value;
        break;
      }
      case 'i32?': {
        const value = present ? view.getInt32(offset, true) : NULL_I32;
        record[field.name] = value === NULL_I32 ? null : value;
        break;
      }
      case 'bool':
        record[field.name] = present && view.getUint32(offset, true) !== 0;
        break;
      case 'f64':
      case 'ns':
      case 'bytes':
        record[field.name] = present ? finiteOr(view.getFloat64(offset, true), 0) : 0;
        break;
      case 'f64?':
      case 'ns?':
        record[field.name] = present ? finiteOr(view.getFloat64(offset, true), null) : null;
        break;
      case 'str':
      case 'str?': {
        const id = present ? view.getUint32(offset, true) : 0;
        // An id that was never defined is damage; an empty text keeps the rest of the record usable.
        record[field.name] = id === 0 ? (field.type === 'str' ? '' : null) : (strings.get(id) ?? '');
        break;
      }
      default:
        assertUnreachable(field.type);
    }
  }
  // The layout is derived from the same schema as the type.
  return record as unknown as TraceRecord;
}

function finiteOr<T>(value: number, otherwise: T): number | T {
  return Number.isFinite(value) ? value : otherwise;
}

import { RECORD_HEADER_BYTES } from './format';
import type { RecordKind } from './records';
import type { FieldType, RecordSchema } from './schema';

/** Where a field lies in a record, in bytes from the record's start (its header included). */
export interface FieldLayout {
  readonly name: string;
  readonly type: FieldType;
  readonly offset: number;
}

export interface RecordLayout {
  readonly kind: RecordKind;
  readonly id: number;
  readonly fields: readonly FieldLayout[];
  /** Header included, a multiple of 4. */
  readonly size: number;
}

const fieldBytes: Record<FieldType, number> = {
  u32: 4,
  'u32?': 4,
  'i32?': 4,
  f64: 8,
  'f64?': 8,
  ns: 8,
  'ns?': 8,
  bytes: 8,
  bool: 4,
  str: 4,
  'str?': 4,
};

/** Stand for null. A f64 uses NaN and a string the id 0, which is never given out. */
export const NULL_U32 = 0xffffffff;
export const NULL_I32 = -0x80000000;

/** The layouts of some kinds of records: their fields in order, packed. */
export function layoutsOf<K extends RecordKind>(
  schemas: Readonly<Record<K, RecordSchema>>,
): Readonly<Record<K, RecordLayout>> {
  const layouts = {} as Record<K, RecordLayout>;
  for (const kind of Object.keys(schemas) as K[]) {
    const schema = schemas[kind];
    const fields: FieldLayout[] = [];
    let offset = RECORD_HEADER_BYTES;
    for (const name of Object.keys(schema.fields)) {
      const type = schema.fields[name] as FieldType;
      fields.push({ name, type, offset });
      offset += fieldBytes[type];
    }
    layouts[kind] = { kind, id: schema.id, fields, size: offset };
  }
  return layouts;
}

export function sizeOf(type: FieldType): number {
  return fieldBytes[type];
}

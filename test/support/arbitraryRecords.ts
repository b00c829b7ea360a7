import fc from 'fast-check';
import { recordSchemas, type RecordKind, type TraceRecord } from '../../src/trace/records';
import type { FieldType } from '../../src/trace/schema';

export const recordKinds = Object.keys(recordSchemas) as RecordKind[];

/** Makes the arbitrary for one field. */
export type FieldArbitrary = (type: FieldType, name: string, kind: RecordKind) => fc.Arbitrary<unknown>;

/** Records of the kinds given, each field made by `field`. */
export function records(field: FieldArbitrary, kinds: readonly RecordKind[] = recordKinds) {
  return fc.oneof(...kinds.map((kind) => recordOf(kind, field)));
}

function recordOf(kind: RecordKind, field: FieldArbitrary): fc.Arbitrary<TraceRecord> {
  const model: Record<string, fc.Arbitrary<unknown>> = { kind: fc.constant(kind) };
  const fields: Readonly<Record<string, FieldType>> = recordSchemas[kind].fields;
  for (const [name, type] of Object.entries(fields)) model[name] = field(type, name, kind);
  return fc.record(model, { noNullPrototype: true }) as unknown as fc.Arbitrary<TraceRecord>;
}

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
/** The greatest u32 and the least i32 stand for null in fields that may be null. */
const u32 = fc.integer({ min: 0, max: 0xffffffff });
const nonNullU32 = fc.integer({ min: 0, max: 0xfffffffe });
const nonNullI32 = fc.integer({ min: -0x7fffffff, max: 0x7fffffff });
const nullable = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => fc.option(value, { nil: null });

/** Any value that a field's type can hold. */
export function anyValue(text: fc.Arbitrary<string>): FieldArbitrary {
  const byType: Record<FieldType, fc.Arbitrary<unknown>> = {
    u32,
    'u32?': nullable(nonNullU32),
    'i32?': nullable(nonNullI32),
    f64: finite,
    'f64?': nullable(finite),
    ns: finite,
    'ns?': nullable(finite),
    bytes: finite,
    bool: fc.boolean(),
    str: text,
    'str?': nullable(text),
  };
  return (type) => byType[type];
}

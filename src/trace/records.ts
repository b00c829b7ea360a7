import { messageRecords } from './messageRecords';
import { probeRecords } from './probeRecords';
import { runRecords } from './runRecords';
import type { FieldType, FieldValues } from './schema';
import { systemRecords } from './systemRecords';

/**
 * Every kind of record, with the type of every field. This is the single source: the codec derives the byte
 * layout from it (fields in this order, packed) and TypeScript derives the record types.
 *
 * Compatibility: a kind's id and its fields' order never change; new fields go to the end, as nullable ones (an
 * older record is shorter and reads as null). New kinds take new ids; readers skip and count ids they don't know.
 */
export const recordSchemas = { ...probeRecords, ...messageRecords, ...systemRecords, ...runRecords } as const;

export type RecordKind = keyof typeof recordSchemas;

/** The fields of a record of kind K. */
export type RecordFields<K extends RecordKind> = {
  readonly [
    F in keyof (typeof recordSchemas)[K]['fields']
  ]: (typeof recordSchemas)[K]['fields'][F] extends infer T extends FieldType ? FieldValues[T] : never;
};

/** A decoded record; of a union of kinds, the union of their records. */
export type RecordOf<K extends RecordKind> = K extends RecordKind
  ? { readonly kind: K } & RecordFields<K>
  : never;

export type TraceRecord = RecordOf<RecordKind>;

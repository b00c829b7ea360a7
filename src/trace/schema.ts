import type { Bytes, Ns } from '../base/units';

export type FieldType =
  'u32' | 'u32?' | 'i32?' | 'f64' | 'f64?' | 'ns' | 'ns?' | 'bytes' | 'bool' | 'str' | 'str?';

/**
 * How a kind of record is described: its id, and the type of every field.
 *
 * Field types: `u32`, `i32`, `f64` are numbers, `ns` nanoseconds of CLOCK_MONOTONIC, `bytes` a size, `bool`,
 * `str` a string. A trailing `?` allows null, meaning "not known" (never zero).
 */
export interface RecordSchema {
  readonly id: number;
  readonly fields: Readonly<Record<string, FieldType>>;
}

export interface FieldValues {
  u32: number;
  'u32?': number | null;
  'i32?': number | null;
  f64: number;
  'f64?': number | null;
  ns: Ns;
  'ns?': Ns | null;
  bytes: Bytes;
  bool: boolean;
  str: string;
  'str?': string | null;
}

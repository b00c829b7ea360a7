/**
 * The on-disk contract, shared by the probe (which writes logs), the run (which copies them) and every reader.
 *
 *     log file        := "cviz-log" version:u32 reserved:u32 chunk*            one per thread, append-only
 *     recording file  := "cviz-rec" version:u32 reserved:u32 (source:u32 chunk)*
 *     chunk           := length:u32 checksum:u32 time:f64 payload[length]      length > 0, a multiple of 4
 *     payload         := record+
 *     record          := kind:u16 size:u16 body[size - 4]                      size a multiple of 4
 *
 * All numbers are little-endian. A recording holds the chunks of its sources unchanged, in the order in which
 * they arrived; `source` numbers are dense and start at 0. Strings are per source: a `string` record defines an
 * id before any record of the same source uses it. The kinds of records are in records.ts.
 *
 * `time` is when the chunk was written (nanoseconds of CLOCK_MONOTONIC): it never decreases within a source, and puts the
 * chunks of several sources into order. The checksum covers time and payload.
 *
 * A chunk is written by a single write call. A last chunk that is cut or does not match its checksum (the
 * process was killed while writing) is dropped without an error.
 */
export const LOG_MAGIC = 'cviz-log';
export const RECORDING_MAGIC = 'cviz-rec';

/**
 * Version notes (a reader accepts its own version and every older one, and refuses a newer one by name):
 * 1: first version.
 */
export const FORMAT_VERSION = 1;

export const FILE_HEADER_BYTES = 16;
export const CHUNK_HEADER_BYTES = 16;
/** The checksum covers what follows it. */
export const CHECKED_FROM = 8;
export const SOURCE_TAG_BYTES = 4;
export const RECORD_HEADER_BYTES = 4;

/** Id of the one record whose body is not fields: id:u32 byteLength:u32 utf8[byteLength], padded to 4. */
export const STRING_RECORD_ID = 1;

/** A longer length field can only be damage; it also bounds what a hostile file makes a reader allocate. */
export const MAX_CHUNK_BYTES = 1 << 24;

/** Longest string kept, in UTF-8 bytes; a longer one is cut and ends in "…". Must fit a record's u16 size. */
export const MAX_STRING_BYTES = 8192;

export function encodeFileHeader(magic: string): Uint8Array {
  const bytes = new Uint8Array(FILE_HEADER_BYTES);
  for (let i = 0; i < magic.length; i++) bytes[i] = magic.charCodeAt(i);
  new DataView(bytes.buffer).setUint32(8, FORMAT_VERSION, true);
  return bytes;
}

/** The strings one source has defined so far, by id. */
export type SourceStrings = Map<number, string>;

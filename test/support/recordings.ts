import { encodeFileHeader, RECORDING_MAGIC } from '../../src/trace/format';
import { frame, RecordingReader } from '../../src/trace/recording';
import type { TraceRecord } from '../../src/trace/records';
import { layouts } from '../../src/trace/layouts';
import { ChunkWriter } from '../../src/trace/writer';

export interface SourcedRecord {
  readonly source: number;
  readonly record: TraceRecord;
}

/** What a reader made of some bytes. */
export interface Reading {
  readonly records: readonly SourcedRecord[];
  readonly problem: RecordingReader['problem'];
  readonly unfinishedBytes: number;
  readonly unknownRecords: number;
}

export function addRecord(writer: ChunkWriter, record: TraceRecord): void {
  writer.add(record.kind, record);
}

export function chunkOf(
  records: readonly TraceRecord[],
  time = 1,
  writer = new ChunkWriter(layouts),
): Uint8Array {
  for (const record of records) addRecord(writer, record);
  return writer.takeChunk(time) ?? new Uint8Array(0);
}

export const recordingHeader = encodeFileHeader(RECORDING_MAGIC);

/** A recording of one source, a chunk for each list of records. */
export function recordingOfChunks(chunks: readonly (readonly TraceRecord[])[]): Uint8Array {
  const writer = new ChunkWriter(layouts);
  return framed(chunks.map((records) => chunkOf(records, 1, writer)));
}

/** A recording made of chunks as they are, all of source 0. */
export function framed(chunks: readonly Uint8Array[]): Uint8Array {
  // Not a Buffer, whose `slice` shares its bytes.
  return new Uint8Array(Buffer.concat([recordingHeader, ...chunks.map((chunk) => frame(0, chunk))]));
}

export function readAll(pieces: readonly Uint8Array[]): Reading {
  const records: SourcedRecord[] = [];
  const reader = new RecordingReader((record, source) => {
    records.push({ source, record });
  });
  for (const piece of pieces) reader.push(piece);
  reader.end();
  const { problem, unfinishedBytes, unknownRecords } = reader;
  return { records, problem, unfinishedBytes, unknownRecords };
}

/** The bytes cut at these places (any order, duplicates allowed, taken modulo the length). */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
  return [0, ...ends].map((start, index) => bytes.subarray(start, ends[index] ?? bytes.length));
}

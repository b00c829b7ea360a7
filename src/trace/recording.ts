import { chunkAt } from './chunks';
import {
  CHUNK_HEADER_BYTES,
  FILE_HEADER_BYTES,
  RECORDING_MAGIC,
  SOURCE_TAG_BYTES,
  type SourceStrings,
} from './format';
import { readFileHeader, type HeaderProblem } from './fileHeader';
import { readPayload } from './reader';
import type { TraceRecord } from './records';

/** A hostile recording may name any source number; real runs have a few thousand at most. */
const MAX_SOURCES = 1 << 20;

export interface RecordingProblem {
  /** Offset in the stream of the first byte that could not be read. */
  readonly offset: number;
  readonly problem: HeaderProblem | { readonly kind: 'damaged' };
}

/**
 * Reads a recording incrementally: push bytes as they arrive, get records. What follows damage is not read;
 * everything before it has been visited.
 */
export class RecordingReader {
  /** Records of kinds unknown to this version, so far. */
  unknownRecords = 0;
  problem: RecordingProblem | null = null;
  private rest = new Uint8Array(0);
  private offset = 0;
  private headerRead = false;
  private readonly strings = new Map<number, SourceStrings>();

  private readonly visit: (record: TraceRecord, source: number) => void;

  constructor(visit: (record: TraceRecord, source: number) => void) {
    this.visit = visit;
  }

  /** Bytes received that do not make a whole chunk yet. At the end of a file: the torn tail. */
  get unfinishedBytes(): number {
    return this.rest.length;
  }

  push(bytes: Uint8Array): void {
    if (this.problem !== null) return;
    const data = this.rest.length === 0 ? bytes : concatenate(this.rest, bytes);
    let at = 0;
    if (!this.headerRead) {
      if (data.length < FILE_HEADER_BYTES) {
        this.rest = data.slice();
        return;
      }
      const header = readFileHeader(data, RECORDING_MAGIC);
      if (!header.ok) {
        this.problem = { offset: 0, problem: header.error };
        return;
      }
      this.headerRead = true;
      at = FILE_HEADER_BYTES;
    }
    at = this.readFrames(data, at);
    this.offset += at;
    this.rest = data.slice(at);
  }

  /** Call when no more bytes will come: a file too short for a header is a problem only now. */
  end(): void {
    if (this.headerRead || this.problem !== null) return;
    const header = readFileHeader(this.rest, RECORDING_MAGIC);
    if (!header.ok) this.problem = { offset: 0, problem: header.error };
  }

  private readFrames(data: Uint8Array, start: number): number {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    let at = start;
    while (at + SOURCE_TAG_BYTES <= data.length) {
      const source = view.getUint32(at, true);
      const chunk = chunkAt(view, at + SOURCE_TAG_BYTES);
      if (chunk.state === 'unfinished') break;
      const payloadStart = at + SOURCE_TAG_BYTES + CHUNK_HEADER_BYTES;
      const end = chunk.state === 'whole' ? at + SOURCE_TAG_BYTES + chunk.bytes : 0;
      if (
        chunk.state === 'damaged' ||
        source > MAX_SOURCES ||
        !this.readChunk(source, data, payloadStart, end)
      ) {
        this.problem = { offset: this.offset + at, problem: { kind: 'damaged' } };
        break;
      }
      at = end;
    }
    return at;
  }

  private readChunk(source: number, data: Uint8Array, start: number, end: number): boolean {
    let strings = this.strings.get(source);
    if (strings === undefined) this.strings.set(source, (strings = new Map<number, string>()));
    const summary = readPayload(data.subarray(start, end), strings, (record) => {
      this.visit(record, source);
    });
    this.unknownRecords += summary.unknown;
    return !summary.malformed;
  }
}

/** A chunk tagged with its source, as it stands in a recording. */
export function frame(source: number, chunk: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(SOURCE_TAG_BYTES + chunk.length);
  new DataView(bytes.buffer).setUint32(0, source, true);
  bytes.set(chunk, SOURCE_TAG_BYTES);
  return bytes;
}

function concatenate(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

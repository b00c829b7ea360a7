import { checksum } from './checksum';
import type { Ns } from '../base/units';
import { CHECKED_FROM, CHUNK_HEADER_BYTES, MAX_CHUNK_BYTES } from './format';

/** What lies at an offset: a whole chunk of that many bytes (header included), an unfinished one, or damage. */
export type ChunkAt =
  | { readonly state: 'whole'; readonly bytes: number; readonly time: Ns }
  | { readonly state: 'unfinished' }
  | { readonly state: 'damaged' };

const UNFINISHED: ChunkAt = { state: 'unfinished' };
const DAMAGED: ChunkAt = { state: 'damaged' };

/** Checks the chunk that starts at `at`. `view` covers what has been read so far. */
export function chunkAt(view: DataView, at: number): ChunkAt {
  if (at + CHUNK_HEADER_BYTES > view.byteLength) return UNFINISHED;
  const length = view.getUint32(at, true);
  if (length === 0 || length % 4 !== 0 || length > MAX_CHUNK_BYTES) return DAMAGED;
  const end = at + CHUNK_HEADER_BYTES + length;
  if (end > view.byteLength) return UNFINISHED;
  const expected = view.getUint32(at + 4, true);
  const from = at + CHECKED_FROM;
  if (checksum(view, from, end - from) !== expected) return DAMAGED;
  return { state: 'whole', bytes: end - at, time: view.getFloat64(from, true) };
}

import { err, ok, type Result } from '../base/result';
import { FILE_HEADER_BYTES, FORMAT_VERSION, type LOG_MAGIC, type RECORDING_MAGIC } from './format';

/** Why a file cannot be read at all. The wording for people is made where it is shown. */
export type HeaderProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'notThisFormat' }
  | { readonly kind: 'tooNew'; readonly version: number; readonly supported: number };

/** Checks the first bytes of a log or recording; gives the version it was written with. */
export function readFileHeader(
  bytes: Uint8Array,
  magic: typeof LOG_MAGIC | typeof RECORDING_MAGIC,
): Result<number, HeaderProblem> {
  if (bytes.length === 0) return err({ kind: 'empty' });
  if (bytes.length < FILE_HEADER_BYTES) return err({ kind: 'notThisFormat' });
  for (let i = 0; i < magic.length; i++) {
    if (bytes[i] !== magic.charCodeAt(i)) return err({ kind: 'notThisFormat' });
  }
  const version = new DataView(bytes.buffer, bytes.byteOffset, FILE_HEADER_BYTES).getUint32(8, true);
  if (version > FORMAT_VERSION) return err({ kind: 'tooNew', version, supported: FORMAT_VERSION });
  if (version < 1) return err({ kind: 'notThisFormat' });
  return ok(version);
}

import { ok, type Result } from '../base/result';
import { loadRecording } from './loadRecording';

const FLUSH_LENGTH = 1 << 16;

/** `cviz dump`: every record, one a line: source, kind, fields as JSON. */
export function dump(file: string): Result<null> {
  let pending = '';
  const loaded = loadRecording(file, (record, source) => {
    const { kind, ...fields } = record;
    pending += `${source} ${kind} ${JSON.stringify(fields)}\n`;
    if (pending.length > FLUSH_LENGTH) {
      process.stdout.write(pending);
      pending = '';
    }
  });
  process.stdout.write(pending);
  if (!loaded.ok) return loaded;
  if (loaded.value.problem !== null) process.stderr.write(`cviz: ${loaded.value.problem}\n`);
  return ok(null);
}

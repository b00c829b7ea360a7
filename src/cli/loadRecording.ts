import { openSync, readSync, closeSync, statSync } from 'node:fs';
import { err, ok, type Result } from '../base/result';
import { assertUnreachable } from '../base/assertUnreachable';
import { RecordingReader, type RecordingProblem } from '../trace/recording';
import type { TraceRecord } from '../trace/records';

const PIECE_BYTES = 1 << 20;

export interface Loaded {
  /** What was wrong after the part that could be read; a sentence for the user. */
  readonly problem: string | null;
}

/** Reads a recording from a file. Fails, with a sentence for the user, when not even its beginning can be read. */
export function loadRecording(
  file: string,
  visit: (record: TraceRecord, source: number) => void,
): Result<Loaded> {
  let records = 0;
  const reader = new RecordingReader((record, source) => {
    records++;
    visit(record, source);
  });
  try {
    readPieces(file, (bytes) => {
      reader.push(bytes);
    });
  } catch (error) {
    return err(unreadable(file, error));
  }
  reader.end();
  if (reader.problem === null && records > 0 && reader.unfinishedBytes > 0) {
    return ok({ problem: `${file} is cut off in the middle of a record. Everything before that is shown.` });
  }
  if (reader.problem === null)
    return ok({ problem: records === 0 ? `${file} holds no records: nothing had been recorded yet.` : null });
  const sentence = explain(file, reader.problem);
  return records === 0 ? err(sentence) : ok({ problem: sentence });
}

function readPieces(file: string, push: (bytes: Uint8Array) => void): void {
  if (statSync(file).isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
  const fd = openSync(file, 'r');
  try {
    for (;;) {
      const buffer = Buffer.allocUnsafe(PIECE_BYTES);
      const bytes = readSync(fd, buffer, 0, PIECE_BYTES, null);
      if (bytes === 0) return;
      push(buffer.subarray(0, bytes));
    }
  } finally {
    closeSync(fd);
  }
}

function unreadable(file: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return `There is no recording ${file}. Check the path, or make one with: cviz record -o ${file} -- script.js`;
    case 'EISDIR':
      return `${file} is a folder. Give the path of a recording (.cviz).`;
    default:
      return `${file} cannot be read (${code ?? message}).`;
  }
}

function explain(file: string, { offset, problem }: RecordingProblem): string {
  switch (problem.kind) {
    case 'empty':
      return `${file} is empty: nothing was recorded. Record the program again.`;
    case 'notThisFormat':
      return `${file} is not a cviz recording. Make one with: cviz record -o FILE -- script.js`;
    case 'tooNew':
      return `${file} was made by a newer version (format ${problem.version}, this one reads up to ${problem.supported}). Update cviz to open it.`;
    case 'damaged':
      return `${file} is damaged at byte ${offset}. Everything before that is shown; record again to get the rest.`;
    default:
      return assertUnreachable(problem);
  }
}

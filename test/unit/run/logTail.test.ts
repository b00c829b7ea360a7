import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { LogTail } from '../../../src/run/logTail';
import { encodeFileHeader, LOG_MAGIC, MAX_CHUNK_BYTES } from '../../../src/trace/format';
import { chunkOf, cutAt } from '../../support/recordings';
import { temporaryFolder } from '../../support/temporaryFolder';

const FIRST_SOURCE = 2;
const header = encodeFileHeader(LOG_MAGIC);

function chunk(time: number, text = ''): Uint8Array {
  return chunkOf([{ kind: 'notice', time, code: text, detail: null }], time);
}

describe('LogTail', () => {
  const folder = temporaryFolder();
  let directory = '';
  let tail: LogTail;
  beforeEach(() => {
    directory = folder.file('run');
    mkdirSync(directory);
    tail = new LogTail(directory, FIRST_SOURCE);
  });
  afterEach(() => {
    tail.close();
  });

  function append(name: string, bytes: Uint8Array): void {
    appendFileSync(path.join(directory, name), bytes);
  }

  /** What the next read gives: source and time of each chunk, and its bytes. */
  function read() {
    const chunks: { source: number; time: number; bytes: Uint8Array }[] = [];
    const exists = tail.read((source, bytes, time) =>
      chunks.push({ source, time, bytes: Uint8Array.from(bytes) }),
    );
    return { exists, chunks, times: chunks.map(({ source, time }) => [source, time]) };
  }

  it('gives each chunk once, as it stands in the file', () => {
    append('1.log', header);
    append('1.log', chunk(1, 'one'));
    assert.deepEqual(read().chunks, [{ source: FIRST_SOURCE, time: 1, bytes: chunk(1, 'one') }]);
    assert.deepEqual(read().chunks, []);
    append('1.log', chunk(2));
    append('1.log', chunk(3));
    assert.deepEqual(read().times, [
      [FIRST_SOURCE, 2],
      [FIRST_SOURCE, 3],
    ]);
  });

  it('numbers logs in the order in which they are found, and never twice', () => {
    append('b.log', header);
    append('b.log', chunk(1));
    read();
    append('a.log', header);
    append('a.log', chunk(2));
    append('b.log', chunk(3));
    assert.deepEqual(
      new Map(read().times as [number, number][]),
      new Map([
        [2, 3],
        [3, 2],
      ]),
    );
  });

  it('finds a log made in the same tick of the clock as its last look', () => {
    read();
    append('late.log', header);
    const now = new Date();
    utimesSync(directory, now, now);
    append('late.log', chunk(1));
    assert.deepEqual(read().times, [[FIRST_SOURCE, 1]]);
  });

  it('takes no notice of other files', () => {
    append('recording.cviz', chunk(1));
    append('1.log.tmp', chunk(1));
    assert.deepEqual(read(), { exists: true, chunks: [], times: [] });
    assert.deepEqual(tail.takeDamaged(), []);
  });

  it('waits for the other half of a chunk, wherever it was cut', () => {
    const whole = Buffer.concat([header, chunk(1, 'first'), chunk(2, 'second €'), chunk(3)]);
    const name = (run: number): string => `${run}.log`;
    let run = 0;
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 8 }), (places) => {
        run++;
        const times: unknown[] = [];
        for (const piece of cutAt(whole, places)) {
          append(name(run), piece);
          times.push(...read().times.map(([, time]) => time));
        }
        assert.deepEqual(times, [1, 2, 3]);
      }),
      { numRuns: 60 },
    );
    assert.deepEqual(tail.takeDamaged(), []);
  });

  it('gives what precedes a damaged chunk, and tells once', () => {
    const damaged = chunk(2, 'x');
    damaged[20]! ^= 0xff;
    append('1.log', Buffer.concat([header, chunk(1), damaged, chunk(3)]));
    assert.deepEqual(read().times, [[FIRST_SOURCE, 1]]);
    assert.deepEqual(tail.takeDamaged(), ['1.log']);
    append('1.log', chunk(4));
    assert.deepEqual(read().times, []);
    assert.deepEqual(tail.takeDamaged(), []);
  });

  it('a damaged log does not harm the others', () => {
    append('1.log', new Uint8Array(500).fill(7));
    append('2.log', Buffer.concat([header, chunk(1)]));
    assert.deepEqual(read().times, [[FIRST_SOURCE + 1, 1]]);
    assert.deepEqual(tail.takeDamaged(), ['1.log']);
  });

  it('random bytes never throw', () => {
    let run = 0;
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, withHeader) => {
        append(`${++run}.log`, withHeader ? Buffer.concat([header, bytes]) : bytes);
        assert.deepEqual(read().times, []);
      }),
      { numRuns: 50 },
    );
  });

  it('reads more than a buffer at once', () => {
    const count = 60;
    const large = Array.from({ length: count }, (_, index) => chunk(index + 1, `${index}`.padEnd(8000, '.')));
    append('1.log', Buffer.concat([header, ...large]));
    assert.deepEqual(
      read().times.map(([, time]) => time),
      large.map((_, index) => index + 1),
    );
  });

  it('a chunk that claims the greatest length is waited for, not allocated', () => {
    const torn = new Uint8Array(1000);
    new DataView(torn.buffer).setUint32(0, MAX_CHUNK_BYTES, true);
    append('1.log', Buffer.concat([header, torn]));
    assert.deepEqual(read().times, []);
    assert.deepEqual(tail.takeDamaged(), []);
  });

  it('tells when the folder is gone, and still gives what open logs hold', () => {
    append('1.log', Buffer.concat([header, chunk(1)]));
    assert.equal(read().exists, true);
    append('1.log', chunk(2));
    rmSync(directory, { recursive: true });
    const { exists, times } = read();
    assert.equal(exists, false);
    assert.deepEqual(times, [[FIRST_SOURCE, 2]]);
    assert.equal(read().exists, false);
  });

  it('a log that cannot be opened is left out', () => {
    mkdirSync(path.join(directory, 'folder.log'));
    writeFileSync(path.join(directory, '1.log'), Buffer.concat([header, chunk(1)]));
    assert.deepEqual(
      read().times.map(([, time]) => time),
      [1],
    );
  });
});

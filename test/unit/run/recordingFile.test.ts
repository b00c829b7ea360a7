import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import fc from 'fast-check';
import type { RecordingBytes } from '../../../src/run/liveRun';
import { RecordingFile } from '../../../src/run/recordingFile';
import { FILE_HEADER_BYTES } from '../../../src/trace/format';
import { chunkOf, readAll } from '../../support/recordings';
import { temporaryFolder } from '../../support/temporaryFolder';

function chunk(time: number): Uint8Array {
  return chunkOf([{ kind: 'runEnd', time }], time);
}

describe('RecordingFile', () => {
  const folder = temporaryFolder();

  function create(): RecordingFile {
    const file = RecordingFile.create(folder.file('x.cviz'));
    assert.ok(file.ok);
    return file.value;
  }

  function recorded() {
    const { records, problem, unfinishedBytes } = readAll([readFileSync(folder.file('x.cviz'))]);
    assert.equal(problem, null);
    assert.equal(unfinishedBytes, 0);
    return records.map(({ source, record }) => [source, 'time' in record ? record.time : null]);
  }

  it('is a recording from the first moment, readable by its owner only', () => {
    const file = create();
    assert.deepEqual(recorded(), []);
    assert.equal(statSync(file.path).size, FILE_HEADER_BYTES);
    assert.equal(statSync(file.path).mode & 0o777, 0o600);
    file.close();
  });

  it('writes what is flushed together in the order of time', () => {
    const file = create();
    for (const [source, time] of [
      [5, 30],
      [2, 10],
      [3, 20],
    ] as const)
      file.add(source, chunk(time), time);
    assert.deepEqual(recorded(), []);
    file.flush();
    file.add(2, chunk(5), 5);
    file.flush();
    assert.deepEqual(recorded(), [
      [2, 10],
      [3, 20],
      [5, 30],
      [2, 5],
    ]);
    file.close();
  });

  it('keeps the order of chunks of the same time, so that of each source', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 5 }))), (chunks) => {
        const file = create();
        for (const [index, [source, time]] of chunks.entries()) file.add(source, chunk(index), time);
        file.flush();
        file.close();
        const expected = chunks
          .map(([source, time], index) => ({ source, time, index }))
          .sort((a, b) => a.time - b.time || a.index - b.index)
          .map(({ source, index }) => [source, index]);
        assert.deepEqual(recorded(), expected);
      }),
      { numRuns: 50 },
    );
  });

  it('announces exactly the bytes of the file, once they can be read there', () => {
    const file = create();
    const heard: RecordingBytes[] = [];
    file.onBytes((bytes) => {
      heard.push(bytes);
      assert.equal(statSync(file.path).size, bytes.offset + bytes.bytes.length);
    });
    file.flush();
    assert.equal(heard.length, 0);
    for (const time of [1, 2, 3]) {
      file.add(0, chunk(time), time);
      if (time !== 1) file.flush();
    }
    assert.equal(heard.length, 2);
    const whole = readFileSync(file.path);
    assert.deepEqual(Buffer.concat(heard.map(({ bytes }) => bytes)), whole.subarray(FILE_HEADER_BYTES));
    assert.deepEqual(
      heard.map(({ offset }) => offset),
      [FILE_HEADER_BYTES, FILE_HEADER_BYTES + heard[0]!.bytes.length],
    );
    file.close();
  });

  it('does not keep the chunk that it is given', () => {
    const file = create();
    const bytes = chunk(1);
    file.add(0, bytes, 1);
    bytes.fill(0);
    file.flush();
    file.close();
    assert.deepEqual(recorded(), [[0, 1]]);
  });

  it('that cannot be made says where, why and what to do', () => {
    const path = folder.file('missing/x.cviz');
    const file = RecordingFile.create(path);
    assert.deepEqual(file, {
      ok: false,
      error: `The recording ${path} cannot be written (ENOENT). Choose another place for it.`,
    });
  });
});

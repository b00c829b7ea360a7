import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadRecording } from '../../../src/cli/loadRecording';
import { FORMAT_VERSION } from '../../../src/trace/format';
import type { TraceRecord } from '../../../src/trace/records';
import { recordingHeader, recordingOfChunks } from '../../support/recordings';
import { temporaryFolder } from '../../support/temporaryFolder';

const whole = recordingOfChunks(Array.from({ length: 20 }, (_, time) => [{ kind: 'runEnd', time }]));

describe('loadRecording', () => {
  const folder = temporaryFolder();

  function load(bytes: Uint8Array | null) {
    const file = folder.file('my x.cviz');
    if (bytes !== null) writeFileSync(file, bytes);
    return loadFile(file);
  }

  function loadFile(file: string) {
    const records: TraceRecord[] = [];
    const loaded = loadRecording(file, (record) => records.push(record));
    const sentence = loaded.ok ? loaded.value.problem : loaded.error;
    return { isOk: loaded.ok, count: records.length, sentence: sentence?.replaceAll(file, 'FILE') ?? null };
  }

  it('a whole one', () => {
    assert.deepEqual(load(whole), { isOk: true, count: 20, sentence: null });
  });

  it('a missing one', () => {
    assert.deepEqual(load(null), {
      isOk: false,
      count: 0,
      sentence:
        'There is no recording FILE. Check the path, or make one with: cviz record -o FILE -- script.js',
    });
  });

  it('a folder', () => {
    mkdirSync(folder.file('my x.cviz'));
    assert.deepEqual(load(null), {
      isOk: false,
      count: 0,
      sentence: 'FILE is a folder. Give the path of a recording (.cviz).',
    });
  });

  it('a path through a file', () => {
    writeFileSync(folder.file('file'), '');
    assert.deepEqual(loadFile(folder.file('file/x.cviz')), {
      isOk: false,
      count: 0,
      sentence: 'FILE cannot be read (ENOTDIR).',
    });
  });

  it('an empty one', () => {
    assert.deepEqual(load(new Uint8Array(0)), {
      isOk: false,
      count: 0,
      sentence: 'FILE is empty: nothing was recorded. Record the program again.',
    });
  });

  it('one that had only begun', () => {
    const { isOk, sentence } = load(recordingHeader);
    assert.equal(isOk, true);
    assert.equal(sentence, 'FILE holds no records: nothing had been recorded yet.');
  });

  for (const [what, bytes] of [
    ['random bytes', Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) & 0xff)],
    ['a text', Buffer.from('hello')],
    ['zeroes', new Uint8Array(100)],
  ] as const) {
    it(what, () => {
      assert.deepEqual(load(bytes), {
        isOk: false,
        count: 0,
        sentence: 'FILE is not a cviz recording. Make one with: cviz record -o FILE -- script.js',
      });
    });
  }

  it('one that was cut: everything before is shown, and that it is not all is said', () => {
    for (const missing of [1, 5, 29]) {
      const { isOk, count, sentence } = load(whole.subarray(0, whole.length - missing));
      assert.deepEqual([isOk, count], [true, 19]);
      assert.match(sentence ?? 'nothing is said', /^FILE .*(cut|incomplete|ends)/);
    }
  });

  it('a damaged one: everything before is shown', () => {
    const bytes = whole.slice();
    bytes[bytes.length - 40]! ^= 4;
    const { isOk, count, sentence } = load(bytes);
    assert.deepEqual([isOk, count], [true, 18]);
    assert.match(
      sentence ?? '',
      /^FILE is damaged at byte \d+\. Everything before that is shown; record again to get/,
    );
  });

  it('one damaged at its very beginning', () => {
    const bytes = whole.slice();
    bytes[25]! ^= 4;
    const { isOk, count, sentence } = load(bytes);
    assert.deepEqual([isOk, count], [false, 0]);
    assert.match(sentence ?? '', /^FILE is damaged at byte 16\./);
  });

  it('one of a newer version', () => {
    const bytes = whole.slice();
    bytes[8] = FORMAT_VERSION + 1;
    assert.deepEqual(load(bytes), {
      isOk: false,
      count: 0,
      sentence: `FILE was made by a newer version (format ${FORMAT_VERSION + 1}, this one reads up to ${FORMAT_VERSION}). Update cviz to open it.`,
    });
  });
});

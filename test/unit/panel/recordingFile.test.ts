import { strict as assert } from 'node:assert';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecordingFile } from '../../../src/panel/recordingFile';

describe('the file of a recording', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'cviz-test-'))));
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is read piece by piece while it grows, also after it was deleted', async () => {
    const path = join(folder, 'a.cviz');
    writeFileSync(path, 'abcdef');
    const file = new RecordingFile(path);
    assert.equal(Buffer.from(await file.read(1, 4)).toString(), 'bcd');
    appendFileSync(path, 'ghi');
    rmSync(folder, { recursive: true });
    assert.equal(Buffer.from(await file.read(5, 9)).toString(), 'fghi');
    file.dispose();
    await assert.rejects(file.read(0, 1), /closed/);
  });

  it('gives buffers of exactly the size asked for, which are sent as a whole', async () => {
    const path = join(folder, 'a.cviz');
    writeFileSync(path, Buffer.alloc(100_000));
    const file = new RecordingFile(path);
    const bytes = await file.read(0, 10);
    assert.equal(bytes.buffer.byteLength, 10);
    file.dispose();
  });

  it('rejects what is not there', async () => {
    const path = join(folder, 'a.cviz');
    const missing = new RecordingFile(path);
    await assert.rejects(missing.read(0, 1), /ENOENT/);
    missing.dispose();
    writeFileSync(path, 'abc');
    const short = new RecordingFile(path);
    await assert.rejects(short.read(0, 4), /shorter/);
    short.dispose();
  });
});

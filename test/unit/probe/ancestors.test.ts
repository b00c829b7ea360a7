import assert from 'node:assert/strict';
import { observe, recordsOf, runBare } from '../../support/observed';
import { temporaryFolder } from '../../support/temporaryFolder';

describe('processes between a program and the call it descends from', () => {
  const folder = temporaryFolder();

  it('are told, nearest first', () => {
    const shell = `${process.execPath} -e 0; true`;
    const seen = observe(
      `require('child_process').execFileSync('sh', ['-c', ${JSON.stringify(shell)}])`,
      folder.path,
    );
    const [ancestor, ...more] = recordsOf(seen, 'ancestor');
    assert.deepEqual(more, []);
    assert.deepEqual(JSON.parse(ancestor?.args ?? ''), ['sh', '-c', shell]);
    assert.equal(ancestor?.ppid, seen.pid);
  });

  it('are none when there is nothing in between', () => {
    const seen = observe(`require('child_process').execFileSync(process.execPath, ['-e', '0'])`, folder.path);
    assert.deepEqual(recordsOf(seen, 'ancestor'), []);
  });

  it('do not include whoever adopted an orphan, and its ancestors: they are nobody of this run', () => {
    // The caller is gone; the parent is the test runner, which has no part in the run.
    const call = `${runBare('0').pid}.0.x#1`;
    const seen = observe('0', folder.path, { call });
    assert.equal(recordsOf(seen, 'threadStart')[0]?.spawnToken, call);
    // Only their number: a failure must not print what else runs on this machine.
    assert.equal(recordsOf(seen, 'ancestor').length, 0);
  });
});

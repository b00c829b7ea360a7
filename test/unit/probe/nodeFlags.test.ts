import assert from 'node:assert/strict';
import { observe, recordsOf, runBare } from '../../support/observed';
import { temporaryFolder } from '../../support/temporaryFolder';

const program = `
  const { Worker } = require('node:worker_threads');
  const { spawn, spawnSync } = require('node:child_process');
  new Worker('', { eval: true });
  spawnSync('true');
  spawn(process.execPath, ['-e', '0']);`;

/** Warnings name the process. */
function withoutPids(text: string): string {
  return text.replace(/\(node:\d+\)/g, '(node)');
}

describe('a program started with', () => {
  const folder = temporaryFolder();

  for (const flags of [
    '--no-warnings',
    '--no-deprecation',
    '--pending-deprecation',
    '--throw-deprecation --pending-deprecation',
    '--trace-deprecation',
    '--disable-proto=delete',
    '--disable-proto=throw',
    '--frozen-intrinsics',
    '--disallow-code-generation-from-strings',
    '--stack-trace-limit=0',
    '--enable-source-maps',
    '--trace-uncaught',
    '--unhandled-rejections=strict',
  ]) {
    // With Error frozen no stack can be read without a trace.
    const locationOf = (location: string): string | null =>
      flags === '--frozen-intrinsics' ? null : location;

    it(`${flags} is observed like any other, and does not notice`, () => {
      const bare = runBare(program, flags);
      const seen = observe(program, folder.path, { nodeOptions: flags });
      assert.deepEqual([seen.status, withoutPids(seen.stderr)], [bare.status, withoutPids(bare.stderr)]);
      assert.equal(recordsOf(seen, 'threadStart').length, 3, 'two processes and a worker');
      assert.deepEqual(
        recordsOf(seen, 'spawn').map(({ api, location }) => [api, location]),
        [
          ['spawnSync', locationOf('[eval]:5:3')],
          ['spawn', locationOf('[eval]:6:3')],
        ],
      );
      assert.equal(recordsOf(seen, 'worker')[0]?.location, locationOf('[eval]:4:3'));
      assert.equal(recordsOf(seen, 'childExit').length, 2);
      // Told at once, and again when the exit code is announced.
      assert.deepEqual(
        recordsOf(seen, 'workerExit').map(({ code }) => code),
        [null, 0],
      );
    });
  }
});

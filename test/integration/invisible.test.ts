import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { probePath, programPath, runCommand, type Ended } from '../support/cviz';

/** Process and thread numbers differ from run to run anyway. */
function stable(text: string): string {
  return text.replace(/\b\d{3,7}\b/g, 'N');
}

async function bareAndProbed(
  args: readonly string[],
  base: NodeJS.ProcessEnv,
): Promise<[Ended, Ended, number]> {
  const directory = mkdtempSync(path.join(tmpdir(), 'cvtest-'));
  try {
    const bare = await runCommand(process.execPath, args, { env: base });
    const theirs = base['NODE_OPTIONS'];
    const preload = `--require "${probePath}"`;
    const probed = await runCommand(process.execPath, args, {
      env: {
        ...base,
        CVIZ_RUN: directory,
        NODE_OPTIONS: theirs === undefined ? preload : `${preload} ${theirs}`,
      },
    });
    return [bare, probed, readdirSync(directory).length];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const environments: Readonly<Record<string, NodeJS.ProcessEnv>> = {
  'a plain environment': {},
  'NODE_OPTIONS of its own': { NODE_OPTIONS: '--no-warnings --stack-trace-limit=20' },
  'empty NODE_OPTIONS': { NODE_OPTIONS: '' },
  'pending deprecations shown': { NODE_OPTIONS: '--pending-deprecation' },
};

describe('a program under the probe sees nothing of it', () => {
  for (const [name, extra] of Object.entries(environments)) {
    it(`in ${name}`, async () => {
      const { NODE_OPTIONS: _ours, ...rest } = process.env;
      const [bare, probed, logs] = await bareAndProbed([programPath('visible.js')], { ...rest, ...extra });
      assert.equal(stable(probed.stdout), stable(bare.stdout));
      assert.equal(stable(probed.stderr), stable(bare.stderr));
      assert.equal(probed.code, bare.code);
      // Main, seven workers, the child: the comparison is of an observed program, not of one the probe never reached.
      assert.equal(logs, 9);
    });
  }

  it('runs untouched when the run folder does not exist', async () => {
    const { NODE_OPTIONS: _ours, ...rest } = process.env;
    const bare = await runCommand(process.execPath, [programPath('visible.js')], { env: rest });
    const probed = await runCommand(process.execPath, [programPath('visible.js')], {
      env: { ...rest, CVIZ_RUN: '/nonexistent/folder', NODE_OPTIONS: `--require "${probePath}"` },
    });
    assert.equal(stable(probed.stdout), stable(bare.stdout));
    assert.equal(stable(probed.stderr), stable(bare.stderr));
  });
});

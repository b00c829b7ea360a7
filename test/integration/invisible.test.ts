import assert from 'node:assert/strict';
import {
  otherNodes,
  ownEnvironment,
  probePath,
  programPath,
  runBareAndProbed,
  runCommand,
} from '../support/cviz';

/** Process and thread numbers differ from run to run anyway. */
function stable(text: string): string {
  return text.replace(/\b\d{3,7}\b/g, 'N');
}

const environments: Readonly<Record<string, NodeJS.ProcessEnv>> = {
  'a plain environment': {},
  'NODE_OPTIONS of its own': { NODE_OPTIONS: '--no-warnings --stack-trace-limit=20' },
  'empty NODE_OPTIONS': { NODE_OPTIONS: '' },
  'pending deprecations shown': { NODE_OPTIONS: '--pending-deprecation' },
};

/**
 * How many threads of each report: the comparison is of an observed program, not of one the probe never reached. In the
 * first they are main, seven workers and the child; in the second main, one worker and the child.
 */
const programs: Readonly<Record<string, number>> = { 'visible.js': 9, 'visibleMessages.js': 3 };

const nodes: readonly (readonly [string, string])[] = [
  ['', process.execPath],
  ...otherNodes().map((file) => [` by ${file}`, file] as const),
];

describe('a program under the probe sees nothing of it', () => {
  for (const [program, threads] of Object.entries(programs)) {
    for (const [name, extra] of Object.entries(environments)) {
      for (const [by, node] of nodes) {
        it(`${program} in ${name}${by}`, async () => {
          const { bare, probed, logs } = await runBareAndProbed([programPath(program)], {
            node,
            env: { ...ownEnvironment(), ...extra },
          });
          assert.equal(stable(probed.stdout), stable(bare.stdout));
          assert.equal(stable(probed.stderr), stable(bare.stderr));
          assert.equal(probed.code, bare.code);
          assert.equal(logs, threads);
        });
      }
    }
  }

  it('runs untouched when the run folder does not exist', async () => {
    const rest = ownEnvironment();
    const bare = await runCommand(process.execPath, [programPath('visible.js')], { env: rest });
    const probed = await runCommand(process.execPath, [programPath('visible.js')], {
      env: { ...rest, CVIZ_RUN: '/nonexistent/folder', NODE_OPTIONS: `--require "${probePath}"` },
    });
    assert.equal(stable(probed.stdout), stable(bare.stdout));
    assert.equal(stable(probed.stderr), stable(bare.stderr));
  });
});

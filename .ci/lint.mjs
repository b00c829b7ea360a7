// npm run lint: style, types and the three nets under the rooms of the design.
import { ensureInstalled } from './setup.mjs';
import { runSteps } from './steps.mjs';

const bin = (path) => `node_modules/${path}`;
// Built beside dist, so that checking never swaps somebody's development build for a minified one.
const outRoot = 'out/production';

try {
  await ensureInstalled();
  const failed = await runSteps([
    ['eslint', [bin('eslint/bin/eslint.js'), '.']],
    ['prettier', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
    ['types', ['.ci/typecheck.mjs']],
    ['imports', ['.ci/checkImports.mjs']],
    ['production build', ['esbuild.js', '--production', '--quiet', '--outroot', outRoot]],
    ['bundles', ['.ci/checkBundles.mjs', '--root', outRoot]],
  ]);
  if (failed.length > 0) console.error(`\nlint failed: ${failed.join(', ')}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

// npm run lint:bundles, or after a production build: checkBundles.mjs [--root DIR], DIR being the one that holds
// out/meta. What esbuild really put into each bundle, whatever the import statements looked like.
import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rootFromArgs } from './paths.mjs';

const probeLimitBytes = 48 * 1024;
const webviewLimitGzipped = 150_000;

const fromNpm = 'node_modules/';
const pure = ['src/base/', 'src/trace/', 'src/model/', 'src/protocol/'];
const bundles = {
  probe: {
    inputs: ['src/base/', 'src/trace/', 'src/probe/'],
    external: isBuiltin,
    limitBytes: probeLimitBytes,
    why: "it is loaded into every process and worker of the user's program",
  },
  webview: {
    inputs: [...pure, 'webview/', fromNpm],
    external: () => false,
    limitGzipped: webviewLimitGzipped,
    why: 'it runs in a browser',
  },
  runWorker: {
    inputs: [...pure, 'src/system/', 'src/run/', fromNpm],
    external: isBuiltin,
    why: 'it runs without an editor',
  },
  cli: {
    inputs: [...pure, 'src/system/', 'src/run/', 'src/cli/', fromNpm],
    external: isBuiltin,
    why: 'it runs without an editor',
  },
  extension: {
    inputs: [...pure, 'src/system/', 'src/run/', 'src/panel/', 'src/extension/', fromNpm],
    external: (path) => isBuiltin(path) || path === 'vscode',
    why: 'the package carries no node_modules',
  },
};

/** A linked node_modules shows up under its real path, outside the project. */
function isIn(input, allowed) {
  return input.startsWith(allowed) || (allowed === fromNpm && input.includes(`/${fromNpm}`));
}

function problemsOf(name, { inputs, external, limitBytes, limitGzipped, why }, meta) {
  const foreign = Object.keys(meta.inputs).filter((input) => !inputs.some((allowed) => isIn(input, allowed)));
  const problems = foreign.map(
    (input) => `${name}: holds ${input}, which is none of ${inputs.join(' ')} (${why})`,
  );
  const outputs = Object.entries(meta.outputs).filter(([path]) => path.endsWith('.js'));
  if (outputs.length !== 1) problems.push(`${name}: is ${outputs.length} scripts instead of one`);
  for (const [path, output] of outputs) {
    for (const { path: imported, external: isExternal } of output.imports) {
      if (isExternal === true && !external(imported))
        problems.push(`${name}: leaves ${imported} to be found at run time (${why})`);
    }
    if (limitBytes !== undefined && output.bytes >= limitBytes) {
      problems.push(`${name}: ${path} has ${output.bytes} bytes, must stay under ${limitBytes} (${why})`);
    }
    const size = limitGzipped === undefined ? 0 : gzippedSize(join(root, path));
    if (size > limitGzipped)
      problems.push(`${name}: ${path} has ${size} bytes gzipped, must stay under ${limitGzipped}`);
  }
  return problems;
}

function gzippedSize(file) {
  return existsSync(file) ? gzipSync(readFileSync(file), { level: 9 }).length : 0;
}

const root = rootFromArgs();
for (const [name, bundle] of Object.entries(bundles)) {
  const file = join(root, 'out', 'meta', `${name}.json`);
  const problems = existsSync(file)
    ? problemsOf(name, bundle, JSON.parse(readFileSync(file, 'utf8')))
    : [`${name}: ${file} is missing; build it first`];
  for (const problem of problems) {
    console.error(problem);
    process.exitCode = 1;
  }
}
if (process.exitCode !== 1) console.log(`${Object.keys(bundles).length} bundles hold what they may`);

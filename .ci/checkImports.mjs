// npm run lint:imports [-- --root DIR]: the import table of the design, by dependency-cruiser.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { projectRoot, rootFromArgs } from './paths.mjs';

const cruiser = join(projectRoot, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');

function sourceFiles(root) {
  return ['src', 'webview'].flatMap((folder) => {
    if (!existsSync(join(root, folder))) return [];
    return readdirSync(join(root, folder), { recursive: true })
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
      .filter((file) => /\.[cm]?[jt]sx?$/.test(file));
  });
}

function cruise(root) {
  const folders = ['src', 'webview'].filter((folder) => existsSync(join(root, folder)));
  if (folders.length === 0) return null;
  const config = join(projectRoot, '.dependency-cruiser.cjs');
  const args = [cruiser, '--config', config, '--output-type', 'json', ...folders];
  const result = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 });
  try {
    return JSON.parse(result.stdout);
  } catch {
    throw new Error(`dependency-cruiser did not answer:\n${result.stderr}${result.stdout}`);
  }
}

function describe({ rule, from, to, cycle }, comments) {
  const way = cycle === undefined ? to : cycle.map((step) => step.name).join(' → ');
  return `${rule.name}: ${from} → ${way}\n    ${comments.get(rule.name) ?? ''}`;
}

const root = rootFromArgs();
const result = cruise(root);
const seen = new Set(result?.modules.map((module) => module.source) ?? []);
// With a TypeScript it does not know, dependency-cruiser sees no module at all and calls that a success.
const unseen = sourceFiles(root).filter((file) => !seen.has(file));
if (seen.size === 0) {
  console.error('imports: dependency-cruiser saw no module, so it checked nothing');
  process.exitCode = 1;
} else if (unseen.length > 0) {
  console.error(`imports: dependency-cruiser did not see ${unseen.join(', ')}`);
  process.exitCode = 1;
}
const { violations = [], ruleSetUsed } = result?.summary ?? {};
const comments = new Map((ruleSetUsed?.forbidden ?? []).map((rule) => [rule.name, rule.comment]));
for (const violation of violations) {
  console.error(describe(violation, comments));
  process.exitCode = 1;
}
if (process.exitCode !== 1) console.log(`${seen.size} modules, every import allowed`);

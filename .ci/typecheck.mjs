// npm run typecheck [-- --root DIR]: one compiler run an environment, all at once.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { rootFromArgs } from './paths.mjs';

const projects = [
  'src/tsconfig.pure.json',
  'src/tsconfig.node.json',
  'src/tsconfig.vscode.json',
  'webview/tsconfig.json',
  'test/tsconfig.json',
];
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** tsc calls a project without files an error; a room that is not built yet is none. */
function hasFiles(root, project) {
  const config = JSON.parse(readFileSync(join(root, project), 'utf8'));
  return config.include.some((pattern) => {
    const folder = join(root, dirname(project), pattern.split('**')[0]);
    return (
      existsSync(folder) && readdirSync(folder, { recursive: true }).some((file) => file.endsWith('.ts'))
    );
  });
}

function check(root, project) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [tsc, '-p', project, '--pretty', 'false'], { cwd: root });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ project, ok: code === 0, output }));
  });
}

const root = rootFromArgs();
const present = projects.filter((project) => existsSync(join(root, project)) && hasFiles(root, project));
if (present.length === 0) {
  console.error('typecheck: no TypeScript file found');
  process.exitCode = 1;
}
for (const { project, ok, output } of await Promise.all(present.map((project) => check(root, project)))) {
  if (ok) continue;
  console.error(`${project}\n${output}`);
  process.exitCode = 1;
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { runNpm } from '../conformance/npmInstall';
import { ensureCached } from '../vscode/cache';

const files = ['package.json', 'package-lock.json'];
const recipe = 'npm ci of test/ecosystem, without scripts: 1';

/**
 * A node_modules folder with the packages of the lock file beside this, installed on first use.
 * @throws Unavailable if the registry is out of reach
 */
export async function ensurePackages(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(path.join(__dirname, file)));
  const name = `ecosystem-${hash.digest('hex').slice(0, 12)}-${process.platform}-${process.arch}`;
  return path.join(await ensureCached({ name, recipe, install }), 'node_modules');
}

async function install(folder: string): Promise<void> {
  console.log('    Installing the programs of test/ecosystem, once (about half a minute) …');
  for (const file of files) await copyFile(path.join(__dirname, file), path.join(folder, file));
  await runNpm(folder, ['ci']);
}

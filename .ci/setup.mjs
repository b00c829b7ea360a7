// Built-ins only: this is what installs everything else.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './paths.mjs';
import { run, runNode } from './spawn.mjs';

const oldestNode = 20;

/** Installs the dependencies when they are missing or are not the ones that package-lock.json names. */
export async function ensureInstalled() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < oldestNode) {
    throw new Error(
      `Node ${oldestNode} or newer is needed to work on this project; this is ${process.version}.`,
    );
  }
  if (isInstalled(projectRoot)) return;
  console.log('Installing the dependencies (npm ci) …');
  const code = await npm(['ci', '--include=dev', '--no-audit', '--no-fund']);
  if (code !== 0) throw new Error('The dependencies could not be installed: see the output of npm ci above.');
}

/**
 * Compares versions, not file times: npm writes the two files in either order, and a needless `npm ci` would
 * pull node_modules out from under whatever else is running.
 */
export function isInstalled(root) {
  const installedFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const installed = packagesOf(installedFile);
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(([path, wanted]) => {
    if (path === '') return true;
    const present = installed[path];
    // An optional package for another platform is rightly absent.
    if (present === undefined) return wanted.optional === true || wanted.devOptional === true;
    return present.version === wanted.version;
  });
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {};
}

function npm(args) {
  const cli = process.env['npm_execpath'];
  if (cli !== undefined && cli.endsWith('.js')) return runNode([cli, ...args]);
  return run('npm', args, { shell: process.platform === 'win32' });
}

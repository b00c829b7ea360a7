import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { ensureCached } from './cache';
import { runCommand } from './command';
import type { ServerVersion } from './serverVersions';

/** A VS Code server on this machine's disk. */
export interface ServerInstall {
  readonly version: ServerVersion;
  readonly nodePath: string;
  /** The folder with VS Code's own package.json, `out` and `extensions`. */
  readonly root: string;
}

/** Bump to have everybody's cached install redone. */
const recipe = 'code-server, pinned node, lib/vscode and extensions dependencies, native modules: 3';

/** Without a terminal there is nothing to test; without the others VS Code only logs a complaint. */
const neededNatives = ['node-pty'];
const usefulNatives = ['native-watchdog', '@vscode/native-watchdog', '@vscode/spdlog', '@parcel/watcher'];

/**
 * A VS Code server of this version, installed into the cache on first use (about a minute, 0.5–1 GB).
 * @throws Error one sentence on what is missing and what to do
 */
export async function ensureServer(version: ServerVersion): Promise<ServerInstall> {
  if (process.platform === 'win32') {
    throw new Error(
      'The VS Code server does not run on Windows: use WSL, or test/vscode/electron.ts for the desktop.',
    );
  }
  const name = `code-server-${version.codeServer}-${process.platform}-${process.arch}`;
  try {
    const folder = await ensureCached({ name, recipe, install: (partial) => install(partial, version) });
    return { version, nodePath: nodeIn(folder, version), root: vscodeRoot(folder) };
  } catch (error) {
    throw new Error(
      `VS Code ${version.vscode} (npm package code-server ${version.codeServer}) could not be installed for the tests. ` +
        'It takes the npm registry and, for its terminal, a C++ compiler, make and python3; ' +
        `see what npm said below, put that right and run again.\n${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

async function install(folder: string, version: ServerVersion): Promise<void> {
  console.log(`Installing VS Code ${version.vscode} for the tests, once (about a minute) …`);
  // Its own package.json makes npm stay in this folder whatever lies above it.
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const packages = [`code-server@${version.codeServer}`, ...nodePackage(version)];
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await runCommand('npm', ['install', '--ignore-scripts', ...quiet, ...packages], {
    cwd: folder,
    env: npmEnv(),
  });

  const nodePath = nodeIn(folder, version);
  const env = npmEnv(nodePath);
  const cwd = vscodeRoot(folder);
  // The built-in extensions share one package: TypeScript, without which VS Code complains in every window.
  for (const part of [cwd, join(cwd, 'extensions')]) {
    const args = ['install', '--ignore-scripts', '--omit=dev', '--no-package-lock', ...quiet];
    await runCommand('npm', args, { cwd: part, env });
  }
  await runCommand('npm', ['rebuild', ...neededNatives], { cwd, env });
  const useful = usefulNatives.filter((name) => existsSync(join(cwd, 'node_modules', name)));
  await runCommand('npm', ['rebuild', ...useful], { cwd, env }).catch((error: unknown) => {
    console.warn(`VS Code ${version.vscode} will do without ${useful.join(', ')}: ${String(error)}`);
  });
}

/** Platforms for which the npm registry has a package with a Node; elsewhere the running one has to do. */
const nodePackages = ['linux-x64', 'linux-arm64', 'darwin-x64'];

function nodePackage(version: ServerVersion): string[] {
  const platform = `${process.platform}-${process.arch}`;
  if (!nodePackages.includes(platform)) return [];
  return [`node-${platform}@${platform === 'linux-x64' ? version.node : `^${version.node}`}`];
}

function nodeIn(folder: string, version: ServerVersion): string {
  const packaged = join(folder, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(packaged)) return packaged;
  const major = version.node.split('.')[0];
  if (process.versions.node.split('.')[0] === major) return process.execPath;
  throw new Error(`VS Code ${version.vscode} wants Node ${major}; run the tests with it.`);
}

function vscodeRoot(folder: string): string {
  return join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

/** npm as a user would start it: what an outer `npm test` put into the environment would lead it back here. */
function npmEnv(nodePath?: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_(package|lifecycle)_|npm_(command|execpath|node_execpath)$|npm_config_local_prefix$)/i.test(
        name,
      ),
  );
  const env: NodeJS.ProcessEnv = { ...Object.fromEntries(inherited), NODE_OPTIONS: '' };
  if (nodePath === undefined) return env;
  const prefix = dirname(dirname(nodePath));
  env['PATH'] = [dirname(nodePath), process.env['PATH'] ?? ''].join(delimiter);
  // The package has the headers too; node-gyp would download them.
  if (existsSync(join(prefix, 'include', 'node', 'node.h'))) env['npm_config_nodedir'] = prefix;
  return env;
}

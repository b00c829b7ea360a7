import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureCached } from '../vscode/cache';
import { runCommand } from '../vscode/command';
import { runNpm } from './npmInstall';
import { Unavailable } from './unavailable';

/** Platforms for which the npm registry has packages with a Node. */
const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64'];
const recipe = 'npm package with a Node, exact or newest of its line: 1';

/**
 * Path of a Node of this version, fetched on first use from the npm package that carries it; of one of the same line
 * if that very version was never published there.
 * @throws Unavailable one sentence on why not
 */
export async function ensureNode(version: string): Promise<string> {
  const platform = `${process.platform}-${process.arch}`;
  if (!platforms.includes(platform)) throw new Unavailable(`the npm registry has no Node for ${platform}`);
  const packageName = `node-${platform}`;
  const folder = await ensureCached({
    name: `node-${version}-${platform}`,
    recipe,
    install: (partial) => install(partial, packageName, version),
  });
  return path.join(folder, 'node_modules', packageName, 'bin', 'node');
}

async function install(folder: string, packageName: string, version: string): Promise<void> {
  console.log(`Fetching Node ${version} from the npm registry, once …`);
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  const get = (wanted: string): Promise<void> => runNpm(folder, ['install', `${packageName}@${wanted}`]);
  await get(version).catch((error: unknown) => {
    if (!/E404|ETARGET/.test(String(error))) throw error;
    return get(version.split('.')[0] ?? version);
  });
}

/** `20.19.2`, as the binary itself says. */
export async function versionOf(nodePath: string): Promise<string> {
  return (await runCommand(nodePath, ['-p', 'process.versions.node'], { env: { NODE_OPTIONS: '' } })).trim();
}

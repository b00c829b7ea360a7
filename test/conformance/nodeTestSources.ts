import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureCached } from '../vscode/cache';
import { runCommand } from '../vscode/command';
import { openApt } from './aptSources';
import type { Apt, SourcePackage } from './aptSources';
import { Unavailable } from './unavailable';

export interface NodeTests {
  /** Node's `test` folder. */
  readonly testFolder: string;
  /** Of the Node that they belong to. */
  readonly version: string;
}

/** Bump to have everybody's cached tests fetched anew. */
const recipe = 'common, fixtures, parallel, sequential from the source package of Debian: 1';

const folders = ['common', 'fixtures', 'parallel', 'sequential'];

/**
 * Node's own tests for a version (`20.19.2`, or `20` for the newest of that line that there is), fetched on first use
 * from the Debian mirror of this machine: its source packages carry what Node's npm packages and headers do not.
 * @throws Unavailable one sentence on why not
 */
export async function ensureNodeTests(version: string): Promise<NodeTests> {
  const name = `node-tests-${version}`;
  const folder = await ensureCached({ name, recipe, install: (partial) => install(partial, version) });
  return {
    testFolder: path.join(folder, 'test'),
    version: readFileSync(path.join(folder, 'version'), 'utf8').trim(),
  };
}

async function install(folder: string, version: string): Promise<void> {
  const isThere = existsSync('/usr/bin/apt-get');
  if (!isThere) throw new Unavailable('there is no apt here to fetch the source package of Node from Debian');
  console.log(`Fetching the tests of Node ${version} from Debian's source package, once …`);
  const scratch = await mkdtemp(path.join(tmpdir(), 'cvapt-'));
  try {
    const apt = await openApt(scratch);
    const sources = rankedSources(await apt.sourcesOf('nodejs'), version);
    const { source, tarball } = await downloadFirst(apt, sources);
    // The folder at the top is named after the version; without the second option `*` would reach deeper ones, too.
    const members = folders.map((name) => `*/test/${name}`);
    const args = ['-x', '-f', tarball, '-C', folder, '--strip-components=1', '--no-same-owner'];
    await runCommand('tar', [...args, '--wildcards', '--no-wildcards-match-slash', ...members]);
    await writeFile(path.join(folder, 'version'), `${source.upstream}\n`);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Mirrors list packages that they then do not have, those of security updates above all. */
async function downloadFirst(
  apt: Apt,
  sources: readonly SourcePackage[],
): Promise<{ source: SourcePackage; tarball: string }> {
  let failure: unknown;
  for (const source of sources) {
    try {
      return { source, tarball: await apt.downloadSource('nodejs', source) };
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** The packages of that very version, otherwise those of its line, newest first. */
function rankedSources(sources: readonly SourcePackage[], version: string): readonly SourcePackage[] {
  const exact = sources.filter(({ upstream }) => upstream === version);
  if (exact.length > 0) return exact;
  const major = version.split('.')[0] ?? '';
  const sameLine = sources
    .filter(({ upstream }) => upstream.startsWith(`${major}.`))
    .sort((a, b) => b.upstream.localeCompare(a.upstream, 'en', { numeric: true }));
  if (sameLine.length > 0) return sameLine;
  const offered = [...new Set(sources.map(({ upstream }) => upstream))];
  if (offered.length === 0) throw new Unavailable('the Debian mirror of this machine could not be reached');
  throw new Unavailable(
    `Debian has no source package of Node ${version}, only of ${offered.join(', ')}; --tests DIR takes others`,
  );
}

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from '../vscode/command';
import { Unavailable } from './unavailable';

/** A source package that the machine's Debian mirror offers. */
export interface SourcePackage {
  /** Debian's, e.g. `20.19.2+dfsg-1+deb13u2`. */
  readonly version: string;
  /** The program's own, e.g. `20.19.2`. */
  readonly upstream: string;
}

/**
 * The releases that have carried a Node of 18 or newer, with their security updates. What a mirror does not have is
 * only missing from the answer.
 */
const releases = ['bookworm', 'trixie', 'sid'];

/**
 * apt with its configuration, lists and state in a folder of its own: the machine's stay as they are, and it works
 * without root. The mirror is the one that the machine's own configuration names.
 * @throws Unavailable if that names none
 */
export async function openApt(folder: string): Promise<Apt> {
  const mirrors = await debianMirrors();
  if (mirrors.length === 0) throw new Unavailable("apt's configuration names no Debian mirror");
  for (const part of ['lists/partial', 'archives/partial', 'state']) {
    await mkdir(path.join(folder, part), { recursive: true });
  }
  await writeFile(path.join(folder, 'status'), '');
  await writeFile(path.join(folder, 'sources.list'), sourceLines(mirrors).join('\n') + '\n');
  const settings = {
    'Dir::Etc::sourcelist': path.join(folder, 'sources.list'),
    'Dir::Etc::sourceparts': '-',
    'Dir::State': path.join(folder, 'state'),
    'Dir::State::lists': path.join(folder, 'lists'),
    'Dir::State::status': path.join(folder, 'status'),
    'Dir::Cache': folder,
    'Dir::Cache::archives': path.join(folder, 'archives'),
    // Root's apt would download as a user who may not write here.
    'APT::Sandbox::User': '',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '20',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  // A mirror without one of the releases makes it fail although the others are there: what counts is the list.
  await runCommand('apt-get', [...options, 'update'], { env: plain() }).catch(() => undefined);
  return new Apt(folder, options);
}

export class Apt {
  constructor(
    private readonly folder: string,
    private readonly options: readonly string[],
  ) {}

  async sourcesOf(name: string): Promise<SourcePackage[]> {
    const text = await runCommand('apt-cache', [...this.options, 'madison', name], { env: plain() });
    return text.split('\n').flatMap((line) => {
      const [, version = '', where = ''] = line.split('|').map((cell) => cell.trim());
      const upstream = /^(?:\d+:)?(\d+\.\d+\.\d+)/.exec(version)?.[1];
      return upstream !== undefined && where.endsWith('Sources') ? [{ version, upstream }] : [];
    });
  }

  /**
   * Downloads the tarballs of a source package; gives the path of the main one, checked against the signed lists. The
   * others are not needed, and mirrors do not always have them.
   * @throws Unavailable if the mirror does not have it
   */
  async downloadSource(name: string, { version }: SourcePackage): Promise<string> {
    const downloads = path.join(this.folder, 'source');
    await rm(downloads, { recursive: true, force: true });
    await mkdir(downloads);
    const args = [...this.options, '-qq', 'source', '--download-only', '--tar-only', `${name}=${version}`];
    const run = (extra: readonly string[]): Promise<string> =>
      runCommand('apt-get', [...args, ...extra], { cwd: downloads, env: plain() });
    const wanted = /^'[^']*' (\S+\.orig\.tar\.\w+) \d+ SHA256:([0-9a-f]{64})/m.exec(
      await run(['--print-uris']),
    );
    const [, file = '', sha256 = ''] = wanted ?? [];
    if (file === '') throw new Error(`apt names no main tarball of the source package ${name} ${version}`);
    const failure = await run([]).then(() => '', String);
    const tarball = path.join(downloads, file);
    if (existsSync(tarball) && sha256 === sha256Of(tarball)) return tarball;
    const reason = /\bE: (.*)/.exec(failure)?.[1] ?? `${file} is not what the lists say`;
    throw new Unavailable(`apt could not fetch the source package ${name} ${version}: ${reason}`);
  }
}

function sha256Of(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

interface Mirror {
  readonly uri: string;
  readonly security: boolean;
  readonly signedBy: string;
}

async function debianMirrors(): Promise<Mirror[]> {
  const fields = ['REPO_URI', 'ORIGIN', 'CODENAME', 'SIGNED_BY'].map((field) => `$(${field})`);
  const text = await runCommand('apt-get', ['indextargets', '--format', fields.join('|')], { env: plain() });
  const mirrors = new Map<string, Mirror>();
  for (const line of text.split('\n')) {
    const [uri = '', origin = '', codename = '', signedBy = ''] = line.split('|');
    // The origin is known only after an `apt-get update`; a fresh container has not had any.
    if (origin !== 'Debian' && !/\/debian(-security)?\/?$/.test(uri)) continue;
    const security = codename.endsWith('-security') || /debian-security\/?$/.test(uri);
    mirrors.set(uri, { uri, security, signedBy: signedBy.startsWith('/') ? signedBy : '' });
  }
  return [...mirrors.values()];
}

function sourceLines(mirrors: readonly Mirror[]): string[] {
  return mirrors.flatMap(({ uri, security, signedBy }) =>
    releases
      .filter((release) => !security || release !== 'sid')
      .map((release) => {
        const suite = security ? `${release}-security` : release;
        const option = signedBy === '' ? '' : `[signed-by=${signedBy}] `;
        return `deb-src ${option}${uri} ${suite} main`;
      }),
  );
}

/** apt's words for a reader of words: messages in English, and no questions. */
function plain(): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive', NODE_OPTIONS: '' };
}

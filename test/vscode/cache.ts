import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** One big download, kept between runs and between clones of the project. */
export interface CacheEntry {
  /** Folder name inside the cache. */
  readonly name: string;
  /** Says how it is made; another recipe than the one in the stamp makes it anew. */
  readonly recipe: string;
  /** Fills an empty folder. The folder is renamed afterwards, so nothing in it may depend on its own path. */
  readonly install: (folder: string) => Promise<void>;
}

const stampName = '.complete';
/** An install takes a minute or two; a lock this old was left by a machine that went down. */
const staleLockMs = 20 * 60_000;

/** Where big downloads live: $CVIZ_TEST_CACHE, or this user's cache folder, so that a fresh clone finds them. */
export function cacheFolder(): string {
  const chosen = process.env['CVIZ_TEST_CACHE'];
  if (chosen !== undefined && chosen !== '') return chosen;
  return join(userCacheFolder(), 'concurrency-visualizer-tests');
}

function userCacheFolder(): string {
  const home = homedir();
  switch (process.platform) {
    case 'darwin':
      return join(home, 'Library', 'Caches');
    case 'win32':
      return process.env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local');
    default: {
      const xdg = process.env['XDG_CACHE_HOME'];
      return xdg === undefined || xdg === '' ? join(home, '.cache') : xdg;
    }
  }
}

/**
 * The folder of an entry, made first if it is missing, half made or made by another recipe. Whoever finishes first
 * wins by an atomic rename; the lock only keeps two runs from doing the same minute of work twice.
 */
export async function ensureCached(entry: CacheEntry): Promise<string> {
  const target = join(cacheFolder(), entry.name);
  if (await isComplete(target, entry.recipe)) return target;
  await mkdir(dirname(target), { recursive: true });
  const lock = `${target}.lock`;
  await acquireLock(lock);
  try {
    if (!(await isComplete(target, entry.recipe))) await installInto(target, entry);
  } finally {
    await rm(lock, { force: true });
  }
  return target;
}

async function isComplete(folder: string, recipe: string): Promise<boolean> {
  return (await readOrEmpty(join(folder, stampName))) === recipe;
}

async function installInto(target: string, entry: CacheEntry): Promise<void> {
  await sweepPartials(target);
  const partial = `${target}.partial-${process.pid}-${randomUUID().slice(0, 8)}`;
  await mkdir(partial);
  try {
    await entry.install(partial);
    await writeFile(join(partial, stampName), entry.recipe);
    await rm(target, { recursive: true, force: true });
    await rename(partial, target);
  } catch (error) {
    // Losing the race against another run is as good as winning it.
    if (!(await isComplete(target, entry.recipe))) throw error;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Half installs of runs that were killed would pile up, several hundred megabytes each. */
async function sweepPartials(target: string): Promise<void> {
  for (const name of await readdir(dirname(target))) {
    const path = join(dirname(target), name);
    if (!path.startsWith(`${target}.partial-`)) continue;
    const pid = Number(path.slice(`${target}.partial-`.length).split('-')[0]);
    if (!isAlive(pid)) await rm(path, { recursive: true, force: true });
  }
}

async function acquireLock(lock: string): Promise<void> {
  for (;;) {
    try {
      const handle = await open(lock, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      return;
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error;
    }
    if (await isStale(lock)) await rm(lock, { force: true });
    else await sleep(250);
  }
}

async function isStale(lock: string): Promise<boolean> {
  const pid = Number(await readOrEmpty(lock));
  // An empty lock is one whose owner is just about to write its pid.
  if (Number.isInteger(pid) && pid > 0) return !isAlive(pid);
  const age = await stat(lock).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  return age > staleLockMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isErrno(error, 'EPERM');
  }
}

async function readOrEmpty(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return '';
    throw error;
  }
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

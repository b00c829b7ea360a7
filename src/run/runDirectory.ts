import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { err, ok, type Result } from '../base/result';

const PREFIX = 'cviz-';
/** A folder this old belongs to a run whose owner was killed. */
const STALE_MS = 3 * 24 * 60 * 60 * 1000;

/** Creates the folder of one run: readable by its owner only, because logs hold command lines. */
export function createRunDirectory(): Result<string> {
  const parent = tmpdir();
  try {
    removeStaleDirectories(parent);
    const directory = mkdtempSync(path.join(parent, `${PREFIX}${process.pid}-`));
    chmodSync(directory, 0o700);
    return ok(directory);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    return err(
      `The folder for the run could not be created in ${parent} (${reason}). Make room there, or set TMPDIR.`,
    );
  }
}

export function removeRunDirectory(directory: string): void {
  try {
    rmSync(directory, { recursive: true, force: true });
  } catch {
    // Somebody is still writing; the next run removes it as stale.
  }
}

/** Left behind by a process of ours that was killed. Its name says which, so a long live run is never taken. */
function removeStaleDirectories(parent: string): void {
  for (const name of readdirSync(parent)) {
    const owner = /^cviz-(\d+)-/.exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    const directory = path.join(parent, name);
    const stats = statSync(directory, { throwIfNoEntry: false });
    const isOwn = process.getuid === undefined || stats?.uid === process.getuid();
    if (stats?.isDirectory() === true && isOwn && Date.now() - stats.mtimeMs > STALE_MS)
      removeRunDirectory(directory);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

import { existsSync } from 'node:fs';
import path from 'node:path';
import { listLines, testFile } from './testFiles';
import type { TestFile } from './testFiles';

/** The names of the fast subset: a bit of every API, each file well under a second. */
export function fastFileNames(): string[] {
  return listLines(path.join(__dirname, 'fastFiles.txt'));
}

/** Those of the fast subset that a version of Node has. */
export function fastFiles(testFolder: string): TestFile[] {
  return fastFileNames()
    .filter((name) => existsSync(path.join(testFolder, name)))
    .map((name) => testFile(testFolder, name));
}

// Built-ins only: this is loaded before anything is installed.
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/** The folder a check looks at: `--root DIR`, otherwise this project. Lets the tests plant violations elsewhere. */
export function rootFromArgs(args = process.argv.slice(2)) {
  const at = args.indexOf('--root');
  if (at < 0) return projectRoot;
  const given = args[at + 1];
  if (given === undefined) throw new Error('--root needs a folder');
  return resolve(given);
}

import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { err, ok, type Result } from '../base/result';

/** A program that can be started as it is. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly title: string;
}

export const MINIMUM_NODE_MAJOR = 18;
const VERSION_TIMEOUT_MS = 10_000;

export function isScript(file: string): boolean {
  return /\.[cm]?[jt]s$/.test(file);
}

/**
 * How to run a script with a Node executable (`nodePath`, or `node` on PATH). Fails with a sentence for the user when
 * the script is missing, Node is not found or too old, or this Node cannot run TypeScript.
 */
export async function programForScript(
  script: string,
  scriptArgs: readonly string[],
  options: { readonly nodePath: string | null; readonly cwd: string },
): Promise<Result<Program>> {
  const file = path.resolve(options.cwd, script);
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return err(`The script ${file} does not exist. Check the path and run it again.`);
  if (!stats.isFile()) return err(`${file} is not a file. Give the path of a script.`);
  const node = options.nodePath ?? 'node';
  const version = await nodeVersion(node);
  if (!version.ok) return version;
  const flags = /\.[cm]?ts$/.test(file) ? typeScriptFlags(file, version.value) : ok([]);
  if (!flags.ok) return flags;
  return ok({ file: node, args: [...flags.value, file, ...scriptArgs], title: script });
}

interface Version {
  readonly major: number;
  readonly minor: number;
  readonly text: string;
}

/** Asks the executable for its version. Never throws. */
export async function nodeVersion(node: string): Promise<Result<Version>> {
  const output = await capture(node, ['--version']);
  if (!output.ok) {
    return err(
      `Node.js was not found (${node}: ${output.error}). Install Node.js ${MINIMUM_NODE_MAJOR} or newer, or set its path.`,
    );
  }
  const match = /^v(\d+)\.(\d+)\.\d+/.exec(output.value.trim());
  if (match === null) return err(`${node} is not Node.js: it does not answer --version with a version.`);
  const version = { major: Number(match[1]), minor: Number(match[2]), text: output.value.trim() };
  if (version.major < MINIMUM_NODE_MAJOR) {
    return err(
      `${node} is Node.js ${version.text}, which is too old to be observed. Use Node.js ${MINIMUM_NODE_MAJOR} or newer.`,
    );
  }
  return ok(version);
}

/** Node strips types by itself from 22.18 and 23.6 on, behind a flag from 22.6 on; before that tsx does it. */
function typeScriptFlags(file: string, { major, minor, text }: Version): Result<string[]> {
  if (major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18)) return ok([]);
  try {
    const tsx = createRequire(file).resolve('tsx');
    return ok(['--import', pathToFileURL(tsx).href]);
  } catch {
    // Not installed beside the script.
  }
  if (major === 23 || (major === 22 && minor >= 6)) return ok(['--experimental-strip-types']);
  return err(
    `Node.js ${text} cannot run TypeScript. Use Node.js 22.18 or newer, or install tsx in the script's project (npm install tsx).`,
  );
}

function start(file: string, args: readonly string[]) {
  return spawn(file, args, { stdio: ['ignore', 'pipe', 'ignore'], timeout: VERSION_TIMEOUT_MS });
}

function capture(file: string, args: readonly string[]): Promise<Result<string>> {
  return new Promise((resolve) => {
    let child: ReturnType<typeof start>;
    try {
      child = start(file, args);
    } catch (error) {
      // A path that no program can have, an empty one for example.
      resolve(err((error as Error).message));
      return;
    }
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', (error: NodeJS.ErrnoException) => {
      resolve(err(error.code === 'ENOENT' ? 'no such program' : error.message));
    });
    child.on('close', (code) => {
      resolve(code === 0 ? ok(output) : err(`it ended with code ${String(code)}`));
    });
  });
}

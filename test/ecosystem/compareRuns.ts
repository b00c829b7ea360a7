import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Report } from '../../src/model/report';
import { cliPath, runCommand } from '../support/cviz';
import type { Ended } from '../support/cviz';
import type { Program } from './programs';

/** Another build than dist/, e.g. a packaged one. */
const otherBuild = process.env['CVIZ_DIST'];
const cli = otherBuild === undefined ? cliPath : path.resolve(otherBuild, 'cli.js');

/**
 * Runs a program bare and under `cviz record`, each time in a fresh copy of its project at the same place, checks that
 * nobody could tell the one from the other, and gives the report.
 */
export async function compareRuns(program: Program, packages: string): Promise<Report> {
  if (!existsSync(cli)) throw new Error('Build first: node esbuild.js');
  const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'cveco-')));
  try {
    symlinkSync(packages, path.join(scratch, 'node_modules'), 'junction');
    const command = commandOf(program, path.join(scratch, 'node_modules'));
    const recording = path.join(scratch, 'x.cviz');
    const run = (words: readonly string[]): Promise<Ended> => runFresh(program, scratch, words);
    const bare = await run(command);
    const recorded = await run([process.execPath, cli, 'record', '-o', recording, '--', ...command]);
    if (!isSame(program, bare, recorded)) {
      // Is it the visualizer, or do no two runs of it look alike?
      assertSame(program, bare, await run(command), 'two runs without the visualizer differ already');
      assertSame(program, bare, recorded, 'the program can be told from one that is not observed');
    }
    const reported = await run([process.execPath, cli, 'report', '--json', recording]);
    assert.equal(reported.code, 0, reported.stderr);
    return JSON.parse(reported.stdout) as Report;
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

function commandOf({ command }: Program, packages: string): string[] {
  return command.map((word, index) => {
    if (index === 0) return word === 'node' ? process.execPath : word;
    return word.startsWith('node_modules/') ? path.join(packages, word.slice('node_modules/'.length)) : word;
  });
}

function runFresh({ project }: Program, scratch: string, words: readonly string[]): Promise<Ended> {
  // In a folder of its own, whose name a link to a line can be known by.
  const cwd = path.join(scratch, project);
  rmSync(cwd, { recursive: true, force: true, maxRetries: 5 });
  cpSync(path.join(__dirname, 'fixtures', project), cwd, { recursive: true });
  const [file = '', ...args] = words;
  return runCommand(file, args, { cwd, env: environment() });
}

/** What a developer's shell or an outer test run has set must not decide what a program prints. */
const foreign = /^(NODE_|CVIZ_|MOCHA|VITEST|JEST_|TEST$|npm_|NPM_CONFIG_|FORCE_COLOR$|INIT_CWD$|DEBUG$)/;

function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(own), CI: 'true', NO_COLOR: '1', npm_config_update_notifier: 'false' };
}

function isSame(program: Program, one: Ended, other: Ended): boolean {
  return JSON.stringify(visible(program, one)) === JSON.stringify(visible(program, other));
}

function assertSame(program: Program, one: Ended, other: Ended, message: string): void {
  assert.deepEqual({ message, ...visible(program, other) }, { message, ...visible(program, one) });
}

function visible(program: Program, { stdout, stderr, code, signal }: Ended): object {
  const lines = (text: string): string[] => {
    const all = withoutTimes(text).split('\n');
    return program.unordered === true ? all.sort() : all;
  };
  return { stdout: lines(stdout), stderr: lines(stderr), code, signal };
}

/** Of all that these programs print, only times differ between two runs of the same. */
function withoutTimes(text: string): string {
  return text
    .replace(/duration_ms:? [\d.]+/g, 'duration_ms T')
    .replace(/\b\d\d:\d\d:\d\d\b/g, 'T')
    .replace(/, estimated \d+ s/g, '')
    .replace(/\b\d+(\.\d+)? ?m?s\b/g, 'T');
}

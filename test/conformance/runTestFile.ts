import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { programEnvironment } from '../../src/run/programEnvironment';
import type { TestFile } from './testFiles';

export interface Bench {
  readonly nodePath: string;
  readonly probePath: string;
  /** Node's `test` folder. */
  readonly testFolder: string;
  readonly timeoutMs: number;
}

export type Verdict = 'passed' | 'failed' | 'skipped';

export interface Outcome {
  readonly verdict: Verdict;
  /** How it ended, for people: `code 1`, `SIGABRT`, `no end within 60 s`. */
  readonly end: string;
  /** The last of what it printed. */
  readonly output: string;
  /** Threads that wrote a log; 0 when run bare. */
  readonly logs: number;
}

const outputLimit = 20_000;
let serial = 0;

/** Groups under way. They are not the terminal's, so nobody else ends them when this process is told to stop. */
const groups = new Set<number>();
const scratches = new Set<string>();
process.once('exit', () => {
  for (const pid of groups) endGroup(pid);
  for (const scratch of scratches) removeScratch(scratch);
});

/**
 * Runs a file as Node's tools/test.py would, in a process group of its own, whose leftovers are ended afterwards.
 * With `probed` the program reports into a folder of its own, which is removed.
 */
export async function runTestFile(bench: Bench, file: TestFile, probed: boolean): Promise<Outcome> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'cvconf-'));
  scratches.add(scratch);
  try {
    const bare = environment(file, scratch);
    const runDirectory = path.join(scratch, 'run');
    if (!probed) return await runOnce(bench, file, bare);
    mkdirSync(runDirectory, { mode: 0o700 });
    const env = programEnvironment(bare, runDirectory, bench.probePath);
    return { ...(await runOnce(bench, file, env)), logs: readdirSync(runDirectory).length };
  } finally {
    removeScratch(scratch);
  }
}

function removeScratch(scratch: string): void {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  scratches.delete(scratch);
}

/** What a developer's shell or an outer test run has set must not decide a verdict. */
const foreign = /^(NODE_|CVIZ_|MOCHA|npm_|NPM_CONFIG_|FORCE_COLOR$|NO_COLOR$|INIT_CWD$)/;

function environment(file: TestFile, scratch: string): Record<string, string | undefined> {
  serial += 1;
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return {
    ...Object.fromEntries(own),
    // The names are those of Node's tools/test.py; test/common makes temporary folders and ports of them.
    TEST_SERIAL_ID: String(serial),
    TEST_THREAD_ID: String(serial),
    ...(file.alone ? {} : { TEST_PARALLEL: '1' }),
    NODE_TEST_DIR: scratch,
    ...file.env,
  };
}

function runOnce(bench: Bench, file: TestFile, env: Record<string, string | undefined>): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(bench.nodePath, [...file.flags, file.path], {
      env,
      cwd: path.dirname(bench.testFolder),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    if (child.pid !== undefined) groups.add(child.pid);
    let output = '';
    const collect = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-outputLimit));
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      endGroup(child.pid);
    }, bench.timeoutMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    let leftovers: NodeJS.Timeout | undefined;
    child.once('exit', () => {
      // A grandchild that was left behind may hold the pipes open for ever.
      leftovers = setTimeout(() => endGroup(child.pid), 2000);
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      clearTimeout(leftovers);
      endGroup(child.pid);
      resolve({
        verdict: verdictOf(code, output),
        end: late ? `no end within ${bench.timeoutMs / 1000} s` : (signal ?? `code ${String(code)}`),
        output,
        logs: 0,
      });
    });
  });
}

function verdictOf(code: number | null, output: string): Verdict {
  if (code !== 0) return 'failed';
  return /^1\.\.0 # Skipped/m.test(output) ? 'skipped' : 'passed';
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  groups.delete(pid);
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is empty already.
  }
}

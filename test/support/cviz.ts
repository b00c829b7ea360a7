import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ProcessReport, Report, ThreadReport } from '../../src/model/report';

const root = path.join(__dirname, '..', '..');
export const cliPath = path.join(root, 'dist', 'cli.js');
export const probePath = path.join(root, 'dist', 'probe.js');

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Called when the process has started. */
  readonly during?: (child: ChildProcessWithoutNullStreams) => void;
}

/** A small real program of test/programs. */
export function programPath(name: string): string {
  return path.join(root, 'test', 'programs', name);
}

/** The number of the line of a test program that ends in `// line: NAME`. */
export function lineOf(program: string, name: string): number {
  const lines = readFileSync(programPath(program), 'utf8').split('\n');
  const index = lines.findIndex((line) => line.endsWith(`// line: ${name}`));
  if (index < 0) throw new Error(`${program} has no line named ${name}`);
  return index + 1;
}

export function runCommand(file: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env: options.env ?? process.env, cwd: options.cwd, stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({ stdout, stderr, code, signal });
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    options.during?.(child);
  });
}

export function cviz(args: readonly string[], options?: RunOptions): Promise<Ended> {
  if (!existsSync(cliPath)) throw new Error('Build first: node esbuild.js');
  return runCommand(process.execPath, [cliPath, ...args], options);
}

export interface Recorded extends Ended {
  readonly report: Report;
}

/** Runs a command under `cviz record` and gives what `cviz report --json` says of it. */
export async function record(command: readonly string[], options?: RunOptions): Promise<Recorded> {
  const directory = makeTemporaryDirectory();
  try {
    const file = path.join(directory, 'x.cviz');
    const ended = await cviz(['record', '-o', file, '--', ...command], options);
    const reported = await cviz(['report', '--json', file]);
    if (reported.code !== 0) throw new Error(`${reported.stderr}\n${ended.stderr}`);
    return { ...ended, report: JSON.parse(reported.stdout) as Report };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

export function makeTemporaryDirectory(): string {
  return mkdtempSync(path.join(tmpdir(), 'cvtest-'));
}

/** Threads that run JavaScript (or, outside Node, the main thread): what a program itself knows of. */
export function ownThreads(process: ProcessReport): ThreadReport[] {
  return process.threads.filter((thread) => thread.kind !== 'native');
}

/** Difference between a thread's life and the sum of its states, as a share of its life. */
export function statesError(report: Report, thread: ThreadReport): number {
  const life = (thread.endMs ?? report.durationMs) - thread.startMs;
  const sum = Object.values(thread.states).reduce((total, ms) => total + ms, 0);
  return life === 0 ? 0 : Math.abs(sum - life) / life;
}

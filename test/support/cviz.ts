import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ProcessReport, Report, ThreadReport } from '../../src/model/report';
import { chunkAt } from '../../src/trace/chunks';
import { readFileHeader } from '../../src/trace/fileHeader';
import { CHUNK_HEADER_BYTES, FILE_HEADER_BYTES, LOG_MAGIC, type SourceStrings } from '../../src/trace/format';
import { readPayload } from '../../src/trace/reader';
import type { TraceRecord } from '../../src/trace/records';

const root = path.join(__dirname, '..', '..');
/** Another build than dist/, e.g. a packaged one. */
const dist = path.resolve(process.env['CVIZ_DIST'] ?? path.join(root, 'dist'));
export const cliPath = path.join(dist, 'cli.js');
export const probePath = path.join(dist, 'probe.js');

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
  /** Ends it by SIGKILL when it takes longer: a program that hangs is a finding, not the end of the tests. */
  readonly limitMs?: number;
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
    const limit = setTimeout(() => child.kill('SIGKILL'), options.limitMs ?? 120_000);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(limit);
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
  /** Size of the recording. */
  readonly recordingBytes: number;
}

/** Runs a command under `cviz record` and gives what `cviz report --json` says of it. */
export async function record(command: readonly string[], options?: RunOptions): Promise<Recorded> {
  const directory = makeTemporaryDirectory();
  try {
    const file = path.join(directory, 'x.cviz');
    const ended = await cviz(['record', '-o', file, '--', ...command], options);
    const reported = await cviz(['report', '--json', file]);
    if (reported.code !== 0) throw new Error(`${reported.stderr}\n${ended.stderr}`);
    const { size: recordingBytes } = statSync(file);
    return { ...ended, report: JSON.parse(reported.stdout) as Report, recordingBytes };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** `base` as the environment of a process that reports to a run's folder, as `cviz record` would give it. */
export function probedEnvironment(base: NodeJS.ProcessEnv, directory: string): NodeJS.ProcessEnv {
  const theirs = base['NODE_OPTIONS'];
  const preload = `--require "${probePath}"`;
  return {
    ...base,
    CVIZ_RUN: directory,
    NODE_OPTIONS: theirs === undefined ? preload : `${preload} ${theirs}`,
  };
}

export interface BareAndProbed {
  readonly bare: Ended;
  readonly probed: Ended;
  /** How many threads reported: a comparison is worth something only where the probe was there. */
  readonly logs: number;
}

/** Runs `node args…` without the probe and with it. */
export async function runBareAndProbed(
  args: readonly string[],
  options: RunOptions & { readonly node?: string } = {},
): Promise<BareAndProbed> {
  const { node = process.execPath, env: base = ownEnvironment(), ...rest } = options;
  const directory = makeTemporaryDirectory();
  try {
    const [bare, probed] = await Promise.all([
      runCommand(node, args, { ...rest, env: base }),
      runCommand(node, args, { ...rest, env: probedEnvironment(base, directory) }),
    ]);
    return { bare, probed, logs: readdirSync(directory).length };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * The records of one thread's log. What its thread was just writing when it was killed may be missing; damage anywhere
 * before that is an error.
 */
export function readLog(file: string): TraceRecord[] {
  const bytes = readFileSync(file);
  if (bytes.length < FILE_HEADER_BYTES) return [];
  if (!readFileHeader(bytes, LOG_MAGIC).ok) throw new Error(`${file} is no log`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const strings: SourceStrings = new Map();
  const records: TraceRecord[] = [];
  let at = FILE_HEADER_BYTES;
  for (let chunk = chunkAt(view, at); chunk.state === 'whole'; chunk = chunkAt(view, at)) {
    const payload = bytes.subarray(at + CHUNK_HEADER_BYTES, at + chunk.bytes);
    const { malformed, unknown } = readPayload(payload, strings, (record) => void records.push(record));
    if (malformed || unknown > 0)
      throw new Error(`${file} has a chunk that is not made of records, at ${at}`);
    at += chunk.bytes;
  }
  if (chunkAt(view, at).state === 'damaged') throw new Error(`${file} is damaged at ${at}`);
  return records;
}

/** This process's environment without what its own Node was started with (mocha's `--import=tsx`). */
export function ownEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _ours, ...rest } = process.env;
  return rest;
}

/** Binaries of other Node versions to try as well: CVIZ_NODES lists them as PATH does. */
export function otherNodes(): string[] {
  return (process.env['CVIZ_NODES'] ?? '').split(path.delimiter).filter((file) => file !== '');
}

/** Runs `action` for each item, so many at a time. */
export async function inParallel<T>(
  items: readonly T[],
  atATime: number,
  action: (item: T) => Promise<void>,
): Promise<void> {
  const rest = [...items];
  const work = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await action(item);
  };
  await Promise.all(Array.from({ length: atATime }, work));
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

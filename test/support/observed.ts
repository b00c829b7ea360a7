import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { programEnvironment } from '../../src/run/programEnvironment';
import { CHUNK_HEADER_BYTES, FILE_HEADER_BYTES, type SourceStrings } from '../../src/trace/format';
import { chunkAt } from '../../src/trace/chunks';
import { readPayload } from '../../src/trace/reader';
import type { RecordKind, RecordOf, TraceRecord } from '../../src/trace/records';

/** The probe as it is now, whatever was built before. */
const bundle = buildSync({
  entryPoints: ['src/probe/main.ts'],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node18',
  write: false,
  logLevel: 'silent',
}).outputFiles[0]!.text;

export interface Observed {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
  readonly pid: number;
  /** The records of each log. */
  readonly logs: readonly (readonly TraceRecord[])[];
}

export interface Surroundings {
  readonly nodeOptions?: string;
  /** The call that the program's environment says it descends from. */
  readonly call?: string;
}

/** Runs `node -e source` with a probe that lies in `directory`, which is made. */
export function observe(
  source: string,
  directory: string,
  { nodeOptions, call }: Surroundings = {},
): Observed {
  const runDirectory = path.join(directory, 'run');
  mkdirSync(runDirectory, { recursive: true });
  const probePath = path.join(directory, 'probe.js');
  writeFileSync(probePath, bundle);
  const env = programEnvironment(environment(nodeOptions), runDirectory, probePath);
  const ended = run(source, call === undefined ? env : { ...env, CVIZ_CALL: call });
  const logs = readdirSync(runDirectory).map((name) => readLog(path.join(runDirectory, name)));
  return { ...ended, logs };
}

/** The records of one kind, from all logs. */
export function recordsOf<K extends RecordKind>({ logs }: Observed, kind: K): RecordOf<K>[] {
  return logs.flat().filter((record): record is RecordOf<K> => record.kind === kind);
}

/** The same without a probe. */
export function runBare(source: string, nodeOptions?: string): Omit<Observed, 'logs'> {
  return run(source, environment(nodeOptions));
}

/** An inherited environment would be the test runner's, with a loader in its NODE_OPTIONS. */
function environment(nodeOptions: string | undefined): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], ...(nodeOptions === undefined ? {} : { NODE_OPTIONS: nodeOptions }) };
}

function run(source: string, env: NodeJS.ProcessEnv): Omit<Observed, 'logs'> {
  const { stdout, stderr, status, pid } = spawnSync(process.execPath, ['-e', source], {
    env,
    encoding: 'utf8',
  });
  return { stdout, stderr, status, pid };
}

function readLog(file: string): TraceRecord[] {
  const bytes = readFileSync(file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const strings: SourceStrings = new Map();
  const records: TraceRecord[] = [];
  for (let at = FILE_HEADER_BYTES; at < bytes.length;) {
    const chunk = chunkAt(view, at);
    if (chunk.state !== 'whole') throw new Error(`${file} is ${chunk.state} at ${at}`);
    readPayload(bytes.subarray(at + CHUNK_HEADER_BYTES, at + chunk.bytes), strings, (record) =>
      records.push(record),
    );
    at += chunk.bytes;
  }
  return records;
}

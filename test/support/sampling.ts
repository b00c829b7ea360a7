import assert from 'node:assert/strict';
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { LinuxSampler } from '../../src/system/linux/linuxSampler';
import type { ProcFilesOptions } from '../../src/system/linux/procFiles';
import { CHUNK_HEADER_BYTES, type SourceStrings } from '../../src/trace/format';
import { readPayload } from '../../src/trace/reader';
import type { RecordKind, RecordOf, TraceRecord } from '../../src/trace/records';
import { layouts } from '../../src/trace/layouts';
import { ChunkWriter } from '../../src/trace/writer';

const PASS_INTERVAL_MS = 10;
/** Only against waiting for ever: nothing here depends on how long things take. */
const MAX_PASSES = 1000;

/** A sampler whose records can be waited for, and the processes it is to find. */
export class Sampling {
  readonly records: TraceRecord[] = [];
  readonly sampler: LinuxSampler;
  private readonly writer = new ChunkWriter(layouts);
  private readonly strings: SourceStrings = new Map();
  private readonly children: ChildProcess[] = [];
  private readonly runDirectory: string;

  constructor(runDirectory: string, files: ProcFilesOptions = {}) {
    this.runDirectory = runDirectory;
    this.sampler = new LinuxSampler(this.writer, { runDirectory, ...files });
  }

  /** Starts a program as the root of the tree; `marked` ones carry the run's folder in their environment. */
  start(
    command: readonly string[],
    options: { readonly stdio?: StdioOptions; readonly marked?: boolean } = {},
  ) {
    const { stdio = 'ignore', marked = false } = options;
    const [file = '', ...args] = command;
    const env = marked ? { ...process.env, CVIZ_RUN: this.runDirectory } : process.env;
    const child = spawn(file, args, { stdio, env });
    this.children.push(child);
    return child;
  }

  pass(): void {
    this.sampler.pass(0);
    const chunk = this.writer.takeChunk(0);
    if (chunk === null) return;
    readPayload(chunk.subarray(CHUNK_HEADER_BYTES), this.strings, (record) => this.records.push(record));
  }

  of<K extends RecordKind>(kind: K): RecordOf<K>[] {
    return this.records.filter((record): record is RecordOf<K> => record.kind === kind);
  }

  /** Makes passes until such a record has been written. */
  async until<K extends RecordKind>(
    kind: K,
    matches: (record: RecordOf<K>) => boolean = () => true,
  ): Promise<RecordOf<K>> {
    for (let pass = 0; pass < MAX_PASSES; pass++) {
      const found = this.of(kind).find(matches);
      if (found !== undefined) return found;
      this.pass();
      await delay(PASS_INTERVAL_MS);
    }
    return assert.fail(`no such ${kind} record; there are ${JSON.stringify(this.of(kind))}`);
  }

  /** Ends all that was started, and what the sampler found besides. */
  dispose(): void {
    const own = this.children.flatMap(({ pid }) => pid ?? []);
    for (const pid of new Set([...this.sampler.livePids(), ...own])) {
      if (pid !== process.pid) kill(pid);
    }
    this.sampler.dispose();
  }
}

export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** A record's JSON list of arguments. */
export function argumentsIn({ args }: { readonly args: string }): unknown {
  return JSON.parse(args);
}

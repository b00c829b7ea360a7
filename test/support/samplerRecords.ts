import { readFileSync } from 'node:fs';
import path from 'node:path';
import { emptyModel } from '../../src/model/model';
import { reduce } from '../../src/model/reduce';
import type { Model } from '../../src/model/types';
import { CHUNK_HEADER_BYTES, type SourceStrings } from '../../src/trace/format';
import { layouts } from '../../src/trace/layouts';
import { readPayload } from '../../src/trace/reader';
import type { RecordKind, RecordOf, TraceRecord } from '../../src/trace/records';
import { ChunkWriter } from '../../src/trace/writer';

/** Takes what a sampler writes, as records and as a model of the run. */
export class SamplerRecords {
  readonly writer = new ChunkWriter(layouts);
  readonly all: TraceRecord[] = [];
  readonly model: Model = emptyModel();
  private readonly strings: SourceStrings = new Map();

  /** `platform` as the run itself says it. */
  constructor(platform: string) {
    const run = { title: 't', command: 'node', args: '[]', cwd: '/', productVersion: '0', arch: 'x64' };
    this.writer.add('runStart', { time: 0, wallMs: 0, platform, cores: 2, ...run });
  }

  /** Takes over what was written since the last call; returns that. */
  take(): TraceRecord[] {
    const chunk = this.writer.takeChunk(0);
    const added: TraceRecord[] = [];
    if (chunk !== null) {
      readPayload(chunk.subarray(CHUNK_HEADER_BYTES), this.strings, (record) => added.push(record));
    }
    for (const record of added) reduce(this.model, record, 0);
    this.all.push(...added);
    return added;
  }

  of<K extends RecordKind>(kind: K): RecordOf<K>[] {
    this.take();
    return this.all.filter((record): record is RecordOf<K> => record.kind === kind);
  }
}

/** The text of a file in test/unit/system/captured, without the remarks at its top. */
export function captured(name: string): string {
  const file = path.join(__dirname, '..', 'unit', 'system', 'captured', name);
  return readFileSync(file, 'utf8').replace(/^(#.*\r?\n)+/, '');
}

import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import type * as modelModule from '../../src/model/model';
import type * as reduceModule from '../../src/model/reduce';
import { encodeFileHeader, RECORDING_MAGIC } from '../../src/trace/format';
import { frame } from '../../src/trace/recording';
import type * as recordingModule from '../../src/trace/recording';
import type { TraceRecord } from '../../src/trace/records';
import { layouts } from '../../src/trace/layouts';
import { ChunkWriter } from '../../src/trace/writer';
import { inTurn, milliseconds, roundsWanted } from './measure';
import { report } from './report';

const THREADS = 100;
const PASSES = 3000;

type Subject = Pick<typeof modelModule, 'emptyModel'> &
  Pick<typeof reduceModule, 'reduce'> &
  Pick<typeof recordingModule, 'RecordingReader'>;

/** As it is shipped, in one file: modules loaded one by one call each other through getters, which costs a third. */
function bundled(): Subject {
  const folder = mkdtempSync(path.join(tmpdir(), 'cviz-bench-'));
  const outfile = path.join(folder, 'model.js');
  const contents = `
    export { emptyModel } from './src/model/model';
    export { reduce } from './src/model/reduce';
    export { RecordingReader } from './src/trace/recording';`;
  const stdin = { contents, resolveDir: path.join(__dirname, '../..') };
  buildSync({ stdin, outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'silent' });
  const subject = createRequire(__filename)(outfile) as Subject;
  rmSync(folder, { recursive: true, force: true });
  return subject;
}

const { emptyModel, reduce, RecordingReader } = bundled();

/** A minute of a process with a hundred threads that are all awake: the sampler's records, a chunk a pass. */
function recording(): { readonly bytes: Uint8Array; readonly records: number } {
  const writer = new ChunkWriter(layouts);
  const parts = [encodeFileHeader(RECORDING_MAGIC)];
  let records = 0;
  const begin = 3.6e12;
  const ids = { pid: 1, processStartTicks: 1, startTicks: 1 };
  for (let lane = 1; lane <= THREADS; lane++) {
    writer.add('thread', { time: begin, lane, ...ids, tid: lane, start: begin, name: `thread ${lane}` });
    records++;
  }
  for (let pass = 1; pass <= PASSES; pass++) {
    const time = begin + pass * 20e6;
    for (let lane = 1; lane <= THREADS; lane++) {
      const isAwake = (pass + lane) % 3 === 0;
      const cpu = pass * 1e6 * (lane % 20);
      writer.add('threadSample', {
        time: time + lane * 5000,
        lane,
        cpu,
        runQueue: pass * 1e5 * (lane % 7),
        state: (isAwake ? 'R' : 'S').charCodeAt(0),
        waitChannel: isAwake ? null : lane % 2 === 0 ? 'do_epoll_wait' : 'futex_do_wait',
        systemCall: null,
        majorFaults: null,
        cpuNumber: null,
      });
    }
    writer.add('tick', { time: time + 1e6, cost: 1e6, interval: 20e6, processes: 1, threads: THREADS });
    records += THREADS + 1;
    const chunk = writer.takeChunk(time + 1e6);
    if (chunk !== null) parts.push(frame(1, chunk));
  }
  return { bytes: Buffer.concat(parts), records };
}

function read(bytes: Uint8Array, visit: (record: TraceRecord, source: number) => void): void {
  const reader = new RecordingReader(visit);
  const piece = 1 << 20;
  for (let at = 0; at < bytes.length; at += piece) reader.push(bytes.subarray(at, at + piece));
  reader.end();
  if (reader.problem !== null) throw new Error('the recording cannot be read');
}

const { bytes, records } = recording();
const perSecond = (ms: number): number => records / (ms / 1000) / 1e6;
const figures = inTurn(roundsWanted(15), {
  decode: () =>
    milliseconds(() => {
      read(bytes, () => undefined);
    }),
  reduce: () => {
    const model = emptyModel();
    return milliseconds(() => {
      read(bytes, (record, source) => {
        reduce(model, record, source);
      });
    });
  },
});
report('decode', figures.decode.map(perSecond), { unit: ' million records/s' });
report('decode and reduce', figures.reduce.map(perSecond), { unit: ' million records/s' });

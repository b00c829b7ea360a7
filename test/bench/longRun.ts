import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { encodeFileHeader, RECORDING_MAGIC } from '../../src/trace/format';
import { layouts } from '../../src/trace/layouts';
import { frame, RecordingReader } from '../../src/trace/recording';
import { ChunkWriter } from '../../src/trace/writer';
import { emptyModel } from '../../src/model/model';
import { reduce } from '../../src/model/reduce';
import type { Model } from '../../src/model/types';
import { report } from './report';

/**
 * What the model of an hour with 50 threads takes in memory, looked at 50 times a second: where all of them change
 * between running, ready and waiting all the time, and where a fifth of them does. Chunks are made and read one by one, as
 * they come in a live run.
 */
const THREADS = 50;
const PASSES = 3600 * 50;
const begin = 3.6e12;

function run(busyShare: number): Model {
  const model = emptyModel();
  const reader = new RecordingReader((record, source) => {
    reduce(model, record, source);
  });
  const writer = new ChunkWriter(layouts);
  const push = (time: number): void => {
    const chunk = writer.takeChunk(time);
    if (chunk !== null) reader.push(frame(1, chunk));
  };
  reader.push(encodeFileHeader(RECORDING_MAGIC));
  const ids = { pid: 1, processStartTicks: 1, startTicks: 1 };
  for (let lane = 1; lane <= THREADS; lane++) {
    writer.add('thread', { time: begin, lane, ...ids, tid: lane, start: begin, name: `thread ${lane}` });
  }
  const cpu = new Float64Array(THREADS + 1);
  const queue = new Float64Array(THREADS + 1);
  const changing = THREADS * busyShare;
  for (let pass = 1; pass <= PASSES; pass++) {
    const time = begin + pass * 20e6;
    for (let lane = 1; lane <= THREADS; lane++) {
      // The others are idle but for a moment a second.
      if (lane > changing && (pass + lane) % 50 !== 0) continue;
      cpu[lane] = (cpu[lane] ?? 0) + ((pass * lane) % 11) * 1e6;
      queue[lane] = (queue[lane] ?? 0) + ((pass + lane) % 5) * 1e6;
      writer.add('threadSample', {
        time: time + lane * 5000,
        lane,
        cpu: cpu[lane] ?? 0,
        runQueue: queue[lane] ?? 0,
        state: 'S'.charCodeAt(0),
        waitChannel: 'do_epoll_wait',
        systemCall: null,
        majorFaults: 0,
        cpuNumber: 0,
      });
    }
    writer.add('tick', { time: time + 1e6, cost: 1e6, interval: 20e6, processes: 1, threads: THREADS });
    push(time + 1e6);
  }
  return model;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function usedBytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

for (const busyShare of [0.2, 1]) {
  const before = usedBytes();
  const model = run(busyShare);
  const used = (usedBytes() - before) / 1024 / 1024;
  const what = `model of an hour with 50 threads, ${busyShare * 100} % of them busy`;
  report(what, [used], { unit: ' MiB', digits: 0, isSingle: true, target: { atMost: 200 } });
  if (model.threads.size < THREADS) throw new Error('the model has all threads');
}

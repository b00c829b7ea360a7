import type { ChunkWriter } from '../../src/trace/writer';
import type { StoryLine } from './storyLine';

type ThreadVerb = (line: StoryLine, writer: ChunkWriter) => void;

/** What a thread says of shared memory, and of what it does to others. */
export const sharingVerbs: Readonly<Record<string, ThreadVerb | undefined>> = {
  /** NAME shares BUFFER BYTES [wasm=yes] [via] [message] [index] [same=LOG:BUFFER] [at]: it holds a shared buffer */
  shares: (line, writer) => {
    writer.add('sharedBuffer', {
      time: line.time,
      buffer: Number(line.word(0)),
      bytes: Number(line.word(1)),
      isWasm: line.has('wasm'),
      via: line.number('via'),
      message: line.number('message'),
      index: line.number('index'),
      same: line.option('same'),
      location: line.option('at'),
    });
  },
  /** NAME passes BUFFER via message [index] */
  passes: (line, writer) => {
    writer.add('bufferSent', {
      time: line.time,
      buffer: Number(line.word(0)),
      via: line.number('via') ?? 0,
      message: line.number('message') ?? 0,
      index: line.number('index') ?? 0,
    });
  },
  /** NAME waits WAIT BUFFER CELL [byteOffset] [timeout] [async=yes] [at] */
  waits: (line, writer) => {
    writer.add('wait', {
      time: line.time,
      wait: Number(line.word(0)),
      buffer: Number(line.word(1)),
      cell: Number(line.word(2)),
      byteOffset: line.number('byteOffset') ?? Number(line.word(2)) * 4,
      timeoutMs: line.number('timeout'),
      async: line.has('async'),
      location: line.option('at'),
    });
  },
  /** NAME wakes WAIT RESULT */
  wakes: (line, writer) => {
    writer.add('waitEnd', { time: line.time, wait: Number(line.word(0)), result: line.word(1) });
  },
  /** NAME notifies BUFFER CELL WOKEN [byteOffset] [at] */
  notifies: (line, writer) => {
    writer.add('notify', {
      time: line.time,
      buffer: Number(line.word(0)),
      cell: Number(line.word(1)),
      byteOffset: line.number('byteOffset') ?? Number(line.word(1)) * 4,
      woken: Number(line.word(2)),
      location: line.option('at'),
    });
  },
  /** NAME stalls since: its event loop was held up until now */
  stalls: (line, writer) => {
    writer.add('longTask', { time: line.time, from: line.moment('since') ?? line.time });
  },
  /** NAME kills PID SIGNAL [error] [at] */
  kills: (line, writer) => {
    writer.add('kill', {
      time: line.time,
      pid: Number(line.word(0)),
      signal: Number(line.word(1)),
      error: line.number('error') ?? 0,
      location: line.option('at'),
    });
  },
  /** NAME terminates CALL [at] */
  terminates: (line, writer) => {
    writer.add('terminate', { time: line.time, call: Number(line.word(0)), location: line.option('at') });
  },
  /** NAME misses CALL REASON: the process it made is not observed from inside */
  misses: (line, writer) => {
    writer.add('unobserved', { time: line.time, call: Number(line.word(0)), reason: line.word(1) });
  },
};

import type { ChunkWriter } from '../../src/trace/writer';
import type { StoryLine } from './storyLine';

type ThreadVerb = (line: StoryLine, writer: ChunkWriter) => void;

/** A word of the line that is a number. */
function numbered(line: StoryLine, index: number): number {
  return Number(line.word(index));
}

/** What a thread says of its messages. Ports are the log's own numbers, messages those of the port. */
export const messageVerbs: Readonly<Record<string, ThreadVerb | undefined>> = {
  /** NAME holds PORT ORIGIN [call] [peer] [via] [message] [index] [name] [at] */
  holds: (line, writer) => {
    writer.add('port', {
      time: line.time,
      port: numbered(line, 0),
      origin: line.word(1),
      call: line.number('call'),
      peer: line.number('peer'),
      via: line.number('via'),
      message: line.number('message'),
      index: line.number('index'),
      name: line.option('name'),
      location: line.option('at'),
    });
  },
  /** NAME moves PORT [via] [message] [call] [index] [sent] [received] */
  moves: (line, writer) => {
    writer.add('portMoved', {
      time: line.time,
      port: numbered(line, 0),
      via: line.number('via'),
      message: line.number('message'),
      call: line.number('call'),
      index: line.number('index') ?? 0,
      sent: line.number('sent') ?? 0,
      received: line.number('received') ?? 0,
    });
  },
  /** NAME sends PORT MESSAGE [bytes] [transferred] [transferredBytes] [took] [at] */
  sends: (line, writer) => {
    writer.add('send', {
      time: line.time,
      port: numbered(line, 0),
      message: numbered(line, 1),
      bytes: line.number('bytes') ?? 8,
      transferredBytes: line.number('transferredBytes') ?? 0,
      transferred: line.number('transferred') ?? 0,
      duration: line.duration('took') ?? 0,
      location: line.option('at'),
    });
  },
  /** NAME gets PORT MESSAGE [took] */
  gets: (line, writer) => {
    const [port, message] = [numbered(line, 0), numbered(line, 1)];
    writer.add('receive', { time: line.time, port, message, duration: line.duration('took') });
  },
  /** NAME handled PORT MESSAGE */
  handled: (line, writer) => {
    writer.add('handled', { time: line.time, port: numbered(line, 0), message: numbered(line, 1) });
  },
  /** NAME counts PORT [sent] [bytes] [received] [every] */
  counts: (line, writer) => {
    writer.add('traffic', {
      time: line.time,
      port: numbered(line, 0),
      sent: line.number('sent') ?? 0,
      sentBytes: line.number('bytes') ?? 0,
      received: line.number('received') ?? 0,
      every: line.number('every') ?? 1,
    });
  },
  /** NAME found PORT [sent] [received]: what the other end had counted when its thread ended. */
  found: (line, writer) => {
    writer.add('peerTraffic', {
      time: line.time,
      port: numbered(line, 0),
      sent: line.number('sent') ?? 0,
      received: line.number('received') ?? 0,
    });
  },
};

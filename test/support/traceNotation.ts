import assert from 'node:assert/strict';
import { emptyModel } from '../../src/model/model';
import { reduce } from '../../src/model/reduce';
import type { Model } from '../../src/model/types';
import { encodeFileHeader, RECORDING_MAGIC } from '../../src/trace/format';
import { frame, RecordingReader } from '../../src/trace/recording';
import { layouts } from '../../src/trace/layouts';
import { ChunkWriter } from '../../src/trace/writer';
import { parseLine, type StoryLine } from './storyLine';
import { osVerbs, runVerbs, threadVerbs, type Verb } from './storyVerbs';

/**
 * A notation for recordings, so that a test of the model reads as a story. One event a line:
 *
 *     TIME WHO VERB words… key=value…
 *
 * TIME is in milliseconds since the run began, WHO is `run`, `os` (the sampler) or the name of a thread's log, and
 * the verbs are those of storyVerbs.ts. Values with spaces stand in double quotes, `--` begins a comment.
 *
 *     0   run starts "node main.js"
 *     1   run root 100
 *     5   main begins pid=100 cpu=3
 *     6   main calls 1 spawn "git status" at=main.js:3:5
 *     7   main started 1 pid=101
 *     20  os sees 100/100 S do_epoll_wait cpu=9
 *     30  main heard 1 code=0
 *     40  main ends code=0 cpu=12
 *     41  run exit 100 code=0
 *
 * Every line goes through the real codec, as a chunk of its own.
 */
export function modelOf(story: string): Model {
  return modelFrom([recordingOf(story)]);
}

/** The story as the bytes of a recording. */
export function recordingOf(story: string): Uint8Array {
  return recordingFrom(chunksOf(story));
}

/** One line of a story, written by its source. */
export interface StoryChunk {
  readonly source: number;
  readonly line: string;
  readonly bytes: Uint8Array;
}

export function chunksOf(story: string): StoryChunk[] {
  const writers = new Map<string, ChunkWriter>();
  const sources = new Map<string, number>([
    ['run', 0],
    ['os', 1],
  ]);
  const lanes = new Map<string, number>();
  const chunks: StoryChunk[] = [];
  for (const text of story.split('\n')) {
    const line = parseLine(text);
    if (line === null) continue;
    const { who } = line;
    let writer = writers.get(who);
    if (writer === undefined) writers.set(who, (writer = new ChunkWriter(layouts)));
    let source = sources.get(who);
    if (source === undefined) sources.set(who, (source = sources.size));
    verbOf(line)(line, writer, lanes);
    line.close();
    const bytes = writer.takeChunk(line.time);
    if (bytes !== null) chunks.push({ source, line: text.trim(), bytes });
  }
  return chunks;
}

export function recordingFrom(chunks: readonly StoryChunk[]): Uint8Array {
  return Buffer.concat([
    encodeFileHeader(RECORDING_MAGIC),
    ...chunks.map(({ source, bytes }) => frame(source, bytes)),
  ]);
}

/** Reads a recording, given in pieces, to its end; it must be whole. */
export function modelFrom(pieces: readonly Uint8Array[]): Model {
  const model = emptyModel();
  const reader = new RecordingReader((record, source) => {
    reduce(model, record, source);
  });
  for (const piece of pieces) reader.push(piece);
  reader.end();
  assert.equal(reader.problem, null);
  assert.equal(reader.unfinishedBytes, 0);
  return model;
}

function verbOf(line: StoryLine): Verb {
  const verbs = line.who === 'run' ? runVerbs : line.who === 'os' ? osVerbs : threadVerbs;
  const verb = verbs[line.verb];
  if (verb === undefined) throw new Error(`${line.who} cannot "${line.verb}": ${line.text}`);
  return verb;
}

/** Threads, processes, buffers and lines as words of sentences. Pure. */
import type { Ns } from '../../src/base/units';
import { baseName, processTitle, threadTitle } from '../../src/model/select';
import type { Model, Process, Thread } from '../../src/model/types';
import { details } from '../details/detailTexts';
import { printable, shortLocation } from '../format';
import type { Inline, Word } from './sentence';
import { atomicsTexts, whyTexts } from './whyTexts';

export interface Naming {
  readonly model: Model;
  /** What shared buffers are called on screen, by id. */
  readonly bufferNumbers: ReadonlyMap<string, number>;
  /** Threads of other processes are named together with their process; null: all are. */
  readonly processId: string | null;
}

const LONGEST_NAME = 60;

function shortened(name: string): string {
  const text = printable(name);
  return text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;
}

export function threadName({ model, processId }: Naming, thread: Thread): string {
  const process = model.processes.get(thread.processId);
  const title = shortened(threadTitle(thread));
  if (process === undefined || process.id === processId) return title;
  // Outside Node a thread is hardly ever meant apart from its process.
  if (!process.isNode && thread.kind === 'main') return shortened(processTitle(process));
  return details.ofProcess(title, shortened(programName(process)));
}

/** `thumbs.js` of `node thumbs.js --size=128`: what tells Node's processes apart. */
function programName(process: Process): string {
  const script = process.isNode
    ? process.args.slice(1).find((argument) => !argument.startsWith('-'))
    : undefined;
  return script === undefined ? processTitle(process) : baseName(script);
}

/** `time` is absolute. */
export function threadWord(naming: Naming, id: string | null, time: Ns | null = null): Word {
  const thread = id === null ? undefined : naming.model.threads.get(id);
  if (thread === undefined) return whyTexts.unknownThread;
  return { kind: 'thread', id: thread.id, text: threadName(naming, thread), time };
}

export function processWord(process: Process): Inline {
  return { kind: 'process', id: process.id, text: shortened(processTitle(process)) };
}

export function lineWord(location: string): Inline {
  return { kind: 'line', location, text: printable(shortLocation(location)) };
}

export function bufferWord({ bufferNumbers }: Naming, id: string | null): Word {
  const number = id === null ? undefined : bufferNumbers.get(id);
  if (number === undefined) return atomicsTexts.unknownBuffer;
  return { kind: 'buffer', text: atomicsTexts.buffer(number) };
}

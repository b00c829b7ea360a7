/** What the search looks at. Pure; texts are kept as long as what they are made of stays the same. */
import { callOf, processTitle, threadTitle } from '../../src/model/select';
import type { Model, Process, Thread } from '../../src/model/types';

/** Nobody types what stands further behind, and a thousand names of this length must still be searched at once. */
const MOST_CHARACTERS = 4000;

/** The words of a query: a row must contain all of them. What stands in quotes is one word. */
export function wordsOf(query: string): readonly string[] {
  const words = comparable(query).match(/"[^"]*"?|[^\s"]+/g) ?? [];
  return words.map((word) => word.replaceAll('"', '').trim()).filter(Boolean);
}

/**
 * Texts in the form in which they are compared, a line each: a Korean syllable may be written as one character or as its
 * letters.
 */
export function comparable(...texts: readonly string[]): string {
  const cut = texts.map((text) => (text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) : text));
  return cut.join('\n').normalize('NFC').toLowerCase();
}

export function threadFields(model: Model, thread: Thread): readonly string[] {
  const { kind, threadId, tid, name, file } = thread;
  return [
    threadTitle(thread),
    ...(kind === 'worker' && threadId !== null ? [`threadId ${threadId}`] : []),
    ...(tid === null ? [] : [`tid ${tid}`]),
    ...(name === null ? [] : [name]),
    ...(file === null ? [] : [file]),
    ...locationOf(model, thread),
  ];
}

/** A process outside Node speaks for its main thread, too: that has no row of its own. */
export function processFields(model: Model, process: Process): readonly string[] {
  const main = process.threads[0];
  return [
    processTitle(process),
    `pid ${process.pid}`,
    process.args.join(' '),
    ...locationOf(model, process),
    ...(process.isNode || main === undefined ? [] : threadFields(model, main)),
  ];
}

function locationOf(model: Model, subject: Process | Thread): readonly string[] {
  const location = callOf(model, subject)?.location ?? null;
  return location === null ? [] : [location];
}

interface Cached {
  readonly madeOf: readonly unknown[];
  readonly text: string;
  /** Of the model, when it was last compared: as long as that is the same, nothing can have changed. */
  revision: number;
}

const texts = new WeakMap<Process | Thread, Cached>();

export function threadText(model: Model, thread: Thread): string {
  const madeOf = (): readonly unknown[] => {
    const { kind, threadId, tid, name, file, isEval } = thread;
    return [kind, threadId, tid, name, file, isEval, callOf(model, thread)];
  };
  return cachedText(model, thread, madeOf, () => threadFields(model, thread));
}

export function processText(model: Model, process: Process): string {
  const madeOf = (): readonly unknown[] => {
    const main = process.isNode ? null : process.threads[0];
    return [process.args, process.isNode, main, main?.tid, main?.name, callOf(model, process)];
  };
  return cachedText(model, process, madeOf, () => processFields(model, process));
}

function cachedText(
  { revision }: Model,
  subject: Process | Thread,
  madeOf: () => readonly unknown[],
  fields: () => readonly string[],
): string {
  const known = texts.get(subject);
  if (known?.revision === revision) return known.text;
  const parts = madeOf();
  if (known?.madeOf.every((value, index) => value === parts[index]) === true) {
    known.revision = revision;
    return known.text;
  }
  const text = comparable(...fields());
  texts.set(subject, { madeOf: parts, text, revision });
  return text;
}

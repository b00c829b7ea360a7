import type { Port } from './channelTypes';
import type { Model, SourceState } from './types';

interface SourcesOfThreads {
  /** How many of the model's sources are in it: there are only ever more. */
  known: number;
  readonly byThread: Map<string, SourceState[]>;
}

const indexes = new WeakMap<Model, SourcesOfThreads>();

/** The logs of a thread: one, as a rule. */
export function sourcesOf(model: Model, threadId: string): readonly SourceState[] {
  let index = indexes.get(model);
  if (index === undefined) indexes.set(model, (index = { known: 0, byThread: new Map() }));
  const { sources } = model.index;
  if (sources.size > index.known) addSources(index, sources);
  return index.byThread.get(threadId) ?? NONE;
}

const NONE: readonly SourceState[] = [];

function addSources(index: SourcesOfThreads, sources: ReadonlyMap<number, SourceState>): void {
  let place = 0;
  for (const source of sources.values()) {
    if (place++ < index.known) continue;
    const known = index.byThread.get(source.thread.id);
    if (known === undefined) index.byThread.set(source.thread.id, [source]);
    else known.push(source);
  }
  index.known = sources.size;
}

/** The ports that a thread holds or held, with those that are new since `known` of them were seen. */
export function visitNewPorts(source: SourceState, known: number, visit: (port: Port) => void): void {
  if (source.ports.size <= known) return;
  let place = 0;
  for (const port of source.ports.values()) {
    if (place++ >= known) visit(port);
  }
}

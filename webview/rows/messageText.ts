/** The messages of threads, as far as the search looks at them. Pure. */
import type { Channel, Port } from '../../src/model/channelTypes';
import type { Model } from '../../src/model/types';
import { comparable } from './searchText';

/** By thread: the lines that messages were sent from which it sent or received, and names of its channels. */
type MessageFields = ReadonlyMap<string, ReadonlySet<string>>;

function messageFields(model: Model): MessageFields {
  const fields = new Map<string, Set<string>>();
  const add = (threadId: string, text: string): void => {
    if (text === '') return;
    const known = fields.get(threadId);
    if (known === undefined) fields.set(threadId, new Set([text]));
    else known.add(text);
  };
  const { locations } = model.index.messages;
  for (const channel of model.channels.values()) {
    const lines = linesOf(channel, locations);
    for (const { holders } of channel.ends) {
      for (const { threadId } of holders) {
        if (channel.name !== null) add(threadId, channel.name);
        for (const line of lines) add(threadId, line);
      }
    }
  }
  for (const port of model.index.messages.unplaced) {
    for (const line of linesOfPort(port, locations)) add(port.threadId, line);
  }
  return fields;
}

/** All ends', since whatever was sent on one of them the others receive. */
function linesOf({ ends }: Channel, locations: readonly string[]): ReadonlySet<string> {
  return new Set(ends.flatMap(({ holders }) => holders.flatMap((port) => linesOfPort(port, locations))));
}

function linesOfPort({ sending }: Port, locations: readonly string[]): readonly string[] {
  return sending.lines === null ? [] : [...sending.lines.keys()].map((line) => locations[line] ?? '');
}

interface MessageSearch {
  readonly fields: MessageFields;
  /** The fields as comparable text. */
  readonly texts: ReadonlyMap<string, string>;
}

const cache = new WeakMap<Model, MessageSearch & { readonly revision: number }>();

export function messageSearch(model: Model): MessageSearch {
  const known = cache.get(model);
  if (known?.revision === model.revision) return known;
  const fields = messageFields(model);
  const texts = new Map<string, string>();
  for (const [threadId, all] of fields) texts.set(threadId, comparable(...all));
  const search = { fields, texts, revision: model.revision };
  cache.set(model, search);
  return search;
}

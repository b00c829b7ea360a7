/** Why a row was found whose name does not say so. Pure. */
import type { Row } from '../../src/model/select';
import type { Model } from '../../src/model/types';
import { printable, shortLocation } from '../format';
import { messageSearch } from '../rows/messageText';
import { comparable, processFields, threadFields } from '../rows/searchText';

const MOST_CHARACTERS = 200;

/** The piece of text that has the first of the words that is not on screen (`shown`); null if all of them are. */
export function matchReason(model: Model, row: Row, shown: string, words: readonly string[]): string | null {
  if (row.kind === 'nativeThreads') return null;
  const text = comparable(shown);
  const missing = words.find((word) => !text.includes(word));
  if (missing === undefined) return null;
  const field = fieldsOf(model, row).find((one) => comparable(one).includes(missing));
  return field === undefined ? null : printable(shortenedAround(field, missing));
}

function fieldsOf(model: Model, row: Exclude<Row, { readonly kind: 'nativeThreads' }>): readonly string[] {
  const { fields } = messageSearch(model);
  const thread = row.kind === 'thread' ? row.thread : row.process.isNode ? undefined : row.process.threads[0];
  const own = row.kind === 'thread' ? threadFields(model, row.thread) : processFields(model, row.process);
  return [...own, ...(thread === undefined ? [] : (fields.get(thread.id) ?? []))];
}

function shortenedAround(field: string, word: string): string {
  const location = shortLocation(field);
  if (comparable(location).includes(word) && location.length <= MOST_CHARACTERS) return location;
  if (field.length <= MOST_CHARACTERS) return field;
  const at = Math.max(0, comparable(field).indexOf(word) - MOST_CHARACTERS / 2);
  return `${at > 0 ? '…' : ''}${field.slice(at, at + MOST_CHARACTERS)}…`;
}

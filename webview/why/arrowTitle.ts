import type { Arrow } from '../../src/model/arrowTypes';
import { threadWord, type Naming } from './naming';
import { plainText } from './sentence';
import { arrowViewTexts as texts } from './whyTexts';

/** `Message: main → worker 2`. */
export function arrowTitle(naming: Naming, { kind, from, to }: Arrow): string {
  const name = (id: string): string => plainText([threadWord(naming, id)]);
  return texts.title(texts[kind], name(from.threadId), name(to.threadId));
}

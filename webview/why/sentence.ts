/** Sentences with links in them, as data: shown as links on the page, and read out as plain text. Pure. */
import type { Ns } from '../../src/base/units';

export type Inline =
  | { readonly kind: 'code'; readonly text: string }
  /** Selects the thread, at a moment of it (absolute) where that is known. */
  | { readonly kind: 'thread'; readonly id: string; readonly text: string; readonly time: Ns | null }
  | { readonly kind: 'process'; readonly id: string; readonly text: string }
  /** A line of code: `file:line:column`. */
  | { readonly kind: 'line'; readonly location: string; readonly text: string }
  /** A shared buffer: it is shown in the Memory tab. */
  | { readonly kind: 'buffer'; readonly text: string };

export type Word = string | Inline;
export type Sentence = readonly Word[];

/** A whole sentence with its words in their places, so that a translation may order them otherwise. */
export function say(texts: TemplateStringsArray, ...words: readonly (Word | Sentence)[]): Sentence {
  const result: Word[] = [];
  texts.forEach((text, index) => {
    if (text !== '') result.push(text);
    const word = words[index];
    if (word === undefined) return;
    if (typeof word === 'string' || !isSentence(word)) result.push(word);
    else result.push(...word);
  });
  return result;
}

function isSentence(word: Inline | Sentence): word is Sentence {
  return Array.isArray(word);
}

export function plainText(sentence: Sentence): string {
  return sentence.map((word) => (typeof word === 'string' ? word : word.text)).join('');
}

export function code(text: string): Inline {
  return { kind: 'code', text };
}

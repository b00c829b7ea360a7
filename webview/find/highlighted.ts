import { html, type TemplateResult } from 'lit';

/** Text with the words of the search marked in it. `words` are in comparable form (see rows/searchText.ts). */
export function highlighted(text: string, words: readonly string[]): unknown {
  if (words.length === 0 || text === '') return text;
  // Like the words: as one form of the same letters.
  const composed = text.normalize('NFC');
  const longestFirst = words.toSorted((a, b) => b.length - a.length).map(escaped);
  const parts = composed.split(new RegExp(`(${longestFirst.join('|')})`, 'giu'));
  return parts.map((part, index) => (index % 2 === 1 ? mark(part) : part));
}

function mark(text: string): TemplateResult {
  return html`<mark>${text}</mark>`;
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

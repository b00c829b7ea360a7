import { html, type TemplateResult } from 'lit';
import { assertUnreachable } from '../../src/base/assertUnreachable';
import { subjectLink } from '../details/fields';
import { locationLink } from '../sourceLink';
import type { PanelStore } from '../store';
import type { Inline, Sentence, Word } from './sentence';
import { whyTexts } from './whyTexts';

export function renderSentence(store: PanelStore, sentence: Sentence): TemplateResult {
  return html`${sentence.map((word, index) => {
    if (typeof word === 'string') return typeof sentence[index - 1] === 'object' ? cutMark(word).rest : word;
    // A line may be broken after a link, but not before the comma that follows it.
    const next = sentence[index + 1];
    const { mark } = cutMark(typeof next === 'string' ? next : '');
    const link = renderInline(store, word);
    return mark === '' ? link : html`<span class="unbroken">${link}${mark}</span>`;
  })}`;
}

function cutMark(text: string): { readonly mark: string; readonly rest: string } {
  const [mark = ''] = /^[.,;:)]+/.exec(text) ?? [];
  return { mark, rest: text.slice(mark.length) };
}

export function renderSentences(store: PanelStore, sentences: readonly Sentence[]): TemplateResult {
  return html`${sentences.map((sentence) => html`<p>${renderSentence(store, sentence)}</p>`)}`;
}

export function renderWord(store: PanelStore, word: Word): TemplateResult {
  return typeof word === 'string' ? html`${word}` : renderInline(store, word);
}

function renderInline(store: PanelStore, word: Inline): TemplateResult {
  switch (word.kind) {
    case 'code':
      return html`<code>${word.text}</code>`;
    case 'thread': {
      const { id, text, time } = word;
      if (time === null) return subjectLink(store, id, text);
      const moment = time - (store.model.start ?? 0);
      return html`<button class="link" @click=${() => store.revealMoment(id, moment)}>${text}</button>`;
    }
    case 'process':
      return subjectLink(store, word.id, word.text);
    case 'line':
      return locationLink(store, word.location);
    case 'buffer':
      return html`<button
        class="link"
        title=${whyTexts.openMemory}
        @click=${() => store.setDrawer({ open: true, tab: 'memory' })}
      >
        ${word.text}
      </button>`;
    default:
      return assertUnreachable(word);
  }
}

import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { formatCount } from '../format';
import { wordsOf } from '../rows/searchText';
import { SignalElement } from '../signalElement';
import { neighbourMatch } from './matches';
import { search } from './findTexts';

/** Finds rows by their text. */
export class CvizSearchBox extends SignalElement {
  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.onDocumentKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.onDocumentKey);
  }

  protected override render(): TemplateResult {
    const { query } = this.store.arrangement.value;
    return html`<div class="searchBox" role="search" @keydown=${this.onKey}>
      <span class="codicon codicon-search" aria-hidden="true"></span>
      <input
        type="text"
        class="searchInput"
        spellcheck="false"
        autocomplete="off"
        dir="auto"
        aria-label=${search.label}
        placeholder=${search.placeholder}
        title=${search.title}
        .value=${live(query)}
        @input=${this.onInput}
      />
      <span class="searchCount" role="status">${this.countText()}</span>
      ${query === '' ? nothing : this.renderButtons()}
    </div>`;
  }

  private renderButtons(): TemplateResult {
    const { matches } = this.store.arranged.value;
    return html`
      ${matches.length === 0 ? nothing : this.button('arrow-up', search.previous, () => this.go(-1))}
      ${matches.length === 0 ? nothing : this.button('arrow-down', search.next, () => this.go(1))}
      ${this.button('close', search.clear, () => {
        this.store.setArrangement({ query: '' });
        this.input?.focus();
      })}
    `;
  }

  private button(icon: string, label: string, run: () => void): TemplateResult {
    return html`<button class="iconButton" type="button" title=${label} aria-label=${label} @click=${run}>
      <span class="codicon codicon-${icon}" aria-hidden="true"></span>
    </button>`;
  }

  private countText(): string {
    const { arrangement, arranged, selection } = this.store;
    if (wordsOf(arrangement.value.query).length === 0) return '';
    const { matches } = arranged.value;
    if (matches.length === 0) return search.none;
    const count = formatCount(matches.length);
    const index = matches.indexOf(selection.value?.rowId ?? '');
    return index < 0 ? search.found(count) : search.position(formatCount(index + 1), count);
  }

  private get input(): HTMLInputElement | null {
    return this.querySelector('input');
  }

  private go(by: -1 | 1): void {
    const { store } = this;
    const id = neighbourMatch(store.arranged.value, store.selection.value?.rowId ?? null, by);
    if (id !== null) store.select(id);
  }

  private readonly onInput = (): void => {
    this.store.setArrangement({ query: this.input?.value ?? '' });
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    // An input method takes these keys for itself while it composes a syllable.
    if (event.isComposing) return;
    if (event.key === 'Enter' && event.target === this.input) this.go(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') {
      this.store.setArrangement({ query: '' });
      document.querySelector<HTMLElement>('.scroller')?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private readonly onDocumentKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const isFind = isCommand && event.key === 'f';
    const isSlash = event.key === '/' && !isCommand && !isTyping(event);
    if (!isFind && !isSlash) return;
    event.preventDefault();
    this.input?.focus();
    this.input?.select();
  };
}

function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}

customElements.define('cviz-search-box', CvizSearchBox);

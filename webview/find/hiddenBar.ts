import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../format';
import { noFilters } from '../rows/rowFilter';
import { SignalElement } from '../signalElement';
import { activeTexts, shortened } from './activeTexts';
import { active, hidden } from './findTexts';

/** Says that rows are hidden, by what, and how to get them back: nobody may take a part for the whole. */
export class CvizHiddenBar extends SignalElement {
  protected override render(): TemplateResult | typeof nothing {
    const { store } = this;
    const { hidden: count, rows } = store.arranged.value;
    if (count === 0) return nothing;
    const arrangement = store.arrangement.value;
    const query = arrangement.query.trim();
    const reasons = [
      ...(query === '' ? [] : [active.search(shortened(query))]),
      ...activeTexts(store.model, arrangement),
    ];
    return html`<div class="hiddenBar">
      <span class="codicon codicon-filter-filled" aria-hidden="true"></span>
      <span class="hiddenText"
        >${rows.length === 0 ? hidden.everything : hidden.rows(count, formatCount(count))}:
        <span class="dim">${reasons.join(' · ')}</span></span
      >
      <button type="button" class="link" @click=${() => store.setArrangement({ ...noFilters, query: '' })}>
        ${hidden.clear}
      </button>
    </div>`;
  }
}

customElements.define('cviz-hidden-bar', CvizHiddenBar);

/** Facts with their meanings: as tooltips, and for everybody below each fact when the drawer's Explain is on. */
import { html, nothing, type TemplateResult } from 'lit';
import type { FactText } from '../factTexts';
import type { PanelStore } from '../store';
import type { FieldValue } from './fields';

export type Fact = readonly [text: FactText, value: FieldValue];

/** What is null is left out. */
export function factList(store: PanelStore, facts: readonly Fact[]): TemplateResult {
  return html`<dl class="fields">
    ${facts.map(([{ name, meaning }, value]) =>
      value === null
        ? nothing
        : html`<dt title=${meaning}>${name}</dt>
            <dd>${value}${explanation(store, meaning)}</dd>`,
    )}
  </dl>`;
}

/** A meaning in words, where the user wants to read them. */
export function explanation(store: PanelStore, meaning: string): TemplateResult | typeof nothing {
  return store.drawer.value.explain ? html`<div class="explained">${meaning}</div>` : nothing;
}

/** A heading whose meaning one line tells. */
export function factHeading(name: string, meaning: string): TemplateResult {
  return html`<h2>${name}</h2>
    <p class="dim explanation">${meaning}</p>`;
}

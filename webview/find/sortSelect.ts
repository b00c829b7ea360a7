import { html, type TemplateResult } from 'lit';
import type { PanelStore } from '../store';
import { rowSorts, type RowSort } from '../rows/arrangement';
import { sortNames, view } from './findTexts';

/** In the toolbar where there is room, else in the view menu. */
export function sortSelect(store: PanelStore, className: string): TemplateResult {
  const { sort } = store.arrangement.value;
  const choose = (chosen: RowSort): void => {
    // Another order is asked for: what was moved before does not stand in its way.
    store.setArrangement({ sort: chosen, places: [] });
  };
  return html`<select
    class="select ${className}"
    aria-label=${view.sort}
    title=${view.sortTitle}
    @change=${(event: Event) => {
      const { value } = event.target as HTMLSelectElement;
      choose(rowSorts.find((one) => one === value) ?? 'tree');
    }}
  >
    ${rowSorts.map((one) => html`<option value=${one} .selected=${one === sort}>${sortNames[one]}</option>`)}
  </select>`;
}

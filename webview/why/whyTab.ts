import { html, type TemplateResult } from 'lit';
import type { PanelStore } from '../store';

/** The Why tab: the selected interval, arrow or stretch of time, explained. */
export function renderWhy(_store: PanelStore): TemplateResult {
  return html``;
}

import { html, type TemplateResult } from 'lit';
import { threadStates } from '../src/model/states';
import { SignalElement } from './signalElement';
import { legend, stateMeanings, stateNames } from './strings';
import { swatch } from './swatch';

/** What the colours, letters and patterns of the lanes mean. */
export class CvizLegend extends SignalElement {
  protected override render(): TemplateResult {
    return html`
      <div class="legend">
        <ul aria-label=${legend.label}>
          ${threadStates.map(
            (state) =>
              html`<li title=${stateMeanings[state]}>${swatch(state)}<span>${stateNames[state]}</span></li>`,
          )}
        </ul>
        <ul aria-label=${legend.patterns}>
          <li title=${legend.longTaskTitle}>
            <span class="swatch longTaskSwatch"></span><span>${legend.longTask}</span>
          </li>
          <li title=${legend.mixedTitle}>
            <span class="swatch mixedSwatch"></span><span>${legend.mixed}</span>
          </li>
          <li title=${legend.measuredTitle}>
            <span class="swatch solidSwatch"></span><span>${legend.measured}</span>
          </li>
          <li title=${legend.estimatedTitle}>
            <span class="swatch hatchedSwatch"></span><span>${legend.estimated}</span>
          </li>
        </ul>
      </div>
    `;
  }
}

customElements.define('cviz-legend', CvizLegend);

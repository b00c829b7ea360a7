import { html, type TemplateResult } from 'lit';
import { arrowKinds } from '../src/model/arrowTypes';
import { threadStates } from '../src/model/states';
import { SignalElement } from './signalElement';
import { spanLegend } from './spanTexts';
import { legend, stateMeanings, stateNames } from './strings';
import { swatch } from './swatch';

/** What the colours, letters, patterns and lines of the lanes mean. */
export class CvizLegend extends SignalElement {
  protected override render(): TemplateResult {
    return html`
      <div class="legend">
        <ul aria-label=${legend.label}>
          ${threadStates.map((state) => item(stateMeanings[state], swatch(state), stateNames[state]))}
        </ul>
        <ul aria-label=${spanLegend.label}>
          ${arrowKinds.map((kind) =>
            item(
              spanLegend[`${kind}Title`],
              html`<span class="arrowSwatch arrow-${kind}" aria-hidden="true"></span>`,
              spanLegend[kind],
            ),
          )}
          ${(['wait', 'syncCall', 'longTask'] as const).map((kind) =>
            item(
              spanLegend[`${kind}Title`],
              html`<span class="spanSwatch span-${kind}" aria-hidden="true"></span>`,
              spanLegend[kind],
            ),
          )}
        </ul>
        <ul aria-label=${legend.patterns}>
          ${item(legend.mixedTitle, pattern('mixed'), legend.mixed)}
          ${item(legend.measuredTitle, pattern('solid'), legend.measured)}
          ${item(legend.estimatedTitle, pattern('hatched'), legend.estimated)}
        </ul>
      </div>
    `;
  }
}

function item(title: string, sample: TemplateResult, name: string): TemplateResult {
  return html`<li title=${title}>${sample}<span>${name}</span></li>`;
}

function pattern(name: string): TemplateResult {
  return html`<span class="swatch ${name}Swatch"></span>`;
}

customElements.define('cviz-legend', CvizLegend);

/** The small parts that all details are made of. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Ns } from '../../src/base/units';
import { liveStates } from '../../src/model/states';
import type { StateTimes } from '../../src/model/timeline';
import type { PanelStore } from '../store';
import { formatClock, formatDuration, formatPercent } from '../format';
import { details } from './detailTexts';
import { sharesText, stateMeanings, stateNames } from '../strings';
import { swatch } from '../swatch';
import { css } from '../cssProperties';

export type FieldValue = string | TemplateResult | null;

export type Field = readonly [name: string, value: FieldValue];

/** A list of names and values; what is null is left out. */
export function fieldList(fields: readonly Field[]): TemplateResult {
  return html`<dl class="fields">
    ${fields.map(([name, value]) =>
      value === null
        ? nothing
        : html`<dt>${name}</dt>
            <dd>${value}</dd>`,
    )}
  </dl>`;
}

export function lifeText(life: { readonly start: Ns; readonly end: Ns | null }, base: Ns): string {
  const from = formatClock(life.start - base);
  if (life.end === null) return details.lifeOpen(from);
  return details.lifeClosed(from, formatClock(life.end - base), formatDuration(life.end - life.start));
}

/** Selects another process or thread. */
export function subjectLink(store: PanelStore, id: string, text: string): TemplateResult {
  return html`<button class="link" @click=${() => store.reveal(id)}>${text}</button>`;
}

export function stateTimesTable(title: string, times: StateTimes, estimated: number): TemplateResult {
  const total = liveStates.reduce((sum, state) => sum + times[state], 0);
  const present = liveStates.filter((state) => times[state] > 0);
  if (total === 0)
    return html`<h2>${title}</h2>
      <p class="dim">${details.nothingMeasured}</p>`;
  const label = sharesText(present.map((state) => [state, formatPercent(times[state] / total)]));
  return html`
    <h2>${title}</h2>
    <div class="stateBar" role="img" aria-label=${label}>
      ${present.map(
        (state) =>
          html`<span class="fill-${state}" ${css({ 'flex-grow': String(times[state] / total) })}></span>`,
      )}
    </div>
    <table class="figuresTable">
      <tbody>
        ${present.map(
          (state) =>
            html`<tr title=${stateMeanings[state]}>
              <th scope="row">${swatch(state)} ${stateNames[state]}</th>
              <td>${formatDuration(times[state])}</td>
              <td>${formatPercent(times[state] / total)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${estimated > 0 ? html`<p class="dim">${details.estimatedPart(formatDuration(estimated))}</p>` : nothing}
  `;
}

/** How long messages had queued, as bars; a table, so that everybody can read it. */
import { html, nothing, type TemplateResult } from 'lit';
import { latencyEdges, type Latencies } from '../../src/model/rangeSummaryMessages';
import { css } from '../cssProperties';
import { formatCount, formatDuration } from '../format';
import { rangeTexts as texts } from './whyTexts';

export function renderLatencies(latencies: Latencies | null): TemplateResult {
  return html`<section>
    <h2>${texts.latencies}</h2>
    ${latencies === null ? html`<p class="dim">${texts.noMessages}</p>` : renderBars(latencies)}
  </section>`;
}

function renderBars(latencies: Latencies): TemplateResult {
  const { histogram, count, p50, p95, max, isPartial } = latencies;
  const most = Math.max(...histogram);
  const used = histogram.map((bar) => bar > 0);
  const first = used.indexOf(true);
  const last = used.lastIndexOf(true);
  return html`<p>
      ${texts.latencyFigures(
        formatCount(count),
        formatDuration(p50),
        formatDuration(p95),
        formatDuration(max),
      )}
    </p>
    <table class="whyHistogram">
      <thead class="visuallyHidden">
        <tr>
          <th scope="col">${texts.bucket}</th>
          <th scope="col">${texts.messages}</th>
        </tr>
      </thead>
      <tbody>
        ${histogram.slice(first, last + 1).map(
          (bar, index) =>
            html`<tr>
              <th scope="row">${edgeText(first + index)}</th>
              <td>
                <span
                  class="whyBar ${bar > 0 ? 'whyBarSome' : ''}"
                  ${css({ width: `${(bar / most) * 100}%` })}
                ></span
                ><span class="whyBarCount">${formatCount(bar)}</span>
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${isPartial ? html`<p class="dim">${texts.latencyPartial}</p>` : nothing}`;
}

function edgeText(bar: number): string {
  const from = latencyEdges[bar - 1];
  const to = latencyEdges[bar];
  if (to === undefined) return texts.above(formatDuration(from ?? 0));
  return from === undefined
    ? texts.below(formatDuration(to))
    : texts.between(formatDuration(from), formatDuration(to));
}

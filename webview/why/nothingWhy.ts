/** With nothing selected: how to select, and where to begin. */
import { html, nothing, type TemplateResult } from 'lit';
import type { LongestBlocked } from '../../src/model/explainLongest';
import type { BlockedStretch } from '../../src/model/rangeSummaryBlocked';
import { formatClock, formatDuration } from '../format';
import { locationLink } from '../sourceLink';
import type { PanelStore } from '../store';
import { groupName, showStretch } from './blockedTable';
import { threadName, type Naming } from './naming';
import { namingFor } from './whyState';
import { nothingTexts as texts, whyTexts } from './whyTexts';

export function renderNothingWhy(store: PanelStore, longest: LongestBlocked): TemplateResult {
  const naming = namingFor(store, null);
  return html`<div class="whyGrid">
    <section class="whyAnswer">
      <h2>${texts.title}</h2>
      <p>${texts.invitation}</p>
      <h3 class="whyHow">${texts.howTitle}</h3>
      <ul class="hints">
        ${texts.how.map((hint) => html`<li>${hint}</li>`)}
      </ul>
    </section>
    <section class="whyWide">
      <h2>${texts.longest}</h2>
      ${
        longest.stretches.length === 0 && !longest.isPartial
          ? html`<p class="dim">${texts.noneYet}</p>`
          : renderTable(store, naming, longest.stretches)
      }
      ${longest.isPartial ? html`<p class="dim">${texts.stillLooking}</p>` : nothing}
    </section>
  </div>`;
}

function renderTable(
  store: PanelStore,
  naming: Naming,
  stretches: readonly BlockedStretch[],
): TemplateResult {
  return html`<table class="figuresTable whyLongest">
    <tbody>
      ${stretches.map((stretch) => renderStretch(store, naming, stretch))}
    </tbody>
  </table>`;
}

function renderStretch(store: PanelStore, naming: Naming, stretch: BlockedStretch): TemplateResult {
  const thread = naming.model.threads.get(stretch.threadId);
  const name = thread === undefined ? whyTexts.unknownThread : threadName(naming, thread);
  const reason = groupName({ ...stretch, call: null });
  const duration = formatDuration(stretch.time);
  return html`<tr>
    <th scope="row">
      <button
        class="link"
        aria-label=${texts.select(name, duration, reason)}
        @click=${() => showStretch(store, stretch)}
      >
        ${duration}
      </button>
    </th>
    <td class="text">${name}</td>
    <td class="text">
      ${reason} ${stretch.location === null ? nothing : locationLink(store, stretch.location)}
    </td>
    <td>${texts.at(formatClock(stretch.start - (naming.model.start ?? 0)))}</td>
  </tr>`;
}

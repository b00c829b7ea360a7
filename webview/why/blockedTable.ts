/** Blocked time by reason and line, as a table whose rows lead to the longest stretch of each. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Ns } from '../../src/base/units';
import type { BlockedGroup, BlockedStretch } from '../../src/model/rangeSummaryBlocked';
import { formatCount, formatDuration, printable } from '../format';
import { locationLink } from '../sourceLink';
import type { PanelStore } from '../store';
import { shortReasons } from '../strings';
import { whyTexts as texts } from './whyTexts';

const MOST_LINES = 10;

export interface BlockedTableOptions {
  readonly title: string;
  /** Said where there is nothing. */
  readonly none: string;
  readonly isPartial: boolean;
}

export function blockedTable(
  store: PanelStore,
  groups: readonly BlockedGroup[],
  { title, none, isPartial }: BlockedTableOptions,
): TemplateResult {
  const more = groups.length - MOST_LINES;
  return html`<section>
    <h2>${title}</h2>
    ${
      groups.length === 0
        ? html`<p class="dim">${none}</p>`
        : html`<table class="figuresTable whyBlocked">
            <thead>
              <tr>
                <th scope="col">${texts.blockedLine}</th>
                <th scope="col">${texts.blockedTime}</th>
                <th scope="col">${texts.blockedCount}</th>
                <th scope="col">${texts.blockedLongest}</th>
              </tr>
            </thead>
            <tbody>
              ${groups.slice(0, MOST_LINES).map((group) => renderGroup(store, group))}
            </tbody>
          </table>`
    }
    ${more > 0 ? html`<p class="dim">${texts.moreLines(more)}</p>` : nothing}
    ${isPartial ? html`<p class="dim">${texts.partial}</p>` : nothing}
  </section>`;
}

function renderGroup(store: PanelStore, group: BlockedGroup): TemplateResult {
  const { location, longest } = group;
  const duration = formatDuration(longest.time);
  return html`<tr>
    <th scope="row">${groupName(group)} ${location === null ? nothing : locationLink(store, location)}</th>
    <td>${formatDuration(group.time)}</td>
    <td>${formatCount(group.count)}</td>
    <td>
      <button
        class="link"
        title=${texts.blockedJump(groupName(group), duration)}
        @click=${() => showStretch(store, longest)}
      >
        ${duration}
      </button>
    </td>
  </tr>`;
}

export function groupName({ reason, call }: Pick<BlockedGroup, 'reason' | 'call'>): string {
  if (call !== null) return printable(call);
  return reason === 'atomicsWait' ? 'Atomics.wait' : shortReasons[reason];
}

/** Room beside what is shown, as a share of it. */
const MARGIN = 0.3;

/** Selects a stretch of a thread and brings it into view. */
export function showStretch(
  store: PanelStore,
  { threadId, start, end }: Pick<BlockedStretch, 'threadId' | 'start' | 'end'>,
): void {
  const base = store.model.start ?? 0;
  const from = start - base;
  const to = end - base;
  store.revealMoment(threadId, (from + to) / 2);
  store.selectArrow(null);
  zoomTo(store, from, to);
}

/** Times since the run's start. */
export function zoomTo(store: PanelStore, from: Ns, to: Ns): void {
  const margin = Math.max(1e3, (to - from) * MARGIN);
  store.show(from - margin, to + margin);
}

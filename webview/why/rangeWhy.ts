/** A selected stretch of time: who did what in it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { RangeSummary, ThreadShare } from '../../src/model/rangeSummaryTypes';
import { liveStates } from '../../src/model/states';
import { subjectLink } from '../details/fields';
import { formatCount, formatDuration, formatMoment, formatPercent } from '../format';
import type { PanelStore } from '../store';
import { stateNames } from '../strings';
import { swatch } from '../swatch';
import { renderActions, type Action } from './actions';
import { blockedTable } from './blockedTable';
import { renderLatencies } from './histogram';
import { threadName, type Naming } from './naming';
import { namingFor, whyState } from './whyState';
import { rangeTexts as texts, whyTexts } from './whyTexts';

const MOST_THREADS = 50;

export function renderRangeWhy(store: PanelStore, summary: RangeSummary): TemplateResult {
  const naming = namingFor(store, null);
  const base = naming.model.start ?? 0;
  const { from, to, estimated } = summary;
  const duration = to - from;
  return html`<div class="whyRange">
    <div class="whyRangeHead">
      <h2>${texts.title(formatDuration(duration))}</h2>
      <span class="dim"
        >${whyTexts.range(formatMoment(from - base, duration), formatMoment(to - base, duration))}</span
      >
      ${renderActions(rangeActions(store))}
    </div>
    <div class="whyGrid">
      <section class="whyThreads">
        <h2>${texts.threads}</h2>
        ${renderThreads(store, naming, summary)}
        ${estimated > 0 ? html`<p class="dim">${texts.estimatedPart(formatDuration(estimated))}</p>` : nothing}
      </section>
      ${blockedTable(store, summary.blocked, {
        title: whyTexts.blockedOfAll,
        none: whyTexts.nobodyBlocked,
        isPartial: summary.isPartial,
      })}
      ${renderLatencies(summary.latencies)}
    </div>
  </div>`;
}

function rangeActions(store: PanelStore): (Action | null)[] {
  const { focus } = whyState(store);
  const isIntervalSelected = store.selection.value !== null;
  const zoom = (): void => {
    const { picked } = store;
    if (picked.value !== null) store.show(picked.value.from, picked.value.to);
  };
  return [
    { text: texts.zoom, icon: 'zoom-in', run: zoom },
    { text: texts.clear, icon: 'close', run: () => store.pick(null) },
    isIntervalSelected
      ? { text: whyTexts.backToInterval, icon: 'arrow-right', run: () => (focus.value = 'interval') }
      : null,
  ];
}

function renderThreads(store: PanelStore, naming: Naming, summary: RangeSummary): TemplateResult {
  const { threads, totals, changes, sent, received } = summary;
  if (threads.length === 0) return html`<p class="dim">${texts.empty}</p>`;
  const duration = summary.to - summary.from;
  const more = threads.length - MOST_THREADS;
  const isApproximate = threads.some((share) => share.isApproximate);
  return html`<table class="figuresTable whyThreadsTable">
      <thead>
        <tr>
          <th scope="col">${texts.thread}</th>
          <th scope="col" title=${texts.cpuTitle}>${texts.cpu}</th>
          ${liveStates.map(
            (state) =>
              html`<th scope="col" class="stateColumn-${state}" title=${stateNames[state]}>
                ${swatch(state)}<span class="visuallyHidden">${stateNames[state]}</span>
              </th>`,
          )}
          <th scope="col" class="minorColumn" title=${texts.changesTitle}>${texts.changes}</th>
          <th scope="col" class="minorColumn" title=${texts.sentTitle}>${texts.sent}</th>
          <th scope="col" class="minorColumn" title=${texts.receivedTitle}>${texts.received}</th>
        </tr>
      </thead>
      <tbody>
        ${threads.slice(0, MOST_THREADS).map(
          (share) =>
            html`<tr>
              <th scope="row">${subjectLink(store, share.thread.id, threadName(naming, share.thread))}</th>
              ${renderFigures(share, duration)}
            </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr class="sumRow">
          <th scope="row">${texts.all}</th>
          ${renderFigures({ times: totals, changes, sent, received, isApproximate }, duration)}
        </tr>
      </tfoot>
    </table>
    ${more > 0 ? html`<p class="dim">${texts.more(more)}</p>` : nothing}`;
}

type Figures = Pick<ThreadShare, 'times' | 'changes' | 'sent' | 'received' | 'isApproximate'>;

function renderFigures(
  { times, changes, sent, received, isApproximate }: Figures,
  duration: number,
): TemplateResult {
  const count = (value: number): string => {
    if (value === 0) return '';
    return isApproximate ? texts.about(formatCount(value)) : formatCount(value);
  };
  return html`<td>${formatPercent(times.running / duration)}</td>
    ${liveStates.map(
      (state) =>
        html`<td class="stateColumn-${state}">${times[state] < 1 ? '' : formatDuration(times[state])}</td>`,
    )}
    <td class="minorColumn">${changes === 0 ? '' : formatCount(changes)}</td>
    <td class="minorColumn">${count(sent)}</td>
    <td class="minorColumn">${count(received)}</td>`;
}

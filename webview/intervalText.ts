/** An interval in words: for the tooltip and for the details of a selected interval. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Ns } from '../src/base/units';
import { liveStates } from '../src/model/states';
import { dominant } from '../src/model/timeline';
import { formatCount, formatDuration, formatMoment, formatPercent, printable } from './format';
import { details } from './details/detailTexts';
import { reasonSentences, stateNames, tooltip } from './strings';
import { waits } from './waits/waitTexts';
import { swatch } from './swatch';
import type { Hit } from './timeline/hit';

/** What else is known of an interval. */
export interface IntervalNotes {
  /** The call of Atomics.wait it was spent in, in words. */
  readonly wait: TemplateResult | null;
  /** The line that blocked, where it was another call. */
  readonly location: TemplateResult | null;
  /** How long the event loop was held up, if it was. */
  readonly longTask: Ns | null;
  /** The system call it sleeps in. */
  readonly systemCall: string | null;
}

/** `base` is the run's start. */
export function intervalText(hit: Hit, base: Ns, notes: IntervalNotes): TemplateResult {
  return html`
    <div class="intervalStates">${renderStates(hit)}</div>
    ${renderReason(hit, notes)}
    ${
      notes.systemCall === null
        ? nothing
        : html`<div>${tooltip.systemCall} <code>${printable(notes.systemCall)}</code></div>`
    }
    ${notes.longTask === null ? nothing : html`<div>${waits.longTask(formatDuration(notes.longTask))}</div>`}
    <div class="dim">${note(hit)}</div>
    <div class="dim">
      ${details.intervalRange(formatMoment(hit.start - base, hit.end - hit.start), formatMoment(hit.end - base, hit.end - hit.start))}
      · ${hit.estimated ? tooltip.estimated : tooltip.measured}
    </div>
  `;
}

function renderReason(hit: Hit, { wait, location }: IntervalNotes): TemplateResult {
  // A wait tells more than the sentence that fits all of them.
  if (wait !== null) return html`<div class="waitText">${wait}</div>`;
  return html`${hasReason(hit) ? html`<div>${reasonSentences[hit.reason]}</div>` : nothing}
  ${location === null ? nothing : html`<div>${location}</div>`}`;
}

function renderStates(hit: Hit): TemplateResult | TemplateResult[] {
  const total = liveStates.reduce((sum, state) => sum + hit.times[state], 0);
  const only = dominant(hit.times, total);
  if (only !== null) {
    return html`<span class="intervalState"
      >${swatch(only)} <b>${stateNames[only]}</b> ${formatDuration(hit.end - hit.start)}</span
    >`;
  }
  return liveStates
    .filter((state) => hit.times[state] > total / 1000)
    .map(
      (state) =>
        html`<span class="intervalState"
          >${swatch(state)} <b>${stateNames[state]}</b> ${formatDuration(hit.times[state])}
          <span class="dim">${formatPercent(hit.times[state] / total)}</span></span
        >`,
    );
}

function hasReason(hit: Hit): boolean {
  return hit.reason !== 'unknown' && hit.times.waiting + hit.times.blocked > 0;
}

function note(hit: Hit): string {
  if (hit.count > 1) return tooltip.several(formatCount(hit.count));
  return dominant(hit.times, hit.end - hit.start) === null ? tooltip.mixed : '';
}

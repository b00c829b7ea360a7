/** The cells of one line of the Messages tab. Everything that comes from the program is text, never markup. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Figures, SendingLine } from '../../src/model/channels';
import { subjectLink } from '../details/fields';
import { formatBytes, formatCount, formatDuration, printable } from '../format';
import { locationLink } from '../sourceLink';
import type { PanelStore } from '../store';
import { channelKinds, channelMeanings, messages as texts } from './messageTexts';
import { isTooLong } from './backlog';
import type { MessageColumn } from './columns';
import type { MessageEnd, MessageRow } from './rows';

export interface CellContext {
  readonly store: PanelStore;
  /** The rows are of several processes: threads are named with theirs. */
  readonly withProcess: boolean;
}

/** Whatever a recording claims: nobody reads more lines than this in a cell. */
const MAX_LINES = 50;

export function messageCell(column: MessageColumn, row: MessageRow, context: CellContext): TemplateResult {
  switch (column) {
    case 'ends':
      return endsCell(row, context);
    case 'kind':
      return html`<span title=${channelMeanings[row.kind]}>${channelKinds[row.kind]}</span>${
          row.name === null ? nothing : html` <span class="channelName" title=${row.name}>${row.name}</span>`
        }`;
    case 'sent':
      return html`${formatCount(row.sent)}`;
    case 'delivered':
      return row.delivered === null ? notKnown(row) : html`${formatCount(row.delivered)}`;
    case 'waiting':
      return waitingCell(row, context);
    case 'bytes':
      return bytesText(row.bytes, row.bytesEstimated);
    case 'queue':
    case 'serialize':
    case 'handle':
      return figuresText(row[column]);
    case 'lines':
      return linesCell(row, context);
    case 'recorded':
      return recordedCell(row);
  }
}

/** A process is named where the reader could think of another one: once, if both ends are in it. */
function endsCell({ from, to }: MessageRow, context: CellContext): TemplateResult {
  const isWithin = from.processId === to.processId;
  return html`<span class="messageEnds"
    >${endText(from, context, !isWithin)}
    <span class="receiver"
      ><span class="dim" aria-hidden="true">→</span
      ><span class="visuallyHidden">${texts.to}</span> ${endText(to, context, true)}</span
    ></span
  >`;
}

function endText(end: MessageEnd, { store, withProcess }: CellContext, mayNameIt: boolean): TemplateResult {
  const { threadId, thread, process } = end;
  if (threadId === null || thread === null) {
    return html`<span class="dim" title=${texts.unknownEndTitle}>${texts.unknownEnd}</span>`;
  }
  return html`<span class="messageEnd"
    >${subjectLink(store, threadId, thread)}${
      withProcess && mayNameIt && process !== null
        ? html` <span class="dim endProcess" title=${process}>${texts.of(process)}</span>`
        : nothing
    }</span
  >`;
}

function notKnown({ kind }: MessageRow): TemplateResult {
  const title = kind === 'broadcast' ? texts.unknownBroadcastTitle : texts.unknownCountTitle;
  return html`<span class="dim" title=${title}>${texts.unknownCount}</span>`;
}

function waitingCell(row: MessageRow, { store }: CellContext): TemplateResult {
  const { waiting, isTooLate, oldest } = row;
  if (waiting === null) return notKnown(row);
  const count = formatCount(waiting);
  if (isTooLate) {
    return html`<span title=${texts.neverDeliveredTitle}
      >${count} <span class="dim note">${texts.neverDelivered}</span></span
    >`;
  }
  const age = oldest === null ? 0 : store.model.now - oldest;
  if (!isTooLong(age)) return html`${count}`;
  return html`<b>${count}</b> <span class="note">${texts.oldest(formatDuration(age))}</span>`;
}

/** An estimate looks like one, and says so. */
export function bytesText(bytes: number | null, isEstimated: boolean): TemplateResult {
  if (bytes === null) return nothingKnown();
  if (!isEstimated) return html`<span title=${texts.measuredTitle}>${formatBytes(bytes)}</span>`;
  return html`<span class="estimate" title=${texts.estimatedTitle}
    ><span aria-hidden="true">≈ </span
    ><span class="visuallyHidden">${texts.estimated}</span>${formatBytes(bytes)}</span
  >`;
}

function nothingKnown(): TemplateResult {
  return html`<span class="dim">–</span>`;
}

function figuresText(figures: Figures | null): TemplateResult {
  if (figures === null) return nothingKnown();
  const { p50, p95, max, count } = figures;
  const title = texts.figuresTitle(
    formatDuration(p50),
    formatDuration(p95),
    formatDuration(max),
    formatCount(count),
  );
  return html`<span title=${title}
    >${formatDuration(p50)} <span class="dim">/</span> ${formatDuration(max)}</span
  >`;
}

function linesCell({ lines }: MessageRow, { store }: CellContext): TemplateResult {
  const known = lines.filter(({ location }) => location !== '');
  if (known.length === 0) return nothingKnown();
  const link = ({ location, count }: SendingLine): TemplateResult =>
    html`<div title=${texts.lineTitle(printable(store.sources.place(location).location), formatCount(count))}>
      ${locationLink(store, location)}
    </div>`;
  const [first, ...others] = known;
  return html`${first === undefined ? nothing : link(first)}
  ${
    others.length === 0
      ? nothing
      : html`<details>
          <summary class="dim">${texts.moreLines(others.length)}</summary>
          ${others.slice(0, MAX_LINES).map(link)}
        </details>`
  }`;
}

function recordedCell({ sent, recorded, unrecorded }: MessageRow): TemplateResult {
  if (unrecorded === 0) return html`<span class="dim">${texts.recordedAll}</span>`;
  const title = texts.countedOnlyTitle(formatCount(recorded), formatCount(unrecorded));
  const part =
    recorded === 0
      ? texts.recordedNone
      : texts.recordedPart(formatCount(Math.max(2, Math.round(sent / recorded))));
  return html`<span title=${title}
    >${part}: <span class="note">${texts.countedOnly(formatCount(unrecorded))}</span></span
  >`;
}

/** What the details of a thread tell of its messages, waits and long tasks. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Thread } from '../../src/model/types';
import { touchingThread } from '../messages/filter';
import { formatCount, formatDuration } from '../format';
import type { PanelStore } from '../store';
import { details } from './detailTexts';
import { messages } from '../messages/messageTexts';
import { blockedLines, type BlockedLine } from '../waits/blockedLines';
import { wakerText } from '../waits/waitText';
import { locationLink } from '../sourceLink';
import type { FieldValue } from './fields';

const MAX_BLOCKED_LINES = 10;

/** How many messages it sent and received, and how many wait for it; null if it has nothing to do with any. */
export function messagesValue(store: PanelStore, thread: Thread): FieldValue {
  const { sent, received, waiting, neverDelivered } = touchingThread(store.messageRows.value, thread.id);
  if (sent + received + waiting + neverDelivered === 0) return null;
  return html`<button class="link" @click=${() => store.setDrawer({ open: true, tab: 'messages' })}>
      ${details.messageCounts(formatCount(sent), formatCount(received))}</button
    >${waiting === 0 ? nothing : html`, <b>${details.messagesWaiting(formatCount(waiting))}</b>`}${
      neverDelivered === 0 ? nothing : `, ${messages.totalNever(formatCount(neverDelivered))}`
    }`;
}

export function longTasksValue({ longTasks }: Thread): FieldValue {
  if (longTasks.length === 0) return null;
  let longest = 0;
  let total = 0;
  for (const { start, end } of longTasks) {
    longest = Math.max(longest, end - start);
    total += end - start;
  }
  const text = details.longTaskCounts(
    formatCount(longTasks.length),
    formatDuration(longest),
    formatDuration(total),
  );
  return html`<span title=${details.longTasksTitle}>${text}</span>`;
}

export function renderBlockedLines(store: PanelStore, thread: Thread): TemplateResult | typeof nothing {
  const lines = blockedLines(store.model, thread, store.waits.value);
  if (lines.length === 0) return nothing;
  const more = lines.length - MAX_BLOCKED_LINES;
  return html`<section>
    <h2>${details.blockedLines}</h2>
    <table class="figuresTable blockedTable">
      <thead>
        <tr>
          <th scope="col">${details.blockedLine}</th>
          <th scope="col">${details.blockedCount}</th>
          <th scope="col">${details.blockedTotal}</th>
          <th scope="col">${details.blockedLongest}</th>
        </tr>
      </thead>
      <tbody>
        ${lines.slice(0, MAX_BLOCKED_LINES).map((line) => renderLine(store, line))}
      </tbody>
    </table>
    ${more > 0 ? html`<p class="dim">${details.moreBlockedLines(more)}</p>` : nothing}
  </section>`;
}

function renderLine(store: PanelStore, { call, location, lastWaker, ...line }: BlockedLine): TemplateResult {
  return html`<tr>
    <th scope="row">
      ${call} ${location === null ? nothing : locationLink(store, location)}
      ${
        lastWaker === null
          ? nothing
          : html`<div class="dim">${details.blockedWaker} ${wakerText(store, lastWaker, true)}</div>`
      }
    </th>
    <td>${formatCount(line.count)}</td>
    <td>${formatDuration(line.total)}</td>
    <td>${formatDuration(line.longest)}</td>
  </tr>`;
}

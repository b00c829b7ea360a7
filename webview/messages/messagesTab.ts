import { signal, untracked } from '@preact/signals-core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Row } from '../../src/model/select';
import { formatCount } from '../format';
import type { MessagesState } from '../savedState';
import { SignalElement } from '../signalElement';
import { messageColumnTexts, messages as texts } from './messageTexts';
import { rowTitle } from '../treeRow';
import { isTooLong } from './backlog';
import { renderBacklogs } from './backlogList';
import { bytesText, messageCell, type CellContext } from './cells';
import { messageColumns, type MessageColumn } from './columns';
import { spanProcesses, totalsOf, touching } from './filter';
import type { MessageRow } from './rows';
import { clicked, sorted } from './sorting';

/** So many lines are no burden; who wants more asks for them. */
const FIRST_LINES = 100;
const MORE_LINES = 500;

/** The Messages tab: who sent how much to whom, and what did not arrive. */
export class CvizMessages extends SignalElement {
  private readonly limit = signal(FIRST_LINES);
  private focused: HTMLElement | null = null;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { activeElement } = document;
    this.focused =
      activeElement instanceof HTMLElement && this.contains(activeElement) ? activeElement : null;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { focused } = this;
    // A line that changed its place was taken out of the page on its way there, and so lost the focus.
    if (focused?.isConnected === true && document.activeElement !== focused) {
      focused.focus({ preventScroll: true });
    }
  }

  protected override render(): TemplateResult {
    const { store } = this;
    const rows = store.messageRows.value;
    const state = store.messagesState.value;
    const limit = this.limit.value;
    // The selected row itself is a new object with every record: what is watched is which one it is.
    const { value: selection } = store.selection;
    return untracked(() => {
      const selected = selection === null ? null : store.selectedRow.value;
      const isFiltered = selected !== null && !state.all;
      const shown = isFiltered ? touching(rows, selected) : rows;
      return html`<div class="messages">
        ${this.renderScope(rows, selected, isFiltered)} ${renderBacklogs(store)}
        ${shown.length === 0 ? this.renderEmpty(selected, isFiltered && rows.length > 0) : this.renderTable(shown, state, limit)}
      </div>`;
    });
  }

  private renderScope(
    rows: readonly MessageRow[],
    selected: Row | null,
    isFiltered: boolean,
  ): TemplateResult {
    const { store } = this;
    const name = selected === null ? null : rowTitle(selected);
    const shown = isFiltered && selected !== null ? touching(rows, selected) : rows;
    return html`<div class="messagesHead">
      <div class="switch" role="group" aria-label=${texts.scope}>
        <button aria-pressed=${!isFiltered} @click=${() => store.setMessages({ all: true })}>
          ${texts.all}
        </button>
        <button
          aria-pressed=${isFiltered}
          aria-disabled=${name === null}
          title=${name === null ? texts.nothingSelected : texts.selectedTitle(name)}
          @click=${() => store.setMessages({ all: false })}
        >
          ${texts.selected}${name === null ? nothing : html`<span class="switchName">: ${name}</span>`}
        </button>
      </div>
      ${shown.length === 0 ? nothing : renderTotals(shown)}
    </div>`;
  }

  private renderEmpty(selected: Row | null, isFilteredAway: boolean): TemplateResult {
    const { store } = this;
    if (isFilteredAway && selected !== null) {
      return html`<p>
        ${texts.emptySelected(rowTitle(selected))}
        <button class="link" @click=${() => store.setMessages({ all: true })}>${texts.showAllThreads}</button>
      </p>`;
    }
    return html`<p>${store.status.value.state === 'ended' ? texts.emptyEnded : texts.empty}</p>
      <p class="dim explanation">${texts.whatIsOne}</p>`;
  }

  private renderTable(all: readonly MessageRow[], state: MessagesState, limit: number): TemplateResult {
    const context: CellContext = { store: this.store, withProcess: spanProcesses(all) };
    const rows = sorted(all, state.sort).slice(0, limit);
    return html`<table class="figuresTable messagesTable" aria-label=${texts.label}>
        <thead>
          <tr>
            ${messageColumns.map((column) => this.renderHeader(column, state))}
          </tr>
        </thead>
        <tbody>
          ${repeat(
            rows,
            ({ id }) => id,
            (row) => this.renderRow(row, context),
          )}
        </tbody>
      </table>
      <p class="dim narrowHint">${texts.narrowHint}</p>
      ${rows.length < all.length ? this.renderMore(rows.length, all.length) : nothing}`;
  }

  private renderHeader(column: MessageColumn, { sort }: MessagesState): TemplateResult {
    const { name, meaning } = messageColumnTexts[column];
    const order = sort?.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending';
    return html`<th scope="col" class="column-${column}" aria-sort=${order} title=${meaning}>
      <button @click=${() => this.store.setMessages({ sort: clicked(sort, column) })}>
        ${name}${
          order === 'none'
            ? nothing
            : html`<span
                class="codicon codicon-arrow-small-${order === 'descending' ? 'down' : 'up'}"
                aria-hidden="true"
              ></span>`
        }
      </button>
    </th>`;
  }

  private renderRow(row: MessageRow, context: CellContext): TemplateResult {
    const isLate = row.oldest !== null && isTooLong(this.store.model.now - row.oldest);
    return html`<tr class=${isLate ? 'late' : ''}>
      ${messageColumns.map((column) =>
        column === 'ends'
          ? html`<th scope="row" class="column-ends">${messageCell(column, row, context)}</th>`
          : html`<td class="column-${column}">${messageCell(column, row, context)}</td>`,
      )}
    </tr>`;
  }

  private renderMore(shown: number, all: number): TemplateResult {
    const more = Math.min(all - shown, MORE_LINES);
    return html`<p class="dim">
      ${texts.shown(formatCount(shown), formatCount(all))}
      <button class="link" @click=${() => (this.limit.value = shown + more)}>
        ${texts.showMore(formatCount(more))}
      </button>
    </p>`;
  }
}

function renderTotals(rows: readonly MessageRow[]): TemplateResult {
  const totals = totalsOf(rows);
  const { sent, delivered, waiting, neverDelivered } = totals;
  return html`<p class="messageTotals">
    ${texts.totals(texts.directions(rows.length, formatCount(rows.length)), formatCount(sent), formatCount(delivered))}${
      waiting === 0 ? nothing : html`, <b>${texts.totalWaiting(formatCount(waiting))}</b>`
    }${neverDelivered === 0 ? nothing : `, ${texts.totalNever(formatCount(neverDelivered))}`},
    ${bytesText(totals.bytes, totals.bytesEstimated)}${texts.copied}
  </p>`;
}

customElements.define('cviz-messages', CvizMessages);

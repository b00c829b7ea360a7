/** V8's heaps, one for each JavaScript thread: by kind of space. */
import { html, nothing, type TemplateResult } from 'lit';
import { threadTitle } from '../../src/model/select';
import { javaScriptThreads } from '../../src/model/selectPanel';
import type { HeapSpaces } from '../../src/model/systemTypes';
import type { Process } from '../../src/model/types';
import { formatBytes, printable } from '../format';
import { spacesTexts as texts } from '../memoryTexts';
import type { PanelStore } from '../store';
import { memory } from './detailTexts';
import { factHeading } from './factList';

const columns = ['young', 'old', 'code', 'large', 'other', 'physical'] as const;

export function renderHeapSpaces(store: PanelStore, process: Process): TemplateResult | typeof nothing {
  const known = javaScriptThreads(process).flatMap((thread) =>
    thread.heapSpaces === null ? [] : [{ thread, spaces: thread.heapSpaces }],
  );
  if (known.length === 0) return nothing;
  return html`<section class="heapSpaces">
    ${factHeading(texts.title, texts.meaning)}
    <table class="figuresTable">
      <thead>
        <tr>
          <th scope="col">${memory.threadColumn}</th>
          ${columns.map(
            (column) =>
              html`<th scope="col" class="space-${column}" title=${texts.columns[column].meaning}>
                ${texts.columns[column].name}
              </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${known.map(
          ({ thread, spaces }) =>
            html`<tr>
              <th scope="row">${printable(threadTitle(thread))}</th>
              ${columns.map((column) => cell(column, spaces))}
            </tr>`,
        )}
      </tbody>
    </table>
    ${store.drawer.value.explain ? renderMeanings() : nothing}
  </section>`;
}

function cell(column: (typeof columns)[number], spaces: HeapSpaces): TemplateResult {
  return html`<td class="space-${column}">${formatBytes(spaces[column])}</td>`;
}

function renderMeanings(): TemplateResult {
  return html`<dl class="fields columnMeanings">
    ${columns.map(
      (column) =>
        html`<dt>${texts.columns[column].name}</dt>
          <dd class="explained">${texts.columns[column].meaning}</dd>`,
    )}
  </dl>`;
}

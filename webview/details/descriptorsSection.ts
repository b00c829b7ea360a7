import { html, nothing, type TemplateResult } from 'lit';
import type { Descriptors } from '../../src/model/systemTypes';
import type { Process } from '../../src/model/types';
import { descriptorKinds, descriptorTexts as texts } from '../factTexts';
import { formatCount, printable } from '../format';
import type { PanelStore } from '../store';
import { absent } from './absence';
import { explanation, factHeading } from './factList';

/** What a process has open: how many of each kind, and behind a disclosure which. */
export function renderDescriptors(store: PanelStore, process: Process): TemplateResult {
  const { descriptors } = process;
  if (descriptors === null) {
    return html`<section>
      ${factHeading(texts.untold, texts.meaning)}
      <p>${absent(store.model, process, ['fd'])}</p>
    </section>`;
  }
  return html`<section>
    ${factHeading(texts.title(formatCount(descriptors.total)), texts.meaning)}
    ${descriptors.total === 0 ? html`<p>${texts.none}</p>` : renderKinds(store, descriptors)}
    ${descriptors.list.length === 0 ? nothing : renderList(descriptors)}
  </section>`;
}

function renderKinds(store: PanelStore, { byKind }: Descriptors): TemplateResult {
  const kinds = [...byKind].sort((a, b) => b[1] - a[1]);
  return html`<dl class=${store.drawer.value.explain ? 'counts explainedCounts' : 'counts'}>
    ${kinds.map(([kind, count]) => {
      const meaning = descriptorKinds[kind] ?? '';
      return html`<div>
        <dt title=${meaning}>${printable(kind)}</dt>
        <dd>${formatCount(count)}${meaning === '' ? nothing : explanation(store, meaning)}</dd>
      </div>`;
    })}
  </dl>`;
}

function renderList({ list, total }: Descriptors): TemplateResult {
  const title =
    list.length < total
      ? texts.listPart(formatCount(list.length), formatCount(total))
      : texts.list(formatCount(total));
  return html`<details>
    <summary>${title}</summary>
    <table class="figuresTable descriptorList">
      <thead>
        <tr>
          <th scope="col">${texts.numberColumn}</th>
          <th scope="col" class="text">${texts.kindColumn}</th>
          <th scope="col" class="text">${texts.nameColumn}</th>
        </tr>
      </thead>
      <tbody>
        ${list.map(
          ({ number, kind, name }) =>
            html`<tr>
              <th scope="row">${number}</th>
              <td class="text">${printable(kind)}</td>
              <td class="text"><code>${printable(name)}</code></td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}

/** Which files and shared objects a process has in memory together with other processes of the program. */
import { html, nothing, type TemplateResult } from 'lit';
import { mappingsSharedBy, type OwnSharedMapping } from '../../src/model/memoryView';
import { baseName, processTitle } from '../../src/model/select';
import type { Process } from '../../src/model/types';
import { formatBytes, formatCount, printable } from '../format';
import { partsTexts, sharingTexts as texts } from '../memoryTexts';
import type { PanelStore } from '../store';
import { memory } from './detailTexts';
import { tree } from '../strings';
import { factHeading } from './factList';
import { subjectLink } from './fields';

const MAX_MAPPINGS = 12;
const MAX_OTHERS = 3;

export function renderSharedWith(store: PanelStore, process: Process): TemplateResult | typeof nothing {
  // Nobody looked at its mappings: then it is not known that it shares none.
  if (process.mappings.size === 0) return nothing;
  const shared = mappingsSharedBy(process, store.sharedMappings.value);
  const more = shared.length - MAX_MAPPINGS;
  return html`<section class="sharedWith">
    ${factHeading(texts.title, texts.meaning)}
    ${shared.length === 0 ? html`<p>${texts.none}</p>` : renderTable(store, shared)}
    ${more > 0 ? html`<p class="dim">${texts.moreMappings(formatCount(more))}</p>` : nothing}
  </section>`;
}

function renderTable(store: PanelStore, shared: readonly OwnSharedMapping[]): TemplateResult {
  return html`<table class="figuresTable">
    <thead>
      <tr>
        <th scope="col">${texts.nameColumn}</th>
        <th scope="col" title=${partsTexts.residentMeaning}>${texts.residentColumn}</th>
        <th scope="col" class="optionalColumn" title=${memory.sharedMeaning}>${texts.sharedColumn}</th>
        <th scope="col" class="text">${texts.withColumn}</th>
      </tr>
    </thead>
    <tbody>
      ${shared.slice(0, MAX_MAPPINGS).map((mapping) => renderMapping(store, mapping))}
    </tbody>
  </table>`;
}

function renderMapping(store: PanelStore, { name, own, others }: OwnSharedMapping): TemplateResult {
  const more = others.length - MAX_OTHERS;
  return html`<tr>
    <th scope="row" title=${printable(name)}>${printable(baseName(name))}</th>
    <td>${formatBytes(own.rss)}</td>
    <td class="optionalColumn">${formatBytes(own.shared)}</td>
    <td class="text">
      ${others.slice(0, MAX_OTHERS).map(
        ({ process }) =>
          html`<div>
            ${subjectLink(store, process.id, printable(processTitle(process)))}
            <span class="dim wholePid">${tree.pid(process.pid)}</span>
          </div>`,
      )}
      ${more > 0 ? html`<div class="dim">${texts.more(more)}</div>` : nothing}
    </td>
  </tr>`;
}

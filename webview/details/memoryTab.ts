import { html, nothing, type TemplateResult } from 'lit';
import type { Bytes, Ns } from '../../src/base/units';
import { latestMemory, processTitle, threadTitle } from '../../src/model/select';
import { javaScriptThreads, largestMemory, latestHeap } from '../../src/model/selectPanel';
import type { MemorySample, Model, Process } from '../../src/model/types';
import { formatBytes, formatClock, printable } from '../format';
import type { PanelStore } from '../store';
import { memory as texts } from './detailTexts';
import { platformNames } from '../strings';
import { memoryBar } from '../treeRow';
import { platformOf } from './absence';
import { subjectLink } from './fields';
import { renderHeapSpaces } from './heapSpaces';
import { renderMemoryParts } from './memoryParts';
import { renderSharedBuffers } from './sharedBuffersSection';
import { renderSharedWith } from './sharedWith';

/** The Memory tab: of the selected process (or the selected thread's), or of all of them. */
export function renderMemory(store: PanelStore): TemplateResult {
  const row = store.selectedRow.value;
  if (row === null) return renderAll(store);
  const process = row.kind === 'thread' ? store.model.processes.get(row.thread.processId) : row.process;
  return process === undefined ? renderAll(store) : renderProcess(store, process);
}

function renderProcess(store: PanelStore, process: Process): TemplateResult {
  const { model } = store;
  const sample = latestMemory(process);
  return html`<div class="detailsGrid">
      <div class="detailsColumn">
        <section>
          <h2>${texts.process(printable(processTitle(process)))}</h2>
          ${
            sample === null
              ? renderResident(store, process)
              : html`${memoryBar(sample.private, sample.shared, largestMemory(model))}
                ${figures(model, sample)}`
          }
        </section>
        ${renderSharedWith(store, process)}
      </div>
      <div class="detailsColumn">${renderMemoryParts(store, process)}</div>
      ${
        process.isNode
          ? html`<div class="detailsColumn">
              <section class="heaps">${heaps(process)}</section>
              ${renderHeapSpaces(store, process)}
            </div>`
          : nothing
      }
    </div>
    ${process.isNode ? renderSharedBuffers(store, process) : nothing}`;
}

/** Where the system tells less, or nothing. */
function renderResident({ model }: PanelStore, process: Process): TemplateResult {
  const sample = process.resident.at(-1);
  if (sample === undefined) return html`<p class="dim">${missing(model, process)}</p>`;
  const { rss, privateCommit, time } = sample;
  return html`${figureLines(model, time, [
      [null, texts.rss, rss, texts.residentMeaning],
      ...(privateCommit === null
        ? []
        : [[null, texts.privateCommit, privateCommit, texts.privateCommitMeaning] as const]),
    ])}
    <p class="dim">${texts.noPrivate(platformOf(model))}</p>`;
}

function figures(model: Model, sample: MemorySample): TemplateResult {
  return figureLines(model, sample.time, [
    ['private', texts.private, sample.private, texts.privateMeaning],
    ['shared', texts.shared, sample.shared, texts.sharedMeaning],
    [null, texts.pss, sample.pss, texts.pssMeaning],
    [null, texts.rss, sample.rss, texts.rssMeaning],
  ]);
}

type FigureLine = readonly [part: 'private' | 'shared' | null, name: string, bytes: Bytes, meaning: string];

function figureLines(model: Model, time: Ns, lines: readonly FigureLine[]): TemplateResult {
  return html`<table class="figuresTable meanings">
      <tbody>
        ${lines.map(
          ([part, name, bytes, meaning]) =>
            html`<tr>
              <th scope="row">
                ${part === null ? nothing : html`<span class="dot ${part}Part"></span>`}${name}
              </th>
              <td>${formatBytes(bytes)}</td>
              <td class="meaning">${meaning}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    <p class="dim">${texts.asOf(formatClock(time - (model.start ?? 0)))}</p>`;
}

function heaps(process: Process): TemplateResult {
  const known = javaScriptThreads(process).map((thread) => ({ thread, heap: latestHeap(thread) }));
  if (known.every(({ heap }) => heap === null)) {
    return html`<h2>${texts.heaps}</h2>
      <p class="dim">${texts.noHeap}</p>`;
  }
  const columns = [
    [texts.used, texts.usedTitle],
    [texts.total, texts.totalTitle],
    [texts.external, texts.externalTitle],
    [texts.arrayBuffers, texts.arrayBuffersTitle],
  ] as const;
  return html`<h2>${texts.heaps}</h2>
    <table class="figuresTable">
      <thead>
        <tr>
          <th scope="col">${texts.threadColumn}</th>
          ${columns.map(([name, title]) => html`<th scope="col" title=${title}>${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${known.map(
          ({ thread, heap }) =>
            html`<tr>
              <th scope="row">${printable(threadTitle(thread))}</th>
              ${
                heap === null
                  ? html`<td colspan="4" class="dim">
                      ${thread.end === null ? texts.notYet : texts.endedBefore}
                    </td>`
                  : [heap.used, heap.total, heap.external, heap.arrayBuffers].map(
                      (bytes) => html`<td>${formatBytes(bytes)}</td>`,
                    )
              }
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function renderAll(store: PanelStore): TemplateResult {
  const { model } = store;
  const largest = largestMemory(model);
  return html`<section class="memoryAll">
      <h2>${texts.all}</h2>
      <table class="figuresTable">
        <thead>
          <tr>
            <th scope="col">${texts.processColumn}</th>
            <td class="barColumn"></td>
            <th scope="col" title=${texts.privateMeaning}>${texts.private}</th>
            <th scope="col" title=${texts.sharedMeaning}>${texts.shared}</th>
            <th scope="col" title=${texts.pssMeaning}>${texts.pss}</th>
            <th scope="col" class="rssColumn" title=${texts.rssMeaning}>${texts.rss}</th>
          </tr>
        </thead>
        <tbody>
          ${[...model.processes.values()].map((process) => {
            const sample = latestMemory(process);
            return html`<tr>
              <th scope="row">${subjectLink(store, process.id, processTitle(process))}</th>
              ${
                sample === null
                  ? html`<td colspan="5" class="dim">${residentText(process) ?? missing(model, process)}</td>`
                  : html`<td class="barColumn">${memoryBar(sample.private, sample.shared, largest)}</td>
                      ${[sample.private, sample.shared, sample.pss].map(
                        (bytes) => html`<td>${formatBytes(bytes)}</td>`,
                      )}
                      <td class="rssColumn">${formatBytes(sample.rss)}</td>`
              }
            </tr>`;
          })}
        </tbody>
      </table>
    </section>
    ${renderSharedBuffers(store, null)}`;
}

function residentText(process: Process): string | null {
  const sample = process.resident.at(-1);
  return sample === undefined ? null : texts.resident(formatBytes(sample.rss));
}

function missing(model: Model, process: Process): string {
  const platform = model.run?.platform ?? 'linux';
  if (platform !== 'linux') return texts.notOnPlatform(platformNames[platform] ?? platform);
  return process.end === null ? texts.notYet : texts.endedBefore;
}

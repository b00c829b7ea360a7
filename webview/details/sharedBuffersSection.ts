/** Shared memory in the Memory tab: the buffers, who holds them, and who waits on them. */
import { html, nothing, type TemplateResult } from 'lit';
import { sharedBuffers, type SharedBufferView } from '../../src/model/sharedBuffers';
import type { BufferHolder } from '../../src/model/sharedBufferTypes';
import type { Process } from '../../src/model/types';
import type { WaitView } from '../../src/model/waits';
import { formatBytes, formatClock, formatCount, formatDuration } from '../format';
import type { PanelStore } from '../store';
import { sharedBufferTexts as texts, waits as waitTexts } from '../waits/waitTexts';
import { threadLink } from '../threadNames';
import { waitText } from '../waits/waitText';
import { locationLink } from '../sourceLink';

const MAX_BUFFERS = 100;
const MAX_HOLDERS = 8;
const MAX_WAITS = 20;

/** Of one process, or of all. */
export function renderSharedBuffers(store: PanelStore, process: Process | null): TemplateResult {
  const threads = process === null ? null : new Set(process.threads.map(({ id }) => id));
  const isMeant = ({ threadId }: { readonly threadId: string }): boolean => threads?.has(threadId) ?? true;
  const buffers = sharedBuffers(store.model).filter(({ holders }) => holders.some(isMeant));
  const waits = store.waits.value.all.filter(isMeant);
  return html`<section class="sharedBuffers">
    <h2>${texts.title}</h2>
    <p class="dim explanation">${texts.meaning}</p>
    ${
      buffers.length === 0
        ? html`<p>${texts.none}</p>`
        : html`<table class="figuresTable buffersTable">
            <thead>
              <tr>
                <th scope="col">${texts.bufferColumn}</th>
                <th scope="col">${texts.sizeColumn}</th>
                <th scope="col" class="text bufferKind">${texts.kindColumn}</th>
                <th scope="col" class="text" title=${texts.holdersTitle}>${texts.holdersColumn}</th>
                <th scope="col" class="text bufferLine" title=${texts.lineTitle}>${texts.lineColumn}</th>
              </tr>
            </thead>
            <tbody>
              ${buffers.slice(0, MAX_BUFFERS).map((buffer) => renderBuffer(store, buffer, process))}
            </tbody>
          </table>`
    }
    ${
      buffers.length > MAX_BUFFERS
        ? html`<p class="dim">${texts.moreBuffers(formatCount(buffers.length - MAX_BUFFERS))}</p>`
        : nothing
    }
    ${waits.length === 0 ? nothing : renderWaits(store, waits, process)}
  </section>`;
}

function renderBuffer(store: PanelStore, buffer: SharedBufferView, process: Process | null): TemplateResult {
  const number = store.waits.value.bufferNumbers.get(buffer.id) ?? null;
  const line = buffer.holders.find(({ location }) => location !== null)?.location ?? null;
  const more = buffer.holders.length - MAX_HOLDERS;
  return html`<tr>
    <th scope="row">${waitTexts.buffer(number)}</th>
    <td>${formatBytes(buffer.bytes)}</td>
    <td class="text bufferKind">${buffer.isWasm ? texts.kinds.wasm : texts.kinds.shared}</td>
    <td class="text">
      ${buffer.holders.slice(0, MAX_HOLDERS).map((holder) => renderHolder(store, holder, process))}
      ${more > 0 ? html`<div class="dim">${texts.moreHolders(more)}</div>` : nothing}
    </td>
    <td class="text bufferLine">
      ${line === null ? html`<span class="dim">–</span>` : locationLink(store, line)}
    </td>
  </tr>`;
}

function renderHolder(store: PanelStore, holder: BufferHolder, process: Process | null): TemplateResult {
  const { model } = store;
  return html`<div>
    ${threadLink(store, holder.threadId, process?.id ?? ownProcess(store, holder.threadId))}
    <span class="dim">${texts.since(formatClock(holder.since - (model.start ?? 0)))}</span>
  </div>`;
}

/** Where only one process shares memory between its threads, naming it everywhere is noise. */
function ownProcess(store: PanelStore, threadId: string): string {
  const { model } = store;
  const all = new Set(
    sharedBuffers(model).flatMap(({ holders }) =>
      holders.map((holder) => model.threads.get(holder.threadId)?.processId),
    ),
  );
  return all.size === 1 ? (model.threads.get(threadId)?.processId ?? '') : '';
}

/** Open ones first, the longest on top; then the newest of those that are over. */
function renderWaits(store: PanelStore, all: readonly WaitView[], process: Process | null): TemplateResult {
  const open = all.filter(({ end }) => end === null);
  const over = all.filter(({ end }) => end !== null);
  const shown = [...open.slice(0, MAX_WAITS), ...over.slice(-MAX_WAITS).reverse()].slice(0, MAX_WAITS);
  return html`<h2 class="laterHeading">${texts.waitsTitle}</h2>
    <p class="dim explanation">${texts.waitsMeaning}</p>
    <ul class="waits">
      ${shown.map(
        (wait) =>
          html`<li class=${wait.end === null ? 'openWait' : ''}>
            ${threadLink(store, wait.threadId, process?.id ?? ownProcess(store, wait.threadId))}
            ${renderDuration(store, wait)} ${waitText(store, wait, true)}${renderResult(wait)}
          </li>`,
      )}
    </ul>
    ${
      all.length > shown.length
        ? html`<p class="dim">${texts.moreWaits(formatCount(all.length - shown.length))}</p>`
        : nothing
    }`;
}

function renderDuration(store: PanelStore, { start, end }: WaitView): TemplateResult {
  const duration = formatDuration(Math.max(0, (end ?? store.model.now) - start));
  return end === null ? html`<b>${texts.openWait(duration)}</b>:` : html`${texts.pastWait(duration)}:`;
}

function renderResult({ end, result, wokenBy }: WaitView): TemplateResult | typeof nothing {
  if (end === null || wokenBy !== null) return nothing;
  const text = result === null ? waitTexts.unanswered : (waitTexts.results[result] ?? result);
  return html`, <span class="dim">${text}</span>`;
}

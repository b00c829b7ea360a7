/** The parts of a process's memory, as a bar and as a table whose sum is the kernel's own total. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Ns } from '../../src/base/units';
import {
  isAliveAt,
  memoryParts,
  sumOfParts,
  type MemoryPart,
  type MemoryParts,
} from '../../src/model/memoryView';
import { threadTitle } from '../../src/model/select';
import type { MemorySample, Process, Thread } from '../../src/model/types';
import { css } from '../cssProperties';
import { formatBytes, formatClock, formatCount, formatPercent, printable } from '../format';
import { partsTexts as texts, partTexts } from '../memoryTexts';
import type { PanelStore } from '../store';
import { memory } from './detailTexts';
import { absent } from './absence';
import { explanation } from './factList';

type Figures = Pick<MemorySample, 'rss' | 'pss' | 'private' | 'shared'>;

export function renderMemoryParts(store: PanelStore, process: Process): TemplateResult {
  const view = memoryParts(process);
  if (view === null) {
    return html`<section>
      <h2>${texts.title}</h2>
      <p>${absent(store.model, process, ['smaps'])}</p>
    </section>`;
  }
  const zero = store.model.start ?? 0;
  return html`<section class="memoryParts">
    <h2>${texts.title}</h2>
    ${renderBar(view)} ${renderTable(store, view)} ${renderStacks(process, view.time)}
    <p class="dim">${memory.asOf(formatClock(view.time - zero))}</p>
  </section>`;
}

interface Slice {
  readonly name: string;
  readonly style: string;
  readonly bytes: number;
}

function slicesOf({ parts, anonymous }: MemoryParts): Slice[] {
  return parts.flatMap(({ kind, rss }): Slice[] => {
    const { name } = partTexts[kind];
    if (kind !== 'anonymous' || anonymous === null) return [{ name, style: kind, bytes: rss }];
    return [
      { name: `${name}, ${texts.v8}`, style: 'v8', bytes: anonymous.v8 },
      { name: `${name}, ${texts.notV8}`, style: 'anonymous', bytes: anonymous.other },
    ];
  });
}

function renderBar(view: MemoryParts): TemplateResult {
  const slices = slicesOf(view).filter(({ bytes }) => bytes > 0);
  const total = slices.reduce((sum, { bytes }) => sum + bytes, 0);
  const label = slices.map(({ name, bytes }) => `${name} ${formatPercent(bytes / total)}`).join(', ');
  return html`<div class="partsBar" role="img" aria-label=${texts.barLabel(label)}>
    ${slices.map(
      ({ name, style, bytes }) =>
        html`<span
          class="part-${style}"
          title="${name}: ${formatBytes(bytes)}"
          ${css({ 'flex-grow': String(bytes / total) })}
        ></span>`,
    )}
  </div>`;
}

function renderTable(store: PanelStore, view: MemoryParts): TemplateResult {
  const { parts, totals, remainder, anonymous } = view;
  const hasSwap = parts.some(({ swap }) => swap > 0);
  return html`<table class="figuresTable partsTable">
    <thead>
      <tr>
        <th scope="col">${texts.partColumn}</th>
        <th scope="col" title=${texts.residentMeaning}>${texts.resident}</th>
        <th scope="col" title=${memory.privateMeaning}>${texts.privateColumn}</th>
        <th scope="col" title=${memory.sharedMeaning}>${texts.sharedColumn}</th>
        <th scope="col" class="optionalColumn" title=${memory.pssMeaning}>${texts.pssColumn}</th>
        ${hasSwap ? html`<th scope="col" title=${texts.swapMeaning}>${texts.swapColumn}</th>` : nothing}
      </tr>
    </thead>
    <tbody>
      ${parts.map((part) => renderPart(store, part, anonymous, hasSwap))}
    </tbody>
    <tfoot>
      ${remainder === null ? nothing : line({ ...remainderTexts(store), figures: remainder, hasSwap })}
      ${line({ ...sumTexts(store, totals !== null), figures: totals ?? sumOfParts(parts), hasSwap })}
    </tfoot>
  </table>`;
}

const remainderTexts = (store: PanelStore): Pick<Line, 'head' | 'title'> => ({
  head: html`${texts.remainder}${explanation(store, texts.remainderMeaning)}`,
  title: texts.remainderMeaning,
});

function sumTexts(store: PanelStore, isKernels: boolean): Pick<Line, 'head' | 'title' | 'style'> {
  const title = isKernels ? texts.sumMeaning : texts.sumOfPartsMeaning;
  const name = isKernels ? texts.sum : texts.sumOfParts;
  return { head: html`${name}${explanation(store, title)}`, title, style: 'sumRow' };
}

function renderPart(
  store: PanelStore,
  part: MemoryPart,
  anonymous: MemoryParts['anonymous'],
  hasSwap: boolean,
): TemplateResult {
  const { kind, size, mappings, swap } = part;
  const { name, meaning } = partTexts[kind];
  const isCut = kind === 'anonymous' && anonymous !== null;
  const where = `${texts.addressSpace(formatBytes(size))} ${texts.mappings(formatCount(mappings))}`;
  const dot = isCut ? nothing : html`<span class="dot part-${kind}"></span>`;
  return html`${line({
    head: html`${dot}${name}${explanation(store, meaning)}`,
    title: `${meaning} ${where}`,
    figures: part,
    hasSwap,
    swap,
  })}
  ${
    isCut
      ? html`${subLine(store, { ...v8Texts, bytes: anonymous.v8, hasSwap })}${subLine(store, {
          ...notV8Texts,
          bytes: anonymous.other,
          hasSwap,
        })}`
      : nothing
  }`;
}

const v8Texts = { style: 'v8', name: texts.v8, meaning: texts.v8Meaning };
const notV8Texts = { style: 'anonymous', name: texts.notV8, meaning: texts.notV8Meaning };

interface Line {
  readonly head: TemplateResult;
  readonly title: string;
  readonly style?: string;
  readonly figures: Figures;
  readonly hasSwap: boolean;
  readonly swap?: number;
}

function line({ head, title, style, figures, hasSwap, swap }: Line): TemplateResult {
  return html`<tr class=${style ?? ''}>
    <th scope="row" title=${title}>${head}</th>
    <td>${signed(figures.rss)}</td>
    <td>${signed(figures.private)}</td>
    <td>${signed(figures.shared)}</td>
    <td class="optionalColumn">${signed(figures.pss)}</td>
    ${hasSwap ? html`<td>${swap === undefined ? '' : formatBytes(swap)}</td>` : nothing}
  </tr>`;
}

/** A remainder may be negative, when memory changed while it was read. */
function signed(bytes: number): string {
  return bytes < 0 ? `−${formatBytes(-bytes)}` : formatBytes(bytes);
}

function subLine(
  store: PanelStore,
  part: { style: string; name: string; meaning: string; bytes: number; hasSwap: boolean },
): TemplateResult {
  const { style, name, meaning, bytes, hasSwap } = part;
  return html`<tr class="subRow">
    <th scope="row" title=${meaning}>
      <span class="dot part-${style}"></span>${name}${explanation(store, meaning)}
    </th>
    <td class="estimate" title=${meaning}>≈ ${formatBytes(bytes)}</td>
    <td colspan="2"></td>
    <td class="optionalColumn"></td>
    ${hasSwap ? html`<td></td>` : nothing}
  </tr>`;
}

/** Of every thread whose stack was found. */
function renderStacks(process: Process, time: Ns): TemplateResult | typeof nothing {
  const threads = process.threads.filter(
    (thread) => isAliveAt(thread, time) && thread.facts?.stackSize != null,
  );
  if (threads.length === 0) return nothing;
  return html`<details>
    <summary>${texts.stacks(threads.length)}</summary>
    <table class="figuresTable">
      <thead>
        <tr>
          <th scope="col">${memory.threadColumn}</th>
          <th scope="col">${texts.stackColumn}</th>
          <th scope="col">${texts.stackSizeColumn}</th>
        </tr>
      </thead>
      <tbody>
        ${threads.map(renderStack)}
      </tbody>
    </table>
  </details>`;
}

function renderStack(thread: Thread): TemplateResult {
  const { stackSize, stackResident } = thread.facts ?? {};
  return html`<tr>
    <th scope="row">${printable(threadTitle(thread))}</th>
    <td>${stackResident == null ? '–' : formatBytes(stackResident)}</td>
    <td>${stackSize == null ? '–' : formatBytes(stackSize)}</td>
  </tr>`;
}

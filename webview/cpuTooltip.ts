import type { ReadonlySignal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { programCores } from '../src/model/cores';
import { loadBetween } from '../src/model/programLoad';
import { coresText, loadWords, PIXELS_PER_COLUMN, tellsReady } from './cpuFigures';
import { cpu as texts } from './cpuTexts';
import { css } from './cssProperties';
import { formatMoment } from './format';
import { SignalElement } from './signalElement';
import type { SurfaceLayout } from './surfaceLayout';
import { swatch } from './swatch';
import { besidePointer } from './tooltipPlace';

/** Where the pointer is on the CPU strip. */
export interface CpuHover {
  readonly clientX: number;
  readonly clientY: number;
}

/** How many threads more than cores are worth a word. */
const CROWD = 0.5;

/** How many threads ran and were ready at the moment under the pointer. */
export class CvizCpuTooltip extends SignalElement {
  layout!: SurfaceLayout;
  hover!: ReadonlySignal<CpuHover | null>;

  protected override render(): TemplateResult | typeof nothing {
    const hover = this.hover.value;
    const { store, layout } = this;
    const { model } = store;
    if (hover === null || model.start === null) return nothing;
    const width = layout.nsPerPixel * PIXELS_PER_COLUMN;
    const at = layout.timeAt(hover.clientX);
    const from = Math.max(0, at - width / 2);
    if (at < 0 || model.start + from >= model.now) return nothing;
    const load = loadBetween(model, model.start + from, model.start + from + width);
    const [running, ready] = loadWords(model, load);
    const knowsReady = tellsReady(model);
    const cores = programCores(model);
    const isCrowded = cores !== null && knowsReady && load.running + load.ready > cores.count + CROWD;
    return html`<div class="tooltip" ${css(besidePointer(hover))}>
      <div class="tooltipTitle">${formatMoment(from, width)}</div>
      <div class="intervalStates">
        <span class="intervalState">${swatch('running')} ${running}</span>
        <span class="intervalState">${knowsReady ? swatch('ready') : nothing} ${ready}</span>
      </div>
      ${cores === null ? nothing : html`<div class="dim">${texts.coresLimit(coresText(cores), cores)}</div>`}
      ${isCrowded ? html`<div>${texts.moreThanCores}</div>` : nothing}
    </div>`;
  }
}

customElements.define('cviz-cpu-tooltip', CvizCpuTooltip);

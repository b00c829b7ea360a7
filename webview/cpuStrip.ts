import { signal } from '@preact/signals-core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { programCores } from '../src/model/cores';
import { overallLoad } from '../src/model/programLoad';
import { resizeCanvas } from './canvasSize';
import {
  columnsOf,
  coresText,
  PIXELS_PER_COLUMN,
  readyUnknown,
  runningText,
  stripSummary,
  tellsReady,
} from './cpuFigures';
import { cpu as texts } from './cpuTexts';
import type { CpuHover } from './cpuTooltip';
import { css } from './cssProperties';
import { formatAverage } from './format';
import { LanePointer } from './lanePointer';
import { TimePicker } from './moving/timePicker';
import { SignalElement } from './signalElement';
import type { SurfaceLayout } from './surfaceLayout';
import { swatch } from './swatch';
import { paintLoad } from './timeline/paintLoad';
import './cpuTooltip';

const HEIGHT = 48;

/** Above the lanes, on the same scale of time: how many threads ran and were ready, against the number of cores. */
export class CvizCpuStrip extends SignalElement {
  layout!: SurfaceLayout;
  private readonly hover = signal<CpuHover | null>(null);
  private pointer!: LanePointer;

  protected override firstUpdated(): void {
    const { store, layout } = this;
    this.pointer = new LanePointer({
      zoom: (factor, clientX) => store.zoom(factor, layout.timeAt(clientX)),
      pan: (pixels) => store.pan(pixels * layout.nsPerPixel),
      scrollRows: () => undefined,
      hover: (event) => {
        this.hover.value = event === null ? null : { clientX: event.clientX, clientY: event.clientY };
        layout.pointerX.value = event === null ? null : layout.laneX(event.clientX);
      },
      click: () => undefined,
      pick: new TimePicker(store, layout).drag,
    });
    // Zooming must be able to keep the page from scrolling, which a passive listener can't.
    this.querySelector('.cpuChart')?.addEventListener(
      'wheel',
      (event) => this.pointer.wheel(event as WheelEvent),
      { passive: false },
    );
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.paint();
  }

  protected override render(): TemplateResult {
    const { store, layout } = this;
    const { model } = store;
    const load = overallLoad(model);
    return html`<div class="cpuStrip" ${css({ height: `${HEIGHT}px` })}>
      <div class="cpuCell" ${css({ width: `${layout.treeWidth.value}px` })} title=${texts.title}>
        <div class="cpuLine"><b>${texts.label}</b>${this.renderCores()}</div>
        ${load === null ? nothing : this.renderNow(load)}
      </div>
      <div
        class="cpuChart"
        role="img"
        aria-label=${stripSummary(model, load, store.range.value)}
        @pointerdown=${(event: PointerEvent) => this.pointer.down(event)}
        @pointermove=${(event: PointerEvent) => this.pointer.move(event)}
        @pointerup=${(event: PointerEvent) => this.pointer.up(event)}
        @pointerleave=${() => this.pointer.leave()}
        @dblclick=${() => store.fit()}
      >
        <canvas class="cpuCanvas"></canvas>
      </div>
      <cviz-cpu-tooltip .store=${store} .layout=${layout} .hover=${this.hover}></cviz-cpu-tooltip>
    </div>`;
  }

  private renderCores(): TemplateResult | typeof nothing {
    const { model } = this.store;
    const cores = programCores(model);
    if (cores === null) return nothing;
    const machine = model.run?.cores ?? null;
    return html`<span title=${texts.coresTitle(cores)}
      >${coresText(cores)}${
        machine === null || cores.limitedBy === 'machine'
          ? nothing
          : html` <span class="dim">${texts.coresOf(String(machine))}</span>`
      }</span
    >`;
  }

  private renderNow({ running, ready }: { running: number; ready: number }): TemplateResult {
    const { model } = this.store;
    return html`<div class="cpuLine dim">
      <span class="cpuWord">${model.ended ? texts.mean : texts.now}</span>
      <span class="cpuFigure"
        >${swatch('running')}${runningText(model, running)}<span class="cpuWord">${texts.running}</span></span
      >
      ${
        tellsReady(model)
          ? html`<span class="cpuFigure"
              >${swatch('ready')}${formatAverage(ready)}<span class="cpuWord">${texts.ready}</span></span
            >`
          : html`<span class="cpuFigure" title=${texts.readyUnknownTitle}>${readyUnknown(model)}</span>`
      }
    </div>`;
  }

  private paint(): void {
    const canvas = this.querySelector<HTMLCanvasElement>('canvas.cpuCanvas');
    const context = canvas?.getContext('2d');
    if (canvas === null || context == null) return;
    const { store, layout } = this;
    const { model } = store;
    const width = layout.laneWidth.value;
    resizeCanvas(canvas, width, HEIGHT, window.devicePixelRatio);
    const cores = programCores(model);
    paintLoad(context, {
      columns: columnsOf(model, store.range.value, Math.max(1, Math.floor(width / PIXELS_PER_COLUMN))),
      cores: cores?.count ?? null,
      coresLabel: cores === null ? '' : coresText(cores),
      showsReady: tellsReady(model),
      width: canvas.width,
      height: canvas.height,
      pixelRatio: window.devicePixelRatio,
      palette: this.palette.value,
    });
  }
}

customElements.define('cviz-cpu-strip', CvizCpuStrip);

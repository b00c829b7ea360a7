import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Model } from '../../src/model/types';
import { resizeCanvas } from '../canvasSize';
import { columnsOf, PIXELS_PER_COLUMN, tellsReady } from '../cpuFigures';
import { css } from '../cssProperties';
import { formatClock, formatMoment } from '../format';
import type { Palette } from '../palette';
import { SignalElement } from '../signalElement';
import type { SurfaceLayout } from '../surfaceLayout';
import { paintLoad } from '../timeline/paintLoad';
import { shown, timeAt, visibleRange, type TimeRange } from '../timeline/range';
import { asCss, boxOf, type Box } from './bands';
import { draggedTo, gripAt, keyedRange, type BrushDrag } from './brush';
import { moving } from './movingTexts';

export const MINIMAP_HEIGHT = 28;
/** Room above and below the frame. */
const MARGIN = 3;
const MIN_BRUSH = 6;
const MIN_BAND = 2;
/** The picture of a whole run changes slowly: while it goes on, it is painted this often. */
const CALM_MS = 250;

/** What the picture was painted from. */
interface Painted {
  readonly at: number;
  readonly model: Model;
  readonly revision: number;
  readonly width: number;
  readonly palette: Palette;
}

/** The whole run in a strip, with a frame around the part that the lanes show. */
export class CvizMinimap extends SignalElement {
  layout!: SurfaceLayout;
  private drag: BrushDrag | null = null;
  private painted: Painted | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.painted = null;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.paint();
  }

  protected override render(): TemplateResult {
    const { store, layout, whole } = this;
    const width = layout.laneWidth.value;
    const picked = store.picked.value;
    const band = picked === null ? null : boxOf(picked, whole, width, MIN_BAND);
    return html`<div class="minimap" ${css({ height: `${MINIMAP_HEIGHT}px` })}>
      <div class="minimapLabel" ${css({ width: `${layout.treeWidth.value}px` })}>
        <span>${moving.minimap}</span> <span class="clock">${formatClock(store.duration.value)}</span>
      </div>
      <div
        class="minimapChart"
        role="scrollbar"
        tabindex="0"
        aria-orientation="horizontal"
        aria-controls="rows"
        aria-label=${moving.minimapLabel}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${this.percent}
        aria-valuetext=${this.valueText}
        title=${moving.minimapTitle}
        @pointerdown=${this.onDown}
        @pointermove=${this.onMove}
        @pointerup=${this.onUp}
        @pointercancel=${this.onUp}
        @dblclick=${() => store.fit()}
        @keydown=${this.onKey}
      >
        <canvas class="minimapCanvas"></canvas>
        ${band === null ? nothing : html`<span class="pickedBand" ${css(asCss(band))}></span>`}
        <span
          class="brush ${store.view.value.mode === 'fit' ? 'whole' : ''}"
          ${css(asCss(this.brush))}
        ></span>
      </div>
    </div>`;
  }

  /** As wide as the lanes show it when they show all. */
  private get whole(): TimeRange {
    return visibleRange({ mode: 'fit' }, this.store.duration.value);
  }

  private get brush(): Box {
    const width = this.layout.laneWidth.value;
    return boxOf(this.store.range.value, this.whole, width, MIN_BRUSH) ?? { left: 0, width: MIN_BRUSH };
  }

  private get percent(): number {
    const { range, duration } = this.store;
    const share = range.value.from / Math.max(1, duration.value);
    return Math.round(100 * Math.max(0, Math.min(1, share)));
  }

  private get valueText(): string {
    const { range, duration, view } = this.store;
    const length = formatClock(duration.value);
    if (view.value.mode === 'fit') return moving.minimapWhole(length);
    const { from, to } = range.value;
    return moving.minimapValue(formatMoment(from, to - from), formatMoment(to, to - from), length);
  }

  private timeAt(x: number): number {
    return timeAt(x, this.whole, this.layout.laneWidth.value);
  }

  private readonly onDown = (event: PointerEvent): void => {
    if (event.button !== 0 || !(event.currentTarget instanceof Element)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { store } = this;
    const x = this.layout.laneX(event.clientX);
    const isWhole = store.view.value.mode === 'fit';
    this.drag = gripAt(x, this.brush, this.timeAt(x), store.range.value, isWhole);
    // Beside the frame: it jumps there.
    if (this.drag.kind === 'move') this.dragTo(x);
  };

  private readonly onMove = (event: PointerEvent): void => {
    if (this.drag !== null) this.dragTo(this.layout.laneX(event.clientX));
  };

  private readonly onUp = (): void => {
    this.drag = null;
  };

  private dragTo(x: number): void {
    if (this.drag === null) return;
    const range = draggedTo(this.timeAt(x), this.drag);
    // Pressed and not moved yet: a new frame has no width.
    if (range.to > range.from) this.store.view.value = shown(range, this.store.duration.value);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { store } = this;
    const range = keyedRange(event.key, store.range.value, store.duration.value);
    if (range === null) return;
    event.preventDefault();
    store.view.value = shown(range, store.duration.value);
  };

  private paint(): void {
    const { store, layout } = this;
    const { model } = store;
    const width = layout.laneWidth.value;
    const palette = this.palette.value;
    const last = this.painted;
    const looksSame = last?.width === width && last.palette === palette;
    if (looksSame && last.model === model && last.revision === model.revision) return;
    const left = last === null ? 0 : last.at + CALM_MS - performance.now();
    if (looksSame && left > 0) {
      this.timer ??= setTimeout(() => {
        this.timer = null;
        this.requestUpdate();
      }, left);
      return;
    }
    const canvas = this.querySelector('canvas');
    const context = canvas?.getContext('2d');
    if (canvas === null || context == null) return;
    resizeCanvas(canvas, width, MINIMAP_HEIGHT - 2 * MARGIN, window.devicePixelRatio);
    paintLoad(context, {
      columns: columnsOf(model, this.whole, Math.max(1, Math.floor(width / PIXELS_PER_COLUMN))),
      cores: null,
      coresLabel: '',
      showsReady: tellsReady(model),
      width: canvas.width,
      height: canvas.height,
      pixelRatio: window.devicePixelRatio,
      palette,
    });
    this.painted = { at: performance.now(), model, revision: model.revision, width, palette };
  }
}

customElements.define('cviz-minimap', CvizMinimap);

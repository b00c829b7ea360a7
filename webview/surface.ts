import { signal } from '@preact/signals-core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { expandedAt, largestMemory } from '../src/model/selectPanel';
import { resizeCanvas } from './canvasSize';
import { clampTreeWidth, columnTemplate } from './columns';
import type { LaneHover } from './laneTooltip';
import { selectedInterval } from './selectedInterval';
import { SignalElement } from './signalElement';
import { tree } from './strings';
import { SurfaceInput } from './surfaceInput';
import { SurfaceLayout } from './surfaceLayout';
import { paintScene } from './timeline/paint';
import { xOf } from './timeline/range';
import { ticks, type Tick } from './timeline/ticks';
import { rowDomId, treeRow } from './treeRow';
import { css } from './cssProperties';
import './cpuStrip';
import './laneTooltip';
import './splitter';

const MIN_TICK_PIXELS = 90;
/** At most: a mark so near the right edge that its label would be cut stands without it. */
const PIXELS_PER_CHARACTER = 7;
const LABEL_INDENT = 6;

/** Tree and lanes: the same rows, one scroll. Only the rows on screen exist. */
export class CvizSurface extends SignalElement {
  private readonly hover = signal<LaneHover | null>(null);
  private readonly resizes = new ResizeObserver(() => this.layout.measure());
  private layout!: SurfaceLayout;
  private input!: SurfaceInput;

  override connectedCallback(): void {
    // Only now: whoever creates the element gives it its store before it enters the page.
    this.layout = new SurfaceLayout(this.store, () => this.scroller);
    this.input = new SurfaceInput(this.store, this.layout, this.hover);
    super.connectedCallback();
    if (this.scroller !== null) this.resizes.observe(this.scroller);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizes.disconnect();
  }

  protected override firstUpdated(): void {
    const { scroller } = this;
    if (scroller === null) return;
    this.resizes.observe(scroller);
    this.layout.measure();
    // Zooming must be able to keep the page from scrolling, which a passive listener can't.
    scroller.addEventListener('wheel', (event) => this.input.onWheel(event), { passive: false });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.paint();
  }

  private get scroller(): HTMLElement | null {
    return this.querySelector('.scroller');
  }

  protected override render(): TemplateResult {
    const { store, layout } = this;
    const treeWidth = layout.treeWidth.value;
    return html`<div
      class="surface"
      ${css({ '--cviz-columns': columnTemplate(layout.columns.value, treeWidth) })}
    >
      ${
        layout.hasStrip.value
          ? html`<cviz-cpu-strip .store=${store} .palette=${this.palette} .layout=${layout}></cviz-cpu-strip>`
          : nothing
      }
      ${this.renderGrid()}
      <cviz-splitter
        class="treeSplitter"
        ${css({ left: `${treeWidth}px` })}
        direction="vertical"
        .value=${treeWidth}
        .min=${clampTreeWidth(0, layout.width)}
        .max=${clampTreeWidth(Infinity, layout.width)}
        .label=${tree.splitter}
        @move=${(event: CustomEvent<number>) => (store.treeWidth.value = event.detail)}
        @reset=${() => (store.treeWidth.value = null)}
      ></cviz-splitter>
      <cviz-lane-tooltip .store=${store} .hover=${this.hover}></cviz-lane-tooltip>
    </div>`;
  }

  private renderGrid(): TemplateResult {
    const { store, input } = this;
    const rows = store.rows.value;
    const selected = store.selectedRow.value;
    const isInPage = selected !== null && this.layout.windowRows.value.includes(selected);
    return html`<div
      class="scroller"
      role="treegrid"
      tabindex="0"
      aria-label=${tree.label}
      aria-rowcount=${rows.length + 1}
      aria-activedescendant=${isInPage ? rowDomId(selected) : nothing}
      @keydown=${input.onKey}
      @scroll=${this.onScroll}
    >
      ${this.renderHead()}
      <div
        class="rows"
        role="rowgroup"
        ${css({ height: `${rows.length * store.geometry.value.rowHeight}px` })}
        @pointerdown=${input.onDown}
        @pointermove=${input.onMove}
        @pointerup=${input.onUp}
        @pointerleave=${input.onLeave}
        @dblclick=${input.onDoubleClick}
      >
        ${this.renderWindow()}
      </div>
    </div>`;
  }

  private renderHead(): TemplateResult {
    const { store, layout } = this;
    const columns = layout.columns.value;
    const width = layout.laneWidth.value;
    return html`<div class="head" role="row" aria-rowindex="1">
      <div role="columnheader" class="cell">${tree.name}</div>
      <div role="columnheader" class="cell stateCell">
        <span class=${columns.shortState ? 'visuallyHidden' : ''}>${tree.state}</span>
      </div>
      ${
        columns.cpu
          ? html`<div role="columnheader" class="cell numberCell" title=${tree.cpuTitle}>${tree.cpu}</div>`
          : nothing
      }
      ${
        columns.memory
          ? html`<div role="columnheader" class="cell" title=${tree.memoryTitle}>${tree.memory}</div>`
          : nothing
      }
      <div role="columnheader" class="ruler" title=${tree.lanesHint}>
        <span class="visuallyHidden">${tree.lanes}</span>
        ${this.ticks().map(({ time, label }) => {
          const x = xOf(time, store.range.value, width);
          return html`<span class="tick" aria-hidden="true" ${css({ left: `${x}px` })}
            >${x + LABEL_INDENT + label.length * PIXELS_PER_CHARACTER > width ? '' : label}</span
          >`;
        })}
      </div>
    </div>`;
  }

  private renderWindow(): TemplateResult {
    const { layout, store } = this;
    const { model } = store;
    const selectedId = store.selection.value?.rowId ?? null;
    const columns = layout.columns.value;
    const largest = largestMemory(model);
    const backlogs = store.backlogs.value;
    const first = layout.windowStart.value;
    return html`<div class="window" role="presentation" ${css({ top: `${first * store.geometry.value.rowHeight}px` })}>
      ${repeat(
        layout.windowRows.value,
        (row) => row.id,
        (row, inWindow) => {
          const index = first + inWindow;
          const isSelected = row.id === selectedId;
          const expanded = expandedAt(store.rows.value, index);
          // Rows are new objects whenever the model has changed: panning and zooming leave them as they are.
          return guard([row, index, isSelected, expanded, columns, backlogs], () =>
            treeRow(row, index, { model, columns, largestMemory: largest, isSelected, expanded, backlogs }),
          );
        },
      )}
      <canvas class="lanes" aria-hidden="true" ${css({ left: `${layout.treeWidth.value}px` })}></canvas>
    </div>`;
  }

  private ticks(): Tick[] {
    return ticks(this.store.range.value, this.layout.laneWidth.value, MIN_TICK_PIXELS);
  }

  private paint(): void {
    const canvas = this.querySelector<HTMLCanvasElement>('canvas.lanes');
    const context = canvas?.getContext('2d');
    if (canvas === null || context == null) return;
    const { store, layout } = this;
    const rows = layout.windowRows.value;
    const pixelRatio = window.devicePixelRatio;
    resizeCanvas(canvas, layout.laneWidth.value, rows.length * store.geometry.value.rowHeight, pixelRatio);
    paintScene(context, {
      model: store.model,
      rows,
      geometry: store.geometry.value,
      picked: store.picked.value,
      range: store.range.value,
      ticks: this.ticks(),
      width: canvas.width,
      pixelRatio,
      palette: this.palette.value,
      selected: selectedInterval(store),
    });
  }

  private readonly onScroll = (): void => {
    this.layout.scrolled();
    this.hover.value = null;
  };
}

customElements.define('cviz-surface', CvizSurface);

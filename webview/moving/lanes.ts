import { computed, type ReadonlySignal } from '@preact/signals-core';
import { html, type PropertyValues, type TemplateResult } from 'lit';
import type { Row } from '../../src/model/select';
import { resizeCanvas } from '../canvasSize';
import { selectedInterval } from '../selectedInterval';
import { SignalElement } from '../signalElement';
import type { RowPlace, SurfaceLayout } from '../surfaceLayout';
import { arrowAt } from '../timeline/hitArrows';
import { paintScene } from '../timeline/paint';
import { arrowSummary, paintArrows } from '../timeline/paintArrows';
import type { ArrowId, ArrowScene } from '../timeline/scene';
import { MIN_TICK_PIXELS } from './ruler';
import { ticks } from '../timeline/ticks';

/**
 * The lanes of some rows, on one canvas. A component of its own: it is painted again when something that is painted has
 * changed, without the rows beside it being rendered, and they without it.
 */
export class CvizLanes extends SignalElement {
  layout!: SurfaceLayout;
  place!: RowPlace;
  hoveredArrow!: ReadonlySignal<ArrowId | null>;
  private scene: ArrowScene | null = null;
  /** The same array as long as nothing has changed: what is known of it need not be found out for every frame. */
  private readonly pinsFirst = computed<readonly Row[]>(() => {
    const { pinnedRows, rows } = this.store;
    const pins = new Set(pinnedRows.value.map(({ id }) => id));
    return [...pinnedRows.value, ...rows.value.filter(({ id }) => !pins.has(id))];
  });

  protected override render(): TemplateResult {
    const name = this.place === 'rows' ? 'lanes' : `${this.place}Lanes`;
    return html`<canvas class="laneCanvas ${name}"></canvas>`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.paint();
  }

  /** The arrow at a point of the page. */
  arrowAt(event: MouseEvent): ArrowId | null {
    const box = this.querySelector('canvas')?.getBoundingClientRect();
    if (this.scene === null || box === undefined || !this.store.showsArrows.peek()) return null;
    return arrowAt(this.scene, event.clientX - box.left, event.clientY - box.top);
  }

  private get rows(): readonly Row[] {
    switch (this.place) {
      case 'rows':
        return this.layout.windowRows.value;
      case 'pinned':
        return this.store.pinnedRows.value;
      case 'sticky':
        return this.layout.stickyRows.value;
    }
  }

  /** No row is there twice, though pinned ones are on screen twice. */
  private placeAmongAll(): Pick<ArrowScene, 'allRows' | 'firstRow'> {
    const { layout, place } = this;
    if (place === 'rows') {
      return {
        allRows: layout.allRows.value,
        firstRow: layout.lonePins.value.length + layout.windowStart.value,
      };
    }
    return { allRows: this.pinsFirst.value, firstRow: 0 };
  }

  private paint(): void {
    const canvas = this.querySelector('canvas');
    const context = canvas?.getContext('2d');
    if (canvas === null || context == null) return;
    const { store, layout, place, rows } = this;
    const pixelRatio = window.devicePixelRatio;
    const width = layout.laneWidth.value;
    const geometry = store.geometry.value;
    resizeCanvas(canvas, width, rows.length * geometry.rowHeight, pixelRatio);
    const range = store.range.value;
    const scene: ArrowScene = {
      model: store.model,
      rows,
      geometry,
      range,
      ticks: ticks(range, width, MIN_TICK_PIXELS),
      width: canvas.width,
      pixelRatio,
      palette: this.palette.value,
      selected: selectedInterval(store),
      picked: store.picked.value,
      ...this.placeAmongAll(),
      selectedArrow: store.selectedArrow.value,
      hoveredArrow: this.hoveredArrow.value,
    };
    this.scene = scene;
    paintScene(context, scene);
    // A process's row that is repeated at the top is not where its arrows begin or end.
    const showsArrows = store.showsArrows.value && place !== 'sticky';
    if (showsArrows) paintArrows(context, scene);
    if (place === 'rows') layout.arrowSummary.value = showsArrows ? arrowSummary(scene) : null;
  }
}

customElements.define('cviz-lanes', CvizLanes);

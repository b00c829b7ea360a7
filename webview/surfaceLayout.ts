import { computed, signal } from '@preact/signals-core';
import type { Ns } from '../src/base/units';
import type { Row } from '../src/model/select';
import { clampTreeWidth, columnsFor, defaultTreeWidth } from './columns';
import type { PanelStore } from './store';
import { rowIndexAt } from './timeline/hit';
import { timeAt } from './timeline/range';

const HEAD_HEIGHT = 26;
const MIN_HEIGHT_WITH_STRIP = 180;
/** Rows beyond the screen that are kept ready; also by how many rows the window of rows moves at a time. */
const OVERSCAN = 8;

/** Where the surface's parts are, and what lies under a point of the page. Lengths are CSS pixels. */
export class SurfaceLayout {
  readonly treeWidth = computed(() => {
    const { width } = this.size.value;
    const chosen = this.store.treeWidth.value;
    return chosen === null ? defaultTreeWidth(width) : clampTreeWidth(chosen, width);
  });
  readonly laneWidth = computed(() => Math.max(0, this.size.value.width - this.treeWidth.value));
  readonly columns = computed(() => columnsFor(this.treeWidth.value));
  /** Whether there is room for the CPU strip: a few rows are worth more than it is. */
  readonly hasStrip = computed(() => this.surfaceHeight.value >= MIN_HEIGHT_WITH_STRIP);
  /** Index of the first row that exists in the page. */
  readonly windowStart = computed(() =>
    Math.min(this.firstRow.value, Math.max(0, this.store.rows.value.length - 1)),
  );
  readonly windowRows = computed<readonly Row[]>(() => {
    const onScreen = Math.ceil(this.size.value.height / this.store.geometry.value.rowHeight);
    const start = this.windowStart.value;
    return this.store.rows.value.slice(start, start + onScreen + 3 * OVERSCAN);
  });
  private readonly size = signal({ width: 0, height: 0 });
  private readonly surfaceHeight = signal(0);
  /** Moves in steps, so that scrolling renders rarely. */
  private readonly firstRow = signal(0);

  private readonly store: PanelStore;
  private readonly scroller: () => HTMLElement | null;

  constructor(store: PanelStore, scroller: () => HTMLElement | null) {
    this.store = store;
    this.scroller = scroller;
  }

  private get rowHeight(): number {
    return this.store.geometry.peek().rowHeight;
  }

  get width(): number {
    return this.size.value.width;
  }

  measure(): void {
    const { clientWidth: width = 0, clientHeight: height = 0 } = this.scroller() ?? {};
    // Not the scroller's own height, which the strip takes a part of.
    this.surfaceHeight.value = this.scroller()?.parentElement?.clientHeight ?? 0;
    const known = this.size.peek();
    if (known.width !== width || known.height !== height) this.size.value = { width, height };
  }

  scrolled(): void {
    const row = Math.floor((this.scroller()?.scrollTop ?? 0) / this.rowHeight);
    this.firstRow.value = Math.max(0, Math.floor(row / OVERSCAN) * OVERSCAN - OVERSCAN);
  }

  scrollRows(pixels: number): void {
    this.scroller()?.scrollBy(0, pixels);
  }

  /** How many rows fit below the head. */
  get page(): number {
    return Math.max(1, Math.floor((this.size.peek().height - HEAD_HEIGHT) / this.rowHeight) - 1);
  }

  bringIntoView(index: number): void {
    const scroller = this.scroller();
    if (scroller === null) return;
    const top = index * this.rowHeight;
    const lowest = top + this.rowHeight - (scroller.clientHeight - HEAD_HEIGHT);
    scroller.scrollTop = Math.min(top, Math.max(lowest, scroller.scrollTop));
  }

  isOnLanes(event: MouseEvent): boolean {
    const { x, y } = this.within(event);
    return x >= this.treeWidth.peek() && y >= HEAD_HEIGHT;
  }

  /** The row under the pointer, and how far below its top the pointer is. */
  rowAt(event: MouseEvent): { readonly row: Row; readonly index: number; readonly y: number } | null {
    const y = this.within(event).y - HEAD_HEIGHT + (this.scroller()?.scrollTop ?? 0);
    const rows = this.store.rows.peek();
    const index = rowIndexAt(y, this.rowHeight, rows.length);
    const row = rows[index];
    return row === undefined ? null : { row, index, y: y - index * this.rowHeight };
  }

  /** Time since the run's start under a horizontal position of the page. */
  timeAt(clientX: number): Ns {
    const left = this.scroller()?.getBoundingClientRect().left ?? 0;
    return timeAt(clientX - left - this.treeWidth.peek(), this.store.range.peek(), this.laneWidth.peek());
  }

  get nsPerPixel(): Ns {
    const { from, to } = this.store.range.peek();
    return (to - from) / Math.max(1, this.laneWidth.peek());
  }

  private within(event: MouseEvent): { x: number; y: number } {
    const box = this.scroller()?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  }
}

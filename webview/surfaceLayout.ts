import { computed, signal } from '@preact/signals-core';
import type { Ns } from '../src/base/units';
import type { Row } from '../src/model/select';
import { expandedAt } from '../src/model/selectPanel';
import { clampTreeWidth, columnsFor, defaultTreeWidth } from './columns';
import { processesAround, stickyRows } from './moving/stickyRows';
import type { PanelStore } from './store';
import { rowIndexAt } from './timeline/hit';
import { timeAt } from './timeline/range';

export const HEAD_HEIGHT = 26;
const MIN_HEIGHT_WITH_STRIP = 180;
const MIN_HEIGHT_WITH_MINIMAP = 260;
/** Rows beyond the screen that are kept ready; also by how many rows the window of rows moves at a time. */
const OVERSCAN = 4;
/** What stays at the top leaves this many times its height to the rows that move. */
const MOVING_ROWS = 3;

/** Where a row is on screen: in the list, pinned above it, or a process's row repeated above its threads. */
export type RowPlace = 'rows' | 'pinned' | 'sticky';

export interface FoundRow {
  readonly row: Row;
  /** In `allRows`. */
  readonly index: number;
  /** How far below the row's top the pointer is. */
  readonly y: number;
  readonly place: RowPlace;
}

/** Where the surface's parts are, and what lies under a point of the page. Lengths are CSS pixels. */
export class SurfaceLayout {
  readonly treeWidth = computed(() => {
    const { width } = this.size.value;
    const chosen = this.store.treeWidth.value;
    return chosen === null ? defaultTreeWidth(width) : clampTreeWidth(chosen, width);
  });
  readonly laneWidth = computed(() => Math.max(0, this.size.value.width - this.treeWidth.value));
  readonly columns = computed(() => columnsFor(this.treeWidth.value, this.store.hiddenColumns.value));
  /** Whether there is room for the CPU strip and the minimap: a few rows are worth more than they are. */
  readonly hasStrip = computed(() => this.surfaceHeight.value >= MIN_HEIGHT_WITH_STRIP);
  readonly hasMinimap = computed(() => this.surfaceHeight.value >= MIN_HEIGHT_WITH_MINIMAP);
  /** Pinned rows that are not in the tree as well: they are filtered away, or folded away. */
  readonly lonePins = computed<readonly Row[]>(() => {
    const pinned = this.store.pinnedRows.value;
    if (pinned.length === 0) return pinned;
    const inTree = new Set(this.store.rows.value.map(({ id }) => id));
    return pinned.filter(({ id }) => !inTree.has(id));
  });
  /** As the keyboard walks through them, and as a screen reader counts them: each once. */
  readonly allRows = computed<readonly Row[]>(() => {
    const lone = this.lonePins.value;
    return lone.length === 0 ? this.store.rows.value : [...lone, ...this.store.rows.value];
  });
  readonly pinnedHeight = computed(
    () => this.store.pinnedRows.value.length * this.store.geometry.value.rowHeight,
  );
  /** Too many of them would leave no room: then they are scrolled away like all others. */
  readonly arePinsSticky = computed(
    () => this.pinnedHeight.value <= (this.size.value.height - HEAD_HEIGHT) / 2,
  );
  /** Index in the store's rows of the first row that exists in the page. */
  readonly windowStart = computed(() =>
    Math.min(this.firstRow.value, Math.max(0, this.store.rows.value.length - 1)),
  );
  readonly windowRows = computed<readonly Row[]>(() => {
    const onScreen = Math.ceil(this.size.value.height / this.store.geometry.value.rowHeight);
    const start = this.windowStart.value;
    return this.store.rows.value.slice(start, start + onScreen + 3 * OVERSCAN);
  });
  /** Indices in the store's rows. As text: scrolling changes it seldom, and only then anybody is told. */
  private readonly stickyKey = computed(() => {
    const { rowHeight } = this.store.geometry.value;
    const scrolled = this.scrollTop.value - (this.arePinsSticky.value ? 0 : this.pinnedHeight.value);
    return stickyRows(this.store.rows.value, scrolled, rowHeight, this.mostSticky.value).join();
  });
  private readonly mostSticky = computed(() => {
    const room = this.roomForRows(this.size.value.height);
    return Math.max(0, Math.floor(room / this.store.geometry.value.rowHeight / (1 + MOVING_ROWS)));
  });
  readonly stickyIndices = computed<readonly number[]>(() =>
    this.stickyKey.value === '' ? [] : this.stickyKey.value.split(',').map(Number),
  );
  readonly stickyRows = computed<readonly Row[]>(() =>
    this.stickyIndices.value.flatMap((index) => this.store.rows.value[index] ?? []),
  );
  /** Where the pointer is over the lanes: pixels from their left edge. */
  readonly pointerX = signal<number | null>(null);
  /** What stands for the arrows where they are too many to draw. */
  readonly arrowSummary = signal<string | null>(null);
  private readonly size = signal({ width: 0, height: 0 });
  /** Until it is measured, a guess: rows that jump down a moment after they appeared are missed by the pointer. */
  private readonly surfaceHeight = signal(window.innerHeight / 2);
  private readonly scrollTop = signal(0);
  /** Moves in steps, so that scrolling renders rarely. */
  private readonly firstRow = signal(0);
  private knownRowHeight: number | null = null;

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
    const { scrollTop = 0 } = this.scroller() ?? {};
    this.scrollTop.value = scrollTop;
    this.store.topRow.value = scrollTop / this.rowHeight;
    const row = Math.floor(scrollTop / this.rowHeight);
    this.firstRow.value = Math.max(0, Math.floor(row / OVERSCAN) * OVERSCAN - OVERSCAN);
  }

  /** Rows of another height: what was at the top stays there. */
  keepTopRow(): void {
    const scroller = this.scroller();
    const { rowHeight } = this;
    if (scroller !== null && this.knownRowHeight !== null && this.knownRowHeight !== rowHeight) {
      scroller.scrollTop *= rowHeight / this.knownRowHeight;
      this.scrolled();
    }
    this.knownRowHeight = rowHeight;
  }

  scrollRows(pixels: number): void {
    this.scroller()?.scrollBy(0, pixels);
  }

  /** How many rows fit below the head. */
  get page(): number {
    return Math.max(1, Math.floor(this.roomForRows(this.size.peek().height) / this.rowHeight) - 1);
  }

  /** Height for the rows that move. */
  private roomForRows(height: number): number {
    return height - HEAD_HEIGHT - (this.arePinsSticky.peek() ? this.pinnedHeight.peek() : 0);
  }

  /** Whether a row of `allRows` has its children shown; null if it has none. A pinned row stands alone. */
  expandedAt(index: number): boolean | null {
    return expandedAt(this.store.rows.peek(), index - this.lonePins.peek().length);
  }

  setExpanded(index: number, expanded: boolean): void {
    this.store.setExpanded(index - this.lonePins.peek().length, expanded);
  }

  /** `index` is one of `allRows`. */
  bringIntoView(index: number): void {
    const scroller = this.scroller();
    const inTree = index - this.lonePins.peek().length;
    if (scroller === null) return;
    const { rowHeight } = this;
    const areSticky = this.arePinsSticky.peek();
    if (inTree < 0) {
      if (!areSticky) scroller.scrollTop = 0;
      this.scrolled();
      return;
    }
    const room = this.roomForRows(scroller.clientHeight);
    const above = Math.min(this.stickyAround(inTree) * rowHeight, Math.max(0, room - rowHeight));
    const top = inTree * rowHeight + (areSticky ? 0 : this.pinnedHeight.peek());
    scroller.scrollTop = Math.min(top - above, Math.max(top + rowHeight - room, scroller.scrollTop));
    this.scrolled();
  }

  /** How many rows stand above a row when it is the first one in view. */
  private stickyAround(index: number): number {
    const around = processesAround(this.store.rows.peek(), index).filter((other) => other !== index);
    return Math.min(this.mostSticky.peek(), around.length);
  }

  isOnLanes(event: MouseEvent): boolean {
    const { x, y } = this.within(event);
    return x >= this.treeWidth.peek() && y >= HEAD_HEIGHT;
  }

  /** The row under the pointer. */
  rowAt(event: MouseEvent): FoundRow | null {
    const { rowHeight } = this;
    const { scrollTop = 0 } = this.scroller() ?? {};
    const below = this.within(event).y - HEAD_HEIGHT;
    const pinnedHeight = this.pinnedHeight.peek();
    const areSticky = this.arePinsSticky.peek();
    // What is pinned does not move, or scrolls away like all others.
    const inPins = below + (areSticky ? 0 : scrollTop);
    if (inPins < pinnedHeight) return this.found('pinned', this.store.pinnedRows.peek(), inPins);
    const belowPins = below - (areSticky ? pinnedHeight : 0);
    const sticky = this.stickyRows.peek();
    if (belowPins >= 0 && belowPins < sticky.length * rowHeight)
      return this.found('sticky', sticky, belowPins);
    return this.found('rows', this.store.rows.peek(), below + scrollTop - pinnedHeight);
  }

  private found(place: RowPlace, among: readonly Row[], y: number): FoundRow | null {
    const { rowHeight } = this;
    const inPlace = rowIndexAt(y, rowHeight, among.length);
    const row = among[inPlace];
    if (row === undefined) return null;
    const lone = this.lonePins.peek().length;
    const index =
      place === 'rows' ? inPlace + lone : this.allRows.peek().findIndex(({ id }) => id === row.id);
    return { row, index, y: y - inPlace * rowHeight, place };
  }

  /** Pixels from the left edge of the lanes. */
  laneX(clientX: number): number {
    const left = this.scroller()?.getBoundingClientRect().left ?? 0;
    return clientX - left - this.treeWidth.peek();
  }

  /** Time since the run's start under a horizontal position of the page. */
  timeAt(clientX: number): Ns {
    return timeAt(this.laneX(clientX), this.store.range.peek(), this.laneWidth.peek());
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

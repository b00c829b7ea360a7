import { computed, signal } from '@preact/signals-core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { columnTemplate, clampTreeWidth } from './columns';
import { css } from './cssProperties';
import type { LaneHover } from './laneTooltip';
import { FigurePace } from './moving/figurePace';
import { keyNote } from './moving/keyNote';
import { MINIMAP_HEIGHT } from './moving/minimap';
import { moving } from './moving/movingTexts';
import { CvizLanes } from './moving/lanes';
import type { CvizShortcuts } from './moving/shortcutSheet';
import { renderPinned, renderSticky, renderWindow, type RowParts } from './moving/surfaceRows';
import type { Selection } from './savedState';
import { SignalElement } from './signalElement';
import { tree } from './strings';
import { SurfaceInput } from './surfaceInput';
import { SurfaceLayout } from './surfaceLayout';
import { rowDomId } from './treeRow';
import './cpuStrip';
import './laneTooltip';
import './moving/pointerLine';
import './moving/ruler';
import './moving/shortcutSheet';
import './splitter';
import './why/announce';

/** How long it is told that there is nothing where a key should have led. */
const NOTE_MS = 3000;

/** Tree and lanes: the same rows, one scroll. Only the rows on screen exist. */
export class CvizSurface extends SignalElement {
  private readonly hover = signal<LaneHover | null>(null);
  private readonly hoveredArrow = computed(() => this.hover.value?.arrow ?? null);
  private readonly pace = new FigurePace(() => this.requestUpdate());
  private readonly note = signal('');
  private noteTimer: ReturnType<typeof setTimeout> | null = null;
  private readonly resizes = new ResizeObserver(() => this.layout.measure());
  private layout!: SurfaceLayout;
  private input!: SurfaceInput;
  /** The selection that was brought into view. */
  private shown: Selection | null = null;
  private isTopRowRestored = false;

  override connectedCallback(): void {
    // Only now: whoever creates the element gives it its store before it enters the page.
    this.layout = new SurfaceLayout(this.store, () => this.scroller);
    this.input = new SurfaceInput(this.store, this.layout, this.hover, {
      arrowAt: (found, event) => this.lanes(found?.place ?? 'rows')?.arrowAt(event) ?? null,
      showShortcuts: () => this.querySelector(SHORTCUTS)?.show(),
      nothingThere: (action) => this.tell(keyNote(action)),
    });
    super.connectedCallback();
    if (this.scroller !== null) this.resizes.observe(this.scroller);
    document.addEventListener('keydown', this.onPageKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizes.disconnect();
    this.pace.stop();
    document.removeEventListener('keydown', this.onPageKey);
    if (this.noteTimer !== null) clearTimeout(this.noteTimer);
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
    this.layout.keepTopRow();
    this.restoreTopRow();
    this.showSelection();
  }

  /** After a reload, as soon as there are rows enough. */
  private restoreTopRow(): void {
    const { scroller, store } = this;
    const { value: row } = store.topRow;
    if (this.isTopRowRestored || scroller === null || store.rows.value.length <= row) return;
    this.isTopRowRestored = true;
    scroller.scrollTop = row * store.geometry.value.rowHeight;
    // Selected before the reload: wherever it is, the user left it there.
    if (row > 0) this.shown = store.selection.value;
  }

  private get scroller(): HTMLElement | null {
    return this.querySelector('.scroller');
  }

  private lanes(place: string): CvizLanes | null {
    const found = [...this.querySelectorAll('cviz-lanes')].find(
      (each) => each.getAttribute('place') === place,
    );
    return found instanceof CvizLanes ? found : null;
  }

  protected override render(): TemplateResult {
    const { store, layout } = this;
    const treeWidth = layout.treeWidth.value;
    const hasMinimap = layout.hasMinimap.value;
    return html`<div
      class="surface"
      ${css({
        '--cviz-columns': columnTemplate(layout.columns.value, treeWidth),
        '--cviz-row-height': `${store.geometry.value.rowHeight}px`,
        '--cviz-above-times': `${hasMinimap ? MINIMAP_HEIGHT : 0}px`,
      })}
    >
      ${
        hasMinimap
          ? html`<cviz-minimap .store=${store} .palette=${this.palette} .layout=${layout}></cviz-minimap>`
          : nothing
      }
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
      <cviz-pointer-line .store=${store} .layout=${layout}></cviz-pointer-line>
      <cviz-lane-tooltip .store=${store} .hover=${this.hover}></cviz-lane-tooltip>
      <div class="keyNote" role="status">${this.note.value}</div>
      <cviz-announcer .store=${store}></cviz-announcer>
      <cviz-shortcuts></cviz-shortcuts>
    </div>`;
  }

  private renderGrid(): TemplateResult {
    const { store, layout, input } = this;
    const selected = store.selection.value?.rowId;
    const active = this.activeRow(selected);
    const revision = this.pace.revision(store.model);
    const parts: RowParts = {
      store,
      layout,
      revision,
      palette: this.palette,
      hoveredArrow: this.hoveredArrow,
    };
    return html`<div
      class="scroller"
      id="rows"
      role="treegrid"
      tabindex="0"
      aria-label=${tree.label}
      aria-rowcount=${layout.allRows.value.length + 1}
      aria-activedescendant=${active ?? nothing}
      @keydown=${this.onGridKey}
      @scroll=${this.onScroll}
    >
      ${this.renderHead()}
      <div
        class="body"
        role="presentation"
        @pointerdown=${input.onDown}
        @pointermove=${input.onMove}
        @pointerup=${input.onUp}
        @pointerleave=${input.onLeave}
        @dblclick=${input.onDoubleClick}
      >
        ${renderPinned(parts)} ${renderSticky(parts)} ${renderWindow(parts)}
      </div>
    </div>`;
  }

  /** The id of the selected row's element, if it has one that a screen reader knows. */
  private activeRow(id: string | undefined): string | null {
    const { layout } = this;
    const isSelected = (row: { readonly id: string }): boolean => row.id === id;
    const inTree = layout.windowRows.value.find(isSelected);
    if (inTree !== undefined) return rowDomId(inTree);
    const pinned = layout.lonePins.value.find(isSelected);
    return pinned === undefined ? null : rowDomId(pinned, true);
  }

  private renderHead(): TemplateResult {
    const { store, layout } = this;
    const columns = layout.columns.value;
    return html`<div class="head" role="row" aria-rowindex="1">
      <div role="columnheader" class="cell">${tree.name}</div>
      ${
        columns.state
          ? html`<div role="columnheader" class="cell stateCell">
              <span class=${columns.shortState ? 'visuallyHidden' : ''}>${tree.state}</span>
            </div>`
          : nothing
      }
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
      <div role="columnheader" class="timeHead">
        <cviz-ruler class="ruler" .store=${store} .layout=${layout}></cviz-ruler>
        <button
          class="iconButton helpButton"
          aria-label=${moving.help}
          title=${moving.help}
          @click=${() => this.querySelector(SHORTCUTS)?.show()}
        >
          <span class="codicon codicon-question" aria-hidden="true"></span>
        </button>
      </div>
    </div>`;
  }

  /** Whatever selected a row: it is on screen then. Once, so that the user can scroll away from it. */
  private showSelection(): void {
    const { store, layout } = this;
    const selection = store.selection.value;
    if (selection === this.shown) return;
    const index = layout.allRows.value.findIndex(({ id }) => id === selection?.rowId);
    // Not there yet: after a reload, what is selected comes with the recording.
    if (selection !== null && index < 0) return;
    const isSameRow = selection?.rowId === this.shown?.rowId;
    this.shown = selection;
    const onTop = [
      ...(layout.arePinsSticky.peek() ? store.pinnedRows.peek() : []),
      ...layout.stickyRows.peek(),
    ];
    if (selection === null || isSameRow || onTop.some(({ id }) => id === selection.rowId)) return;
    layout.bringIntoView(index);
  }

  private readonly onGridKey = (event: KeyboardEvent): void => {
    // A button in the head has keys of its own.
    if (event.target === event.currentTarget) this.input.onKey(event);
  };

  /** Where nothing has the focus, keys are meant for the lanes. */
  private readonly onPageKey = (event: KeyboardEvent): void => {
    if (event.target !== document.body || event.defaultPrevented) return;
    this.scroller?.focus({ preventScroll: true });
    this.input.onKey(event);
  };

  private readonly onScroll = (): void => {
    this.layout.scrolled();
    this.hover.value = null;
  };

  private tell(text: string): void {
    this.note.value = text;
    if (this.noteTimer !== null) clearTimeout(this.noteTimer);
    this.noteTimer = setTimeout(() => (this.note.value = ''), NOTE_MS);
  }
}

const SHORTCUTS = 'cviz-shortcuts' as const;

declare global {
  interface HTMLElementTagNameMap {
    readonly [SHORTCUTS]: CvizShortcuts;
  }
}

customElements.define('cviz-surface', CvizSurface);

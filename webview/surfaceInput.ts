import type { Signal } from '@preact/signals-core';
import { expandedAt } from '../src/model/selectPanel';
import { LanePointer } from './lanePointer';
import type { LaneHover } from './laneTooltip';
import type { PanelStore } from './store';
import type { SurfaceLayout } from './surfaceLayout';
import { treeAction, type TreeAction } from './treeKeys';

const KEY_ZOOM = 0.7;
const KEY_PAN = 0.15;

/** What mouse and keyboard do on the tree and the lanes. */
export class SurfaceInput {
  private readonly pointer: LanePointer;

  private readonly store: PanelStore;
  private readonly layout: SurfaceLayout;
  private readonly hover: Signal<LaneHover | null>;

  constructor(store: PanelStore, layout: SurfaceLayout, hover: Signal<LaneHover | null>) {
    this.store = store;
    this.layout = layout;
    this.hover = hover;
    this.pointer = new LanePointer({
      zoom: (factor, clientX) => store.zoom(factor, layout.timeAt(clientX)),
      pan: (pixels) => store.pan(pixels * layout.nsPerPixel),
      scrollRows: (pixels) => layout.scrollRows(pixels),
      hover: (event) => (this.hover.value = event === null ? null : this.hoverAt(event)),
      click: (event) => this.pickInterval(event),
    });
  }

  readonly onWheel = (event: WheelEvent): void => {
    // Pinching on a touchpad arrives as a wheel with Ctrl.
    if (this.layout.isOnLanes(event)) this.pointer.wheel(event);
  };

  readonly onDown = (event: PointerEvent): void => {
    if (this.layout.isOnLanes(event)) this.pointer.down(event);
  };

  readonly onMove = (event: PointerEvent): void => {
    if (this.pointer.isDragging || this.layout.isOnLanes(event)) this.pointer.move(event);
    else this.pointer.leave();
  };

  readonly onUp = (event: PointerEvent): void => {
    if (this.pointer.isDragging || this.layout.isOnLanes(event)) this.pointer.up(event);
    else if (event.button === 0) this.pickRow(event);
  };

  readonly onLeave = (): void => this.pointer.leave();

  readonly onDoubleClick = (event: MouseEvent): void => {
    if (this.layout.isOnLanes(event)) {
      this.store.fit();
      return;
    }
    const found = this.layout.rowAt(event);
    if (found !== null && !isTwistie(event)) this.toggle(found.index);
  };

  readonly onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = this.store.rows.value;
    const current = rows.findIndex((row) => row.id === this.store.selection.value?.rowId);
    const action = treeAction(event.key, rows, current, this.layout.page);
    if (action === null) return;
    event.preventDefault();
    this.act(action);
  };

  private act(action: TreeAction): void {
    const { store } = this;
    const { from, to } = store.range.value;
    switch (action.kind) {
      case 'go': {
        const row = store.rows.value[action.index];
        if (row === undefined) return;
        store.select(row.id);
        this.layout.bringIntoView(action.index);
        return;
      }
      case 'expand':
      case 'collapse':
        store.setExpanded(action.index, action.kind === 'expand');
        return;
      case 'openDetails':
        store.setDrawer({ open: true });
        return;
      case 'zoomIn':
        store.zoom(KEY_ZOOM, this.keyAnchor());
        return;
      case 'zoomOut':
        store.zoom(1 / KEY_ZOOM, this.keyAnchor());
        return;
      case 'panLeft':
        store.pan(-(to - from) * KEY_PAN);
        return;
      case 'panRight':
        store.pan((to - from) * KEY_PAN);
        return;
      case 'fit':
        store.fit();
        return;
      case 'follow':
        store.toggleFollow();
        return;
    }
  }

  /** The keyboard has no cursor to zoom around: the selected interval if it is in view, else the middle. */
  private keyAnchor(): number {
    const { from, to } = this.store.range.value;
    const time = this.store.selection.value?.time ?? null;
    return time !== null && time >= from && time <= to ? time : (from + to) / 2;
  }

  private hoverAt(event: PointerEvent): LaneHover | null {
    const found = this.layout.rowAt(event);
    if (found === null) return null;
    const from = this.layout.timeAt(event.clientX);
    return {
      rowId: found.row.id,
      y: found.y,
      from,
      to: from + this.layout.nsPerPixel,
      clientX: event.clientX,
      clientY: event.clientY,
    };
  }

  private pickInterval(event: PointerEvent): void {
    const found = this.layout.rowAt(event);
    if (found === null) this.store.select(null);
    else this.store.select(found.row.id, this.layout.timeAt(event.clientX));
  }

  private pickRow(event: PointerEvent): void {
    const found = this.layout.rowAt(event);
    if (found === null) return;
    if (isTwistie(event)) this.toggle(found.index);
    else this.store.select(found.row.id);
  }

  private toggle(index: number): void {
    this.store.setExpanded(index, expandedAt(this.store.rows.value, index) === false);
  }
}

function isTwistie(event: MouseEvent): boolean {
  return event.target instanceof Element && event.target.closest('.twistie') !== null;
}

import type { Signal } from '@preact/signals-core';
import { LanePointer } from './lanePointer';
import type { LaneHover } from './laneTooltip';
import { laneAction, type LaneAction } from './moving/laneKeys';
import { LaneMoves } from './moving/laneMoves';
import { TimePicker } from './moving/timePicker';
import { moveRow, togglePin } from './rows/rowActions';
import type { PanelStore } from './store';
import type { FoundRow, SurfaceLayout } from './surfaceLayout';
import type { ArrowId } from './timeline/scene';
import { treeAction, type TreeAction } from './treeKeys';

const KEY_ZOOM = 0.7;
const KEY_PAN = 0.15;

/** What the surface itself does for its input. */
export interface SurfaceActs {
  readonly arrowAt: (found: FoundRow | null, event: MouseEvent) => ArrowId | null;
  readonly showShortcuts: () => void;
  /** A key asked for something that is not there. */
  readonly nothingThere: (action: LaneAction) => void;
}

/** What mouse and keyboard do on the tree and the lanes. */
export class SurfaceInput {
  private readonly pointer: LanePointer;
  private readonly moves: LaneMoves;

  private readonly store: PanelStore;
  private readonly layout: SurfaceLayout;
  private readonly hover: Signal<LaneHover | null>;
  private readonly acts: SurfaceActs;

  constructor(store: PanelStore, layout: SurfaceLayout, hover: Signal<LaneHover | null>, acts: SurfaceActs) {
    this.store = store;
    this.layout = layout;
    this.hover = hover;
    this.acts = acts;
    this.moves = new LaneMoves(store, () => layout.allRows.value);
    this.pointer = new LanePointer({
      zoom: (factor, clientX) => store.zoom(factor, layout.timeAt(clientX)),
      pan: (pixels) => store.pan(pixels * layout.nsPerPixel),
      scrollRows: (pixels) => layout.scrollRows(pixels),
      hover: (event) => this.hoverOver(event),
      click: (event) => this.pickInterval(event),
      pick: new TimePicker(store, layout).drag,
    });
  }

  readonly onWheel = (event: WheelEvent): void => {
    // Pinching on a touchpad arrives as a wheel with Ctrl. Over the tree, the wheel scrolls the rows.
    if (!this.layout.isOnLanes(event)) return;
    this.pointer.wheel(event);
    // The pointer stands still, and something else is below it now. Arrows are not painted anew yet: it moves soon.
    this.hoverOver(event, false);
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
      // The first of the two clicks has selected what is under the pointer.
      if (!this.moves.fitInterval()) this.store.fit();
      return;
    }
    const found = this.layout.rowAt(event);
    if (found !== null && !isTwistie(event)) this.toggle(found.index);
  };

  readonly onKey = (event: KeyboardEvent): void => {
    const { store, layout } = this;
    const inLane = store.selection.value?.time != null;
    const forLanes = laneAction(
      {
        key: event.key,
        ctrl: event.ctrlKey,
        shift: event.shiftKey,
        alt: event.altKey,
        meta: event.metaKey,
        altGraph: event.getModifierState('AltGraph'),
      },
      inLane,
    );
    if (forLanes !== null) {
      event.preventDefault();
      if (!this.move(forLanes)) this.acts.nothingThere(forLanes);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = layout.allRows.value;
    const forTree = treeAction(event.key, {
      rows,
      pinned: layout.lonePins.value.length,
      current: rows.findIndex((row) => row.id === store.selection.value?.rowId),
      page: layout.page,
    });
    if (forTree === null) return;
    event.preventDefault();
    this.act(forTree);
  };

  private act(action: TreeAction): void {
    const { store, layout } = this;
    switch (action.kind) {
      case 'go': {
        const row = layout.allRows.value[action.index];
        if (row === undefined) return;
        store.select(row.id);
        layout.bringIntoView(action.index);
        return;
      }
      case 'expand':
      case 'collapse':
        layout.setExpanded(action.index, action.kind === 'expand');
        return;
      case 'enterLane':
        // A lane on which nothing is known: what there is to tell is told below.
        if (!this.moves.enterLane()) store.setDrawer({ open: true });
        return;
      case 'openDetails':
        store.setDrawer({ open: true });
        return;
    }
  }

  /** Answers whether there was something to do. */
  private move(action: LaneAction): boolean {
    const { store, moves } = this;
    const { from, to } = store.range.value;
    const rowId = store.selection.value?.rowId ?? null;
    switch (action.kind) {
      case 'zoom':
        store.zoom(action.closer ? KEY_ZOOM : 1 / KEY_ZOOM, this.keyAnchor());
        return true;
      case 'pan':
        store.pan(action.by * (to - from) * KEY_PAN);
        return true;
      case 'fitSelection':
        moves.fitSelection();
        return true;
      case 'fitAll':
        store.fit();
        return true;
      case 'follow':
        store.toggleFollow();
        return true;
      case 'pickInterval':
        moves.pickInterval();
        return true;
      case 'resizePick':
        moves.resizePick(action.by);
        return true;
      case 'longestBlocked':
        return moves.longestBlocked();
      case 'step':
        return moves.step(action.by, action.sameState);
      case 'otherLane':
        return moves.otherLane(action.by);
      case 'blocked':
        return moves.blocked(action.by);
      case 'alongArrow':
        return moves.alongArrow(action.by, action.goesOn);
      case 'escape':
        moves.escape();
        return true;
      case 'pin':
        if (rowId !== null) togglePin(store, rowId);
        return true;
      case 'moveRow':
        if (rowId !== null) moveRow(store, rowId, action.by);
        return true;
      case 'shortcuts':
        this.acts.showShortcuts();
        return true;
    }
  }

  /** The keyboard has no cursor to zoom around: the selected interval if it is in view, the live end, or the middle. */
  private keyAnchor(): number {
    const { from, to } = this.store.range.value;
    const time = this.store.selection.value?.time ?? null;
    if (time !== null && time >= from && time <= to) return time;
    return this.store.view.value.mode === 'follow' ? to : (from + to) / 2;
  }

  private hoverOver(event: MouseEvent | null, withArrows = true): void {
    const { layout } = this;
    layout.pointerX.value = event === null ? null : layout.laneX(event.clientX);
    const found = event === null ? null : layout.rowAt(event);
    this.hover.value = event === null || found === null ? null : this.hoverAt(event, found, withArrows);
  }

  private hoverAt(event: MouseEvent, found: FoundRow, withArrows: boolean): LaneHover {
    const from = this.layout.timeAt(event.clientX);
    return {
      rowId: found.row.id,
      y: found.y,
      from,
      to: from + this.layout.nsPerPixel,
      clientX: event.clientX,
      clientY: event.clientY,
      arrow: withArrows ? this.acts.arrowAt(found, event) : null,
    };
  }

  private pickInterval(event: PointerEvent): void {
    const { store, layout } = this;
    const found = layout.rowAt(event);
    const arrow = this.acts.arrowAt(found, event);
    if (arrow !== null) store.selectArrow(arrow);
    else if (found === null) store.select(null);
    else store.select(found.row.id, layout.timeAt(event.clientX));
  }

  private pickRow(event: PointerEvent): void {
    const found = this.layout.rowAt(event);
    if (found === null) return;
    if (isTwistie(event)) this.toggle(found.index);
    else this.store.select(found.row.id);
  }

  private toggle(index: number): void {
    this.layout.setExpanded(index, this.layout.expandedAt(index) === false);
  }
}

function isTwistie(event: MouseEvent): boolean {
  return event.target instanceof Element && event.target.closest('.twistie') !== null;
}

/** Mouse and touchpad on the lanes: turns events into gestures. Coordinates are CSS pixels within the page. */

export interface LaneGestures {
  readonly zoom: (factor: number, clientX: number) => void;
  /** Positive: towards later times. */
  readonly pan: (pixels: number) => void;
  readonly scrollRows: (pixels: number) => void;
  readonly hover: (event: PointerEvent | null) => void;
  readonly click: (event: PointerEvent) => void;
  /** A stretch of time is being selected, from where the press began. */
  readonly pick: (drag: PickDrag) => void;
}

export interface PickDrag {
  readonly fromX: number;
  readonly toX: number;
  /** The first report of a drag: what follows belongs to the same one. */
  readonly isFirst: boolean;
}

/** Below this, a press that moved a little is still a click. */
const DRAG_THRESHOLD = 3;
const ZOOM_PER_PIXEL = 0.002;
/** Pinching reports far smaller distances than a wheel. */
const PINCH_PER_PIXEL = 0.01;
const PIXELS_PER_LINE = 20;
const LINE_MODE = 1;
/** A notch of a wheel while Ctrl is held is no pinch: it must not jump. */
const MOST_PINCHED = 40;

interface Press {
  readonly id: number;
  readonly startX: number;
  readonly x: number;
  readonly y: number;
  readonly dragging: boolean;
  readonly picks: boolean;
}

export class LanePointer {
  private pressed: Press | null = null;

  private readonly gestures: LaneGestures;
  private readonly dragPicks: boolean;

  /** `dragPicks`: dragging selects time also without Shift. */
  constructor(gestures: LaneGestures, dragPicks = false) {
    this.gestures = gestures;
    this.dragPicks = dragPicks;
  }

  get isDragging(): boolean {
    return this.pressed?.dragging === true;
  }

  wheel(event: WheelEvent): void {
    const unit = event.deltaMode === LINE_MODE ? PIXELS_PER_LINE : 1;
    const isPinch = event.ctrlKey || event.metaKey;
    const isHorizontal = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (isPinch) {
      const pixels = Math.max(-MOST_PINCHED, Math.min(MOST_PINCHED, event.deltaY * unit));
      this.gestures.zoom(Math.exp(pixels * PINCH_PER_PIXEL), event.clientX);
    } else if (isHorizontal) {
      this.gestures.pan((event.deltaX === 0 ? event.deltaY : event.deltaX) * unit);
    } else if (event.altKey) {
      this.gestures.scrollRows(event.deltaY * unit);
    } else {
      this.gestures.zoom(Math.exp(event.deltaY * unit * ZOOM_PER_PIXEL), event.clientX);
    }
    event.preventDefault();
  }

  down(event: PointerEvent): void {
    if (event.button !== 0) return;
    const { pointerId: id, clientX: x, clientY: y, shiftKey } = event;
    this.pressed = { id, startX: x, x, y, dragging: false, picks: this.dragPicks || shiftKey };
  }

  move(event: PointerEvent): void {
    const { pressed } = this;
    if (pressed?.id !== event.pointerId) {
      this.gestures.hover(event);
      return;
    }
    const dx = event.clientX - pressed.x;
    const dy = event.clientY - pressed.y;
    if (!pressed.dragging && Math.hypot(dx, dy) < DRAG_THRESHOLD) return;
    if (!pressed.dragging && event.currentTarget instanceof Element) {
      event.currentTarget.setPointerCapture(event.pointerId);
    }
    this.gestures.hover(null);
    if (pressed.picks) {
      this.gestures.pick({ fromX: pressed.startX, toX: event.clientX, isFirst: !pressed.dragging });
    } else {
      this.gestures.pan(-dx);
      this.gestures.scrollRows(-dy);
    }
    this.pressed = { ...pressed, x: event.clientX, y: event.clientY, dragging: true };
  }

  up(event: PointerEvent): void {
    const { pressed } = this;
    this.pressed = null;
    if (pressed?.id === event.pointerId && !pressed.dragging) this.gestures.click(event);
  }

  leave(): void {
    if (this.pressed?.dragging !== true) this.pressed = null;
    this.gestures.hover(null);
  }
}

/** Mouse and touchpad on the lanes: turns events into gestures. Coordinates are CSS pixels within the page. */

export interface LaneGestures {
  readonly zoom: (factor: number, clientX: number) => void;
  /** Positive: towards later times. */
  readonly pan: (pixels: number) => void;
  readonly scrollRows: (pixels: number) => void;
  readonly hover: (event: PointerEvent | null) => void;
  readonly click: (event: PointerEvent) => void;
}

/** Below this, a press that moved a little is still a click. */
const DRAG_THRESHOLD = 3;
const ZOOM_PER_PIXEL = 0.002;
const PIXELS_PER_LINE = 20;
const LINE_MODE = 1;

export class LanePointer {
  private pressed: { readonly id: number; x: number; y: number; dragging: boolean } | null = null;

  private readonly gestures: LaneGestures;

  constructor(gestures: LaneGestures) {
    this.gestures = gestures;
  }

  get isDragging(): boolean {
    return this.pressed?.dragging === true;
  }

  wheel(event: WheelEvent): void {
    const unit = event.deltaMode === LINE_MODE ? PIXELS_PER_LINE : 1;
    const isHorizontal = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (isHorizontal) {
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
    this.pressed = { id: event.pointerId, x: event.clientX, y: event.clientY, dragging: false };
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
    this.gestures.pan(-dx);
    this.gestures.scrollRows(-dy);
    this.pressed = { id: pressed.id, x: event.clientX, y: event.clientY, dragging: true };
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

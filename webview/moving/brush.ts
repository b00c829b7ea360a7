/** The frame on the minimap: what a press on it means, and where it goes when dragged. Pure; times since the run's start. */
import type { Ns } from '../../src/base/units';
import type { TimeRange } from '../timeline/range';
import type { Box } from './bands';

export type BrushDrag =
  /** All of the frame; `grip`: how far right of its left edge it is held. */
  | { readonly kind: 'move'; readonly grip: Ns; readonly width: Ns }
  /** One edge; the other one, or where a new frame begins, stays at `fixed`. */
  | { readonly kind: 'resize'; readonly fixed: Ns };

/** How far beside an edge it can be gripped, outside the frame and inside; CSS pixels. */
const GRIP_OUTSIDE = 6;
const GRIP_INSIDE = 4;
/** Of a frame narrower than this the whole inside moves it. */
const MIN_GRIPPED_INSIDE = 24;

/** `isWhole`: the frame is all there is; then a new one is drawn within it. */
export function gripAt(x: number, box: Box, time: Ns, range: TimeRange, isWhole: boolean): BrushDrag {
  const width = range.to - range.from;
  const inside = box.width >= MIN_GRIPPED_INSIDE ? GRIP_INSIDE : 0;
  const right = box.left + box.width;
  if (x >= box.left - GRIP_OUTSIDE && x <= box.left + inside) return { kind: 'resize', fixed: range.to };
  if (x >= right - inside && x <= right + GRIP_OUTSIDE) return { kind: 'resize', fixed: range.from };
  if (isWhole) return { kind: 'resize', fixed: time };
  if (x > box.left && x < right) return { kind: 'move', grip: time - range.from, width };
  return { kind: 'move', grip: width / 2, width };
}

export function draggedTo(time: Ns, drag: BrushDrag): TimeRange {
  switch (drag.kind) {
    case 'move':
      return { from: time - drag.grip, to: time - drag.grip + drag.width };
    case 'resize':
      return { from: Math.min(time, drag.fixed), to: Math.max(time, drag.fixed) };
  }
}

const STEP = 0.1;
const ZOOM = 0.7;

/** The range that a key asks for; null for keys that mean nothing here. */
export function keyedRange(key: string, range: TimeRange, duration: Ns): TimeRange | null {
  const width = range.to - range.from;
  const moved = (by: Ns): TimeRange => ({ from: range.from + by, to: range.to + by });
  const scaled = (factor: number): TimeRange => {
    const middle = (range.from + range.to) / 2;
    return { from: middle - (factor * width) / 2, to: middle + (factor * width) / 2 };
  };
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowUp':
      return moved(-(STEP * width));
    case 'ArrowRight':
    case 'ArrowDown':
      return moved(STEP * width);
    case 'PageUp':
      return moved(0 - width);
    case 'PageDown':
      return moved(width);
    case 'Home':
      return moved(0 - range.from);
    case 'End':
      return moved(duration - range.to);
    case '+':
    case '=':
      return scaled(ZOOM);
    case '-':
      return scaled(1 / ZOOM);
    default:
      return null;
  }
}

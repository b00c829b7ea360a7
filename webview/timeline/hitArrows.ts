/** Which arrow or span lies under a point. Pure. */
import type { Ns } from '../../src/base/units';
import { forEachSpan, spanOf, type Span, type SpanRun } from '../../src/model/spans';
import type { Model, Thread } from '../../src/model/types';
import { arrowPicture, type ArrowLine } from './arrowLines';
import type { RowGeometry } from './lane';
import { timeAt, type TimeRange } from './range';
import type { ArrowId, ArrowScene } from './scene';
import { layerTop } from './spanPlaces';

/**
 * CSS pixels that a pointer may be beside a line, by how many lines share a pixel of the width: among many the pointer
 * means the lanes below them.
 */
const reaches = [
  { upTo: 0.15, reach: 4 },
  { upTo: 0.5, reach: 1 },
] as const;

/** The arrow at a point of the canvas, CSS pixels from its top left; what belongs to the selection comes first. */
export function arrowAt(scene: ArrowScene, x: number, y: number): ArrowId | null {
  const ratio = scene.pixelRatio;
  const { lines, selectedLines } = arrowPicture(scene);
  const [px, py] = [x * ratio, y * ratio];
  const perPixel = (lines.length * ratio) / Math.max(1, scene.width);
  const reach = reaches.find(({ upTo }) => perPixel <= upTo)?.reach ?? null;
  const selected = nearest(selectedLines, px, py, reaches[0].reach * ratio);
  const found = selected ?? (reach === null ? null : nearest(lines, px, py, reach * ratio));
  return found?.arrow.id ?? null;
}

function nearest(lines: readonly ArrowLine[], x: number, y: number, reach: number): ArrowLine | null {
  let best: ArrowLine | null = null;
  let least = reach;
  for (const line of lines) {
    const distance = distanceTo(line, x, y);
    if (distance <= least) [best, least] = [line, distance];
  }
  return best;
}

function distanceTo({ x1, y1, level, x2, y2 }: ArrowLine, x: number, y: number): number {
  return Math.min(
    Math.hypot(x - x1, outside(y, y1, level)),
    Math.hypot(outside(x, x1, x2), y - level),
    Math.hypot(x - x2, outside(y, level, y2)),
  );
}

/** How far a value is from a stretch. */
function outside(value: number, one: number, other: number): number {
  return Math.max(0, Math.min(one, other) - value, value - Math.max(one, other));
}

/** The spans in a stretch of time, those of one layer as one when they are too short; outer layers first. */
export function spanRuns(model: Model, thread: Thread, from: Ns, to: Ns): SpanRun[] {
  const runs: SpanRun[] = [];
  forEachSpan(model, thread, from, to, to - from, (run) => runs.push(run));
  return runs;
}

/**
 * The innermost span at a point of a lane; CSS pixels: `x` from the lane's left, `y` below the row's top, `width` of
 * the lane. `range` is since the run's start. Null also where several are too short to tell apart.
 */
export function spanAt(
  model: Model,
  thread: Thread,
  range: TimeRange,
  geometry: RowGeometry,
  x: number,
  y: number,
  width: number,
): Span | null {
  const start = model.start ?? 0;
  const from = start + timeAt(x, range, width);
  const to = start + timeAt(x + 1, range, width);
  const run = innermostRun(spanRuns(model, thread, from, to), geometry, y);
  return run?.count === 1 ? spanOf(model, thread, run) : null;
}

/** The innermost that reaches up to height `y` in the strip of spans; null outside of the strip. */
export function innermostRun(runs: readonly SpanRun[], geometry: RowGeometry, y: number): SpanRun | null {
  const { spanTop, spanHeight } = geometry;
  // One pixel of tolerance: the strip is a thin thing to aim at.
  if (y < spanTop - 1 || y > spanTop + spanHeight + 1) return null;
  return runs.findLast(({ layer }) => y >= layerTop(layer, geometry) - 1) ?? null;
}

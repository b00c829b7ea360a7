/** What stands for arrows when there are too many to draw: how many begin or end at a row, along its upper edge. */
import type { Ns } from '../../src/base/units';
import { arrowDensity } from '../../src/model/arrows';
import type { ArrowPicture } from './arrowLines';
import { timeAt } from './range';
import type { ArrowScene } from './scene';

/** CSS pixels. */
const STRETCH_WIDTH = 8;
const BAND_HEIGHT = 3;

/** How strong a stretch is, by the power of ten of its count. */
const strengths = [0, 0.3, 0.5, 0.75, 1] as const;

export function paintBands(
  context: CanvasRenderingContext2D,
  scene: ArrowScene,
  { crowded, filter, rows }: ArrowPicture,
): void {
  const kinds = crowded.filter((kind) => kind !== 'spawn');
  const [color] = kinds;
  if (color === undefined) return;
  const { width, pixelRatio, range, geometry, firstRow } = scene;
  const start = scene.model.start ?? 0;
  const step = STRETCH_WIDTH * pixelRatio;
  const edges = Array.from({ length: Math.ceil(width / step) + 1 }, (_, index): Ns => {
    return start + timeAt(index * step, range, width);
  });
  context.fillStyle = scene.palette.arrows[color];
  scene.rows.forEach((_, index) => {
    const threads = rows.threadsIn(firstRow + index, firstRow + index + 1);
    if (threads.size === 0) return;
    const counts = arrowDensity(scene.model, threads, edges, filter, kinds);
    const top = Math.round(index * geometry.rowHeight * pixelRatio);
    paintBand(context, counts, step, top, Math.round(BAND_HEIGHT * pixelRatio));
  });
  context.globalAlpha = 1;
}

function paintBand(
  context: CanvasRenderingContext2D,
  counts: Float64Array,
  step: number,
  top: number,
  height: number,
): void {
  let first = 0;
  for (let index = 1; index <= counts.length; index++) {
    // Equal neighbours are painted as one.
    const strength = strengthOf(counts[first] ?? 0);
    if (index < counts.length && strengthOf(counts[index] ?? 0) === strength) continue;
    if (strength > 0) {
      context.globalAlpha = strength;
      context.fillRect(Math.round(first * step), top, Math.round((index - first) * step), height);
    }
    first = index;
  }
}

function strengthOf(count: number): number {
  const power = count <= 0 ? 0 : Math.min(strengths.length - 1, Math.floor(Math.log10(count)) + 1);
  return strengths[power] ?? 1;
}

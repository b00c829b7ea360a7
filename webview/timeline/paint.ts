/** Paints the lanes of the rows on screen. Everything is in device pixels, so that edges are sharp. */
import { tailInterval, type Row } from '../../src/model/select';
import type { Thread } from '../../src/model/types';
import { LaneLabels } from './laneLabels';
import { LanePixels } from './lanePixels';
import { laneThreads } from './lane';
import { paintSpans } from './paintSpans';
import { pixelColors } from './pixelColors';
import { xOf, type TimeRange } from './range';
import { RowMarks } from './rowMarks';
import type { Scene } from './scene';
import { LaneSegments } from './segments';

const PICKED_OPACITY = 0.18;

/** Canvases are painted again and again: what that needs is kept with them. */
const painters = new WeakMap<CanvasRenderingContext2D, LanePainter>();

export function paintScene(context: CanvasRenderingContext2D, scene: Scene): void {
  let painter = painters.get(context);
  if (painter === undefined) painters.set(context, (painter = new LanePainter(context)));
  painter.paint(scene);
}

class LanePainter {
  private readonly pixels = new LanePixels();
  private readonly segments = new LaneSegments();
  private readonly labels = new LaneLabels();
  /** Shows `pixels`. */
  private image: ImageData | null = null;

  private readonly context: CanvasRenderingContext2D;

  constructor(context: CanvasRenderingContext2D) {
    this.context = context;
  }

  paint(scene: Scene): void {
    const { context, pixels } = this;
    const { pixelRatio, rows, geometry, width, palette } = scene;
    const height = Math.round(rows.length * geometry.rowHeight * pixelRatio);
    if (width <= 0 || height <= 0) return;
    context.textBaseline = 'middle';
    pixels.begin(width, height, pixelColors(palette, pixelRatio), pixelRatio);
    this.labels.begin(context, scene);
    rows.forEach((row, index) => this.paintRow(scene, row, index));
    this.show();
    paintGrid(context, scene, height);
    this.labels.paint(context, scene);
    this.paintAround(scene);
    paintPicked(context, scene, height);
  }

  private paintRow(scene: Scene, row: Row, index: number): void {
    const { top, height } = barOf(scene, index);
    const threads = laneThreads(row);
    threads.forEach((thread, number) => {
      const laneTop = top + Math.round((number * height) / threads.length);
      const laneBottom = top + Math.round(((number + 1) * height) / threads.length);
      this.paintLane(scene, thread, laneTop, Math.max(1, laneBottom - laneTop), threads.length === 1);
    });
  }

  /** `isWhole`: the lane has the row for itself. */
  private paintLane(scene: Scene, thread: Thread, top: number, height: number, isWhole: boolean): void {
    const { model, width, pixelRatio } = scene;
    const { segments } = this;
    const { timeline } = thread;
    const tail = tailInterval(model, thread);
    segments.fill(timeline, tail, absoluteRange(scene), width);
    const bar = { top, height, gap: isWhole ? Math.max(1, Math.floor(pixelRatio)) : 0 };
    this.pixels.paintLane(segments, bar);
    if (isWhole) this.labels.collect(segments, timeline, tail, bar, pixelRatio);
  }

  private show(): void {
    const { width, height, pixels } = this.pixels;
    if (this.image?.width !== width || this.image.height !== height) {
      this.image = new ImageData(new Uint8ClampedArray(pixels.buffer), width, height);
    }
    this.context.putImageData(this.image, 0, 0);
  }

  private paintAround(scene: Scene): void {
    const { context } = this;
    const { rows, geometry, pixelRatio } = scene;
    const marks = new RowMarks(context, scene);
    rows.forEach((row, index) => {
      const { top, height } = barOf(scene, index);
      const threads = laneThreads(row);
      const [only] = threads;
      if (only !== undefined && threads.length === 1) {
        context.save();
        paintSpans(context, scene, only, Math.round(index * geometry.rowHeight * pixelRatio));
        context.restore();
      }
      marks.paint(row, top, height);
    });
  }
}

function absoluteRange({ model, range }: Scene): TimeRange {
  const start = model.start ?? 0;
  return { from: range.from + start, to: range.to + start };
}

function barOf({ geometry, pixelRatio }: Scene, index: number): { top: number; height: number } {
  const { rowHeight, barTop, barHeight } = geometry;
  const top = Math.round((index * rowHeight + barTop) * pixelRatio);
  return { top, height: Math.round((index * rowHeight + barTop + barHeight) * pixelRatio) - top };
}

/** The ruler's marks, behind the lanes. */
function paintGrid(context: CanvasRenderingContext2D, scene: Scene, height: number): void {
  const { ticks, range, width, pixelRatio, palette } = scene;
  const thickness = Math.max(1, Math.floor(pixelRatio));
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = palette.line;
  for (const { time } of ticks) context.fillRect(Math.round(xOf(time, range, width)), 0, thickness, height);
  context.globalCompositeOperation = 'source-over';
}

/** The selected stretch of time, over everything. */
function paintPicked(context: CanvasRenderingContext2D, scene: Scene, height: number): void {
  const { picked, range, width, palette, pixelRatio } = scene;
  if (picked === null) return;
  const line = Math.max(1, Math.floor(pixelRatio));
  const left = Math.max(-line, Math.round(xOf(picked.from, range, width)));
  const right = Math.min(width, Math.max(left + line, Math.round(xOf(picked.to, range, width))));
  if (right <= left) return;
  context.fillStyle = palette.focus;
  context.globalAlpha = PICKED_OPACITY;
  context.fillRect(left, 0, right - left, height);
  context.globalAlpha = 1;
  context.fillRect(left, 0, line, height);
  if (right < width) context.fillRect(right - line, 0, line, height);
}

/** Paints the lanes of the rows on screen. Everything is in device pixels, so that edges are sharp. */
import type { Ns } from '../../src/base/units';
import { forEachInterval, type Row } from '../../src/model/select';
import { isFailure } from '../../src/model/selectPanel';
import type { Process, Thread } from '../../src/model/types';
import type { Palette } from '../palette';
import { shortExit, stateLetters, tree } from '../strings';
import { firstTaskAfter } from './longTasks';
import { laneThreads } from './lane';
import { xOf, type TimeRange } from './range';
import { segmentsOf, stackBands, type Segment } from './segments';
import type { Scene } from './scene';

/** A row's bar. */
interface Place {
  readonly top: number;
  readonly height: number;
  readonly hasLane: boolean;
}

/** Narrower than this, a letter would touch the edges of its interval. */
const MIN_LETTER_WIDTH = 16;
const MIN_LETTER_HEIGHT = 12;
/** From this width on, neighbouring intervals are set apart by a hairline. */
const MIN_GAP_WIDTH = 5;
const FONT_SIZE = 11;
const LONG_TASK_HEIGHT = 2;

export function paintScene(context: CanvasRenderingContext2D, scene: Scene): void {
  const { width, pixelRatio, rows, palette } = scene;
  context.clearRect(0, 0, width, Math.ceil(rows.length * scene.geometry.rowHeight * pixelRatio));
  context.font = `${FONT_SIZE * pixelRatio}px ${palette.fontFamily}`;
  context.textBaseline = 'middle';
  paintGrid(context, scene);
  const painter = new LanePainter(context, scene);
  rows.forEach((row, index) => painter.paintRow(row, index));
}

function paintGrid(context: CanvasRenderingContext2D, scene: Scene): void {
  const { pixelRatio, width, range, palette, rows } = scene;
  context.fillStyle = palette.line;
  for (const { time } of scene.ticks) {
    const x = Math.round(xOf(time, range, width));
    context.fillRect(x, 0, Math.max(1, Math.floor(pixelRatio)), rows.length * scene.geometry.rowHeight * pixelRatio);
  }
}

class LanePainter {
  private readonly hatch: CanvasPattern | null;
  private readonly absoluteRange: TimeRange;

  private readonly context: CanvasRenderingContext2D;
  private readonly scene: Scene;

  constructor(context: CanvasRenderingContext2D, scene: Scene) {
    this.context = context;
    this.scene = scene;
    const start = scene.model.start ?? 0;
    this.absoluteRange = { from: scene.range.from + start, to: scene.range.to + start };
    this.hatch = hatchPattern(context, scene.palette.background, scene.pixelRatio);
  }

  paintRow(row: Row, index: number): void {
    const top = this.px(index * this.scene.geometry.rowHeight + this.scene.geometry.barTop);
    const height = this.px(index * this.scene.geometry.rowHeight + this.scene.geometry.barTop + this.scene.geometry.barHeight) - top;
    const threads = laneThreads(row);
    threads.forEach((thread, number) => {
      const laneTop = top + Math.round((number * height) / threads.length);
      const laneBottom = top + Math.round(((number + 1) * height) / threads.length);
      this.paintLane(thread, laneTop, Math.max(1, laneBottom - laneTop), threads.length === 1);
    });
    if (row.kind === 'process') {
      if (row.lane === null) this.paintLife(row.process, top, height);
      this.paintExit(row.process, { top, height, hasLane: row.lane !== null });
    } else if (row.kind === 'thread' && row.thread.kind === 'worker' && hasFailed(row.thread)) {
      const text = row.thread.exit === null ? tree.failed : shortExit(row.thread.exit);
      this.paintLabel(row.thread.end, text, true, { top, height, hasLane: true });
    }
    if (this.scene.selected?.rowId === row.id) this.paintSelection(top, height);
  }

  private paintLane(thread: Thread, top: number, height: number, isWhole: boolean): void {
    const segments = segmentsOf(
      (visit) =>
        forEachInterval(this.scene.model, thread, this.absoluteRange.from, this.absoluteRange.to, visit),
      this.absoluteRange,
      this.scene.width,
    );
    for (const segment of segments) this.paintSegment(segment, top, height, isWhole);
    if (isWhole) this.paintLongTasks(thread, top + height);
    if (isWhole && thread.end !== null) this.paintEnd(thread.end, hasFailed(thread), top, height);
  }

  /** A line along the bottom edge while the event loop is held up. */
  private paintLongTasks({ longTasks }: Thread, bottom: number): void {
    const { context, scene } = this;
    const thickness = this.px(LONG_TASK_HEIGHT);
    const top = bottom + this.px(1);
    context.fillStyle = scene.palette.alert;
    let painted = 0;
    for (let index = firstTaskAfter(longTasks, this.absoluteRange.from); index < longTasks.length; index++) {
      const task = longTasks[index];
      if (task === undefined || task.start >= this.absoluteRange.to) return;
      // However many there are, no pixel column is painted twice.
      const left = Math.max(painted, Math.round(this.x(task.start)));
      const right = Math.min(scene.width, Math.max(left + thickness, Math.round(this.x(task.end))));
      if (right <= painted || right <= left) continue;
      context.fillRect(left, top, right - left, thickness);
      painted = right;
    }
  }

  private paintSegment(segment: Segment, top: number, height: number, isWhole: boolean): void {
    const { context, scene } = this;
    const gap =
      isWhole && segment.width >= this.px(MIN_GAP_WIDTH) ? Math.max(1, Math.floor(scene.pixelRatio)) : 0;
    const width = segment.width - gap;
    const bands = stackBands(segment.shares, height);
    for (const band of bands) {
      context.fillStyle = scene.palette.states[band.state].fill;
      context.fillRect(segment.x, top + height - band.bottom - band.height, width, band.height);
    }
    if (segment.estimated && this.hatch !== null) {
      context.fillStyle = this.hatch;
      context.fillRect(segment.x, top, width, height);
    }
    const [only] = bands;
    if (only !== undefined && bands.length === 1 && height >= this.px(MIN_LETTER_HEIGHT)) {
      this.paintLetter(segment, width, only.state, top + height / 2);
    }
  }

  private paintLetter(segment: Segment, width: number, state: keyof Palette['states'], middle: number): void {
    if (width < this.px(MIN_LETTER_WIDTH)) return;
    const { context, scene } = this;
    context.fillStyle = state === 'waiting' ? scene.palette.dim : scene.palette.states[state].text;
    context.fillText(stateLetters[state], segment.x + this.px(4), middle + this.px(0.5));
  }

  /** The whole life of a process whose threads have rows of their own: a thin line from start to end. */
  private paintLife(process: Process, top: number, height: number): void {
    const { context, scene } = this;
    const left = Math.max(0, Math.round(this.x(process.start)));
    const right = Math.min(scene.width, Math.round(this.x(process.end ?? scene.model.now)));
    if (right < left) return;
    const thickness = this.px(2);
    context.fillStyle = scene.palette.states.terminated.fill;
    context.fillRect(left, top + Math.round((height - thickness) / 2), Math.max(1, right - left), thickness);
    if (left > 0) context.fillRect(left, top + this.px(4), thickness, height - this.px(8));
  }

  private paintExit(process: Process, place: Place): void {
    if (process.end === null) return;
    const failed = isFailure(process.exit);
    this.paintEnd(process.end, failed, place.top, place.height);
    this.paintLabel(process.end, shortExit(process.exit), failed, place);
  }

  /** A mark higher than the bar: here the life ends. */
  private paintEnd(end: Ns, failed: boolean, top: number, height: number): void {
    const x = Math.round(this.x(end));
    if (x < 0 || x > this.scene.width) return;
    const { palette } = this.scene;
    this.context.fillStyle = failed ? palette.failure : palette.states.terminated.fill;
    this.context.fillRect(x, top - this.px(2), this.px(2), height + this.px(4));
  }

  /** How it ended, beside the mark; `row` is where. Over a lane nothing is written: it would hide what happened. */
  private paintLabel(end: Ns | null, text: string, failed: boolean, row: Place): void {
    if (end === null) return;
    const { top, height } = row;
    const { context, scene } = this;
    const x = Math.round(this.x(end));
    if (x < 0 || x > scene.width) return;
    const width = context.measureText(text).width;
    const fitsRight = x + this.px(7) + width <= scene.width;
    const left = fitsRight ? x + this.px(7) : x - this.px(7) - width;
    if (!fitsRight) {
      if (row.hasLane) return;
      context.fillStyle = scene.palette.background;
      context.fillRect(left - this.px(3), top, width + this.px(6), height);
    }
    context.fillStyle = failed ? scene.palette.failure : scene.palette.dim;
    context.fillText(text, left, top + height / 2);
  }

  private paintSelection(top: number, height: number): void {
    const { context, scene } = this;
    if (scene.selected === null) return;
    const line = this.px(2);
    const left = Math.max(-line, Math.round(this.x(scene.selected.start)));
    const right = Math.min(scene.width + line, Math.round(this.x(scene.selected.end)));
    context.strokeStyle = scene.palette.focus;
    context.lineWidth = line;
    context.strokeRect(left, top - line / 2, Math.max(line, right - left), height + line);
    context.lineWidth = 1;
  }

  private x(time: Ns): number {
    return xOf(time, this.absoluteRange, this.scene.width);
  }

  /** CSS pixels as whole device pixels. */
  private px(cssPixels: number): number {
    return Math.round(cssPixels * this.scene.pixelRatio);
  }
}

function hasFailed(thread: Thread): boolean {
  return thread.error !== null || isFailure(thread.exit);
}

/** Diagonal stripes of the background's colour over the state's: recognisable without seeing the colour. */
function hatchPattern(
  context: CanvasRenderingContext2D,
  color: string,
  pixelRatio: number,
): CanvasPattern | null {
  const size = Math.round(6 * pixelRatio);
  const tile = document.createElement('canvas');
  tile.width = tile.height = size;
  const pen = tile.getContext('2d');
  if (pen === null) return null;
  pen.strokeStyle = color;
  pen.lineWidth = size / 3.5;
  pen.beginPath();
  // Three strokes, so that the stripes join at the tile's borders.
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift - 1, size + 1);
    pen.lineTo(shift + size + 1, -1);
  }
  pen.stroke();
  return context.createPattern(tile, 'repeat');
}

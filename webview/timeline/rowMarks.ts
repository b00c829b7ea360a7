/** What stands beside or around the states of a row: lives of processes, ends, exit codes, the selected interval. */
import type { Ns } from '../../src/base/units';
import type { Row } from '../../src/model/select';
import { isFailure } from '../../src/model/selectPanel';
import type { Process, Thread } from '../../src/model/types';
import { shortExit, tree } from '../strings';
import { laneThreads } from './lane';
import { xOf } from './range';
import type { Scene } from './scene';

/** A row's bar, in device pixels. */
interface Place {
  readonly top: number;
  readonly height: number;
  readonly hasLane: boolean;
}

const FONT_SIZE = 11;

export class RowMarks {
  private readonly context: CanvasRenderingContext2D;
  private readonly scene: Scene;
  /** Absolute time of the run's start. */
  private readonly start: Ns;

  constructor(context: CanvasRenderingContext2D, scene: Scene) {
    this.context = context;
    this.scene = scene;
    this.start = scene.model.start ?? 0;
    context.font = `${FONT_SIZE * scene.pixelRatio}px ${scene.palette.fontFamily}`;
  }

  /** `top` and `height` are those of the row's bar. */
  paint(row: Row, top: number, height: number): void {
    const threads = laneThreads(row);
    const [only] = threads;
    if (only !== undefined && threads.length === 1 && only.end !== null) {
      this.paintEnd(only.end, hasFailed(only), top, height);
    }
    if (row.kind === 'process') {
      if (row.lane === null) this.paintLife(row.process, top, height);
      this.paintExit(row.process, { top, height, hasLane: row.lane !== null });
    } else if (row.kind === 'thread' && row.thread.kind === 'worker' && hasFailed(row.thread)) {
      const text = row.thread.exit === null ? tree.failed : shortExit(row.thread.exit);
      this.paintLabel(row.thread.end, text, true, { top, height, hasLane: true });
    }
    if (this.scene.selected?.rowId === row.id) this.paintSelection(top, height);
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
    return xOf(time - this.start, this.scene.range, this.scene.width);
  }

  /** CSS pixels as whole device pixels. */
  private px(cssPixels: number): number {
    return Math.round(cssPixels * this.scene.pixelRatio);
  }
}

function hasFailed(thread: Thread): boolean {
  return thread.error !== null || isFailure(thread.exit);
}

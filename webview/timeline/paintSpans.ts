/** Paints what a thread was at, as a strip above its states. Everything is in device pixels. */
import type { Ns } from '../../src/base/units';
import { forEachSpan, kindOf, spanOf, type Span, type SpanKind, type SpanRun } from '../../src/model/spans';
import type { Thread } from '../../src/model/types';
import { xOf } from './range';
import type { Scene } from './scene';
import { spanLabels } from './spanLabels';
import { layerStep, layerTop, MIN_SPAN_WIDTH } from './spanPlaces';
import { strokeFill, type Dashes } from './strokePatterns';
import { textWidth } from './textWidth';

/** CSS pixels. */
const MIN_LABEL_HEIGHT = 7;
const MIN_LABEL_WIDTH = 24;
const LARGEST_FONT = 10;
const LABEL_INDENT = 3;
/** From this width on, neighbours are set apart by a hairline and have their edge. */
const MIN_EDGE_WIDTH = 6;

/** How strongly spans too short to stand alone are painted, by the share of the time that they take. */
const QUIETEST = 0.3;
const LOUDEST = 0.9;
/** Neighbours whose shares differ by less are painted as one. */
const ALIKE = 0.3;

/** The upper edge tells kinds apart without colour, as dashes tell arrows apart. */
const edges: Readonly<
  Record<SpanKind, { readonly dashes: Dashes; readonly color: 'message' | 'spawn' | 'wake' } | null>
> = {
  message: null,
  wait: { dashes: 'dotted', color: 'wake' },
  syncCall: { dashes: 'dashed', color: 'spawn' },
  longTask: null,
};

/** `rowTop`: of the row on the canvas. */
export function paintSpans(
  context: CanvasRenderingContext2D,
  scene: Scene,
  thread: Thread,
  rowTop: number,
): void {
  const start = scene.model.start ?? 0;
  const { from, to } = scene.range;
  const painter = new SpanPainter(context, scene, thread, rowTop);
  const pixelNs = ((to - from) / scene.width) * MIN_SPAN_WIDTH * scene.pixelRatio;
  forEachSpan(scene.model, thread, from + start, to + start, pixelNs, (run) => painter.add(run));
  painter.finish();
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly height: number;
}

interface Labelled {
  readonly box: Box;
  readonly span: Span;
  /** How many boxes had been painted: later ones may lie over it. */
  readonly order: number;
}

class SpanPainter {
  private readonly bottom: number;
  private readonly boxes: Box[] = [];
  private readonly labelled: Labelled[] = [];
  /** Quiet stretches that join are painted as one. */
  private quiet: {
    readonly kind: SpanKind;
    readonly busy: number;
    count: number;
    left: number;
    right: number;
    top: number;
  } | null = null;
  /** Where the outermost span of the layer ends. */
  private outer: { layer: SpanRun['layer']; right: number } | null = null;

  constructor(
    private readonly context: CanvasRenderingContext2D,
    private readonly scene: Scene,
    private readonly thread: Thread,
    private readonly rowTop: number,
  ) {
    const { spanTop, spanHeight } = scene.geometry;
    this.bottom = rowTop + this.px(spanTop + spanHeight);
  }

  add(run: SpanRun): void {
    const { width } = this.scene;
    const left = Math.max(0, Math.round(this.x(run.start)));
    if (left >= width) return;
    const ends = this.x(run.end ?? this.scene.model.now);
    const right = Math.min(width, Math.max(left + this.px(1), Math.round(ends)));
    const top = this.topOf(run, left, right);
    if (right <= left) return;
    const least = this.px(MIN_SPAN_WIDTH);
    const isTiny = run.end !== null && right - left < least;
    if (run.count > 1) this.addQuiet(run, run.busy, { left, right, top, room: this.px(1) });
    else if (isTiny) this.addQuiet(run, (right - left) / least, { left, right, top, room: least });
    else this.addOne(run, { left, right, top, height: this.bottom - top });
  }

  finish(): void {
    this.flushQuiet();
    for (const labelled of this.labelled) this.paintLabel(labelled);
  }

  /** What lies in another span of its layer begins lower. */
  private topOf({ layer }: SpanRun, left: number, right: number): number {
    const { geometry } = this.scene;
    const isInside = this.outer?.layer === layer && left < this.outer.right && right <= this.outer.right;
    if (!isInside) this.outer = { layer, right };
    const top = layerTop(layer, geometry) + (isInside ? layerStep(geometry) : 0);
    return Math.min(this.bottom - this.px(1), this.rowTop + this.px(top));
  }

  /** `room`: how far it may be from the one before to be painted with it as one. */
  private addQuiet(
    run: SpanRun,
    busy: number,
    { left, right, top, room }: { left: number; right: number; top: number; room: number },
  ): void {
    const kind = kindOf(this.thread, run);
    const { quiet } = this;
    const joins = quiet?.kind === kind && Math.abs(quiet.busy - busy) <= ALIKE && quiet.top === top;
    if (joins && left <= quiet.right + room) {
      quiet.right = Math.max(quiet.right, right);
      quiet.count += run.count;
      return;
    }
    this.flushQuiet();
    this.quiet = { kind, busy, count: run.count, left, right, top };
  }

  private flushQuiet(): void {
    const { quiet, context } = this;
    this.quiet = null;
    if (quiet === null) return;
    const { left, right, top } = quiet;
    context.globalAlpha = quiet.count === 1 ? 1 : QUIETEST + (LOUDEST - QUIETEST) * quiet.busy;
    context.fillStyle = this.scene.palette.spans[quiet.kind].fill;
    context.fillRect(left, top, right - left, this.bottom - top);
    context.globalAlpha = 1;
    this.boxes.push({ left, right, top, height: this.bottom - top });
  }

  private addOne(run: SpanRun, box: Box): void {
    this.flushQuiet();
    const { context, scene } = this;
    const { left, right, top, height } = box;
    const isWide = right - left >= this.px(MIN_EDGE_WIDTH);
    const kind = kindOf(this.thread, run);
    const gap = isWide && run.end !== null ? this.px(1) : 0;
    context.fillStyle = scene.palette.spans[kind].fill;
    context.fillRect(left, top, right - left - gap, height);
    if (run.end === null) this.paintOpenEnd(kind, box);
    this.boxes.push(box);
    if (!isWide) return;
    this.paintEdge(kind, left, right - gap, top);
    if (height < this.px(MIN_LABEL_HEIGHT) || right - left < this.px(MIN_LABEL_WIDTH)) return;
    const span = spanOf(scene.model, this.thread, run);
    if (span !== null) this.labelled.push({ box, span, order: this.boxes.length });
  }

  /** It goes on: the fill frays instead of ending. */
  private paintOpenEnd(kind: SpanKind, { right, top, height }: Box): void {
    const { context, scene } = this;
    context.fillStyle = scene.palette.spans[kind].fill;
    for (let stripe = 0; stripe < 3; stripe++) {
      context.fillRect(right + this.px(1 + stripe * 3), top, this.px(2 - stripe / 2), height);
    }
  }

  private paintEdge(kind: SpanKind, left: number, right: number, top: number): void {
    const edge = edges[kind];
    const { context, scene } = this;
    if (kind === 'longTask') context.fillStyle = scene.palette.alert;
    else if (edge === null) return;
    else {
      const color = scene.palette.arrows[edge.color];
      context.fillStyle = strokeFill(context, color, edge.dashes, scene.pixelRatio);
    }
    context.fillRect(left, top, right - left, this.px(1));
  }

  private paintLabel({ box, span, order }: Labelled): void {
    const { context, scene } = this;
    const size = this.px(Math.min(LARGEST_FONT, scene.geometry.spanHeight - 1));
    const left = box.left + this.px(LABEL_INDENT);
    const right = this.freeUntil(box, order) - this.px(LABEL_INDENT);
    if (right - left < this.px(MIN_LABEL_WIDTH) / 2) return;
    const font = `${size}px ${scene.palette.fontFamily}`;
    context.font = font;
    const text = spanLabels(scene.model, this.thread, span).find(
      (label) => textWidth(context, font, label) <= right - left,
    );
    if (text === undefined) return;
    context.textBaseline = 'middle';
    context.fillStyle = scene.palette.spans[span.kind].text;
    context.fillText(text, left, box.top + box.height / 2 + this.px(0.5));
  }

  /** Where the first box that lies over this one begins. */
  private freeUntil({ left, right }: Box, order: number): number {
    let free = right;
    for (let index = order; index < this.boxes.length; index++) {
      const box = this.boxes[index];
      if (box !== undefined && box.left < free && box.right > left) free = Math.max(left, box.left);
    }
    return free;
  }

  private x(time: Ns): number {
    return xOf(time - (this.scene.model.start ?? 0), this.scene.range, this.scene.width);
  }

  /** CSS pixels as whole device pixels. */
  private px(cssPixels: number): number {
    return Math.max(1, Math.round(cssPixels * this.scene.pixelRatio));
  }
}

/** Paints the arrows between lanes, over everything else. Device pixels. */
import { arrowKinds, type ArrowKind } from '../../src/model/arrowTypes';
import { summaryText } from '../spanTexts';
import { paintBands } from './arrowBands';
import { arrowPicture, type ArrowLine } from './arrowLines';
import type { ArrowScene } from './scene';
import { Stretches } from './stretches';
import { strokeFill, type Dashes } from './strokePatterns';

/** How lines look; lengths are CSS pixels. */
interface Look {
  readonly thickness: number;
  /** 0: none. */
  readonly headLength: number;
  readonly headWidth: number;
  /** A dot where they begin. */
  readonly hasDot: boolean;
  readonly alpha: number;
}

const plain: Look = { thickness: 1, headLength: 5, headWidth: 6, hasDot: true, alpha: 1 };
const thick: Look = { thickness: 2.5, headLength: 7, headWidth: 9, hasDot: true, alpha: 1 };
/** With a selection, what does not belong to it stands back. */
const DIMMED = 0.3;

/** The more lines share the width, the quieter each: what lies below must stay readable. */
const looksByCrowd: readonly { readonly upTo: number; readonly look: Look }[] = [
  { upTo: 0.15, look: plain },
  { upTo: 0.5, look: { thickness: 1, headLength: 4, headWidth: 4, hasDot: false, alpha: 0.7 } },
  { upTo: Infinity, look: { thickness: 1, headLength: 0, headWidth: 0, hasDot: false, alpha: 0.4 } },
];

const dashesOf: Readonly<Record<ArrowKind, Dashes>> = { message: 'solid', spawn: 'dashed', wake: 'dotted' };

export function paintArrows(context: CanvasRenderingContext2D, scene: ArrowScene): void {
  const picture = arrowPicture(scene);
  if (picture.crowded.length > 0) paintBands(context, scene, picture);
  const strong = new Set(picture.strong);
  for (const kind of arrowKinds) {
    const lines = picture.lines.filter((line) => line.arrow.kind === kind && !strong.has(line));
    const perPixel = (lines.length * scene.pixelRatio) / Math.max(1, scene.width);
    const look = looksByCrowd.find(({ upTo }) => perPixel <= upTo)?.look ?? plain;
    const alpha = picture.selectedLines.length > 0 ? Math.min(look.alpha, DIMMED) : look.alpha;
    paintLines(context, scene, kind, lines, { ...look, alpha });
  }
  for (const kind of arrowKinds) {
    const lines = picture.strong.filter(({ arrow }) => arrow.kind === kind);
    paintLines(context, scene, kind, lines, thick);
  }
  context.globalAlpha = 1;
}

/** What stands for the arrows when there are too many to draw; null when all are drawn. */
export function arrowSummary(scene: ArrowScene): string | null {
  const { counts, crowded } = arrowPicture(scene);
  return crowded.length === 0 ? null : summaryText(counts, crowded);
}

function paintLines(
  context: CanvasRenderingContext2D,
  scene: ArrowScene,
  kind: ArrowKind,
  lines: readonly ArrowLine[],
  look: Look,
): void {
  if (lines.length === 0) return;
  const { pixelRatio, palette } = scene;
  const thickness = Math.max(1, Math.round(look.thickness * pixelRatio));
  context.globalAlpha = look.alpha;
  context.fillStyle = strokeFill(context, palette.arrows[kind], dashesOf[kind], pixelRatio);
  paintSegments(context, scene.width, lines, thickness);
  if (look.headLength === 0) return;
  // All heads in one go: filling a path has a price of its own.
  context.fillStyle = palette.arrows[kind];
  context.beginPath();
  for (const line of lines) addEnds(context, scene, line, thickness, look);
  context.fill();
}

/** As rectangles, which are far cheaper than strokes; where lines share a place, it is painted once. */
function paintSegments(
  context: CanvasRenderingContext2D,
  width: number,
  lines: readonly ArrowLine[],
  thickness: number,
): void {
  const half = thickness >> 1;
  const uprights = new Stretches();
  const levels = new Stretches();
  for (const { x1, y1, level, x2, y2 } of lines) {
    if (x1 >= 0 && x1 <= width) uprights.add(x1, y1, level);
    if (x2 >= 0 && x2 <= width) uprights.add(x2, level, y2);
    const [left, right] = [Math.max(0, Math.min(x1, x2)), Math.min(width, Math.max(x1, x2))];
    if (right > left) levels.add(level, left - half, right - half + thickness);
  }
  uprights.visit((x, top, bottom) => context.fillRect(x - half, top, thickness, bottom - top));
  levels.visit((y, left, right) => context.fillRect(left, y - half, right - left, thickness));
}

/** A dot where it begins, a triangle where it ends. */
function addEnds(
  context: CanvasRenderingContext2D,
  { width, pixelRatio }: ArrowScene,
  { x1, y1, level, x2, y2 }: ArrowLine,
  thickness: number,
  { headLength, headWidth, hasDot }: Look,
): void {
  if (hasDot && x1 >= 0 && x1 <= width) {
    const rim = Math.round(pixelRatio);
    const corner = rim + (thickness >> 1);
    context.rect(x1 - corner, y1 - corner, thickness + 2 * rim, thickness + 2 * rim);
  }
  if (x2 < 0 || x2 > width) return;
  const center = x2 + (thickness & 1) / 2;
  const half = (headWidth * pixelRatio) / 2;
  const base = y2 > level ? y2 - headLength * pixelRatio : y2 + headLength * pixelRatio;
  context.moveTo(center, y2);
  context.lineTo(center - half, base);
  context.lineTo(center + half, base);
  context.closePath();
}

/** Dashes and dots as fills: a dashed line is then a rectangle, which is painted far faster than a dashed stroke. */

export type Dashes = 'solid' | 'dashed' | 'dotted';

/** CSS pixels. */
const dashes = { dashed: { period: 8, on: 5 }, dotted: { period: 4, on: 2 } } as const;

const known = new Map<string, CanvasPattern>();
/** Themes change seldom. */
const MOST_KNOWN = 64;

/** To fill thin rectangles with, level or upright ones. */
export function strokeFill(
  context: CanvasRenderingContext2D,
  color: string,
  kind: Dashes,
  pixelRatio: number,
): string | CanvasPattern {
  if (kind === 'solid') return color;
  const key = `${color} ${kind} ${pixelRatio}`;
  let pattern = known.get(key);
  if (pattern === undefined) {
    const made = createPattern(context, color, dashes[kind], pixelRatio);
    if (made === null) return color;
    pattern = made;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, pattern);
  }
  return pattern;
}

function createPattern(
  context: CanvasRenderingContext2D,
  color: string,
  { period, on }: { readonly period: number; readonly on: number },
  pixelRatio: number,
): CanvasPattern | null {
  const size = Math.max(2, Math.round(period * pixelRatio));
  const filled = Math.max(1, Math.round(on * pixelRatio));
  const tile = document.createElement('canvas');
  tile.width = tile.height = size;
  const pen = tile.getContext('2d');
  if (pen === null) return null;
  pen.fillStyle = color;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      // Along either axis: so many on, then so many off.
      if ((x + y) % size < filled) pen.fillRect(x, y, 1, 1);
    }
  }
  return context.createPattern(tile, 'repeat');
}

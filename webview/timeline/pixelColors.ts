/** The palette as pixels. Pure. */
import { liveStates } from '../../src/model/states';
import { parseColor, type Rgb } from '../color';
import type { Palette } from '../palette';

export interface PixelColors {
  /** By index of `liveStates`. */
  readonly states: Uint32Array;
  /** The same with stripes, for what is estimated: `hatchSize` to a state, chosen by (x + y) % hatchSize. */
  readonly hatched: Uint32Array;
  readonly hatchSize: number;
}

/** Diagonal stripes of the background's colour over the state's: recognisable without seeing the colour. */
const HATCH_SIZE = 6;
/** Half a stripe, measured along a row of pixels. */
const HALF_STRIPE = 0.2;

const known = new WeakMap<Palette, { readonly pixelRatio: number; readonly colors: PixelColors }>();

export function pixelColors(palette: Palette, pixelRatio: number): PixelColors {
  const found = known.get(palette);
  if (found?.pixelRatio === pixelRatio) return found.colors;
  const colors = convert(palette, pixelRatio);
  known.set(palette, { pixelRatio, colors });
  return colors;
}

function convert(palette: Palette, pixelRatio: number): PixelColors {
  const hatchSize = Math.max(3, Math.round(HATCH_SIZE * pixelRatio));
  const background = parseColor(palette.background);
  const fills = liveStates.map((state) => parseColor(palette.states[state].fill));
  const covers = Array.from({ length: hatchSize }, (_, place) => stripeCover(place, hatchSize));
  return {
    states: Uint32Array.from(fills, toPixel),
    hatched: Uint32Array.from(
      fills.flatMap((fill) => covers.map((cover) => toPixel(blend(fill, background, cover)))),
    ),
    hatchSize,
  };
}

/** How much of a pixel a stripe covers. */
function stripeCover(place: number, size: number): number {
  const distance = Math.min(place + 0.5, size - place - 0.5);
  return Math.max(0, Math.min(1, HALF_STRIPE * size - distance + 0.5));
}

function blend(color: Rgb, over: Rgb, share: number): Rgb {
  const mix = (a: number, b: number): number => a + (b - a) * share;
  return {
    red: mix(color.red, over.red),
    green: mix(color.green, over.green),
    blue: mix(color.blue, over.blue),
  };
}

/** An opaque pixel as ImageData has it, whatever the machine's order of bytes. */
function toPixel({ red, green, blue }: Rgb): number {
  return new Uint32Array(Uint8ClampedArray.of(red, green, blue, 255).buffer)[0] ?? 0;
}

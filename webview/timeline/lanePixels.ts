/** The pixels of a canvas of lanes, painted without the canvas. Pure. */
import { stackHeights, stackOrder } from './bands';
import { Strips } from './strips';
import type { PixelColors } from './pixelColors';
import { STATES, SUMMED, type LaneSegments } from './segments';

/** A lane's bar, in device pixels. */
export interface Bar {
  readonly top: number;
  readonly height: number;
  /** Left free at the right end of wide intervals, to set them apart; 0: nothing. */
  readonly gap: number;
}

/** From this width on (CSS pixels), neighbouring intervals are set apart by a hairline. */
const MIN_GAP_WIDTH = 5;
const MIN_FILLED = 20;

/** Kept from frame to frame, like the memory below it. */
export class LanePixels {
  width = 0;
  height = 0;
  /** Row by row, as ImageData has them; what is not painted is transparent. */
  pixels = new Uint32Array(0);
  /**
   * The lane that is being painted, from its top: small enough to stay in the processor's cache while its columns are written,
   * which in the whole picture would be a miss for each pixel.
   */
  private lane = new Uint32Array(0);
  private readonly heights = new Int32Array(STATES);
  /** By height. */
  private readonly strips = new Map<number, Strips>();
  private colors!: PixelColors;
  private pixelRatio = 1;

  /** An empty picture of this size. */
  begin(width: number, height: number, colors: PixelColors, pixelRatio: number): void {
    const size = width * height;
    if (this.pixels.length !== size) this.pixels = new Uint32Array(size);
    else this.pixels.fill(0);
    this.width = width;
    this.height = height;
    if (this.colors !== colors) this.strips.clear();
    this.colors = colors;
    this.pixelRatio = pixelRatio;
  }

  paintLane(segments: LaneSegments, bar: Bar): void {
    const { heights, pixelRatio, pixels } = this;
    const begin = bar.top * this.width;
    const size = Math.min(bar.height * this.width, pixels.length - begin);
    if (this.lane.length < size) this.lane = new Uint32Array(size);
    this.lane.set(pixels.subarray(begin, begin + size));
    const strips = this.stripsOf(bar.height);
    const minGapWidth = Math.round(MIN_GAP_WIDTH * pixelRatio);
    for (let index = 0; index < segments.count; index++) {
      const x = segments.x[index] ?? 0;
      const width = segments.width[index] ?? 0;
      const at = index * STATES;
      // At the edge of the canvas an interval goes on.
      const endsHere = x + width < this.width && segments.interval[index] !== SUMMED;
      const end = x + width - (endsHere && width >= minGapWidth ? bar.gap : 0);
      if (segments.estimated[index] === 1) {
        stackHeights(segments.shares, at, bar.height, lineOf(pixelRatio), heights);
        this.paintHatched(x, end, bar);
      } else {
        const place = strips.place(segments.shares, at);
        if (width === 1) this.paintColumn(x, strips, place);
        else this.paintBlock(x, end, strips, place);
      }
    }
    pixels.set(this.lane.subarray(0, size), begin);
  }

  /** Most of what is painted at low zoom. */
  private paintColumn(x: number, { pixels, height }: Strips, place: number): void {
    const { lane, width } = this;
    const end = height * width;
    let from = place;
    for (let at = x; at < end; at += width) lane[at] = pixels[from++] ?? 0;
  }

  private stripsOf(height: number): Strips {
    let strips = this.strips.get(height);
    if (strips === undefined) {
      strips = new Strips(height, lineOf(this.pixelRatio), this.colors.states);
      this.strips.set(height, strips);
    }
    return strips;
  }

  private paintBlock(left: number, right: number, { pixels, height }: Strips, place: number): void {
    const { lane, width } = this;
    for (let y = 0; y < height; y++) {
      const color = pixels[place + y] ?? 0;
      const row = y * width;
      // A call costs as much as some twenty pixels.
      if (right - left > MIN_FILLED) lane.fill(color, row + left, row + right);
      else for (let x = left; x < right; x++) lane[row + x] = color;
    }
  }

  private paintHatched(left: number, right: number, bar: Bar): void {
    const { lane, width, heights } = this;
    let y = bar.height - 1;
    for (const state of stackOrder) {
      for (let count = heights[state] ?? 0; count > 0; count--, y--) {
        const row = y * width;
        for (let x = left; x < right; x++) lane[row + x] = this.hatched(state, x + y + bar.top);
      }
    }
  }

  private hatched(state: number, diagonal: number): number {
    const { hatched, hatchSize } = this.colors;
    return hatched[state * hatchSize + (diagonal % hatchSize)] ?? 0;
  }
}

/** Thickness of a line, in device pixels. */
function lineOf(pixelRatio: number): number {
  return Math.max(1, Math.floor(pixelRatio));
}

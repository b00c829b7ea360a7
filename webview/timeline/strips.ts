/** The pixels of a column, ready made for every way to share it out. Pure. */
import { settle, stackOrder, wish } from './bands';
import { STATES } from './segments';

/** Indices of `liveStates`. */
const [NEW, READY, RUNNING, WAITING, BLOCKED] = [0, 1, 2, 3, 4] as const;
/** A higher column has too many ways to keep them all. */
const MAX_HEIGHT = 32;
const NONE = -1;
const FIRST_CAPACITY = 256;

/**
 * Strips of one height. A picture has tens of thousands of columns, each with bands of other heights: painting band by
 * band, the processor would guess wrong at each border. There are far fewer different strips.
 */
export class Strips {
  /** Pixels, `height` to a strip, from the top. */
  pixels: Uint32Array;
  readonly height: number;
  private count = 0;
  /** Number of the strip for what the states wish. */
  private readonly known: Int32Array;
  private readonly heights = new Int32Array(STATES);
  private readonly line: number;
  /** By index of `liveStates`. */
  private readonly colors: Uint32Array;

  constructor(height: number, line: number, colors: Uint32Array) {
    this.height = height;
    this.line = line;
    this.colors = colors;
    this.known = new Int32Array(height <= MAX_HEIGHT ? 2 * (height + 1) ** 4 : 0).fill(NONE);
    this.pixels = new Uint32Array(height * FIRST_CAPACITY);
  }

  /** Where in `pixels` the strip begins of a column that has the shares from `at` on. */
  place(shares: Float32Array, at: number): number {
    const { height, known } = this;
    const ways = height + 1;
    const fresh = wish(shares[at + NEW] ?? 0, height, 1);
    const ready = wish(shares[at + READY] ?? 0, height, 0);
    const running = wish(shares[at + RUNNING] ?? 0, height, 1);
    const blocked = wish(shares[at + BLOCKED] ?? 0, height, 1);
    const waiting = wish(shares[at + WAITING] ?? 0, height, 0);
    // Whatever the others leave is Waiting; what matters is whether it asks for a line where they leave none.
    const asks = waiting > 0 ? 1 : 0;
    const key = (((fresh * ways + ready) * ways + running) * ways + blocked) * 2 + asks;
    const number = known[key] ?? NONE;
    if (number !== NONE) return number * height;
    this.heights.set([fresh, ready, running, waiting, blocked]);
    settle(this.heights, height, this.line);
    if (height > MAX_HEIGHT) return this.make(0);
    known[key] = this.count;
    return this.make(this.count++);
  }

  /** Paints strip number `number` with bands of `heights`; answers where it begins. */
  private make(number: number): number {
    const { height, heights, colors } = this;
    const begin = number * height;
    if (begin + height > this.pixels.length) {
      const grown = new Uint32Array(2 * this.pixels.length);
      grown.set(this.pixels);
      this.pixels = grown;
    }
    let at = begin + height;
    for (const state of stackOrder) {
      const size = heights[state] ?? 0;
      this.pixels.fill(colors[state] ?? 0, at - size, at);
      at -= size;
    }
    return begin;
  }
}

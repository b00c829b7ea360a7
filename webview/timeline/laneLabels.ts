/** Which state it is, written into intervals that have room for it: not everybody tells the colours apart. */
import type { Ns } from '../../src/base/units';
import { liveStates } from '../../src/model/states';
import type { Interval, Timeline } from '../../src/model/timeline';
import { formatDuration } from '../format';
import { stateLetters, stateNames } from '../strings';
import { PURE_SHARE } from './bands';
import type { Bar } from './lanePixels';
import { STATES, SUMMED, type LaneSegments } from './segments';
import type { Scene } from './scene';

/** CSS pixels. */
const INDENT = 4;
/** Narrower than this, a letter would touch the edges of its interval. */
const MIN_LETTER_WIDTH = 16;
/** Narrower than this, the shortest name would be cut. */
const MIN_NAME_WIDTH = 64;
const LARGEST_FONT = 11;
/** Room above and below a letter. */
const AIR = 2;
const SMALLEST_FONT = 8;

/** Labels collected while the lanes are painted as pixels, and written when these are on the canvas. */
export class LaneLabels {
  private count = 0;
  private x = new Int32Array(64);
  private middle = new Int32Array(64);
  private state = new Uint8Array(64);
  private readonly texts: string[] = [];
  private widths: CharacterWidths | null = null;

  begin(context: CanvasRenderingContext2D, { geometry, pixelRatio, palette }: Scene): void {
    this.count = 0;
    const font = `${fontSize(geometry.barHeight) * pixelRatio}px ${palette.fontFamily}`;
    if (this.widths?.font !== font) this.widths = new CharacterWidths(context, font);
  }

  /** Notes the labels of a lane; `pixelRatio`: device pixels to a CSS pixel. */
  collect(
    segments: LaneSegments,
    timeline: Timeline,
    tail: Interval | null,
    bar: Bar,
    pixelRatio: number,
  ): void {
    if (bar.height < (SMALLEST_FONT + AIR) * pixelRatio) return;
    const minWidth = MIN_LETTER_WIDTH * pixelRatio;
    for (let index = 0; index < segments.count; index++) {
      const width = segments.width[index] ?? 0;
      const interval = segments.interval[index] ?? SUMMED;
      if (width < minWidth || interval === SUMMED) continue;
      const state = pureState(segments.shares, index * STATES);
      if (state < 0) continue;
      const isTail = interval === timeline.length;
      const duration =
        tail !== null && isTail
          ? tail.end - tail.start
          : timeline.endOf(interval) - timeline.startOf(interval);
      const x = (segments.x[index] ?? 0) + Math.round(INDENT * pixelRatio);
      const room = width - 2 * INDENT * pixelRatio;
      this.push(x, bar.top + bar.height / 2, state, this.textOf(state, duration, room, pixelRatio));
    }
  }

  paint(context: CanvasRenderingContext2D, { palette, pixelRatio }: Scene): void {
    if (this.widths === null) return;
    context.font = this.widths.font;
    const down = Math.round(0.5 * pixelRatio);
    for (const [state, name] of liveStates.entries()) {
      context.fillStyle = name === 'waiting' ? palette.dim : palette.states[name].text;
      for (let index = 0; index < this.count; index++) {
        if (this.state[index] !== state) continue;
        context.fillText(this.texts[index] ?? '', this.x[index] ?? 0, (this.middle[index] ?? 0) + down);
      }
    }
  }

  /** `Blocked 412 ms` if that fits, else a letter. */
  private textOf(state: number, duration: Ns, room: number, pixelRatio: number): string {
    const name = liveStates[state] ?? 'waiting';
    if (room < MIN_NAME_WIDTH * pixelRatio) return stateLetters[name];
    const text = `${stateNames[name]} ${formatDuration(duration)}`;
    return (this.widths?.of(text) ?? Infinity) <= room ? text : stateLetters[name];
  }

  private push(x: number, middle: number, state: number, text: string): void {
    if (this.count === this.x.length) this.grow();
    this.x[this.count] = x;
    this.middle[this.count] = middle;
    this.state[this.count] = state;
    this.texts[this.count] = text;
    this.count++;
  }

  private grow(): void {
    const { x, middle, state } = this;
    this.x = new Int32Array(2 * x.length);
    this.x.set(x);
    this.middle = new Int32Array(2 * x.length);
    this.middle.set(middle);
    this.state = new Uint8Array(2 * x.length);
    this.state.set(state);
  }
}

/** The state in which practically all of the time was spent, as an index; -1 if there is none. */
function pureState(shares: Float32Array, at: number): number {
  for (let state = 0; state < STATES; state++) if ((shares[at + state] ?? 0) >= PURE_SHARE) return state;
  return -1;
}

/** So that it fits into the bar. */
function fontSize(barHeight: number): number {
  return Math.max(SMALLEST_FONT, Math.min(LARGEST_FONT, barHeight - AIR));
}

/** How wide texts are, without asking the canvas each time. */
class CharacterWidths {
  private readonly widths = new Map<string, number>();

  private readonly context: CanvasRenderingContext2D;
  readonly font: string;

  constructor(context: CanvasRenderingContext2D, font: string) {
    this.context = context;
    this.font = font;
  }

  of(text: string): number {
    let sum = 0;
    for (const character of text) sum += this.widths.get(character) ?? this.measure(character);
    return sum;
  }

  private measure(character: string): number {
    this.context.font = this.font;
    const { width } = this.context.measureText(character);
    this.widths.set(character, width);
    return width;
  }
}

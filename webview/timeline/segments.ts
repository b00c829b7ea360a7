/**
 * From a lane's intervals to what is painted: intervals of a pixel and more keep their shape, the shorter ones
 * that share a pixel column are added up in it. Pure; units are device pixels.
 */
import { MomentSums } from '../../src/model/momentSums';
import { liveStates } from '../../src/model/states';
import type { Interval, Timeline } from '../../src/model/timeline';
import type { TimeRange } from './range';

export const STATES = liveStates.length;
/** In `LaneSegments.interval`: several intervals, or parts of some. */
export const SUMMED = -1;
/** Indices of `liveStates`. */
const [NEW, READY, RUNNING, WAITING, BLOCKED] = [0, 1, 2, 3, 4] as const;

/**
 * The stretches of whole pixel columns painted alike in one lane, from left to right, column by column. Made once and
 * filled for lane after lane: a frame has tens of thousands of them.
 */
export class LaneSegments {
  count = 0;
  x = new Int32Array(0);
  width = new Int32Array(0);
  /** Index of the one interval it shows (`timeline.length`: the tail), or SUMMED. */
  interval = new Int32Array(0);
  /** 1: most of it is estimated. */
  estimated = new Uint8Array(0);
  /** STATES to a segment, in the order of `liveStates`, adding up to 1. The order within is not known. */
  shares = new Float32Array(0);
  /** At the borders of the columns. */
  private readonly sums = new MomentSums();

  /**
   * Fills it with what `range` shows of a lane, `width` columns wide; `tail` is what follows the timeline. The cost is
   * that of the columns, however many intervals there are.
   */
  fill(timeline: Timeline, tail: Interval | null, { from, to }: TimeRange, width: number): void {
    this.count = 0;
    const perColumn = (to - from) / width;
    const lifeEnd = tail?.end ?? timeline.end;
    if (!(perColumn > 0 && perColumn < Infinity) || lifeEnd <= from || timeline.start >= to) return;
    this.makeRoom(width);
    const first = Math.max(0, Math.floor((timeline.start - from) / perColumn));
    const end = Math.min(width, Math.ceil((lifeEnd - from) / perColumn));
    if (first >= end) return;
    this.sums.fill(timeline, tail, from + first * perColumn, perColumn, end - first);
    const { interval, begins } = this.sums;
    for (let column = 0; column < end - first;) {
      const index = interval[column] ?? 0;
      let next = column;
      // A column is one interval's if that is there at both ends of it, or ends just there.
      while (next < end - first) {
        const later = interval[next + 1] ?? 0;
        if (later !== index && !(later === index + 1 && begins[next + 1] === 1)) break;
        next++;
        if (later !== index) break;
      }
      const isWhole = next > column;
      if (!isWhole) next = column + 1;
      this.push(first + column, column, next, isWhole ? index : SUMMED);
      column = next;
    }
  }

  /** A segment with the shares of the states between two borders. */
  private push(x: number, from: number, to: number, interval: number): void {
    const { sums, shares, count } = this;
    const fresh = (sums.fresh[to] ?? 0) - (sums.fresh[from] ?? 0);
    const ready = (sums.ready[to] ?? 0) - (sums.ready[from] ?? 0);
    const running = (sums.running[to] ?? 0) - (sums.running[from] ?? 0);
    const blocked = (sums.blocked[to] ?? 0) - (sums.blocked[from] ?? 0);
    const passed = (sums.time[to] ?? 0) - (sums.time[from] ?? 0);
    const awake = fresh + ready + running + blocked;
    const waiting = Math.max(0, passed - awake);
    if (!(passed > 0)) return;
    const part = 1 / (awake + waiting);
    this.x[count] = x;
    this.width[count] = to - from;
    this.interval[count] = interval;
    const estimated = (sums.estimated[to] ?? 0) - (sums.estimated[from] ?? 0);
    this.estimated[count] = estimated > passed / 2 ? 1 : 0;
    const at = count * STATES;
    shares[at + NEW] = fresh * part;
    shares[at + READY] = ready * part;
    shares[at + RUNNING] = running * part;
    shares[at + WAITING] = waiting * part;
    shares[at + BLOCKED] = blocked * part;
    this.count++;
  }

  private makeRoom(columns: number): void {
    if (this.x.length >= columns) return;
    this.x = new Int32Array(columns);
    this.width = new Int32Array(columns);
    this.interval = new Int32Array(columns);
    this.estimated = new Uint8Array(columns);
    this.shares = new Float32Array(columns * STATES);
  }
}

/** How a column of a lane is shared out among the states. Pure; heights are device pixels. */
import { liveStates, type LiveState } from '../../src/model/states';
import { STATES } from './segments';

/** Indices of `liveStates`. */
const [READY, WAITING] = [1, 3] as const;

const indexOf = (state: LiveState): number => liveStates.indexOf(state);

/** Bottom to top; the states that matter most stand on the ground, where heights are easiest to compare. */
export const stackOrder: readonly number[] = (['running', 'ready', 'blocked', 'new', 'waiting'] as const).map(
  indexOf,
);

/** Who goes first where a lane is too thin for all. */
const yielding: readonly number[] = (['waiting', 'ready', 'new', 'running', 'blocked'] as const).map(indexOf);

/** A share below this would not be visible, and a band of it no more than a stain. */
const NEGLIGIBLE_SHARE = 0.02;
/** From this share on it is as good as the only state. */
export const PURE_SHARE = 0.98;

/** Lines that a state keeps however small its share is: what happens seldom is often what one looks for. */
const marks: Readonly<Record<LiveState, number>> = { new: 1, ready: 0, running: 1, waiting: 0, blocked: 2 };
const markOf = Int32Array.from(liveStates, (state) => marks[state]);

/** How many lines a share of a column wants; `least` if there is any of it at all. */
export function wish(share: number, height: number, least: 0 | 1): number {
  const lines = (share * height + 0.5) | 0;
  if (lines > 0) return lines;
  if (share >= NEGLIGIBLE_SHARE) return 1;
  return share > 0 ? least : 0;
}

/**
 * Makes bands of what the states wish, both by index of `liveStates`: together they are `height`. A mark is `line` device
 * pixels to a line where there is room; the largest band gives what that takes, and in the thinnest lanes Blocked
 * outlasts all others.
 */
export function settle(heights: Int32Array, height: number, line: number): void {
  let excess = -height;
  let largest: number = WAITING;
  for (let state = 0; state < STATES; state++) {
    const wanted = heights[state] ?? 0;
    if (wanted > (heights[largest] ?? 0)) largest = state;
    const size = wanted > 0 ? Math.max(wanted, (markOf[state] ?? 0) * line) : 0;
    heights[state] = size;
    excess += size;
  }
  const own = heights[largest] ?? 0;
  const kept = Math.max(1, own - excess);
  heights[largest] = kept;
  excess -= own - kept;
  if (excess > 0) giveWay(heights, excess);
}

/** Writes to `heights` how high the bands of a column are that has the shares from `at` on. */
export function stackHeights(
  shares: Float32Array,
  at: number,
  height: number,
  line: number,
  heights: Int32Array,
): void {
  for (let state = 0; state < STATES; state++) {
    heights[state] = wish(shares[at + state] ?? 0, height, state === READY || state === WAITING ? 0 : 1);
  }
  settle(heights, height, line);
}

/** Takes `excess` lines from those who can do without: first from a mark that has several, then from whole bands. */
function giveWay(heights: Int32Array, excess: number): void {
  let left = excess;
  for (const keep of [1, 0]) {
    for (const state of yielding) {
      const taken = Math.min(left, Math.max(0, (heights[state] ?? 0) - keep));
      heights[state] = (heights[state] ?? 0) - taken;
      left -= taken;
    }
  }
}

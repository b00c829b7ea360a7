import type { Ns } from '../base/units';

/** Times in ascending order, each with a number that says what happened then. */
export interface TimedRun {
  readonly times: Float64Array;
  readonly refs: Float64Array;
}

/** One run of all: pairwise, so that a million entries of a hundred runs are passed seven times and not a hundred. */
export function mergeRuns(runs: readonly TimedRun[]): TimedRun {
  let left = runs;
  while (left.length > 1) {
    const merged: TimedRun[] = [];
    for (let index = 0; index < left.length; index += 2) {
      const [one, other] = [left[index], left[index + 1]];
      if (one !== undefined) merged.push(other === undefined ? one : mergeTwo(one, other));
    }
    left = merged;
  }
  return left[0] ?? { times: new Float64Array(0), refs: new Float64Array(0) };
}

function mergeTwo(one: TimedRun, other: TimedRun): TimedRun {
  const length = one.times.length + other.times.length;
  const times = new Float64Array(length);
  const refs = new Float64Array(length);
  let first = 0;
  let second = 0;
  for (let place = 0; place < length; place++) {
    const [early, late] = [one.times[first] ?? Infinity, other.times[second] ?? Infinity];
    if (second >= other.times.length || (first < one.times.length && early <= late)) {
      times[place] = early;
      refs[place] = one.refs[first++] ?? 0;
    } else {
      times[place] = late;
      refs[place] = other.refs[second++] ?? 0;
    }
  }
  return { times, refs };
}

/** The same in ascending order; what strangers wrote may not be. */
export function inOrder(run: TimedRun): TimedRun {
  const { times, refs } = run;
  const isSorted = times.every((time, place) => place === 0 || (times[place - 1] ?? 0) <= time);
  if (isSorted) return run;
  const places = Array.from(times, (_, place) => place);
  places.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
  return {
    times: Float64Array.from(places, (place) => times[place] ?? 0),
    refs: Float64Array.from(places, (place) => refs[place] ?? 0),
  };
}

/** The first place in [low, length) whose time is not below; `timeOf` ascends. */
export function firstNotBefore(timeOf: (place: number) => Ns, time: Ns, length: number, low = 0): number {
  // Galloping: what is looked for is mostly near the last find.
  let bottom = low;
  let step = 1;
  let top = low;
  while (top < length && timeOf(top) < time) {
    bottom = top + 1;
    top += step;
    step *= 2;
  }
  top = Math.min(top, length);
  while (bottom < top) {
    const middle = (bottom + top) >> 1;
    if (timeOf(middle) < time) bottom = middle + 1;
    else top = middle;
  }
  return bottom;
}

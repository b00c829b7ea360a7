/** Which part of the run the lanes show. Times are nanoseconds since the run's start. */
import type { Ns } from '../../src/base/units';

export interface TimeRange {
  readonly from: Ns;
  readonly to: Ns;
}

/** How the range is chosen: the whole run, the newest part of it, or what the user moved to. */
export type View =
  | { readonly mode: 'fit' }
  | { readonly mode: 'follow'; readonly width: Ns }
  | { readonly mode: 'free'; readonly from: Ns; readonly to: Ns };

const MIN_WIDTH: Ns = 1e3;
/** A run that has only just begun is shown on this scale, so that its first samples don't fill the screen. */
const MIN_FIT_WIDTH: Ns = 100e6;
/** Room right of the end, for its mark and the exit code beside it. */
const END_ROOM = 0.04;
const DEFAULT_FOLLOW_WIDTH: Ns = 10e9;

export function visibleRange(view: View, duration: Ns): TimeRange {
  switch (view.mode) {
    case 'fit':
      return { from: 0, to: fitWidth(duration) };
    case 'follow': {
      const to = duration + view.width * END_ROOM;
      return { from: to - view.width, to };
    }
    case 'free':
      return { from: view.from, to: view.to };
  }
}

function fitWidth(duration: Ns): Ns {
  return Math.max(duration, MIN_FIT_WIDTH) * (1 + END_ROOM);
}

/** Following begins with what is on screen, or the last ten seconds when that would be the whole long run. */
export function following(view: View, duration: Ns): View {
  const { from, to } = visibleRange(view, duration);
  return {
    mode: 'follow',
    width: view.mode === 'fit' ? Math.min(to - from, DEFAULT_FOLLOW_WIDTH) : to - from,
  };
}

/** Scales the range by `factor` (below 1: closer) around a time that keeps its place. */
export function zoomed(view: View, factor: number, anchor: Ns, duration: Ns): View {
  const { from, to } = visibleRange(view, duration);
  const width = Math.max(MIN_WIDTH, (to - from) * factor);
  if (width >= fitWidth(duration)) return { mode: 'fit' };
  // While following, the live end keeps its place.
  if (view.mode === 'follow') return { mode: 'follow', width };
  const share = (anchor - from) / (to - from);
  return free(anchor - share * width, width, duration);
}

export function panned(view: View, by: Ns, duration: Ns): View {
  const { from, to } = visibleRange(view, duration);
  if (view.mode === 'fit') return view;
  return free(from + by, to - from, duration);
}

/** Keeps at least a fifth of the range on the run: nobody gets lost in empty time. */
function free(from: Ns, width: Ns, duration: Ns): View {
  const kept = Math.min(Math.max(from, -0.2 * width), Math.max(-0.2 * width, duration - 0.2 * width));
  return { mode: 'free', from: kept, to: kept + width };
}

/** Where a time lies on a lane of `width` pixels. */
export function xOf(time: Ns, range: TimeRange, width: number): number {
  return ((time - range.from) / (range.to - range.from)) * width;
}

export function timeAt(x: number, range: TimeRange, width: number): Ns {
  return range.from + (x / Math.max(1, width)) * (range.to - range.from);
}

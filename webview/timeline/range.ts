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

/** On a lane of a thousand pixels that is a nanosecond a pixel: the clock tells nothing finer. */
const MIN_WIDTH: Ns = 1e3;
/** A run that has only just begun is shown on this scale, so that its first samples don't fill the screen. */
const MIN_FIT_WIDTH: Ns = 100e6;
/** Room right of the end, for its mark and the exit code beside it. */
const END_ROOM = 0.04;
const DEFAULT_FOLLOW_WIDTH: Ns = 10e9;
/** Whoever zooms in around something older than this part of the range wants to look at it: following would take it away. */
const LIVE_PART = 0.25;
/** The part of the lanes that a stretch of time fills when it is fitted. */
const FITTED_SHARE = 0.8;

export function visibleRange(view: View, duration: Ns): TimeRange {
  switch (view.mode) {
    case 'fit':
      return { from: 0, to: fitWidth(duration) };
    case 'follow': {
      const width = Math.max(MIN_WIDTH, view.width);
      const to = duration + width * END_ROOM;
      return { from: to - width, to };
    }
    case 'free':
      return saneRange(view.from, view.to, duration);
  }
}

/** What was asked for may come from a recording's broken times: a range is never empty, backwards or endless. */
function saneRange(from: Ns, to: Ns, duration: Ns): TimeRange {
  if (!Number.isFinite(from) || !Number.isFinite(to)) return { from: 0, to: fitWidth(duration) };
  if (to - from >= MIN_WIDTH) return { from, to };
  const middle = (from + to) / 2;
  return { from: middle - MIN_WIDTH / 2, to: middle + MIN_WIDTH / 2 };
}

function fitWidth(duration: Ns): Ns {
  return Math.max(Number.isFinite(duration) ? duration : 0, MIN_FIT_WIDTH) * (1 + END_ROOM);
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
  if (!(factor > 0) || !Number.isFinite(anchor)) return view;
  const width = Math.max(MIN_WIDTH, (to - from) * factor);
  if (width >= fitWidth(duration)) return { mode: 'fit' };
  // The live end keeps its place, unless the user looks closer at something that is over.
  const letsGo = factor < 1 && anchor < to - LIVE_PART * (to - from);
  if (view.mode === 'follow' && !letsGo) return { mode: 'follow', width };
  const share = (anchor - from) / (to - from);
  return kept(anchor - share * width, width, duration);
}

export function panned(view: View, by: Ns, duration: Ns): View {
  const { from, to } = visibleRange(view, duration);
  if (view.mode === 'fit' || !Number.isFinite(by)) return view;
  // Ahead of the live end there is nothing to go to.
  if (view.mode === 'follow' && by >= 0) return view;
  return kept(from + by, to - from, duration);
}

/** Exactly this stretch of time, as far as it lies on the run. */
export function shown({ from, to }: TimeRange, duration: Ns): View {
  if (!Number.isFinite(from) || !Number.isFinite(to) || to < from) return { mode: 'fit' };
  const sane = saneRange(from, to, duration);
  if (sane.to - sane.from >= fitWidth(duration)) return { mode: 'fit' };
  return kept(sane.from, sane.to - sane.from, duration);
}

/** A stretch of time with a margin on both sides. */
export function withMargin({ from, to }: TimeRange): TimeRange {
  const width = Math.max(MIN_WIDTH, (to - from) / FITTED_SHARE);
  const middle = (from + to) / 2;
  return { from: middle - width / 2, to: middle + width / 2 };
}

/** The nearest range of the same width in which a stretch of time is seen, with some room around it. */
export function revealing(stretch: TimeRange, range: TimeRange): TimeRange {
  const width = range.to - range.from;
  const margin = 0.1 * width;
  if (stretch.from >= range.from && stretch.to <= range.to) return range;
  const isLong = stretch.to - stretch.from > width - 2 * margin;
  // Of what is too long to be seen whole, a good part will do.
  const seen = Math.min(stretch.to, range.to) - Math.max(stretch.from, range.from);
  if (isLong && seen >= 0.3 * width) return range;
  const isLater = stretch.from + stretch.to > range.from + range.to;
  const edge = isLong ? 2 * margin : margin;
  const from = isLater === isLong ? stretch.from - edge : stretch.to + edge - width;
  return { from, to: from + width };
}

/** Keeps at least a fifth of the range on the run: nobody gets lost in empty time. */
function kept(from: Ns, width: Ns, duration: Ns): View {
  const first = Math.min(Math.max(from, -0.2 * width), Math.max(-0.2 * width, duration - 0.2 * width));
  return { mode: 'free', from: first, to: first + width };
}

/** Where a time lies on a lane of `width` pixels. */
export function xOf(time: Ns, range: TimeRange, width: number): number {
  return ((time - range.from) / (range.to - range.from)) * width;
}

export function timeAt(x: number, range: TimeRange, width: number): Ns {
  return range.from + (x / Math.max(1, width)) * (range.to - range.from);
}

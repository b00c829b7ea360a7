/**
 * The marks of the time ruler: 1-2-5 steps below a minute (d3's), the clock's own steps above. Looked at so closely that
 * neighbours share all but their last digits, marks are told as distances from a moment that is written once.
 */
import { tickIncrement, ticks as evenTimes } from 'd3-array';
import { NS_PER_MS, NS_PER_SECOND, type Ns } from '../../src/base/units';
import type { TimeRange } from './range';

export interface Tick {
  readonly time: Ns;
  readonly label: string;
}

export interface Ruler {
  /** The moment that the labels count from; null where they tell the time itself. */
  readonly base: Tick | null;
  readonly ticks: readonly Tick[];
}

const NS_PER_US = 1e3;
const MINUTE = 60 * NS_PER_SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const longSteps: readonly Ns[] = [15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200].map(
  (seconds) => seconds * NS_PER_SECOND,
);
/** From this distance between marks on, they step as a clock does. */
const LONG_STEP: Ns = 10 * NS_PER_SECOND;
/** Guards against a range that is broken (a hostile recording's clock): a ruler never has more marks. */
const MAX_TICKS = 1000;
/** More of them, and nobody sees which digit differs. */
const MOST_DECIMALS = 4;
/** At most: digits of the ruler's font are narrower. */
export const PIXELS_PER_CHARACTER = 7;
/** From a mark to its label. */
export const LABEL_INDENT = 6;
const LABEL_GAP = 10;

/** The smallest sensible step that leaves at least `minPixels` between marks. */
export function tickStep(range: TimeRange, width: number, minPixels: number): Ns {
  const smallest = ((range.to - range.from) / Math.max(1, width)) * minPixels;
  if (!(smallest > 0) || !Number.isFinite(smallest)) return 1;
  if (smallest > LONG_STEP)
    return longSteps.find((step) => step >= smallest) ?? DAY * atLeast(smallest / DAY);
  return atLeast(smallest);
}

/** d3's nearest 1-2-5 step, or the one above it when that would be too near. */
function atLeast(smallest: number): number {
  for (let count = 1; count > 0.1; count /= 2) {
    const increment = tickIncrement(0, smallest, count);
    const step = increment < 0 ? -1 / increment : increment;
    // A hair's tolerance: 0.2 is not smaller than 0.2000000001 in any way that matters here.
    if (step >= smallest * (1 - 1e-9)) return step;
  }
  return smallest;
}

/** Marks at least `minPixels` apart; further where their labels need more room. */
export function ruler(range: TimeRange, width: number, minPixels: number): Ruler {
  const step = tickStep(range, width, minPixels);
  const times = timesOf(range, step);
  const base = baseOf(range, step);
  const marks = times.map((time) => ({
    time,
    label:
      base === null ? momentLabel(time, step, range.to) : offsetLabel(time - base.time, step, range, base),
  }));
  const needed = Math.max(0, ...marks.map(({ label }) => labelWidth(label))) + LABEL_GAP;
  const pixels = (step / (range.to - range.from)) * width;
  if (needed > pixels && needed > minPixels && marks.length > 1) return ruler(range, width, needed);
  return { base, ticks: marks };
}

/** The marks alone, for the lines across the lanes. */
export function ticks(range: TimeRange, width: number, minPixels: number): readonly Tick[] {
  return ruler(range, width, minPixels).ticks;
}

/** Of a label with its indent; CSS pixels. */
export function labelWidth(label: string): number {
  return LABEL_INDENT + label.length * PIXELS_PER_CHARACTER;
}

/** Before the start of the run there is nothing, so no marks either. */
function timesOf({ from, to }: TimeRange, step: Ns): readonly Ns[] {
  const first = Math.max(0, from);
  if (!(to > first) || (to - first) / step > MAX_TICKS) return [];
  if (step >= LONG_STEP) {
    const count = Math.floor(to / step) - Math.ceil(first / step) + 1;
    return Array.from({ length: Math.max(0, count) }, (_, index) => (Math.ceil(first / step) + index) * step);
  }
  // It is asked for the step that was chosen already, and answers without a float's rounding errors.
  const index = { from: Math.ceil(first / step), to: Math.floor(to / step) };
  if (index.to < index.from) return [];
  if (index.to === index.from) return [index.from * step];
  return evenTimes(index.from * step, index.to * step, index.to - index.from);
}

/** A moment just before the range, as coarse as the range is long; null where times are short enough as they are. */
function baseOf(range: TimeRange, step: Ns): Tick | null {
  const { to } = range;
  const from = Math.max(0, range.from);
  if (to < NS_PER_MS || decimalsOf(step, to < NS_PER_SECOND ? NS_PER_MS : NS_PER_SECOND) <= mostDecimals(to))
    return null;
  const grain = 10 ** Math.ceil(Math.log10(Math.max(step, to - from)) - 1e-9);
  const time = Math.floor(from / grain) * grain;
  return time === 0 ? null : { time, label: momentLabel(time, grain, to) };
}

function mostDecimals(largest: Ns): number {
  return largest < NS_PER_SECOND || largest >= MINUTE ? MOST_DECIMALS - 1 : MOST_DECIMALS;
}

/** In the unit that suits the end of the range, with just the decimals that the step needs. */
function momentLabel(time: Ns, step: Ns, largest: Ns): string {
  if (time === 0) return '0';
  if (largest >= MINUTE) return clockLabel(time, decimalsOf(step, NS_PER_SECOND));
  const [unit, size] = unitOf(largest);
  return `${(time / size).toFixed(decimalsOf(step, size))} ${unit}`;
}

/** `+ 250 ns`; the base itself where the distance is none. */
function offsetLabel(offset: Ns, step: Ns, { to }: TimeRange, base: Tick): string {
  if (Math.abs(offset) < step / 2) return base.label;
  const [unit, size] = unitOf(to - base.time);
  return `+ ${(offset / size).toFixed(decimalsOf(step, size))} ${unit}`;
}

function unitOf(largest: Ns): readonly [name: string, size: Ns] {
  if (largest < NS_PER_US) return ['ns', 1];
  if (largest < NS_PER_MS) return ['µs', NS_PER_US];
  return largest < NS_PER_SECOND ? ['ms', NS_PER_MS] : ['s', NS_PER_SECOND];
}

function decimalsOf(step: Ns, size: Ns): number {
  return Math.min(9, Math.max(0, Math.ceil(-Math.log10(step / size) - 1e-9)));
}

function clockLabel(time: Ns, decimals: number): string {
  const scale = 10 ** decimals;
  const parts = Math.round((time / NS_PER_SECOND) * scale);
  const seconds = Math.floor(parts / scale);
  const fraction = decimals === 0 ? '' : `.${String(parts % scale).padStart(decimals, '0')}`;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const two = (value: number): string => String(value).padStart(2, '0');
  const rest = `${two(minutes)}:${two(seconds % 60)}${fraction}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
}

/** The marks of the time ruler: 1-2-5 steps below a minute, the clock's own steps above. */
import { NS_PER_MS, NS_PER_SECOND, type Ns } from '../../src/base/units';
import type { TimeRange } from './range';

export interface Tick {
  readonly time: Ns;
  readonly label: string;
}

const NS_PER_US = 1e3;
const MINUTE = 60 * NS_PER_SECOND;
const HOUR = 60 * MINUTE;
const longSteps: readonly Ns[] = [15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200].map(
  (seconds) => seconds * NS_PER_SECOND,
);
const DAY = 24 * HOUR;
/** Guards against a range that is broken (a hostile recording's clock): a ruler never has more marks. */
const MAX_TICKS = 1000;

/** The smallest sensible step that leaves at least `minPixels` between marks. */
export function tickStep(range: TimeRange, width: number, minPixels: number): Ns {
  const smallest = ((range.to - range.from) / Math.max(1, width)) * minPixels;
  if (!(smallest > 0)) return 1;
  if (smallest > 10 * NS_PER_SECOND) {
    const found = longSteps.find((step) => step >= smallest);
    return found ?? DAY * oneTwoFive(smallest / DAY);
  }
  return oneTwoFive(smallest);
}

function oneTwoFive(smallest: number): number {
  const power = 10 ** Math.floor(Math.log10(smallest));
  for (const multiple of [1, 2, 5]) {
    // A hair's tolerance: 0.2 is not smaller than 0.2000000001 in any way that matters here.
    if (multiple * power >= smallest * (1 - 1e-9)) return multiple * power;
  }
  return 10 * power;
}

export function ticks(range: TimeRange, width: number, minPixels: number): Tick[] {
  const step = tickStep(range, width, minPixels);
  const result: Tick[] = [];
  // Before the start of the run there is nothing, so no marks either.
  const first = Math.max(0, Math.ceil(range.from / step));
  for (let index = first; index * step <= range.to && result.length < MAX_TICKS; index++) {
    result.push({ time: index * step, label: tickLabel(index * step, step, range.to) });
  }
  return result;
}

/** In the unit that suits the end of the range, with just the decimals that the step needs. */
function tickLabel(time: Ns, step: Ns, largest: Ns): string {
  if (time === 0) return '0';
  if (step >= NS_PER_SECOND && largest >= MINUTE) return clockLabel(time);
  const [unit, size] =
    largest < NS_PER_US
      ? (['ns', 1] as const)
      : largest < NS_PER_MS
        ? (['µs', NS_PER_US] as const)
        : largest < NS_PER_SECOND
          ? (['ms', NS_PER_MS] as const)
          : (['s', NS_PER_SECOND] as const);
  const decimals = Math.max(0, Math.ceil(-Math.log10(step / size) - 1e-9));
  return `${(time / size).toFixed(Math.min(9, decimals))} ${unit}`;
}

function clockLabel(time: Ns): string {
  const seconds = Math.round(time / NS_PER_SECOND);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const two = (value: number): string => String(value).padStart(2, '0');
  const rest = `${two(minutes)}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
}

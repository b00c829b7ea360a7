/** Stretches of time as boxes on the ruler and the minimap. Pure; CSS pixels. */
import { NS_PER_MS, type Ns } from '../../src/base/units';
import { formatMoment } from '../format';
import { xOf, type TimeRange } from '../timeline/range';

export interface Box {
  readonly left: number;
  readonly width: number;
}

/** The part of a stretch that lies within `range`, at least `least` wide; null where none does. */
export function boxOf(stretch: TimeRange, range: TimeRange, width: number, least: number): Box | null {
  const left = Math.max(0, xOf(stretch.from, range, width));
  const right = Math.min(width, xOf(stretch.to, range, width));
  if (!(right >= left) || left > width || right < 0) return null;
  const size = Math.min(width, Math.max(least, right - left));
  return { left: Math.min(left, width - size), width: size };
}

export function asCss({ left, width }: Box): Record<string, string> {
  return { left: `${left}px`, width: `${width}px` };
}

const NS_PER_US = 1e3;

/** The moment under the pointer, as fine as the pointer can tell: `00:12.403`, closer `00:12.403 100 250`. */
export function pointerTime(time: Ns, nsPerPixel: Ns): string {
  const coarse = formatMoment(time, nsPerPixel);
  if (nsPerPixel >= NS_PER_US) return coarse;
  const cut = Math.floor(time / NS_PER_US);
  // What is written before must not be rounded up.
  const upToMicroseconds = formatMoment(cut * NS_PER_US, NS_PER_MS / 2);
  return `${upToMicroseconds} ${String(Math.floor(time - cut * NS_PER_US)).padStart(3, '0')}`;
}

/** Figures as people read them. Pure; the words around them are in strings.ts. */
import { NS_PER_MS, NS_PER_SECOND, type Bytes, type Ns } from '../src/base/units';

const NS_PER_US = 1e3;
const SECONDS_PER_HOUR = 3600;
const BYTES_PER_KB = 1024;

/** `mm:ss.t`, from an hour on `h:mm:ss.t`. Cut, not rounded: a clock does not show a second that is not over. */
export function formatClock(time: Ns): string {
  const tenths = Math.floor(Math.max(0, time) / (NS_PER_SECOND / 10));
  const seconds = Math.floor(tenths / 10);
  const hours = Math.floor(seconds / SECONDS_PER_HOUR);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${tenths % 10}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
}

/** A moment, as fine as a stretch of `scale` needs: `00:02.500`, or `00:02.500 013` below a millisecond. */
export function formatMoment(time: Ns, scale: Ns): string {
  const unit = scale < NS_PER_MS ? NS_PER_US : NS_PER_MS;
  const perSecond = NS_PER_SECOND / unit;
  const units = Math.round(Math.max(0, time) / unit);
  const whole = formatClock(Math.floor(units / perSecond) * NS_PER_SECOND).replace(/\.\d$/, '');
  const fraction = String(units % perSecond).padStart(unit === NS_PER_MS ? 3 : 6, '0');
  return `${whole}.${fraction.replace(/(\d{3})(\d{3})/, '$1 $2')}`;
}

/** Three significant digits at most: `850 µs`, `4.7 ms`, `412 ms`, `12.4 s`, `1 min 03 s`, `2 h 05 min`. */
export function formatDuration(duration: Ns): string {
  const seconds = duration / NS_PER_SECOND;
  // What would be rounded up to the next unit is written in the next unit.
  if (duration < 999.5) return `${Math.round(duration)} ns`;
  if (duration < 999.5 * NS_PER_US) return `${short(duration / NS_PER_US)} µs`;
  if (duration < 999.5 * NS_PER_MS) return `${short(duration / NS_PER_MS)} ms`;
  if (seconds < 59.95) return `${short(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < SECONDS_PER_HOUR) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

export function formatBytes(bytes: Bytes): string {
  const { value, unit } = inUnit(bytes, bytes);
  return `${value} ${unit}`;
}

/** Two sizes in the unit of the larger one: `38 | 22 MB`. */
export function formatBytesPair(first: Bytes, second: Bytes): string {
  const largest = Math.max(first, second);
  const { unit } = inUnit(largest, largest);
  return `${inUnit(first, largest).value} | ${inUnit(second, largest).value} ${unit}`;
}

function inUnit(bytes: Bytes, scale: Bytes): { value: string; unit: string } {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let index = 0;
  let divisor = 1;
  while (index < units.length - 1 && scale / divisor >= BYTES_PER_KB - 0.5) {
    index++;
    divisor *= BYTES_PER_KB;
  }
  const value = bytes / divisor;
  return { value: index === 0 ? String(Math.round(value)) : short(value), unit: units[index] ?? 'B' };
}

/** `38 %`, `0.6 %`; what is not nothing is never shown as 0. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  if (percent <= 0) return '0 %';
  if (percent < 0.1) return '< 0.1 %';
  return `${percent < 9.95 ? trimmed(percent, 1) : String(Math.round(percent))} %`;
}

export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `999`, `1.2 k`, `35 k`, `4.7 M`: where room is short. */
export function formatCountShort(count: number): string {
  if (count < 1000) return String(count);
  return count < 999.5e3 ? `${short(count / 1e3)} k` : `${short(count / 1e6)} M`;
}

/** `2`, `1.5`: at most two decimals. */
export function formatNumber(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

/** A number of threads on average: one decimal. */
export function formatAverage(value: number): string {
  return value.toFixed(1);
}

/** `0x7ffd1234`, as debuggers write addresses. */
export function formatAddress(address: number): string {
  return `0x${address.toString(16)}`;
}

/** Text of strangers: control characters as visible signs, and none that turn the direction of what follows. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code === 0x7f) return '\u2421';
    return code < 0x20 ? String.fromCodePoint(0x2400 + code) : '\uFFFD';
  });
}

/** `worker.js:12` of `/long/path/worker.js:12:5`. */
export function shortLocation(location: string): string {
  const [, path = location, line = ''] = /^(.*?)(:\d+)?(?::\d+)?$/s.exec(location) ?? [];
  return `${/[^/\\]*$/.exec(path)?.[0] ?? path}${line}`;
}

function short(value: number): string {
  return value < 9.95 ? trimmed(value, 1) : String(Math.round(value));
}

function trimmed(value: number, decimals: number): string {
  return value.toFixed(decimals).replace(/\.0+$/, '');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

import type { Ns } from '../base/units';

const FINEST_WIDTH: Ns = 2 ** 24;
const INITIAL_BINS = 256;
/** 36 minutes of the finest bins, of some 17 ms; whatever lasts longer has coarser ones. */
const MAX_BINS = 2 ** 17;

/** How many threads ran, and how many were ready but had no CPU, on average over a stretch of time. */
export interface Load {
  readonly running: number;
  readonly ready: number;
}

/** Running and ready threads of the whole program over time, summed up in bins as their intervals become known. */
export class LoadHistory {
  private origin: Ns | null = null;
  private width: Ns = FINEST_WIDTH;
  private running = new Float64Array(INITIAL_BINS);
  private ready = new Float64Array(INITIAL_BINS);
  /** How many of the bins. */
  private used = 0;

  /**
   * A thread ran for `running` and was ready for `ready` nanoseconds at some time within [start, end]. Negative figures
   * take back what was added before.
   */
  add(start: Ns, end: Ns, running: Ns, ready: Ns): void {
    if (!(end > start) || (running === 0 && ready === 0)) return;
    this.origin ??= Math.floor(start / FINEST_WIDTH) * FINEST_WIDTH;
    if (start < this.origin) this.beginAt(start);
    this.reach(end - this.origin);
    const from = start - this.origin;
    const to = end - this.origin;
    const { width } = this;
    const perNs = 1 / (to - from);
    for (let bin = Math.floor(from / width); bin * width < to; bin++) {
      const share = (Math.min(to, (bin + 1) * width) - Math.max(from, bin * width)) * perNs;
      this.running[bin] = (this.running[bin] ?? 0) + running * share;
      this.ready[bin] = (this.ready[bin] ?? 0) + ready * share;
    }
  }

  /** The averages within [from, to], as fine as the bins are. */
  between(from: Ns, to: Ns): Load {
    const { origin, width } = this;
    if (origin === null || !(to > from)) return { running: 0, ready: 0 };
    let running = 0;
    let ready = 0;
    const last = Math.min(this.running.length, Math.ceil((to - origin) / width));
    for (let bin = Math.max(0, Math.floor((from - origin) / width)); bin < last; bin++) {
      const start = origin + bin * width;
      const share = (Math.min(to, start + width) - Math.max(from, start)) / width;
      running += (this.running[bin] ?? 0) * share;
      ready += (this.ready[bin] ?? 0) * share;
    }
    return { running: running / (to - from), ready: ready / (to - from) };
  }

  /** Word of something older than all so far. */
  private beginAt(start: Ns): void {
    const origin = this.origin ?? start;
    const missing = (): number => Math.ceil((origin - start) / this.width);
    while (missing() + this.used > MAX_BINS) this.coarsen();
    const bins = missing();
    this.reach((this.used + bins) * this.width);
    for (const sums of [this.running, this.ready]) {
      sums.copyWithin(bins, 0, this.used);
      sums.fill(0, 0, bins);
    }
    this.used += bins;
    this.origin = origin - bins * this.width;
  }

  /** Makes sure that there is a bin for the time just before `to`. */
  private reach(to: Ns): void {
    while (to > this.width * MAX_BINS) this.coarsen();
    const needed = Math.ceil(to / this.width);
    this.used = Math.max(this.used, needed);
    if (needed <= this.running.length) return;
    let capacity = this.running.length;
    while (capacity < needed) capacity *= 2;
    this.running = resized(this.running, capacity);
    this.ready = resized(this.ready, capacity);
  }

  private coarsen(): void {
    this.width *= 2;
    this.used = Math.ceil(this.used / 2);
    for (const bins of [this.running, this.ready]) {
      const half = bins.length / 2;
      for (let bin = 0; bin < half; bin++) bins[bin] = (bins[2 * bin] ?? 0) + (bins[2 * bin + 1] ?? 0);
      bins.fill(0, half);
    }
  }
}

function resized(bins: Float64Array<ArrayBuffer>, capacity: number): Float64Array<ArrayBuffer> {
  const result = new Float64Array(capacity);
  result.set(bins);
  return result;
}

/** How many threads of the program ran, and how many were ready, over a range of time: the CPU strip's figures. */
import { NS_PER_SECOND, type Ns } from '../base/units';
import type { Load } from './loadHistory';
import { forEachInterval } from './select';
import type { Model } from './types';

export interface LoadColumns {
  /** Threads on average, by column. */
  readonly running: Float64Array;
  readonly ready: Float64Array;
}

/** `count` columns of equal width over [from, to], absolute times; what is not known yet counts as it looks now. */
export function loadColumns(model: Model, from: Ns, to: Ns, count: number): LoadColumns {
  const running = new Float64Array(count);
  const ready = new Float64Array(count);
  const width = (to - from) / count;
  if (!(width > 0)) return { running, ready };
  for (let column = 0; column < count; column++) {
    const load = model.load.between(from + column * width, from + (column + 1) * width);
    running[column] = load.running;
    ready[column] = load.ready;
  }
  forEachOpenStretch(model, (start, end, isRunning) => {
    const columns = isRunning ? running : ready;
    const last = Math.min(count - 1, Math.floor((end - from) / width));
    for (let column = Math.max(0, Math.floor((start - from) / width)); column <= last; column++) {
      const left = from + column * width;
      const overlap = Math.min(end, left + width) - Math.max(start, left);
      if (overlap > 0) columns[column] = (columns[column] ?? 0) + overlap / width;
    }
  });
  return { running, ready };
}

export function loadBetween(model: Model, from: Ns, to: Ns): Load {
  const { running, ready } = loadColumns(model, from, to, 1);
  return { running: running[0] ?? 0, ready: ready[0] ?? 0 };
}

const RECENTLY: Ns = NS_PER_SECOND;

/** Of a live run the last second, of an ended one all of it; null while nobody has looked yet. */
export function overallLoad(model: Model): Load | null {
  if (model.sampler === null || model.start === null || model.lastTick <= model.sampler.start) return null;
  const to = model.lastTick;
  const from = model.ended ? model.start : Math.max(model.sampler.start, to - RECENTLY);
  return to > from ? loadBetween(model, from, to) : null;
}

/** From the newest interval until now a thread that wants a CPU still has it, or still waits for it. */
function forEachOpenStretch(model: Model, visit: (start: Ns, end: Ns, isRunning: boolean) => void): void {
  if (model.ended) return;
  for (const thread of model.threads.values()) {
    if (thread.end !== null || thread.last?.runnable == null) continue;
    const to = Math.max(model.lastTick, thread.timeline.end);
    forEachInterval(model, thread, thread.timeline.end, to, ({ start, running, ready }) => {
      if (running + ready > 0) visit(start, to, running > 0);
    });
  }
}

/** What the CPU strip tells in words and figures. Pure. */
import { programCores, type Cores } from '../src/model/cores';
import type { Load } from '../src/model/loadHistory';
import { loadColumns, type LoadColumns } from '../src/model/programLoad';
import type { Model } from '../src/model/types';
import { cpu as texts } from './cpuTexts';
import { formatAverage, formatClock, formatNumber } from './format';
import { platformNames } from './strings';
import type { TimeRange } from './timeline/range';

/** How finely the strip is drawn, and how much time is under the pointer. CSS pixels. */
export const PIXELS_PER_COLUMN = 2;

/** Whether the system tells how long threads wait for a CPU. */
export function tellsReady(model: Model): boolean {
  return model.sampler === null || model.sampler.precision === 'ns';
}

/** `ready: not available on macOS`. */
export function readyUnknown(model: Model): string {
  const platform = platformNames[model.run?.platform ?? ''];
  return texts.readyUnknown(platform === undefined ? texts.here : texts.on(platform));
}

export function coresText({ count }: Cores): string {
  return texts.cores(formatNumber(count), count === 1);
}

/** The columns of a range of the run; `range` are times since its start. */
export function columnsOf(model: Model, { from, to }: TimeRange, count: number): LoadColumns {
  const zero = model.start ?? 0;
  return loadColumns(model, zero + from, zero + to, count);
}

/** `1.8`, or `≈ 1.8` where it is an estimate. */
export function runningText(model: Model, running: number): string {
  return tellsReady(model) ? formatAverage(running) : `≈ ${formatAverage(running)}`;
}

export function loadWords(model: Model, load: Load): readonly [running: string, ready: string] {
  const running = `${runningText(model, load.running)} ${texts.running}`;
  return [running, tellsReady(model) ? `${formatAverage(load.ready)} ${texts.ready}` : readyUnknown(model)];
}

const PEAK_COLUMNS = 200;

/** The picture in words, for those who cannot see it. */
export function stripSummary(model: Model, load: Load | null, range: TimeRange): string {
  if (load === null) return texts.chart(texts.nothing);
  const cores = programCores(model);
  const [running, ready] = loadWords(model, load);
  const columns = columnsOf(model, range, PEAK_COLUMNS);
  let peak = 0;
  let at = 0;
  columns.running.forEach((value, column) => {
    const total = value + (tellsReady(model) ? (columns.ready[column] ?? 0) : 0);
    if (total > peak) [peak, at] = [total, column];
  });
  const time = range.from + ((at + 0.5) / PEAK_COLUMNS) * (range.to - range.from);
  return texts.chart(
    [
      cores === null ? '' : texts.chartCores(coresText(cores)),
      model.ended ? texts.chartMean(running, ready) : texts.chartNow(running, ready),
      peak === 0 ? '' : texts.chartPeak(texts.threads(formatAverage(peak)), formatClock(time)),
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
  );
}

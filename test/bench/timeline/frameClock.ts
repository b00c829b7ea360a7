import type { PanelPage } from './panelPage';

/** What a stretch of moving came to. Milliseconds, one value a frame. */
export interface Frames {
  /** All that the page's main thread did since the frame before: handlers, scripts, style, layout, paint. */
  readonly work: readonly number[];
  /** The same, without the time it was ready but another program had the CPU. */
  readonly cpu: readonly number[];
  /** From one animation frame to the next. */
  readonly intervals: readonly number[];
}

/** Runs in the page before all else. As text: the page has no helpers that a transpiled function might call. */
export const frameClock = `(() => {
  const intervals = [];
  let last = 0;
  const onFrame = (time) => {
    intervals.push(time - last);
    last = time;
    requestAnimationFrame(onFrame);
  };
  requestAnimationFrame(onFrame);
  window.takeIntervals = () => intervals.splice(0);
})()`;

/** An event of Chromium's trace; times are microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const categories = [
  'disabled-by-default-devtools.timeline',
  'devtools.timeline',
  'devtools.timeline.frame',
  '__metadata',
];

/** The frames of what `move` does, by Chromium's own trace. */
export async function framesOf({ page }: PanelPage, move: () => Promise<void>): Promise<Frames> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('the page has no browser');
  await page.evaluate('takeIntervals()');
  await browser.startTracing(page, { categories });
  await move();
  const trace = await browser.stopTracing();
  const intervals = await page.evaluate<number[]>('takeIntervals()');
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  return { ...workOf(traceEvents), intervals };
}

/** The clock's own callback, and nothing to paint: no frame that anybody waits for. */
const IDLE_MS = 2;

/** Sums up the tasks of the page's main thread from one frame to the next. */
function workOf(events: readonly TraceEvent[]): Pick<Frames, 'work' | 'cpu'> {
  const frames = events.filter(({ name }) => name === 'FireAnimationFrame');
  const { pid, tid } = busiest(frames);
  const isMain = (event: TraceEvent): boolean => event.pid === pid && event.tid === tid;
  const begins = frames.filter(isMain).map(({ ts }) => ts);
  const tasks = events.filter((event) => event.ph === 'X' && event.name === 'RunTask' && isMain(event));
  tasks.sort((a, b) => a.ts - b.ts);
  begins.sort((a, b) => a - b);
  const work: number[] = [];
  const cpu: number[] = [];
  let [sum, cpuSum, next] = [0, 0, 0];
  for (const { ts, dur = 0, tdur = 0 } of tasks) {
    sum += dur / 1000;
    cpuSum += tdur / 1000;
    const isFrame = (begins[next] ?? Infinity) < ts + dur;
    if (!isFrame) continue;
    while ((begins[next] ?? Infinity) < ts + dur) next++;
    if (cpuSum > IDLE_MS) {
      work.push(sum);
      cpu.push(cpuSum);
    }
    [sum, cpuSum] = [0, 0];
  }
  return { work, cpu };
}

/** The thread with most of these events: a browser has other pages of its own. */
function busiest(events: readonly TraceEvent[]): { readonly pid: number; readonly tid: number } {
  const counts = new Map<string, { readonly event: TraceEvent; count: number }>();
  for (const event of events) {
    const found = counts.get(`${event.pid} ${event.tid}`);
    if (found === undefined) counts.set(`${event.pid} ${event.tid}`, { event, count: 1 });
    else found.count++;
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  if (most === undefined) throw new Error('the trace has no frames');
  return most.event;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

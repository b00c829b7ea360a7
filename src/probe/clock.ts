import type { RecordFields } from '../trace/records';

/** Nanoseconds of CLOCK_MONOTONIC, as in the records. */
export type Ns = RecordFields<'tick'>['time'];

// Captured before the program can replace them (fake timers do).
const performanceNow = performance.now.bind(performance);
const hrtime = process.hrtime.bigint.bind(process.hrtime);

/** CLOCK_MONOTONIC at this thread's performance.now() === 0: written once, because reading performance.now() is cheaper. */
const origin: Ns = Number(hrtime()) - performanceNow() * 1e6;

/** Nanoseconds of CLOCK_MONOTONIC. */
export function now(): Ns {
  return origin + performanceNow() * 1e6;
}

/** When this process's Node started (main thread), by Node's own time origin. */
export function timeOrigin(): Ns {
  return origin;
}

import type { RecordFields } from '../trace/records';

/** Nanoseconds of CLOCK_MONOTONIC, as in the records. */
export type Ns = RecordFields<'tick'>['time'];

// Captured before the program can replace them (fake timers do). Not performance.now: the first use of `performance`
// loads perf_hooks, which costs a millisecond in every process and worker.
const hrtime = process.hrtime.bigint.bind(process.hrtime);
const uptime = process.uptime.bind(process);

export function now(): Ns {
  return Number(hrtime());
}

/** When this process's Node started, by Node's own reckoning. */
export function processStart(): Ns {
  return now() - uptime() * 1e9;
}

/** Something about a process that is read now and then, when the budget allows. */
export interface Look {
  /** When it is wanted next, ns. */
  readonly due: number;
  /** Reads it, writes what is new, and sets the time of the next. */
  take(time: number): void;
  /** The process has become another program (or is new). */
  restart(time: number): void;
}

/** What a process's looks know of its doings. */
export interface Activity {
  /** When one of its threads was last seen to have run, ns. */
  readonly last: number;
}

/** A look may take this share of one core, for each process. */
const SHARE = 0.01;

/** The time until a look's next turn, ns: longer where it costs much (ns). */
export function pauseAfter(cost: number, wanted: number): number {
  return Math.max(wanted, cost / SHARE);
}

export function monotonicNow(): number {
  return Number(process.hrtime.bigint());
}

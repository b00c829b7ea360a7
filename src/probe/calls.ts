import type { Ns } from './clock';
import type { ThreadLog } from './log';
import type { ProbeSettings } from './settings';

/** What the hooks of one thread share. */
export interface ProbeContext {
  readonly log: ThreadLog;
  readonly settings: ProbeSettings;
  /** Number of the next spawn or `new Worker` call of this thread. */
  nextCall(): number;
  /** Whether the line of the `ordinal`-th event of a frequent kind is worth looking up, some 5 microseconds. */
  isLineDue(ordinal: number, time: Ns): boolean;
}

/** Lines are looked up for so many events of a kind, and then once in this time per thread. */
const FIRST_LINES = 4;
const LINE_INTERVAL: Ns = 20e6;

export function createContext(log: ThreadLog, settings: ProbeSettings): ProbeContext {
  let calls = 0;
  let lineTime: Ns = 0;
  const isLineDue = (ordinal: number, time: Ns): boolean => {
    if (ordinal > FIRST_LINES && time - lineTime < LINE_INTERVAL) return false;
    lineTime = time;
    return true;
  };
  return { log, settings, nextCall: () => ++calls, isLineDue };
}

/** What children are told: the call they descend from. */
export function tokenOf(context: ProbeContext, call: number): string {
  return `${context.log.name}#${call}`;
}

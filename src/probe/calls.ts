import type { ThreadLog } from './log';
import type { ProbeSettings } from './settings';

/** What the hooks of one thread share. */
export interface ProbeContext {
  readonly log: ThreadLog;
  readonly settings: ProbeSettings;
  /** Number of the next spawn or `new Worker` call of this thread. */
  nextCall(): number;
}

export function createContext(log: ThreadLog, settings: ProbeSettings): ProbeContext {
  let calls = 0;
  return { log, settings, nextCall: () => ++calls };
}

/** What children are told: the call they descend from. */
export function tokenOf(context: ProbeContext, call: number): string {
  return `${context.log.name}#${call}`;
}

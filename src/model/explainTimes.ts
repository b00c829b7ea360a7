/** Time in each state within a stretch, over one thread or many. */
import type { Ns } from '../base/units';
import { processCores, type Cores } from './cores';
import { tailInterval } from './select';
import { liveStates } from './states';
import { ESTIMATED, TIMES_LENGTH } from './intervalColumns';
import { noTimes, type StateTimes } from './timeline';
import type { Model, Thread } from './types';

export interface TimesWithin {
  readonly times: StateTimes;
  readonly estimated: Ns;
}

/** How a thread spent [from, to], as far as it was alive. Intervals that reach beyond count by their share. */
export function timesWithin(model: Model, thread: Thread, from: Ns, to: Ns): TimesWithin {
  const sums = new Float64Array(TIMES_LENGTH);
  thread.timeline.addTimes(from, to, sums);
  const times = noTimes();
  for (const [index, state] of liveStates.entries()) times[state] = Math.max(0, sums[index] ?? 0);
  let estimated = Math.max(0, sums[ESTIMATED] ?? 0);
  const tail = tailInterval(model, thread);
  if (tail !== null) {
    const overlap = Math.max(0, Math.min(tail.end, to) - Math.max(tail.start, from));
    for (const state of liveStates) times[state] += tail[state] * (overlap / (tail.end - tail.start));
    if (tail.estimated) estimated += overlap;
  }
  return { times, estimated };
}

const RUNNING = liveStates.indexOf('running');
const scratch = new Float64Array(TIMES_LENGTH);

/** `timesWithin` without an object: a run may have thousands of threads. */
function runningWithin(model: Model, thread: Thread, from: Ns, to: Ns): Ns {
  const { timeline } = thread;
  scratch.fill(0);
  timeline.addTimes(from, to, scratch);
  const running = Math.max(0, scratch[RUNNING] ?? 0);
  if (to <= timeline.end) return running;
  const tail = tailInterval(model, thread);
  if (tail === null || tail.running === 0) return running;
  return running + Math.max(0, Math.min(tail.end, to) - Math.max(tail.start, from));
}

/** How many recorded intervals of a thread have a part in a stretch: found without looking at them. */
export function intervalCount({ timeline }: Thread, from: Ns, to: Ns): number {
  if (timeline.length === 0 || to <= timeline.start || from >= timeline.end) return 0;
  const first = Math.max(0, timeline.indexAt(from));
  const last = timeline.indexAt(to);
  // One that begins just then has no part in it.
  return last - first + (timeline.at(last).start < to ? 1 : 0);
}

/** Who had the CPUs while a thread waited for one. */
export interface Competition {
  /** How many cores its process may use at once; null where that is not known. */
  readonly cores: Cores | null;
  /** Threads of the program that were on a CPU, on average. */
  readonly used: number;
  /** The others that ran most, with their share of the time. */
  readonly runners: readonly Runner[];
  /** Threads of the program that ran besides those, this one not among them. */
  readonly others: number;
  /** The program's own threads took all cores it may use. */
  readonly isProgramsOwn: boolean;
}

export interface Runner {
  readonly threadId: string;
  /** Of the stretch, 0 to 1. */
  readonly share: number;
}

const MOST_RUNNERS = 3;
/** Less than this of a core is no competition worth a name. */
const NEGLIGIBLE_SHARE = 0.02;
/** The program's threads fill the cores if they use this much of them. */
const FULL = 0.9;
export function competitionFor(model: Model, thread: Thread, from: Ns, to: Ns): Competition {
  const duration = Math.max(1, to - from);
  const runners: Runner[] = [];
  let used = 0;
  for (const other of model.threads.values()) {
    if ((other.end ?? Infinity) <= from || other.start >= to) continue;
    const share = runningWithin(model, other, from, to) / duration;
    used += share;
    if (other !== thread && share >= NEGLIGIBLE_SHARE) runners.push({ threadId: other.id, share });
  }
  runners.sort((a, b) => b.share - a.share);
  const process = model.processes.get(thread.processId);
  const cores = process === undefined ? null : processCores(process, model.run?.cores ?? null);
  return {
    cores,
    used,
    runners: runners.slice(0, MOST_RUNNERS),
    others: Math.max(0, runners.length - MOST_RUNNERS),
    isProgramsOwn: cores !== null && used >= cores.count * FULL,
  };
}

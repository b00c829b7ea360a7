/** Figures of threads and processes that rows are sorted and filtered by. Pure. */
import type { Ns } from '../../src/base/units';
import { lifeEnd, stateTimes } from '../../src/model/select';
import { cpuTime } from '../../src/model/selectPanel';
import type { Model, Process, Thread } from '../../src/model/types';

/** A thread that used less of a CPU over its life hardly ran. */
export const IDLE_SHARE = 0.005;

/** On a CPU so far. */
export function threadCpuTime(model: Model, thread: Thread): Ns {
  if (thread.end === null) return cpuTime(model, [thread]);
  return Math.max(thread.last?.cpu ?? 0, thread.timeline.totalRunning);
}

export function threadBlockedTime(model: Model, thread: Thread): Ns {
  return thread.end === null ? stateTimes(model, thread).blocked : thread.timeline.totals.blocked;
}

export function processCpuTime(model: Model, process: Process): Ns {
  let ofThreads = 0;
  for (const thread of process.threads) ofThreads += threadCpuTime(model, thread);
  return Math.max(process.cpuSamples.at(-1)?.cpu ?? 0, ofThreads);
}

export function processBlockedTime(model: Model, process: Process): Ns {
  let ofThreads = 0;
  for (const thread of process.threads) ofThreads += threadBlockedTime(model, thread);
  return ofThreads;
}

/** It hardly ran, and the probe saw no call that blocked it. Nobody looked: then it is not known to be idle. */
export function isIdle(model: Model, thread: Thread): boolean {
  if (thread.last === null || thread.blockedSpans.length > 0) return false;
  const life = lifeEnd(model, thread) - thread.start;
  return threadCpuTime(model, thread) < life * IDLE_SHARE;
}

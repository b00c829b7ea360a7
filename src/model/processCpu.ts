/** CPU time of whole processes, where the system does not let us follow single threads. */
import type { Ns } from '../base/units';
import { processCpuShare } from './select';
import { cpuTime } from './selectPanel';
import type { Model, Process } from './types';

/** Share of one CPU lately: of its threads together or, where these cannot be followed, as the system says of the whole. */
export function recentCpuShare(model: Model, process: Process): number | null {
  const last = process.cpuSamples.at(-1);
  const before = process.cpuSamples.at(-2);
  if (last === undefined) return processCpuShare(model, process);
  if (process.end !== null || before === undefined || last.time <= before.time) return null;
  return Math.max(0, last.cpu - before.cpu) / (last.time - before.time);
}

/** On a CPU so far, all its threads together. */
export function processCpuTime(model: Model, process: Process): Ns {
  return Math.max(process.cpuSamples.at(-1)?.cpu ?? 0, cpuTime(model, process.threads));
}

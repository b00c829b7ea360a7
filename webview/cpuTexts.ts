/** Texts of the CPU strip, and what the toolbar tells of the sampler. */
import type { Cores } from '../src/model/cores';
import type { SamplerPrecision } from '../src/model/types';

const limits: Readonly<Record<Cores['limitedBy'], string>> = {
  machine: 'all cores of this machine',
  affinity: 'limited by its CPU affinity: the list of CPUs it may run on',
  cgroup: 'limited by its control group (cgroup), as containers are',
};

export const cpu = {
  label: 'CPU',
  title: 'Threads of the whole program that ran, and that were ready but had no CPU, over time',
  cores: (count: string, isOne: boolean): string => `${count} ${isOne ? 'core' : 'cores'}`,
  coresOf: (machine: string): string => `of ${machine}`,
  coresTitle: (cores: Cores): string => `What the program may use at once: ${limits[cores.limitedBy]}`,
  coresLimit: (text: string, cores: Cores): string => `${text}: ${limits[cores.limitedBy]}`,
  now: 'now',
  mean: 'mean',
  running: 'running',
  ready: 'ready',
  readyUnknown: (place: string): string => `ready: not available ${place}`,
  readyUnknownTitle: 'This system does not tell how long threads wait for a CPU',
  here: 'here',
  on: (platform: string): string => `on ${platform}`,
  chart: (text: string): string => `CPU over time. ${text}`,
  chartCores: (cores: string): string => `The program may use ${cores}.`,
  chartNow: (running: string, ready: string): string => `Now: ${running}, ${ready}.`,
  chartMean: (running: string, ready: string): string => `On average: ${running}, ${ready}.`,
  chartPeak: (count: string, time: string): string => `The most at once: ${count} at ${time}.`,
  nothing: 'Nothing was measured yet.',
  threads: (count: string): string => `${count} threads`,
  moreThanCores: 'More threads want to run than there are cores: the others are Ready and wait.',
} as const;

export const samplerTexts = {
  overheadTitle: (threads: string, processes: string): string =>
    `What looking at the program costs: the CPU time of the sampler, as a share of one core. It may take 3 % of one core and looks less often rather than take more. It watches ${threads} threads of ${processes} processes.`,
  rateTitle: (threads: string, processes: string): string =>
    `How often a second the sampler looks at all ${threads} threads of ${processes} processes. It looks less often when there are many of them, to stay below 3 % of one core.`,
  estimated: 'states estimated',
} as const;

/** Why states are less certain than nanoseconds of the kernel; null where they are those. */
export function precisionText(precision: SamplerPrecision, platform: string): string | null {
  switch (precision) {
    case 'ns':
      return null;
    case 'ticks':
      return `${platform} counts the CPU time of threads in steps of some milliseconds, and does not tell how long they wait for a CPU: Running is estimated, Ready is not available.`;
    case 'none':
      return `CPU time of single threads is not available on ${platform}: their states are estimated from what the program itself reports.`;
  }
}

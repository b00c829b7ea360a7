/** Facts that the system keeps of processes and threads alike. */
import type { ProcessFacts, ThreadFacts } from '../../src/model/systemTypes';
import { cpuCount } from '../../src/model/cores';
import { factTexts as texts, policyMeanings } from '../factTexts';
import { printable } from '../format';

type Scheduling = Pick<ProcessFacts | ThreadFacts, 'priority' | 'nice' | 'policy'>;

/** `20 · nice 0 · normal: shares CPUs fairly`; null where nothing of it is known. */
export function priorityText({ priority, nice, policy }: Scheduling): string | null {
  const parts = [
    priority === null ? null : String(priority),
    nice === null ? null : texts.nice(nice),
    policy === null ? null : (policyMeanings[policy] ?? printable(policy)),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' · ');
}

/** `0-3 (4 CPUs)`. */
export function affinityText(list: string | null): string | null {
  if (list === null) return null;
  const count = cpuCount(list);
  return count === null ? printable(list) : texts.cpus(list, texts.cpuCount(count));
}

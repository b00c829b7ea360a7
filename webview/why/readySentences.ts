/** Why a thread did not get a CPU, in a sentence. Pure. */
import type { Ns } from '../../src/base/units';
import type { Competition } from '../../src/model/explainTimes';
import { formatAverage, formatDuration, formatNumber, formatPercent } from '../format';
import { threadWord, type Naming } from './naming';
import type { Sentence } from './sentence';
import { listOf, readyTexts } from './whyTexts';

export function readySentence(naming: Naming, time: Ns, competition: Competition): Sentence {
  const { cores, used, runners, isProgramsOwn } = competition;
  const duration = formatDuration(time);
  const average = formatAverage(used);
  if (cores === null) return readyTexts.unknownCores(duration, average);
  const count = formatNumber(cores.count);
  if (isProgramsOwn) {
    return runners.length === 0
      ? readyTexts.busySelf(duration, cores.count, count)
      : readyTexts.busy(duration, cores.count, count, runnersList(naming, competition));
  }
  if (cores.limitedBy === 'cgroup') return readyTexts.limited(duration, average, count);
  return runners.length === 0
    ? readyTexts.others(duration, average, count)
    : readyTexts.othersMostly(duration, average, count, runnersList(naming, competition));
}

/** `worker 3 (94 %), worker 5 (88 %) and 2 more threads`. */
export function runnersList(naming: Naming, { runners, others }: Competition): Sentence {
  const words = runners.map(({ threadId, share }) =>
    readyTexts.runner(threadWord(naming, threadId), formatPercent(share)),
  );
  return listOf(others === 0 ? words : [...words, readyTexts.moreRunners(others)]);
}

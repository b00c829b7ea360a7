/** Finding long tasks by time. Pure. They are in order and do not overlap. */
import type { Ns } from '../../src/base/units';
import type { LongTask, Thread } from '../../src/model/types';

/** Index of the first one that ends after `time`. */
export function firstTaskAfter(tasks: readonly LongTask[], time: Ns): number {
  let low = 0;
  let high = tasks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tasks[middle]?.end ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The longest one that takes part in [from, to]. */
export function longestTask({ longTasks }: Thread, from: Ns, to: Ns): LongTask | null {
  let longest: LongTask | null = null;
  for (let index = firstTaskAfter(longTasks, from); index < longTasks.length; index++) {
    const task = longTasks[index];
    if (task === undefined || task.start >= to) break;
    if (longest === null || task.end - task.start > longest.end - longest.start) longest = task;
  }
  return longest;
}

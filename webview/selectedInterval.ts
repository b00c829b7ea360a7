import type { Ns } from '../src/base/units';
import { spanDuring } from '../src/model/explainBlocked';
import { stretchAt, type Stretch } from '../src/model/explainStretch';
import type { Thread } from '../src/model/types';
import type { WaitView } from '../src/model/waits';
import type { PanelStore } from './store';
import type { Hit } from './timeline/hit';
import { laneThreads } from './timeline/lane';
import { longestTask } from './timeline/longTasks';
import { waitDuring } from './waits/waitsByThread';

export interface SelectedInterval extends Stretch {
  readonly rowId: string;
  readonly thread: Thread;
}

/** What the probe told of a stretch of a thread's time. */
export interface IntervalFacts {
  /** The line that blocks, where the probe saw it. */
  readonly location: string | null;
  readonly wait: WaitView | null;
  /** How long its event loop was held up, by a task that takes part in the interval. */
  readonly longTask: Ns | null;
  /** The system call it sleeps in; known of the newest look at a thread only. */
  readonly systemCall: string | null;
}

/** The interval the user picked on a lane; null when only a row is selected. */
export function selectedInterval(store: PanelStore): SelectedInterval | null {
  const row = store.selectedRow.value;
  const time = store.selection.value?.time ?? null;
  const { model } = store;
  if (row === null || time === null || model.start === null) return null;
  const [thread, ...others] = laneThreads(row);
  // Of several thin lanes in one row nobody can say which one was meant.
  if (thread === undefined || others.length > 0) return null;
  const stretch = stretchAt(model, thread, model.start + time);
  return stretch === null ? null : { ...stretch, rowId: row.id, thread };
}

/** For the tooltip: what is quickly told of an interval under the pointer. */
export function factsOf(store: PanelStore, thread: Thread, hit: Hit): IntervalFacts {
  const task = longestTask(thread, hit.start, hit.end);
  const isBlocked = hit.times.blocked > 0;
  return {
    location: isBlocked ? (spanDuring(thread, hit.start, hit.end)?.location ?? null) : null,
    wait: isBlocked ? waitDuring(store.waits.value, thread.id, hit) : null,
    longTask: task === null ? null : task.end - task.start,
    systemCall: systemCallDuring(thread, hit),
  };
}

function systemCallDuring({ last }: Thread, hit: Hit): string | null {
  if (last === null || last.runnable !== null || hit.times.waiting + hit.times.blocked === 0) return null;
  return hit.start <= last.time && last.time <= hit.end ? last.systemCall : null;
}

import type { Ns } from '../src/base/units';
import type { Thread } from '../src/model/types';
import type { PanelStore } from './store';
import { hitThread, type Hit } from './timeline/hit';
import { laneThreads } from './timeline/lane';

export interface SelectedInterval extends Hit {
  readonly rowId: string;
  readonly thread: Thread;
  /** The line that blocks, where the probe saw it. */
  readonly location: string | null;
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
  const at = model.start + time;
  const hit = hitThread(model, thread, at, at + 1);
  return hit === null ? null : { ...hit, rowId: row.id, thread, location: blockedAt(thread, hit) };
}

/** Where in the program the wait of an interval was entered. */
export function blockedAt(thread: Thread, interval: { readonly start: Ns; readonly end: Ns }): string | null {
  const span = thread.blockedSpans.find(
    ({ start, end, location }) =>
      location !== null && start < interval.end && (end === null || end > interval.start),
  );
  return span?.location ?? null;
}

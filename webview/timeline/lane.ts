/** Where things are within a row of the lanes: shared by painting and hit-testing. Pure; CSS pixels. */
import type { Row } from '../../src/model/select';
import type { Thread } from '../../src/model/types';

export const ROW_HEIGHT = 26;
export const BAR_TOP = 5;
export const BAR_HEIGHT = 16;

/** The threads whose lanes a row shows, top to bottom: usually one, several thin ones for closed native threads. */
export function laneThreads(row: Row): readonly Thread[] {
  switch (row.kind) {
    case 'thread':
      return [row.thread];
    case 'process':
      return row.lane === null ? [] : [row.lane];
    case 'nativeThreads':
      return row.collapsed ? row.threads : [];
  }
}

/** The thread at height `y` within its row; null where the row shows no lane. */
export function threadAt(row: Row, y: number): Thread | null {
  const threads = laneThreads(row);
  const index = Math.floor(((y - BAR_TOP) / BAR_HEIGHT) * threads.length);
  return threads[Math.max(0, Math.min(threads.length - 1, index))] ?? null;
}

/** Where things are within a row of the lanes: shared by painting and hit-testing. Pure; CSS pixels. */
import type { Row } from '../../src/model/select';
import type { Thread } from '../../src/model/types';

export const densities = ['compact', 'normal', 'roomy'] as const;
/** How high a row is. */
export type Density = (typeof densities)[number];

/** The parts of a row, from its top. */
export interface RowGeometry {
  readonly rowHeight: number;
  /** Spans stand above the states. */
  readonly spanTop: number;
  readonly spanHeight: number;
  readonly barTop: number;
  readonly barHeight: number;
}

export const rowGeometries: Readonly<Record<Density, RowGeometry>> = {
  compact: { rowHeight: 18, spanTop: 1, spanHeight: 4, barTop: 6, barHeight: 10 },
  normal: { rowHeight: 26, spanTop: 2, spanHeight: 9, barTop: 12, barHeight: 11 },
  roomy: { rowHeight: 36, spanTop: 3, spanHeight: 14, barTop: 18, barHeight: 14 },
};

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
export function threadAt(row: Row, y: number, { barTop, barHeight }: RowGeometry): Thread | null {
  const threads = laneThreads(row);
  const index = Math.floor(((y - barTop) / barHeight) * threads.length);
  return threads[Math.max(0, Math.min(threads.length - 1, index))] ?? null;
}

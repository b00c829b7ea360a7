/** The keyboard of the tree, by the treegrid pattern of the ARIA practices. Pure. */
import type { Row } from '../src/model/select';
import { expandedAt } from '../src/model/selectPanel';
import { laneThreads } from './timeline/lane';

export type TreeAction =
  | { readonly kind: 'go'; readonly index: number }
  | { readonly kind: 'expand' | 'collapse'; readonly index: number }
  | { readonly kind: 'enterLane' }
  | { readonly kind: 'openDetails' };

export interface TreePlace {
  readonly rows: readonly Row[];
  /** How many of them stand pinned above the tree. */
  readonly pinned: number;
  /** Index of the selected row, -1 if there is none. */
  readonly current: number;
  /** How many rows fit on the screen. */
  readonly page: number;
}

export function treeAction(key: string, place: TreePlace): TreeAction | null {
  const { rows, current, page } = place;
  const last = rows.length - 1;
  if (last < 0) return null;
  const go = (index: number): TreeAction => ({ kind: 'go', index: Math.max(0, Math.min(last, index)) });
  switch (key) {
    case 'ArrowDown':
      return go(current + 1);
    case 'ArrowUp':
      return go(current < 0 ? 0 : current - 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(last);
    case 'PageDown':
      return go(current + page);
    case 'PageUp':
      return go(current - page);
    case 'ArrowRight':
      return right(place);
    case 'ArrowLeft':
      return left(place);
    case 'Enter':
      if (current < 0) return go(0);
      return isLeaf(place) ? { kind: 'enterLane' } : { kind: 'openDetails' };
    case ' ':
      return current < 0 ? go(0) : { kind: 'openDetails' };
    default:
      return null;
  }
}

/** Opens a closed row; from an open one to its first child; from one without any into its lane. */
function right(place: TreePlace): TreeAction | null {
  const { rows, current } = place;
  const expanded = expansionOf(place);
  if (expanded === false) return { kind: 'expand', index: current };
  if (expanded === true) return { kind: 'go', index: current + 1 };
  return rows[current] !== undefined && isLeaf(place) ? { kind: 'enterLane' } : null;
}

/** Closes an open row; from any other to its parent. */
function left(place: TreePlace): TreeAction | null {
  const { rows, pinned, current } = place;
  const row = rows[current];
  if (row === undefined || current < pinned) return null;
  if (expansionOf(place) === true) return { kind: 'collapse', index: current };
  for (let index = current - 1; index >= pinned; index--) {
    if ((rows[index]?.depth ?? 0) < row.depth) return { kind: 'go', index };
  }
  return null;
}

/** A pinned row stands alone. */
function expansionOf({ rows, pinned, current }: TreePlace): boolean | null {
  return current < pinned ? null : expandedAt(rows, current);
}

/** A row with one lane that can be walked along. */
function isLeaf(place: TreePlace): boolean {
  const row = place.rows[place.current];
  return row !== undefined && laneThreads(row).length === 1 && expansionOf(place) !== true;
}

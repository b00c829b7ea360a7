/** The keyboard of the tree, by the treegrid pattern of the ARIA practices. Pure. */
import type { Row } from '../src/model/select';
import { expandedAt } from '../src/model/selectPanel';

export type TreeAction =
  | { readonly kind: 'go'; readonly index: number }
  | { readonly kind: 'expand' | 'collapse'; readonly index: number }
  | { readonly kind: 'openDetails' }
  | { readonly kind: 'zoomIn' | 'zoomOut' | 'panLeft' | 'panRight' | 'fit' | 'follow' };

const laneKeys: Readonly<Record<string, TreeAction>> = {
  '+': { kind: 'zoomIn' },
  '=': { kind: 'zoomIn' },
  '-': { kind: 'zoomOut' },
  w: { kind: 'zoomIn' },
  s: { kind: 'zoomOut' },
  a: { kind: 'panLeft' },
  d: { kind: 'panRight' },
  '0': { kind: 'fit' },
  f: { kind: 'follow' },
};

/** `current` is the index of the selected row, -1 if there is none; `page` how many rows fit on the screen. */
export function treeAction(
  key: string,
  rows: readonly Row[],
  current: number,
  page: number,
): TreeAction | null {
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
      return right(rows, current);
    case 'ArrowLeft':
      return left(rows, current);
    case 'Enter':
    case ' ':
      return current < 0 ? go(0) : { kind: 'openDetails' };
    default:
      return laneKeys[key.toLowerCase()] ?? null;
  }
}

/** Opens a closed row; from an open one to its first child. */
function right(rows: readonly Row[], current: number): TreeAction | null {
  const row = rows[current];
  if (row === undefined) return null;
  if (expandedAt(rows, current) === false) return { kind: 'expand', index: current };
  const next = rows[current + 1];
  return next !== undefined && next.depth > row.depth ? { kind: 'go', index: current + 1 } : null;
}

/** Closes an open row; from any other to its parent. */
function left(rows: readonly Row[], current: number): TreeAction | null {
  const row = rows[current];
  if (row === undefined) return null;
  if (expandedAt(rows, current) === true) return { kind: 'collapse', index: current };
  for (let index = current - 1; index >= 0; index--) {
    if ((rows[index]?.depth ?? 0) < row.depth) return { kind: 'go', index };
  }
  return null;
}

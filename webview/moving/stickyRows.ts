/** Which process rows stay in sight at the top while their threads are scrolled through. Pure. */
import type { Row } from '../../src/model/select';

const MOST = 3;

/**
 * Indices of the rows to repeat at the top: the processes around the first row below them, outermost first. At most
 * `most`, and only what has itself left the screen. `scrollTop`: how far the rows are scrolled, CSS pixels.
 */
export function stickyRows(
  rows: readonly Row[],
  scrollTop: number,
  rowHeight: number,
  most: number = MOST,
): readonly number[] {
  if (scrollTop <= 0) return [];
  // What stands at the top covers rows, so the first row below it depends on how much stands there: as much as fits.
  for (let count = Math.min(most, MOST); count > 0; count--) {
    const first = Math.floor((scrollTop + count * rowHeight) / rowHeight);
    const around = processesAround(rows, first).slice(-count);
    const gone = around.filter((index, place) => index * rowHeight < scrollTop + place * rowHeight);
    if (gone.length === count) return gone;
  }
  return [];
}

/** Indices of the processes that a row is part of, itself included when it is one with rows inside; outermost first. */
export function processesAround(rows: readonly Row[], index: number): readonly number[] {
  const row = rows[index];
  if (row === undefined) return [];
  const found: number[] = [];
  if (row.kind === 'process' && (rows[index + 1]?.depth ?? 0) > row.depth) found.push(index);
  let { depth } = row;
  for (let above = index - 1; above >= 0 && depth > 0; above--) {
    const candidate = rows[above];
    if (candidate === undefined || candidate.depth >= depth) continue;
    depth = candidate.depth;
    if (candidate.kind === 'process') found.push(above);
  }
  return found.reverse();
}

/** From one row that the search found to another. Pure. */
import type { ArrangedRows } from '../rows/arrangeRows';

/** The next (1) or previous (-1) match as seen from a row, round at the ends; null where nothing was found. */
export function neighbourMatch(
  { rows, matches }: Pick<ArrangedRows, 'rows' | 'matches'>,
  rowId: string | null,
  by: -1 | 1,
): string | null {
  const count = matches.length;
  if (count === 0) return null;
  const at = rowId === null ? -1 : matches.indexOf(rowId);
  if (at >= 0) return matches[(at + by + count) % count] ?? null;
  const from = rows.findIndex(({ id }) => id === rowId);
  const found = new Set(matches);
  const isMatch = ({ id }: { readonly id: string }): boolean => found.has(id);
  if (by > 0) return rows.slice(from + 1).find(isMatch)?.id ?? matches[0] ?? null;
  return rows.slice(0, Math.max(0, from)).findLast(isMatch)?.id ?? matches.at(-1) ?? null;
}

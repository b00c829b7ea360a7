import { rows, type Expansion, type Row } from '../../src/model/select';
import type { Model } from '../../src/model/types';
import type { Arrangement } from './arrangement';

export interface ArrangedRows {
  /** Stay on top, whatever else is shown. Their ids are those of the rows they show. */
  readonly pinned: readonly Row[];
  /** All others, depth first. */
  readonly rows: readonly Row[];
  /** Rows that the filter hides. */
  readonly hidden: number;
}

/** The rows of the tree as the user wants them. */
export function arrangeRows(model: Model, expansion: Expansion, _arrangement: Arrangement): ArrangedRows {
  return { pinned: [], rows: rows(model, expansion), hidden: 0 };
}

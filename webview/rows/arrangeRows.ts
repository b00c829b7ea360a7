import { NS_PER_SECOND, type Ns } from '../../src/base/units';
import { rows, type Expansion, type Row } from '../../src/model/select';
import type { Model } from '../../src/model/types';
import type { Arrangement } from './arrangement';
import { buildRows } from './buildRows';
import { pinnedRows } from './pinnedRows';
import { isTreeCurrent, processTree, type ProcessTree } from './processTree';
import { hidesRows } from './rowFilter';

export interface ArrangedRows {
  /** Stay on top, whatever else is shown. Their ids are those of the rows they show. */
  readonly pinned: readonly Row[];
  /** All others, depth first. */
  readonly rows: readonly Row[];
  /** Ids of the rows in which the search found its words, in the order of the rows. */
  readonly matches: readonly string[];
  /** Rows that the filter hides. */
  readonly hidden: number;
}

/** What changes all the time (states, CPU time) moves rows twice a second at most: else nobody could point at them. */
const PACE: Ns = NS_PER_SECOND / 2;
/** Times may be nonsense: then so many records stand for the passing of time. */
const PACE_RECORDS = 20_000;
/** With more processes and threads new ones appear at that pace, too: looking at all of them takes too long. */
const MANY = 5000;

interface Cached {
  readonly expansion: Expansion;
  readonly arrangement: Arrangement;
  readonly tree: ProcessTree;
  readonly result: ArrangedRows;
  /** When the model was last looked at. */
  readonly time: Ns;
  readonly revision: number;
}

const cache = new WeakMap<Model, Cached>();

/**
 * The rows of the tree as the user wants them. Called for every batch of records: rows stay the same objects as long
 * as nothing else but what they show has changed.
 */
export function arrangeRows(model: Model, expansion: Expansion, arrangement: Arrangement): ArrangedRows {
  const known = cache.get(model);
  const isAsAsked = known?.expansion === expansion && known.arrangement === arrangement;
  if (isAsAsked && !isDue(model, known)) return known.result;
  const isSameTree = known !== undefined && isTreeCurrent(model, known.tree);
  const tree = isSameTree ? known.tree : processTree(model);
  const { now: time, revision } = model;
  const result =
    isAsAsked && isSameTree && !isArranged(arrangement)
      ? known.result
      : computeRows(model, tree, expansion, arrangement);
  cache.set(model, { expansion, arrangement, tree, result, time, revision });
  return result;
}

function isDue(model: Model, { arrangement, tree, time, revision }: Cached): boolean {
  if (model.revision === revision) return false;
  if (model.ended || model.now - time >= PACE || model.revision - revision >= PACE_RECORDS) return true;
  const isMoving = arrangement.sort === 'cpu' || arrangement.sort === 'blocked';
  if (isMoving || model.processes.size + model.threads.size > MANY) return false;
  return !isTreeCurrent(model, tree);
}

function computeRows(
  model: Model,
  tree: ProcessTree,
  expansion: Expansion,
  arrangement: Arrangement,
): ArrangedRows {
  const pinned = pinnedRows(model, tree, arrangement.pins);
  if (!isArranged(arrangement)) return { pinned, rows: rows(model, expansion), matches: [], hidden: 0 };
  return { pinned, ...buildRows(model, tree, expansion, arrangement) };
}

/** Otherwise the rows are as the model has them. */
function isArranged(arrangement: Arrangement): boolean {
  return arrangement.sort !== 'tree' || arrangement.places.length > 0 || hidesRows(arrangement);
}

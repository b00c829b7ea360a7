/** Rows that stay on top, in the order in which the user pinned them. Pure. */
import type { Row } from '../../src/model/select';
import type { Model } from '../../src/model/types';
import { nativeRowId } from './buildRows';
import type { ProcessTree } from './processTree';

/** What is not there (any more, or yet) is passed over. Each shows its own lane, whatever is open in the tree. */
export function pinnedRows(model: Model, tree: ProcessTree, pins: readonly string[]): readonly Row[] {
  return [...new Set(pins)].flatMap((id) => pinnedRow(model, tree, id) ?? []);
}

function pinnedRow(model: Model, tree: ProcessTree, id: string): Row | null {
  const process = model.processes.get(id);
  if (process !== undefined) {
    return { kind: 'process', id, depth: 0, process, collapsed: true, lane: process.threads[0] ?? null };
  }
  const thread = model.threads.get(id);
  if (thread !== undefined) return { kind: 'thread', id, depth: 0, thread };
  const branch = tree.byId.get(id.slice(0, id.lastIndexOf('/')));
  if (branch === undefined || branch.native.length === 0 || nativeRowId(branch.process.id) !== id)
    return null;
  return {
    kind: 'nativeThreads',
    id,
    depth: 0,
    process: branch.process,
    threads: branch.native,
    collapsed: true,
  };
}

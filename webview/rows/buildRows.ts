/** The rows of the tree under a filter and in an order of the user's. Pure. */
import type { Expansion, Row } from '../../src/model/select';
import type { Model, Thread } from '../../src/model/types';
import type { Arrangement } from './arrangement';
import type { Branch, ProcessTree } from './processTree';
import { hidesRows, rowFilter } from './rowFilter';
import { rowOrder, type RowOrder } from './rowOrder';
import { shownBranches, type Shown } from './shownBranches';

export interface BuiltRows {
  readonly rows: readonly Row[];
  /** Ids of the rows in which the words of the query were found, in the order of the rows. */
  readonly matches: readonly string[];
  /** Rows that would be there without the filter. */
  readonly hidden: number;
}

export function buildRows(
  model: Model,
  tree: ProcessTree,
  expansion: Expansion,
  arrangement: Arrangement,
): BuiltRows {
  const order = rowOrder(model, arrangement);
  if (!hidesRows(arrangement)) {
    const { rows } = new RowBuilder(expansion, order, null).addAll(tree.roots, true);
    return { rows, matches: [], hidden: 0 };
  }
  const { processId } = arrangement;
  const scope = processId === null ? undefined : tree.byId.get(processId);
  const branches = scope === undefined ? tree.branches : depthFirst(scope);
  const builder = new RowBuilder(expansion, order, shownBranches(branches, rowFilter(model, arrangement)));
  if (scope === undefined) builder.addAll(tree.roots, true);
  else builder.addAll([scope], isOpenAbove(scope, expansion));
  const { rows, matches, expected } = builder;
  return { rows, matches, hidden: countRows(tree, expansion) - expected };
}

interface Pending {
  readonly branch: Branch;
  readonly depth: number;
  /** Its row would be there without the filter, too. */
  readonly isExpected: boolean;
}

class RowBuilder {
  readonly rows: Row[] = [];
  readonly matches: string[] = [];
  /** How many of the rows would be there without the filter, too: a search opens what is closed. */
  expected = 0;

  constructor(
    private readonly expansion: Expansion,
    private readonly order: RowOrder,
    /** Null: everything. */
    private readonly shown: Shown | null,
  ) {}

  addAll(roots: readonly Branch[], isExpected: boolean): this {
    const pending: Pending[] = [];
    this.push(pending, roots, 0, isExpected);
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { branch, depth } = next;
      const isChosenOpen = this.expansion.get(branch.process.id) !== false;
      const isOpen = isChosenOpen || this.shown?.openings.has(branch) === true;
      this.addProcess(branch, depth, !isOpen, next.isExpected);
      if (!isOpen) continue;
      const isInsideExpected = next.isExpected && isChosenOpen;
      this.addThreads(branch.own, depth + 1, isInsideExpected);
      this.addNative(branch, depth + 1, isInsideExpected);
      this.push(pending, branch.children, depth + 1, isInsideExpected);
    }
    return this;
  }

  private push(pending: Pending[], branches: readonly Branch[], depth: number, isExpected: boolean): void {
    if (branches.length === 0) return;
    const ordered = this.order.branches(branches);
    for (let index = ordered.length - 1; index >= 0; index--) {
      const branch = ordered[index];
      if (branch === undefined || this.shown?.branches.has(branch) === false) continue;
      pending.push({ branch, depth, isExpected });
    }
  }

  private addProcess({ process }: Branch, depth: number, collapsed: boolean, isExpected: boolean): void {
    // Outside Node a thread is seldom worth a row of its own: the process's row shows its main thread.
    const lane = collapsed || !process.isNode ? (process.threads[0] ?? null) : null;
    this.rows.push({ kind: 'process', id: process.id, depth, process, collapsed, lane });
    if (this.shown?.matches.has(process) === true) this.matches.push(process.id);
    if (isExpected) this.expected++;
  }

  private addThreads(threads: readonly Thread[], depth: number, isExpected: boolean): void {
    if (threads.length === 0) return;
    const { shown } = this;
    for (const thread of this.order.threads(threads)) {
      if (shown?.threads.has(thread) === false) continue;
      this.rows.push({ kind: 'thread', id: thread.id, depth, thread });
      if (shown?.matches.has(thread) === true) this.matches.push(thread.id);
      if (isExpected) this.expected++;
    }
  }

  private addNative(branch: Branch, depth: number, isExpected: boolean): void {
    const { process, native } = branch;
    const { shown } = this;
    const threads = shown === null ? native : native.filter((thread) => shown.threads.has(thread));
    if (threads.length === 0) return;
    const id = nativeRowId(process.id);
    const isChosenOpen = this.expansion.get(id) === true;
    const isOpen = isChosenOpen || shown?.nativeOpenings.has(branch) === true;
    this.rows.push({ kind: 'nativeThreads', id, depth, process, threads, collapsed: !isOpen });
    if (isExpected) this.expected++;
    if (isOpen) this.addThreads(native, depth + 1, isExpected && isChosenOpen);
  }
}

/** As `rows` of the model names them. */
export function nativeRowId(processId: string): string {
  return `${processId}/native`;
}

function depthFirst(root: Branch): readonly Branch[] {
  const result: Branch[] = [];
  const pending = [root];
  for (let branch = pending.pop(); branch !== undefined; branch = pending.pop()) {
    result.push(branch);
    for (const child of branch.children) pending.push(child);
  }
  return result;
}

function isOpenAbove({ parent }: Branch, expansion: Expansion): boolean {
  for (let above = parent; above !== null; above = above.parent) {
    if (expansion.get(above.process.id) === false) return false;
  }
  return true;
}

/** How many rows there are without any filter. */
function countRows({ roots }: ProcessTree, expansion: Expansion): number {
  let count = 0;
  const pending = [...roots];
  for (let branch = pending.pop(); branch !== undefined; branch = pending.pop()) {
    count++;
    const { process, own, native, children } = branch;
    if (expansion.get(process.id) === false) continue;
    const isNativeOpen = expansion.get(nativeRowId(process.id)) === true;
    count += own.length + (native.length === 0 ? 0 : 1) + (isNativeOpen ? native.length : 0);
    // Not spread: a process may have more children than a call may have arguments.
    for (const child of children) pending.push(child);
  }
  return count;
}

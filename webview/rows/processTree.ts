/** Processes and their threads as a tree, made again only when it has changed. Pure. */
import type { Model, Process, Thread } from '../../src/model/types';

/** A process with what stands below it. */
export interface Branch {
  readonly process: Process;
  readonly parent: Branch | null;
  readonly children: Branch[];
  /** Threads with a row of their own. */
  readonly own: readonly Thread[];
  readonly native: readonly Thread[];
}

export interface ProcessTree {
  readonly roots: readonly Branch[];
  /** Depth first. */
  readonly branches: readonly Branch[];
  readonly byId: ReadonlyMap<string, Branch>;
  /** What it was made of, one for each process in order of appearance. */
  readonly madeOf: readonly MadeOf[];
}

interface MadeOf {
  readonly process: Process;
  readonly parentId: string | null;
  readonly isNode: boolean;
  readonly threads: readonly Thread[];
  readonly natives: number;
}

export function processTree(model: Model): ProcessTree {
  const children = new Map<string | null, Process[]>();
  const madeOf: MadeOf[] = [];
  for (const process of model.processes.values()) {
    const { parentId, isNode, threads } = process;
    madeOf.push({ process, parentId, isNode, threads: [...threads], natives: countNative(threads) });
    const siblings = children.get(parentId);
    if (siblings === undefined) children.set(parentId, [process]);
    else siblings.push(process);
  }
  const branches: Branch[] = [];
  const byId = new Map<string, Branch>();
  const roots = (children.get(null) ?? []).map((process) => branchOf(process, null));
  const pending = roots.toReversed();
  // Not recursive: a recording may claim a chain of any length.
  for (let branch = pending.pop(); branch !== undefined; branch = pending.pop()) {
    branches.push(branch);
    byId.set(branch.process.id, branch);
    for (const child of children.get(branch.process.id) ?? []) branch.children.push(branchOf(child, branch));
    for (let index = branch.children.length - 1; index >= 0; index--) {
      const child = branch.children[index];
      if (child !== undefined) pending.push(child);
    }
  }
  return { roots, branches, byId, madeOf };
}

function branchOf(process: Process, parent: Branch | null): Branch {
  const own = process.isNode ? process.threads.filter(({ kind }) => kind !== 'native') : [];
  return { process, parent, children: [], own, native: process.threads.filter(isNative) };
}

/** Whether a tree made earlier would be made the same way now. */
export function isTreeCurrent(model: Model, { madeOf }: ProcessTree): boolean {
  if (madeOf.length !== model.processes.size) return false;
  let index = 0;
  for (const process of model.processes.values()) {
    const before = madeOf[index++];
    if (before === undefined || !isSame(process, before)) return false;
  }
  return true;
}

function isSame(process: Process, before: MadeOf): boolean {
  const { parentId, isNode, threads } = process;
  // Not their number alone: a process that failed to start is taken out again.
  if (process !== before.process || parentId !== before.parentId || isNode !== before.isNode) return false;
  if (threads.length !== before.threads.length) return false;
  for (let index = 0; index < threads.length; index++) {
    if (threads[index] !== before.threads[index]) return false;
  }
  return countNative(threads) === before.natives;
}

function countNative(threads: readonly Thread[]): number {
  let count = 0;
  for (const thread of threads) if (isNative(thread)) count++;
  return count;
}

function isNative({ kind }: Thread): boolean {
  return kind === 'native';
}

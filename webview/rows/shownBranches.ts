/** What the filter leaves of each process. Pure. */
import type { Process, Thread } from '../../src/model/types';
import type { Branch } from './processTree';
import type { RowFilter } from './rowFilter';

export interface Shown {
  /** Processes whose row stands in the tree for its own sake, or for what stands below it. */
  readonly branches: ReadonlySet<Branch>;
  readonly threads: ReadonlySet<Thread>;
  /** In these the words of the query were found. */
  readonly matches: ReadonlySet<Process | Thread>;
  /** They were found somewhere below these; and in one of their native threads. */
  readonly openings: ReadonlySet<Branch>;
  readonly nativeOpenings: ReadonlySet<Branch>;
}

/** `branches`: depth first. */
export function shownBranches(branches: readonly Branch[], filter: RowFilter): Shown {
  const walk = new ShownWalk(filter);
  // From the last one on: whatever stands below a process is known before it is its turn.
  for (let index = branches.length - 1; index >= 0; index--) {
    const branch = branches[index];
    if (branch !== undefined) walk.add(branch);
  }
  return walk;
}

class ShownWalk implements Shown {
  readonly branches = new Set<Branch>();
  readonly threads = new Set<Thread>();
  readonly matches = new Set<Process | Thread>();
  readonly openings = new Set<Branch>();
  readonly nativeOpenings = new Set<Branch>();

  constructor(private readonly filter: RowFilter) {}

  /** Marks the processes above it, too. */
  add(branch: Branch): void {
    const { filter } = this;
    const { process, parent } = branch;
    const isFound = filter.isSearching && filter.matchesProcess(process);
    const isOwnShown = this.addThreads(branch, branch.own, isFound);
    const isNativeShown = this.addThreads(branch, branch.native, isFound);
    const isAlone = (!filter.isSearching || isFound) && filter.passesAlone(process);
    if (isAlone || isOwnShown || isNativeShown) this.branches.add(branch);
    const isShown = this.branches.has(branch);
    if (isFound && isShown) this.matches.add(process);
    if (parent === null || !isShown) return;
    this.branches.add(parent);
    if (this.matches.has(process) || this.openings.has(branch)) this.openings.add(parent);
  }

  private addThreads(branch: Branch, threads: readonly Thread[], isProcessFound: boolean): boolean {
    const { filter } = this;
    let isAnyShown = false;
    for (const thread of threads) {
      const isFound = filter.matches(thread);
      // A process that was searched for is shown with its threads.
      if ((!isProcessFound && !isFound) || !filter.passes(thread)) continue;
      isAnyShown = true;
      this.threads.add(thread);
      if (!filter.isSearching || !isFound) continue;
      this.matches.add(thread);
      this.openings.add(branch);
      if (threads === branch.native) this.nativeOpenings.add(branch);
    }
    return isAnyShown;
  }
}

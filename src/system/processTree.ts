/** Which processes of a machine belong to the program, from a list that names parents by their pid alone. */

export interface ListedProcess {
  readonly pid: number;
  readonly ppid: number;
  /** Milliseconds since the epoch, as fine as the system tells; null where it does not. */
  readonly startMs: number | null;
}

/** A process that is known to belong to the program. With the start it is told apart from others that have its pid. */
export interface TreeMember {
  readonly pid: number;
  /** Null: not known yet, so whoever has the pid is meant. */
  readonly startMs: number | null;
  /** When it was first seen to be gone; null while it lives. */
  readonly endMs: number | null;
}

/**
 * Those of `listed` that belong to the program, parents before their children: the members that still exist, and all
 * their descendants. A process whose parent has ended may still name its pid (Windows) or another one (macOS: 1), so
 * ended members count as parents, but only of what started in their lifetime: pids are reused.
 */
export function processesOfTree<P extends ListedProcess>(
  listed: readonly P[],
  members: readonly TreeMember[],
): P[] {
  const byPid = new Map(listed.map((process) => [process.pid, process]));
  const byParent = new Map<number, P[]>();
  for (const process of listed) {
    const siblings = byParent.get(process.ppid);
    if (siblings === undefined) byParent.set(process.ppid, [process]);
    else siblings.push(process);
  }
  const found = new Set<P>();
  const addChildren = (parent: TreeMember): void => {
    // Not recursive: a shell script may make a chain of any length.
    const parents = [parent];
    for (let next = parents.pop(); next !== undefined; next = parents.pop()) {
      for (const child of byParent.get(next.pid) ?? []) {
        if (found.has(child) || !canBeChild(next, child)) continue;
        found.add(child);
        parents.push({ ...child, endMs: null });
      }
    }
  };
  const living: TreeMember[] = [];
  for (const member of members) {
    const process = member.endMs === null ? byPid.get(member.pid) : undefined;
    if (process === undefined || !isSame(member, process)) continue;
    found.add(process);
    living.push({ ...process, endMs: null });
  }
  for (const member of [...living, ...members.filter(({ endMs }) => endMs !== null)]) addChildren(member);
  return [...found];
}

export function isSame(member: TreeMember, { pid, startMs }: ListedProcess): boolean {
  return member.pid === pid && (member.startMs === null || member.startMs === startMs);
}

function canBeChild(parent: TreeMember, { pid, startMs }: ListedProcess): boolean {
  if (pid === parent.pid) return false;
  if (startMs === null || parent.startMs === null) return parent.endMs === null;
  return startMs >= parent.startMs && (parent.endMs === null || startMs <= parent.endMs);
}

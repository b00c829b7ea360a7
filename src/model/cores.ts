import type { Model, Process } from './types';

/** How many cores a process may use at once. */
export interface Cores {
  /** May be a fraction: a cgroup can allow a core and a half. */
  readonly count: number;
  /** What sets the limit. */
  readonly limitedBy: 'machine' | 'affinity' | 'cgroup';
}

/** What the program's first process may use; null before anything is known. */
export function programCores(model: Model): Cores | null {
  const [root] = model.processes.values();
  const machine = model.run?.cores ?? null;
  if (root === undefined) return machine === null ? null : { count: machine, limitedBy: 'machine' };
  return processCores(root, machine);
}

export function processCores({ facts }: Process, machine: number | null): Cores | null {
  const allowed = facts?.affinity == null ? null : cpuCount(facts.affinity);
  let cores: Cores | null = machine === null ? null : { count: machine, limitedBy: 'machine' };
  if (allowed !== null && (cores === null || allowed < cores.count)) {
    cores = { count: allowed, limitedBy: 'affinity' };
  }
  const quota = facts?.cpuLimit ?? null;
  if (quota !== null && quota > 0 && (cores === null || quota < cores.count)) {
    cores = { count: quota, limitedBy: 'cgroup' };
  }
  return cores;
}

/** How many CPUs a list like `0-3,8` names; null when it is no such list. */
export function cpuCount(list: string): number | null {
  let count = 0;
  for (const part of list.split(',')) {
    const [, first, last] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(part.trim()) ?? [];
    if (first === undefined) return null;
    count += last === undefined ? 1 : Math.max(0, Number(last) - Number(first) + 1);
  }
  return count;
}

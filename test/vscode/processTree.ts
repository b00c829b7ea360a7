import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

interface ProcessRow {
  readonly pid: number;
  readonly parentPid: number;
  readonly groupId: number;
}

/**
 * The living processes that a root started. Its process group is not enough: every terminal is a session of its own,
 * and what a program detached has no living ancestor any more. The latter is known by a variable in its environment
 * (`marker`, "NAME=value"), which only Linux lets us read.
 */
export function listStarted(rootPid: number, marker: string, known: Iterable<number> = []): number[] {
  const rows = process.platform === 'linux' ? rowsFromProc() : rowsFromPs();
  const family = new Set([rootPid, ...known]);
  for (const { pid, groupId } of rows) {
    if (groupId === rootPid || (process.platform === 'linux' && hasInEnvironment(pid, marker)))
      family.add(pid);
  }
  // Rows are not in parent-first order, so go on until nothing is added.
  for (let before = 0; before !== family.size;) {
    before = family.size;
    for (const { pid, parentPid } of rows) if (family.has(parentPid)) family.add(pid);
  }
  return rows.map(({ pid }) => pid).filter((pid) => family.has(pid) && pid !== process.pid);
}

/**
 * Ends a root and all that it started, politely first. None of it is alive when this returns.
 * @throws Error naming what even SIGKILL does not end, e.g. a process of another user
 */
export async function killStarted(rootPid: number, marker: string): Promise<void> {
  const known = new Set<number>();
  const deadline = performance.now() + 10_000;
  for (let round = 0; ; round++) {
    const alive = listStarted(rootPid, marker, known);
    if (alive.length === 0) return;
    if (performance.now() > deadline) throw new Error(`Processes ${alive.join(', ')} could not be ended.`);
    for (const pid of alive) {
      if (round > 20) signal(pid, 'SIGKILL');
      else if (!known.has(pid)) signal(pid, 'SIGTERM');
      known.add(pid);
    }
    await sleep(50);
  }
}

/**
 * Ends those that have their working folder in `folder`: the shells and programs of a window that is being closed.
 * A server keeps them for hours in case the window comes back. Linux only; elsewhere they live as long as the server.
 */
export function killStartedIn(folder: string, rootPid: number, marker: string): void {
  if (process.platform !== 'linux') return;
  for (const pid of listStarted(rootPid, marker)) {
    const cwd = workingFolder(pid);
    if (cwd === folder || cwd.startsWith(`${folder}/`)) signal(pid, 'SIGKILL');
  }
}

/** What killStarted does, at once, for the moment this process itself ends. */
export function killStartedNow(rootPid: number, marker: string): void {
  for (const pid of listStarted(rootPid, marker)) signal(pid, 'SIGKILL');
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended between being listed and being signalled.
  }
}

function rowsFromProc(): ProcessRow[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid)) return [];
    // proc(5): "pid (comm) state ppid pgrp …", and comm may itself contain spaces and parentheses.
    const stat = readOrEmpty(`/proc/${pid}/stat`);
    const [state, parentPid, groupId] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie is dead already; where nobody reaps it, waiting for it to go would take forever.
    if (state === undefined || state === '' || state === 'Z') return [];
    return [{ pid, parentPid: Number(parentPid), groupId: Number(groupId) }];
  });
}

function rowsFromPs(): ProcessRow[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[3]?.startsWith('Z') !== true)
    .map(([pid, parentPid, groupId]) => ({
      pid: Number(pid),
      parentPid: Number(parentPid),
      groupId: Number(groupId),
    }));
}

function hasInEnvironment(pid: number, marker: string): boolean {
  return readOrEmpty(`/proc/${pid}/environ`).split('\0').includes(marker);
}

function workingFolder(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

import { readFileSync } from 'node:fs';

/** A process as strace saw it. */
export interface TracedProcess {
  readonly pid: number;
  readonly parent: number | null;
  /** Arguments of its last successful execve, or what its parent had when it forked; null if nobody saw any. */
  args: readonly string[] | null;
  /** `exited with 3`, `killed by SIGTERM`. */
  end: string | null;
}

const callPattern = /^(\d+) +(?:<\.\.\. )?(fork|vfork|clone3?|execve)(?: resumed>|\()(.*)$/;

/** Processes, by pid, in the output of `strace -f -e trace=process` (`-s` long enough for whole arguments). */
export function parseStrace(file: string): ReadonlyMap<number, TracedProcess> {
  const processes = new Map<number, TracedProcess>();
  /** Threads of processes, by thread id. */
  const ownerOf = new Map<number, number>();
  const unfinished = new Map<number, string>();
  const ofThread = (tid: number): TracedProcess => {
    const pid = ownerOf.get(tid) ?? tid;
    let process = processes.get(pid);
    if (process === undefined) processes.set(pid, (process = { pid, parent: null, args: null, end: null }));
    return process;
  };
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const over = /^(\d+) +\+\+\+ (exited with \d+|killed by SIG\w+)/.exec(line);
    if (over !== null && !ownerOf.has(Number(over[1]))) ofThread(Number(over[1])).end = over[2] ?? null;
    const call = callPattern.exec(line);
    if (call === null) continue;
    const tid = Number(call[1]);
    const text = (unfinished.get(tid) ?? '') + (call[3] ?? '');
    unfinished.delete(tid);
    if (text.endsWith('<unfinished ...>')) {
      unfinished.set(tid, text.replace('<unfinished ...>', ''));
      continue;
    }
    const result = Number(/ = (-?\d+)[^=]*$/.exec(text)?.[1] ?? NaN);
    if (!(result >= 0)) continue;
    if (call[2] === 'execve') ofThread(tid).args = argumentsIn(text);
    else if (text.includes('CLONE_THREAD')) ownerOf.set(result, ownerOf.get(tid) ?? tid);
    else {
      // What it did may stand before its creator's line.
      const { args, end } = ofThread(result);
      const parent = ofThread(tid);
      processes.set(result, { pid: result, parent: parent.pid, args: args ?? parent.args, end });
    }
  }
  return processes;
}

function argumentsIn(text: string): string[] {
  const list = /^"[^"]*", (\[.*\]), 0x/.exec(text)?.[1] ?? '[]';
  return JSON.parse(list) as string[];
}

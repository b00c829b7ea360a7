import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { ProcessReport, Report, ThreadReport } from '../../src/model/report';
import type { RecordKind, RecordOf } from '../../src/trace/records';
import { programPath } from './cviz';
import { readAll } from './recordings';

/** These tests compare with what the Linux kernel says. */
export function describeOnLinux(title: string, body: (this: Mocha.Suite) => void): void {
  if (process.platform === 'linux') describe(title, body);
  else describe.skip(`${title} (what the Linux kernel says: not on ${process.platform})`, body);
}

/** The interpreter itself: what is called python3 may be a script that starts others. Null without one. */
export const python = ((): string | null => {
  try {
    return execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
})();

/** True where this command is there and does what is asked of it. */
export function works(file: string, args: readonly string[]): boolean {
  try {
    execFileSync(file, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Milliseconds, of a thread that has ended. */
export interface Final {
  readonly cpuMs: number;
  readonly runQueueMs: number;
  readonly lifeMs: number;
}

export interface ExitStats {
  /** Stops listening; what was heard, by thread id. */
  stop(): Promise<ReadonlyMap<number, Final>>;
}

/**
 * Has the kernel tell of each thread, as it exits, what its schedstat file would say last (taskstats). Null where that
 * is not permitted: it takes the right to administer the network.
 */
export async function hearExitStats(): Promise<ExitStats | null> {
  if (python === null) return null;
  const child = spawn(python, [programPath('states/exitStats.py')], { stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout });
  const heard = new Map<number, Final>();
  const closed = once(lines, 'close');
  const listening = new Promise<boolean>((resolve) => {
    lines.on('line', (line) => {
      if (line === 'listening') {
        resolve(true);
        return;
      }
      const { tid, cpu, runQueue, life } = JSON.parse(line) as Record<string, number>;
      assert.ok(tid !== undefined && cpu !== undefined && runQueue !== undefined && life !== undefined);
      heard.set(tid, { cpuMs: cpu / 1e6, runQueueMs: runQueue / 1e6, lifeMs: life / 1e6 });
    });
    lines.on('close', () => {
      resolve(false);
    });
  });
  if (!(await listening)) return null;
  return {
    stop: async () => {
      child.stdin.end();
      await closed;
      return heard;
    },
  };
}

/** The lines of JSON in what a program printed, of one kind. */
export function toldLines<T>(stdout: string, kind: string): T[] {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith(`{"kind":"${kind}"`) || line.startsWith(`{"kind": "${kind}"`))
    .map((line) => JSON.parse(line) as T);
}

export function processOf(report: Report, pid: number): ProcessReport {
  const found = report.processes.filter((process) => process.pid === pid);
  assert.equal(found.length, 1, `there is one process ${pid}`);
  return found[0] as ProcessReport;
}

export function threadOf(report: Report, pid: number, tid: number): ThreadReport {
  const found = processOf(report, pid).threads.filter((thread) => thread.tid === tid);
  assert.equal(found.length, 1, `process ${pid} has one thread ${tid}`);
  return found[0] as ThreadReport;
}

const TOLERANCE = 0.01;

/** Compares figures with the truth, all of them before it complains: one that is off alone tells little. */
export class Comparison {
  private readonly mistakes: string[] = [];
  private count = 0;

  /** `actual` lies between the two, of which it may be off by 1 %. `slack` is what the truth itself leaves open. */
  between(what: string, actual: number, low: number, high: number, slack = 0): void {
    this.count++;
    if (actual >= low * (1 - TOLERANCE) - slack && actual <= high * (1 + TOLERANCE) + slack) return;
    const truth = low === high ? low.toFixed(2) : `${low.toFixed(2)} to ${high.toFixed(2)}`;
    this.mistakes.push(`${what} is ${actual.toFixed(2)}, not ${truth} ± 1 % ± ${slack.toFixed(2)}`);
  }

  close(what: string, actual: number, expected: number, slack = 0): void {
    this.between(what, actual, expected, expected, slack);
  }

  check(what: string, holds: boolean): void {
    this.count++;
    if (!holds) this.mistakes.push(what);
  }

  /** Fails if anything was off, or nothing compared. */
  conclude(): void {
    assert.ok(this.count > 0, 'nothing was compared');
    assert.ok(this.mistakes.length === 0, this.mistakes.join('\n'));
  }
}

/** Fields of a file of /proc made of `Name:  123 kB` lines, in bytes. */
export function kilobyteFields(file: string): ReadonlyMap<string, number> {
  const fields = new Map<string, number>();
  for (const [, name = '', value = ''] of readFileSync(file, 'utf8').matchAll(/^(\w+):\s+(\d+) kB$/gm)) {
    fields.set(name, Number(value) * 1024);
  }
  return fields;
}

export interface MappedPart {
  /** `rwxs` or `rwxp`, dashes for what is not allowed. */
  readonly mode: string;
  /** Path, `[heap]` and the like, or nothing. */
  readonly name: string;
  readonly rss: number;
}

/** Every mapping of a process, by /proc/PID/smaps. */
export function mappingsOf(pid: number): MappedPart[] {
  const head = /^[0-9a-f]+-[0-9a-f]+ (\S{4}) \S+ \S+ \d+ *(.*)\n(?:[A-Z].*\n)*?Rss:\s+(\d+) kB$/gm;
  return [...readFileSync(`/proc/${pid}/smaps`, 'utf8').matchAll(head)].map(
    ([, mode = '', name = '', rss = '']) => ({ mode, name, rss: Number(rss) * 1024 }),
  );
}

/** The records of one kind in a recording. */
export function recordsIn<K extends RecordKind>(file: string, kind: K): RecordOf<K>[] {
  const { records, problem } = readAll([readFileSync(file)]);
  assert.equal(problem, null);
  return records.flatMap(({ record }) => (record.kind === kind ? [record as RecordOf<K>] : []));
}

import assert from 'node:assert/strict';
import type { ProcessReport, Report, ThreadReport } from '../../src/model/report';

/** How many, or from how many to how many. */
type Count = number | readonly [least: number, most: number];

interface WorkersExpectation {
  readonly count: Count;
  /** The call that each comes from. */
  readonly at: RegExp;
  /** There may be workers from other lines, too. */
  readonly amongOthers?: boolean;
}

interface ProcessesExpectation {
  readonly count: Count;
  /** The function that was called. */
  readonly by: string;
  /** Null: the call was not in anybody's program but in Node. */
  readonly at: RegExp | null;
}

/** What the program starts beside its first process; what is not named must not be there. */
export interface TreeExpectation {
  readonly workers?: WorkersExpectation;
  /** Node's. */
  readonly processes?: ProcessesExpectation;
  /** Programs that are not Node; only Linux shows them. */
  readonly others?: ProcessesExpectation;
}

export function assertTree(report: Report, expected: TreeExpectation): void {
  const [root, ...rest] = report.processes;
  assert.ok(root, 'there is a process');
  assert.equal(root.parentId, null);
  assert.ok(root.nodeVersion !== null, 'the first process was observed from inside');
  assertLinked(report);
  assertWorkers(report.processes.flatMap(workersOf), expected.workers);
  const nodes = rest.filter(({ nodeVersion }) => nodeVersion !== null);
  assertProcesses('Node processes', nodes, expected.processes);
  if (process.platform !== 'linux' || expected.others === undefined) return;
  const others = rest.filter(({ nodeVersion }) => nodeVersion === null);
  assertProcesses('other processes', others, expected.others);
}

/** Everybody has a parent that is there, and the end of every Node is known; a service may outlive the program. */
function assertLinked({ processes }: Report): void {
  const ids = new Set(processes.map(({ id }) => id));
  for (const { id, parentId, args, endMs, nodeVersion } of processes.slice(1)) {
    assert.ok(parentId !== null && ids.has(parentId), `${id} (${args.join(' ')}) has no parent`);
    if (nodeVersion !== null) assert.notEqual(endMs, null, `${id} (${args.join(' ')}) has not ended`);
  }
}

function workersOf({ threads }: ProcessReport): ThreadReport[] {
  return threads.filter(({ kind }) => kind === 'worker');
}

function assertWorkers(workers: readonly ThreadReport[], expected: WorkersExpectation | undefined): void {
  if (expected === undefined) {
    assert.equal(workers.length, 0, 'there are no workers');
    return;
  }
  const found = workers.filter(({ spawnedAt }) => spawnedAt !== null && expected.at.test(slashes(spawnedAt)));
  const places = workers.map(({ id, spawnedAt }) => `${id} from ${String(spawnedAt)}`).join(', ');
  assertCount(found.length, expected.count, `workers from ${String(expected.at)}; there are: ${places}`);
  if (expected.amongOthers !== true) assert.equal(found.length, workers.length, `only those: ${places}`);
}

function assertProcesses(
  title: string,
  processes: readonly ProcessReport[],
  expected: ProcessesExpectation | undefined,
): void {
  const places = processes
    .map(({ id, spawnedBy, spawnedAt, args }) =>
      [id, 'by', String(spawnedBy), 'from', String(spawnedAt), `(${args.join(' ')})`].join(' '),
    )
    .join(', ');
  assertCount(processes.length, expected?.count ?? 0, `${title}; there are: ${places}`);
  if (expected === undefined) return;
  for (const { spawnedBy, spawnedAt } of processes) {
    assert.equal(spawnedBy, expected.by, places);
    if (expected.at === null) assert.equal(spawnedAt, null, places);
    else assert.match(slashes(spawnedAt ?? 'nowhere'), expected.at, places);
  }
}

function assertCount(actual: number, expected: Count, what: string): void {
  const [least, most] = typeof expected === 'number' ? [expected, expected] : expected;
  assert.ok(actual >= least && actual <= most, `${actual} instead of ${String(expected)} ${what}`);
}

function slashes(file: string): string {
  return file.replaceAll('\\', '/');
}

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ProcessReport, Report } from '../../src/model/report';
import { cliPath, cviz, programPath, runCommand, type Ended } from '../support/cviz';
import { describeOnLinux, python, works } from '../support/groundTruth';
import { parseStrace } from '../support/strace';
import { temporaryFolder } from '../support/temporaryFolder';

/** One process as somebody else saw it. */
interface TrueProcess {
  readonly pid: number;
  readonly parent: number;
  /** `3` or `SIGTERM`. */
  readonly end: string;
}

/** What the processes of the script call themselves, some of them several. */
const names = [
  ...['script', 'subshell', 'nap', 'first', 'second', 'third', 'background', 'becomes', 'missing'],
  ...['killed', 'terminated', 'parent', 'orphan', 'node', 'spawned'],
  ...(python === null ? [] : ['python', 'forked', 'vforked']),
];

const straceOptions = ['-f', '--seccomp-bpf', '-q', '-s', '10000', '-e', 'trace=process'];

describeOnLinux('the process tree', () => {
  const folder = temporaryFolder();
  const program = (): string[] => [
    // Named here, because the kernel puts the one that a script names itself before what strace shows.
    'sh',
    programPath('states/processes.sh'),
    folder.file('log'),
    process.execPath,
    ...(python === null ? [] : [python]),
  ];

  async function reportOf(run: (args: readonly string[]) => Promise<Ended>): Promise<Report> {
    const file = folder.file('x.cviz');
    const { code, stderr } = await run(['record', '-o', file, '--', ...program()]);
    assert.equal(code, 5, stderr);
    return JSON.parse((await cviz(['report', '--json', file])).stdout) as Report;
  }

  it('is the one that its processes tell of', async () => {
    const report = await reportOf(cviz);
    const truth = toldProcesses(folder.file('log'));
    assert.deepEqual(new Set(truth.map(({ name }) => name)), new Set(names));
    assertSameTree(report, truth);
  });

  it('is the one that strace saw: every fork, exec and exit', async function () {
    if (!works('strace', [...straceOptions, '-o', folder.file('try'), 'true'])) this.skip();
    const traceFile = folder.file('strace');
    const report = await reportOf((args) =>
      runCommand('strace', [...straceOptions, '-o', traceFile, process.execPath, cliPath, ...args]),
    );
    const traced = parseStrace(traceFile);
    const root = report.processes[0] ?? assert.fail('there is a root');
    const inTree = (pid: number | null): boolean =>
      pid !== null && (pid === root.pid || inTree(traced.get(pid)?.parent ?? null));
    const truth = [...traced.values()].filter(({ pid }) => inTree(pid));
    assertSameTree(
      report,
      truth.map(({ pid, parent, end }) => ({
        pid,
        parent: parent ?? 0,
        end: (end ?? 'no end').split(' ').at(-1) ?? '',
      })),
    );
    for (const { pid, args } of truth)
      assert.deepEqual(commandOf(processWith(report, pid)), args, `command of ${pid}`);
  });
});

function toldProcesses(log: string): (TrueProcess & { readonly name: string })[] {
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [pid, parent, name = '', end = ''] = line.split(' ');
    return { pid: Number(pid), parent: Number(parent), name, end };
  });
}

function processWith(report: Report, pid: number): ProcessReport {
  return report.processes.find((process) => process.pid === pid) ?? assert.fail(`${pid} was seen`);
}

function commandOf({ command, args }: ProcessReport): string[] {
  return [command ?? '', ...args];
}

function assertSameTree(report: Report, truth: readonly TrueProcess[]): void {
  const [root] = report.processes;
  const pidOf = new Map(report.processes.map(({ id, pid }) => [id, pid]));
  const byPid = (a: { pid: number }, b: { pid: number }): number => a.pid - b.pid;
  const seen = report.processes.map(({ pid, parentId, endMs }) => {
    return { pid, parent: parentId === null ? null : pidOf.get(parentId), ended: endMs !== null };
  });
  const expected = truth.map(({ pid, parent }) => {
    return { pid, parent: pid === root?.pid ? null : parent, ended: true };
  });
  assert.deepEqual(seen.sort(byPid), expected.sort(byPid));
  for (const { pid, end } of truth) {
    const { exit, spawnedBy } = processWith(report, pid);
    // Only its parent is told how a process ended. Where that is no Node, the system gives it away as long as the parent has
    // not asked, which is mostly too short; then it is not known, never something else.
    if (exit === null && spawnedBy === null) continue;
    assert.equal(String(exit?.signal ?? exit?.code), end, `end of ${pid}`);
  }
}

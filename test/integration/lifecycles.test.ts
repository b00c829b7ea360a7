import assert from 'node:assert/strict';
import type { ProcessReport, Report } from '../../src/model/report';
import { lineOf, ownThreads, programPath, record, statesError } from '../support/cviz';

function assertStatesAddUp(report: Report): void {
  for (const process of report.processes) {
    for (const thread of process.threads) {
      assert.ok(statesError(report, thread) <= 0.02, `states of ${thread.id} do not add up to its life`);
    }
  }
}

function childrenOf(report: Report, parent: ProcessReport): ProcessReport[] {
  return report.processes.filter((process) => process.parentId === parent.id);
}

describe('what is reported of lifecycles', () => {
  it('nested workers, a forked child with a worker of its own, and an execSync', async () => {
    const { report, code } = await record([programPath('nested.js')]);
    assert.equal(code, 0);
    const root = report.processes[0];
    assert.ok(root);
    assert.equal(root.parentId, null);
    assert.deepEqual(root.exit, { code: 0, signal: null });
    assert.deepEqual(
      ownThreads(root).map(({ kind, threadId, name, exit }) => ({ kind, threadId, name, code: exit?.code })),
      [
        { kind: 'main', threadId: 0, name: 'main', code: 0 },
        { kind: 'worker', threadId: 1, name: 'outer', code: 0 },
        { kind: 'worker', threadId: 2, name: 'inner', code: 0 },
      ],
    );
    const [forked, shell] = childrenOf(report, root);
    assert.ok(forked && shell);
    assert.equal(childrenOf(report, root).length, 2);
    assert.equal(forked.spawnedBy, 'fork');
    assert.deepEqual(forked.exit, { code: 7, signal: null });
    assert.deepEqual(
      ownThreads(forked).map(({ kind, threadId }) => ({ kind, threadId })),
      [
        { kind: 'main', threadId: 0 },
        { kind: 'worker', threadId: 1 },
      ],
    );
    assert.equal(shell.spawnedBy, 'execSync');
    assert.deepEqual(shell.exit, { code: 0, signal: null });
    for (const thread of [...ownThreads(root), ...ownThreads(forked)]) {
      assert.ok(thread.tid !== null && thread.tid > 0, `${thread.id} has an OS thread id`);
      assert.ok(thread.cpuMs !== null && thread.cpuMs > 0, `${thread.id} has used CPU time`);
      assert.ok(thread.heap !== null && thread.heap.usedBytes > 1e5, `${thread.id} has a heap`);
    }
    assertStatesAddUp(report);
  });

  it('the time in a synchronous call is Blocked, the time in an idle event loop Waiting', async () => {
    const { report } = await record([programPath('nested.js')]);
    const [main, outer, inner] = ownThreads(report.processes[0] as ProcessReport);
    assert.ok(main && outer && inner);
    assert.ok(
      main.states.blocked > 250 && main.states.blocked < 600,
      `main was blocked ${main.states.blocked} ms`,
    );
    assert.equal(outer.states.blocked, 0);
    assert.ok(outer.states.waiting > outer.states.running);
    assert.ok(inner.states.running + inner.states.ready > 150);
  });

  it('every way to create a process, with its line, its exit code and the failing one without a process', async () => {
    const { report } = await record([programPath('spawnForms.js')]);
    const root = report.processes[0];
    assert.ok(root);
    const seen = childrenOf(report, root).map(({ spawnedBy, spawnedAt, exit }) => [
      spawnedBy,
      spawnedAt,
      exit?.code,
    ]);
    const at = (name: string): string => `${programPath('spawnForms.js')}:${lineOf('spawnForms.js', name)}`;
    const expected = [
      ['spawn', at('spawn'), 3],
      ['exec', at('exec'), 4],
      ['execFile', at('execFile'), 3],
      ['fork', at('fork'), 3],
      ['spawnSync', at('spawnSync'), 3],
      ['execSync', at('execSync'), 5],
      ['execFileSync', at('execFileSync'), 0],
      ['exec', at('promisified exec'), 6],
    ];
    const byCall = (a: unknown[], b: unknown[]): number => String(a).localeCompare(String(b));
    assert.deepEqual(seen.sort(byCall), expected.sort(byCall));
    assertStatesAddUp(report);
  });

  it('a descendant is linked to the call it comes from, through shells and other programs', async () => {
    const { report } = await record([programPath('chain.js')]);
    const line = `${programPath('chain.js')}:${lineOf('chain.js', 'spawn')}`;
    const leaves = report.processes.filter(
      (process) => process.args.includes('leaf') && process.nodeVersion !== null,
    );
    assert.deepEqual(leaves.map((leaf) => leaf.exit?.code).sort(), [11, 12]);
    for (const leaf of leaves) {
      assert.equal(leaf.spawnedAt, line);
      const shell = report.processes.find((process) => process.id === leaf.parentId);
      assert.ok(shell);
      assert.equal(shell.nodeVersion, null);
      assert.equal(shell.spawnedAt, line);
    }
  });

  it('cluster workers', async () => {
    const { report, code } = await record([programPath('cluster.js')]);
    assert.equal(code, 0);
    const workers = report.processes.slice(1);
    assert.equal(workers.length, 2);
    for (const worker of workers) {
      assert.equal(worker.spawnedBy, 'cluster.fork');
      assert.equal(worker.spawnedAt, `${programPath('cluster.js')}:${lineOf('cluster.js', 'fork')}`);
      assert.notEqual(worker.exit, null);
    }
  });

  it('children that are gone before anybody can look', async () => {
    const { report } = await record([programPath('manyShort.js')]);
    const children = report.processes.slice(1);
    assert.equal(children.length, 20);
    assert.deepEqual(
      children.map((child) => child.exit?.code),
      [...Array<number>(10).fill(0), ...Array<number>(10).fill(1)],
    );
    assertStatesAddUp(report);
  });

  it('eight busy threads on fewer cores: the kernel says how long each was Ready', async function () {
    const { report } = await record([programPath('busy.js')]);
    const workers = ownThreads(report.processes[0] as ProcessReport).filter(
      (thread) => thread.kind === 'worker',
    );
    assert.equal(workers.length, 8);
    for (const { states, cpuMs, estimatedMs } of workers) {
      assert.ok(
        // What is only estimated (the thread's way out, which nobody saw) is not the kernel's word.
        cpuMs !== null && Math.abs(states.running - cpuMs) <= cpuMs * 0.02 + estimatedMs,
        `running ${states.running} is the CPU time ${String(cpuMs)}`,
      );
      assert.ok(states.running + states.ready > 0.8 * 1000, 'a busy thread runs or wants to');
      assert.ok(states.waiting + states.blocked < 0.2 * (states.running + states.ready));
    }
    assertStatesAddUp(report);
  });
});

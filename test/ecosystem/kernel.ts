import assert from 'node:assert/strict';
import type { ProcessReport, Report } from '../../src/model/report';
import { ownThreads, statesError } from '../support/cviz';

/** Long enough to be looked at in every respect, also on a busy machine. */
const LONG_LIFE_MS = 1500;
/** Report figures are rounded to microseconds. */
const ROUNDING_MS = 0.01;

/** What the kernel says is there for every process that lived long enough, and agrees with itself. */
export function assertKernelFigures(report: Report): void {
  if (process.platform !== 'linux') return;
  for (const one of report.processes) {
    for (const thread of ownThreads(one)) {
      assert.ok(statesError(report, thread) <= 0.01, `${thread.id}: its states add up to its life`);
      const byReason = thread.blockedBy.reduce((sum, { ms }) => sum + ms, 0);
      const slack = ROUNDING_MS * (1 + thread.blockedBy.length);
      assert.ok(Math.abs(byReason - thread.states.blocked) <= slack, `${thread.id}: reasons add up`);
    }
    const life = (one.endMs ?? report.durationMs) - one.startMs;
    if (life >= LONG_LIFE_MS) assertFacts(one);
  }
}

function assertFacts({ id, facts, segments, descriptors, memory, threads, unreadable }: ProcessReport): void {
  assert.deepEqual(unreadable, {}, `${id}: all of it can be read`);
  assert.ok(facts !== null && (facts.threads ?? 0) >= 1 && facts.priority !== null, `${id}: facts`);
  assert.ok((facts.cores?.count ?? 0) > 0, `${id}: cores`);
  assert.ok('Max open files' in facts.limits, `${id}: limits`);
  assert.ok(descriptors !== null && descriptors.total >= 3, `${id}: descriptors`);
  assert.ok(memory !== null && (memory.privateBytes ?? 0) > 0, `${id}: memory`);
  const text = segments?.find(({ segment }) => segment === 'text');
  assert.ok(text !== undefined && text.rssBytes > 0, `${id}: segments`);
  for (const { segment, rssBytes, privateBytes, sharedBytes } of segments ?? []) {
    assert.equal(privateBytes + sharedBytes, rssBytes, `${id}: ${segment}`);
  }
  const [main] = threads;
  assert.ok(main?.facts != null && (main.facts.voluntarySwitches ?? 0) > 0, `${id}: its first thread`);
}

import assert from 'node:assert/strict';
import { rows } from '../../src/model/select';
import { liveStates } from '../../src/model/states';
import type { StateTimes } from '../../src/model/timeline';
import type { Model, Thread } from '../../src/model/types';

/** Nanoseconds by which figures may be off: intervals are kept as single floats, times as doubles. */
function tolerance(life: number): number {
  return 2 + life * 1e-6;
}

export function sumOf(times: StateTimes): number {
  return liveStates.reduce((sum, state) => sum + times[state], 0);
}

/** What holds in every model, whoever wrote the records. */
export function checkInvariants(model: Model): void {
  for (const thread of model.threads.values()) checkThread(thread);
  checkTree(model);
}

function checkThread(thread: Thread): void {
  const { timeline } = thread;
  assert.equal(timeline.start, thread.start, `${thread.id}: the timeline begins with the thread`);
  let end = thread.start;
  for (let index = 0; index < timeline.length; index++) {
    const interval = timeline.at(index);
    assert.equal(interval.start, end, `${thread.id}: no gaps`);
    assert.ok(interval.end > interval.start, `${thread.id}: no empty interval`);
    for (const state of liveStates) {
      assert.ok(interval[state] >= 0, `${thread.id}: ${state} is ${interval[state]}`);
    }
    const life = interval.end - interval.start;
    assert.ok(Math.abs(sumOf(interval) - life) <= tolerance(life), `${thread.id}: parts add up`);
    end = interval.end;
  }
  for (const state of liveStates) {
    assert.ok(timeline.totals[state] >= 0, `${thread.id}: ${state} in total ${timeline.totals[state]}`);
  }
  if (thread.end === null) return;
  const life = thread.end - thread.start;
  assert.ok(life >= 0, `${thread.id} ends ${-life} ns before it begins`);
  const sum = sumOf(timeline.totals);
  assert.ok(Math.abs(sum - life) <= tolerance(life), `${thread.id}: states last ${sum}, its life ${life}`);
}

function checkTree(model: Model): void {
  for (const [id, process] of model.processes) {
    assert.equal(process.id, id);
    assert.equal(process.threads[0]?.kind, 'main');
    const seen = new Set<string>();
    for (let at: string | null = id; at !== null; at = model.processes.get(at)?.parentId ?? null) {
      assert.ok(!seen.has(at), `${id} is its own ancestor`);
      seen.add(at);
    }
    assert.ok(process.parentId === null || model.processes.has(process.parentId));
    for (const thread of process.threads) assert.equal(model.threads.get(thread.id), thread);
    if (process.end === null) continue;
    assert.deepEqual(
      process.threads.filter(({ end }) => end === null).map((thread) => thread.id),
      [],
      `threads of ${id}, which has ended`,
    );
  }
  const ofProcesses = [...model.processes.values()].flatMap(({ threads }) => threads);
  assert.equal(model.threads.size, ofProcesses.length);
  const shown = rows(model, new Map()).filter(({ kind }) => kind === 'process');
  assert.equal(new Set(shown.map(({ id }) => id)).size, model.processes.size, 'every process has its row');
}

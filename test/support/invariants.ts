import assert from 'node:assert/strict';
import { channelViews, type Direction } from '../../src/model/channels';
import { forEachMessage } from '../../src/model/messages';
import { sharedBuffers } from '../../src/model/sharedBuffers';
import { waitViews } from '../../src/model/waits';
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

/** What holds of all messages, buffers and waits, whoever wrote the records. */
export function checkMessages(model: Model): void {
  const views = channelViews(model);
  assert.equal(new Set(views.map(({ id }) => id)).size, views.length, 'every channel has an id of its own');
  for (const direction of views.flatMap((view) => view.directions)) checkDirection(model, direction);
  const buffers = sharedBuffers(model);
  assert.equal(new Set(buffers.map(({ id }) => id)).size, buffers.length, 'so has every buffer');
  for (const { holders } of buffers) {
    assert.ok(holders.length > 0);
    assert.equal(new Set(holders.map(({ threadId }) => threadId)).size, holders.length);
  }
  for (const { start, end, wokenBy, result } of waitViews(model)) {
    assert.ok(end === null || end >= start);
    if (wokenBy !== null) assert.ok(result === 'ok' && wokenBy.time >= start && wokenBy.time <= (end ?? 0));
  }
}

function checkDirection(model: Model, direction: Direction): void {
  const { id, sent, received, waiting, recorded, unrecorded } = direction;
  assert.ok(sent > 0, `${id} carried something`);
  assert.ok(
    received === null || (received >= 0 && received <= sent),
    `${id}: ${received} of ${sent} received`,
  );
  assert.ok(waiting === null || waiting >= 0, `${id}: ${waiting} waiting`);
  assert.ok(
    recorded >= 0 && unrecorded >= 0 && recorded + unrecorded === sent,
    `${id}: every message counts`,
  );
  for (const figures of [direction.latency, direction.queue, direction.serialize, direction.handle]) {
    if (figures === null) continue;
    const { count, sum, p50, p95, max } = figures;
    assert.ok(count > 0 && p50 >= 0 && p50 <= p95 && p95 <= max && max <= sum, JSON.stringify(figures));
  }
  let last = 0;
  forEachMessage(model, direction, -Infinity, Infinity, ({ number }) => {
    assert.ok(number > last, `${id}: ${number} follows ${last}`);
    last = number;
  });
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

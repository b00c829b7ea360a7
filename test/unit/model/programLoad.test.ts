import assert from 'node:assert/strict';
import { loadBetween, loadColumns, overallLoad } from '../../../src/model/programLoad';
import { stateTimes } from '../../../src/model/select';
import type { Model } from '../../../src/model/types';
import { poolModel } from '../webview/fixtures/poolModel';

const SECOND = 1e9;

function spent(model: Model): { running: number; ready: number } {
  const sum = { running: 0, ready: 0 };
  for (const thread of model.threads.values()) {
    const times = stateTimes(model, thread);
    sum.running += times.running;
    sum.ready += times.ready;
  }
  return sum;
}

describe('the load of the program over time', () => {
  const model = poolModel(5120);
  const start = model.start!;

  it('has all the time that threads ran and were ready, in however many columns', () => {
    const expected = spent(model);
    // The history's bins are not cut at the ends of the run.
    const [from, to] = [start - SECOND, model.now + SECOND];
    for (const count of [1, 7, 400, 3000]) {
      const { running, ready } = loadColumns(model, from, to, count);
      const width = (to - from) / count;
      const sum = (values: Float64Array): number => values.reduce((all, value) => all + value * width, 0);
      assert.ok(Math.abs(sum(running) - expected.running) < expected.running / 1e6, `${count}: running`);
      assert.ok(Math.abs(sum(ready) - expected.ready) < expected.ready / 1e6, `${count}: ready`);
    }
  });

  it('counts whoever still waits for a CPU when nobody has looked again', () => {
    const queued = poolModel(5120);
    const before = loadBetween(queued, queued.lastTick, queued.lastTick + 1e8).ready;
    const thread = [...queued.threads.values()].find(({ end, last }) => end === null && last !== null)!;
    thread.last = { ...thread.last!, runnable: 'ready' };
    queued.lastTick += 1e8;
    queued.now += 1e8;
    const after = loadBetween(queued, queued.lastTick - 1e8, queued.lastTick).ready;
    assert.ok(after >= before + 0.99, `${before} to ${after}`);
  });

  it('is of the last second while the run lasts, and of all of it afterwards', () => {
    assert.deepEqual(overallLoad(model), loadBetween(model, model.lastTick - SECOND, model.lastTick));
    const ended = poolModel(5120);
    ended.ended = true;
    assert.deepEqual(overallLoad(ended), loadBetween(ended, start, ended.lastTick));
  });

  it('is unknown before anybody has looked', () => {
    assert.equal(overallLoad(poolModel(0)), null);
  });

  it('is nothing in a range that is none', () => {
    assert.deepEqual(loadBetween(model, 5, 5), { running: 0, ready: 0 });
    assert.deepEqual([...loadColumns(model, start - 3 * SECOND, start - SECOND, 2).running], [0, 0]);
  });
});

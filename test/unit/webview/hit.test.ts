import assert from 'node:assert/strict';
import { emptyModel } from '../../../src/model/model';
import { reduce } from '../../../src/model/reduce';
import { forEachInterval, rows, type Row } from '../../../src/model/select';
import { liveStates } from '../../../src/model/states';
import type { Interval } from '../../../src/model/timeline';
import type { Model, Thread } from '../../../src/model/types';
import { RecordingReader } from '../../../src/trace/recording';
import { hitThread, rowIndexAt } from '../../../webview/timeline/hit';
import { laneThreads, rowGeometries, threadAt } from '../../../webview/timeline/lane';
import { poolEvents, poolProcesses } from './fixtures/plans';
import { Simulation, START } from './fixtures/simulation';

const MS = 1e6;

describe('what lies under the pointer', () => {
  let model: Model;
  let shown: readonly Row[];

  before(() => {
    model = emptyModel();
    const reader = new RecordingReader((record, source) => {
      reduce(model, record, source);
    });
    reader.push(new Simulation('pool.js', poolProcesses, poolEvents).advance(5000));
    shown = rows(model, new Map());
  });

  function worker(threadId: number): Thread {
    return [...model.threads.values()].find(
      (thread) => thread.kind === 'worker' && thread.threadId === threadId,
    )!;
  }

  it('is the whole interval, however small the pixel', () => {
    const at = START + 3600 * MS;
    const hit = hitThread(model, worker(2), at, at + 1);
    assert.ok(hit !== null);
    assert.equal(hit.count, 1);
    assert.equal(hit.reason, 'atomicsWait');
    assert.ok(Math.abs(hit.end - hit.start - 1200 * MS) < 25 * MS);
    assert.ok(Math.abs(hit.times.blocked - (hit.end - hit.start)) < MS);
  });

  it('is several intervals together where a pixel covers them', () => {
    const hit = hitThread(model, worker(3), START + 1000 * MS, START + 2000 * MS);
    assert.ok(hit !== null && hit.count > 5);
    const total = Object.values(hit.times).reduce((sum, time) => sum + time, 0);
    assert.ok(Math.abs(total - (hit.end - hit.start)) < MS);
  });

  it('is the sum of the intervals that the pixel touches, at every zoom', () => {
    for (const thread of model.threads.values()) {
      for (let width = 8000 * MS; width > 1000; width /= 3.7) {
        for (let at = START - width; at < START + 6000 * MS; at += Math.max(width * 0.61, 97 * MS)) {
          const touched: Interval[] = [];
          forEachInterval(model, thread, at, at + width, (interval) => touched.push(interval));
          const hit = hitThread(model, thread, at, at + width);
          assert.equal(hit === null, touched.length === 0);
          if (hit === null || hit.count === 1) continue;
          assert.equal(hit.count, touched.length);
          assert.deepEqual([hit.start, hit.end], [touched[0]!.start, touched.at(-1)!.end]);
          for (const state of liveStates) {
            const expected = touched.reduce((sum, interval) => sum + interval[state], 0);
            assert.ok(Math.abs(hit.times[state] - expected) < 1, state);
          }
        }
      }
    }
  });

  it('is nothing before the thread existed', () => {
    assert.equal(hitThread(model, worker(2), START, START + MS), null);
  });

  it('is a row, or none below the last', () => {
    assert.equal(rowIndexAt(0, 26, 3), 0);
    assert.equal(rowIndexAt(77, 26, 3), 2);
    assert.equal(rowIndexAt(78, 26, 3), -1);
    assert.equal(rowIndexAt(-1, 26, 3), -1);
  });

  it('is one of the thin lanes of closed native threads', () => {
    const row = shown.find(({ kind }) => kind === 'nativeThreads')!;
    const threads = laneThreads(row);
    assert.ok(threads.length > 1);
    for (const geometry of Object.values(rowGeometries)) {
      const { barTop, barHeight } = geometry;
      assert.equal(threadAt(row, barTop, geometry), threads[0]);
      assert.equal(threadAt(row, barTop + barHeight - 0.1, geometry), threads.at(-1));
      assert.equal(threadAt(row, 0, geometry), threads[0]);
    }
  });
});

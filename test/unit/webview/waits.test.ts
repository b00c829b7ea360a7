import assert from 'node:assert/strict';
import { threadTitle } from '../../../src/model/select';
import type { Thread } from '../../../src/model/types';
import { RecordingModel } from '../../../webview/recordingModel';
import { firstTaskAfter, longestTask } from '../../../webview/timeline/longTasks';
import { blockedLines } from '../../../webview/waits/blockedLines';
import { collectWaits, waitDuring } from '../../../webview/waits/waitsByThread';
import { scenario } from './fixtures/scenarios';
import { START } from './fixtures/simulation';

const MS = 1e6;
const recording = new RecordingModel();
for (const message of scenario('ended')) if (message.type === 'bytes') recording.push(message.bytes);
const { model } = recording;
const waits = collectWaits(model);
const thread = (pid: string, title: string): Thread =>
  model.processes.get(pid)?.threads.find((each) => threadTitle(each) === title) ?? assert.fail(title);
const worker2 = thread('12801', 'worker 2 · resize');
const during = (from: number, to: number) =>
  waitDuring(waits, worker2.id, { start: START + from * MS, end: START + to * MS });

describe('what blocked a thread', () => {
  it('is found for a stretch of its time, the wait that took most of it', () => {
    assert.equal(during(3100, 3200)?.timeoutMs, 5000);
    assert.equal(during(3100, 3200)?.wokenBy?.threadId, thread('12801', 'worker 3 · resize').id);
    assert.equal(during(4000, 6000)?.timeoutMs, null);
    assert.equal(during(1000, 2900), null);
    assert.equal(during(4250, 4350), null);
    assert.equal(during(6100, 6400), null);
  });

  it('is summed up line by line', () => {
    const [atomics, ...others] = blockedLines(model, worker2, waits);
    assert.equal(others.length, 0);
    assert.equal(atomics?.call, 'Atomics.wait');
    assert.equal(atomics.location, '/home/ada/resize/resize-worker.js:18:11');
    assert.deepEqual([atomics.count, atomics.total / MS, atomics.longest / MS], [2, 2800, 1600]);
    assert.equal(atomics.lastWaker?.location, '/home/ada/resize/resize-pool.js:99:11');
    const [execSync] = blockedLines(model, thread('12830', 'main'), waits);
    assert.equal(execSync?.call, 'execSync');
    assert.equal(execSync.location, '/home/ada/resize/thumbs.js:21:5');
  });
});

describe('long tasks', () => {
  const worker1 = thread('12801', 'worker 1 · resize');
  const { longTasks } = worker1;

  it('are found by time', () => {
    assert.equal(longTasks.length, 5);
    assert.equal(firstTaskAfter(longTasks, START), 0);
    assert.equal(firstTaskAfter(longTasks, START + 1340 * MS), 1, 'a task ends before its end');
    assert.equal(firstTaskAfter(longTasks, START + 9000 * MS), 5);
    assert.equal(firstTaskAfter([], START), 0);
  });

  it('are named where they take part', () => {
    assert.equal(
      longestTask(thread('12801', 'main'), START + 2200 * MS, START + 2220 * MS)?.start,
      START + 2100 * MS,
    );
    assert.equal(longestTask(worker1, START + 1400 * MS, START + 1900 * MS), null);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rows, threadTitle, type Row } from '../../../src/model/select';
import type { Model } from '../../../src/model/types';
import { RecordingModel } from '../../../webview/recordingModel';
import { backlogsOf } from '../../../webview/messages/backlog';
import { messageColumns } from '../../../webview/messages/columns';
import { spanProcesses, totalsOf, touching, touchingThread } from '../../../webview/messages/filter';
import { messageRows, type MessageRow } from '../../../webview/messages/rows';
import { clicked, parseSort, sorted } from '../../../webview/messages/sorting';
import { scenario, type ScenarioName } from './fixtures/scenarios';

function modelOf(name: ScenarioName): Model {
  const recording = new RecordingModel();
  for (const message of scenario(name)) if (message.type === 'bytes') recording.push(message.bytes);
  return recording.model;
}

const named = ({ from, to }: MessageRow): string => `${from.thread ?? '?'} > ${to.thread ?? '?'}`;
const find = (all: readonly MessageRow[], name: string): MessageRow =>
  all.find((row) => named(row) === name) ?? assert.fail(`no row ${name}: ${all.map(named).join(', ')}`);

/** A thread of the pool, by its name on screen. */
function idOf(model: Model, pid: string, title: string): string {
  const threads = model.processes.get(pid)?.threads ?? [];
  return threads.find((thread) => threadTitle(thread) === title)?.id ?? assert.fail(title);
}

describe('the rows of the Messages tab', () => {
  const live = modelOf('live');
  const all = messageRows(live);

  it('tell who sent how much to whom, by which channel', () => {
    const { kind, sent, delivered, waiting, lines } = find(all, 'main > worker 1 · resize');
    assert.deepEqual([kind, sent, delivered, waiting], ['worker', 117, 116, 1]);
    assert.equal(lines[0]?.location, '/home/ada/resize/resize-pool.js:66:20');
    assert.deepEqual(new Set(all.map((row) => row.kind)), new Set(['worker', 'broadcast', 'port', 'ipc']));
  });

  it('know the bytes of IPC exactly, and estimate all others', () => {
    for (const { kind, bytesEstimated } of all) assert.equal(bytesEstimated, kind !== 'ipc');
  });

  it('say how many messages were only counted', () => {
    const { sent, recorded, unrecorded } = find(all, 'main > main');
    assert.equal(recorded + unrecorded, sent);
    assert.equal(Math.round(sent / recorded), 16);
  });

  it('do not claim to know what reached a process that is not observed', () => {
    const plugin = all.find(({ to }) => to.process?.includes('plugin.js') === true);
    assert.deepEqual([plugin?.sent, plugin?.delivered, plugin?.waiting], [6, null, null]);
  });

  it('tell what comes too late from what waits', () => {
    const preview = find(all, 'main > worker 4 · preview');
    assert.deepEqual([preview.waiting, preview.isTooLate, preview.oldest], [3, true, null]);
    const stuck = find(all, 'main > worker 2 · resize');
    assert.equal(stuck.isTooLate, false);
    assert.ok(stuck.oldest !== null && live.now - stuck.oldest > 1e9);
  });

  it('show which thread does not get to its messages', () => {
    const backlogs = backlogsOf(live, all);
    assert.deepEqual(
      [...backlogs].map(([id, { waiting }]) => [id, waiting]),
      [[idOf(live, '12801', 'worker 2 · resize'), 49]],
    );
    const ended = modelOf('ended');
    assert.equal(backlogsOf(ended, messageRows(ended)).size, 0, 'in an ended run nothing is late any more');
  });
});

describe('filtering messages', () => {
  const live = modelOf('live');
  const all = messageRows(live);
  const worker2 = idOf(live, '12801', 'worker 2 · resize');
  const row = (id: string): Row => rows(live, new Map()).find((each) => each.id === id) ?? assert.fail(id);

  it('keeps those from or to the selected thread', () => {
    assert.deepEqual(touching(all, row(worker2)).map(named), [
      'main > worker 2 · resize',
      'worker 2 · resize > main',
    ]);
  });

  it('keeps those of all threads of the selected process', () => {
    const ofThumbs = touching(all, row('12830'));
    assert.equal(ofThumbs.length, 2);
    assert.ok(ofThumbs.every(({ kind }) => kind === 'ipc'));
    assert.ok(spanProcesses(ofThumbs));
    assert.ok(!spanProcesses(touching(all, row(worker2))));
  });

  it('counts a broadcast once, however many got it', () => {
    const broadcasts = all.filter(({ kind }) => kind === 'broadcast');
    assert.equal(broadcasts.length, 2);
    const { sent, delivered } = totalsOf(broadcasts);
    assert.deepEqual([sent, delivered], [12, 24]);
  });

  it('sums up what a thread sent, received and has waiting', () => {
    const { sent, received, waiting, neverDelivered } = touchingThread(all, worker2);
    assert.deepEqual([sent, received, waiting, neverDelivered], [62, 68, 49, 0]);
  });
});

describe('sorting messages', () => {
  const all = messageRows(modelOf('live'));

  it('orders by every column both ways, what is not known last', () => {
    for (const column of messageColumns) {
      const up = sorted(all, { column, descending: false });
      const down = sorted(all, { column, descending: true });
      assert.equal(new Set(up).size, all.length);
      assert.equal(new Set(down).size, all.length);
      if (column === 'delivered') {
        assert.equal(up.at(-1)?.delivered, null);
        assert.equal(down.at(-1)?.delivered, null);
      }
    }
    assert.deepEqual(
      sorted(all, { column: 'waiting', descending: true })
        .slice(0, 2)
        .map(({ waiting }) => waiting),
      [49, 4],
    );
  });

  it('knows that worker 10 comes after worker 2', () => {
    const names = sorted(messageRows(modelOf('channels')), { column: 'ends', descending: false }).map(named);
    assert.ok(names.indexOf('main > worker 2 · task') < names.indexOf('main > worker 10 · task'));
  });

  it('begins with the largest figures and the first names, and turns at the second click', () => {
    assert.deepEqual(clicked(null, 'sent'), { column: 'sent', descending: true });
    assert.deepEqual(clicked({ column: 'sent', descending: true }, 'sent'), {
      column: 'sent',
      descending: false,
    });
    assert.deepEqual(clicked({ column: 'sent', descending: true }, 'ends'), {
      column: 'ends',
      descending: false,
    });
  });

  it('comes back from whatever was saved', () => {
    assert.deepEqual(parseSort({ column: 'bytes', descending: true }), { column: 'bytes', descending: true });
    fc.assert(fc.property(fc.anything(), (value) => void parseSort(value)));
  });
});

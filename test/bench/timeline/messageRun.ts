import { main, worker, POOL } from '../../unit/webview/fixtures/poolEnds';
import { manyWorkers } from '../../unit/webview/fixtures/plans';
import { Simulation } from '../../unit/webview/fixtures/simulation';
import { holds, said, stream } from '../../unit/webview/fixtures/traffic';

const WORKERS = 20;
const BEGIN_MS = 500;
const MS = 1000;

/** A run of a second and a half in whose last second 20 workers and their creator exchange `count` messages. */
export function messageRun(count: number): Uint8Array {
  const every = MS / (count / (2 * WORKERS));
  const times = { start: BEGIN_MS, end: BEGIN_MS + MS, every, bytes: 1000, queue: 0.5, handle: 0.2 };
  const events = Array.from({ length: WORKERS }, (_, index) => index + 1).flatMap((id) => {
    const call = { call: id, file: './task.js', eval: false, name: 'task', location: `${POOL}:24:18` };
    return [
      said(60 + id, main(0), 'worker', call),
      said(61 + id, main(0), 'workerResult', { call: id, threadId: id, error: null, errorCode: null }),
      holds(62 + id, main(id), 'creator', { call: id }),
      holds(200 + id, worker(id), 'worker'),
      ...stream({ from: main(id), to: worker(id), lines: [`${POOL}:66:20`], ...times }),
      ...stream({ from: worker(id), to: main(id), lines: [`${POOL}:80:4`], ...times }),
    ];
  });
  return new Simulation('messages.js', [manyWorkers(WORKERS)], events).advance(BEGIN_MS + MS + 40);
}

// What the rows of the panel cost: a search over ten thousand of them, and a batch of records of a program that has
// started twenty thousand processes.
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { buildSync } from 'esbuild';
import type * as modelModule from '../../src/model/model';
import type * as registryModule from '../../src/model/registry';
import type { Model, Process } from '../../src/model/types';
import type * as arrangeModule from '../../webview/rows/arrangeRows';
import type { Arrangement } from '../../webview/rows/arrangement';
import type * as arrangementModule from '../../webview/rows/arrangement';
import { inTurn, milliseconds, roundsWanted } from './measure';
import { report } from './report';

const ROWS = 10_000;
const WORKERS = 4;
const PROCESSES = 20_000;
const SECOND = 1e9;

type Subject = Pick<typeof modelModule, 'emptyModel'> &
  Pick<typeof registryModule, 'createProcess' | 'createThread' | 'setParentPid'> &
  Pick<typeof arrangeModule, 'arrangeRows'> &
  Pick<typeof arrangementModule, 'everything'>;

/** As it is shipped, in one file. */
function bundled(): Subject {
  const folder = mkdtempSync(path.join(tmpdir(), 'cviz-bench-'));
  const outfile = path.join(folder, 'rows.js');
  const contents = `
    export { emptyModel } from './src/model/model';
    export { createProcess, createThread, setParentPid } from './src/model/registry';
    export { arrangeRows } from './webview/rows/arrangeRows';
    export { everything } from './webview/rows/arrangement';`;
  const stdin = { contents, resolveDir: path.join(__dirname, '../..') };
  buildSync({ stdin, outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'silent' });
  const subject = createRequire(__filename)(outfile) as Subject;
  rmSync(folder, { recursive: true, force: true });
  return subject;
}

const { emptyModel, createProcess, createThread, setParentPid, arrangeRows, everything } = bundled();
const expansion: ReadonlyMap<string, boolean> = new Map();

/** Processes of one parent, each with its main thread and some workers, all of which did a little. */
function program(processes: number, workers: number, areEnded: boolean): Model {
  const model = emptyModel();
  model.start = 0;
  const root = addProcess(model, 1, null);
  for (let pid = 2; pid <= processes; pid++) {
    const process = addProcess(model, pid, root);
    for (let threadId = 1; threadId <= workers; threadId++) {
      const thread = createThread(model, process, 'worker', pid);
      thread.threadId = threadId;
      thread.file = `/srv/app/workers/task-${pid % 100}.js`;
      thread.jsStart = pid;
    }
    for (const thread of process.threads) {
      const running = (pid * 7919) % 1000;
      thread.timeline.add(0, 0, running, 1e6 - running, 0, 'eventLoop', false);
      if (areEnded) thread.end = thread.timeline.end;
    }
    if (!areEnded) continue;
    process.end = process.threads[0]?.end ?? null;
    model.index.endedThreads += process.threads.length;
  }
  model.now = 60 * SECOND;
  model.revision = 1;
  return model;
}

function addProcess(model: Model, pid: number, parent: Process | null): Process {
  const process = createProcess(model, pid, pid, pid);
  process.args = ['/usr/bin/node', `/srv/app/jobs/job-${pid}.js`, `--id=${pid}`];
  process.isNode = true;
  for (const thread of process.threads) thread.jsStart = pid;
  if (parent !== null) setParentPid(model, process, parent.pid);
  return process;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as (options: { readonly type: 'minor' }) => void;

/** Milliseconds. */
interface Cost {
  readonly time: number;
  readonly cpu: number;
}

/** What is measured pays for its own garbage, and for nobody else's. */
function measured(action: () => void): Cost {
  collectGarbage({ type: 'minor' });
  const before = process.cpuUsage();
  const time = milliseconds(action);
  const { user, system } = process.cpuUsage(before);
  return { time, cpu: (user + system) / 1000 };
}

function searchIn(model: Model, query: string): Cost {
  const arrangement = { ...everything, query };
  return measured(() => void arrangeRows(model, expansion, arrangement));
}

/** A batch of records that tells nothing of new processes, as it comes many times a second. */
function batch(model: Model, arrangement: Arrangement, time: number): Cost {
  model.revision += 100;
  model.now += time;
  return measured(() => void arrangeRows(model, expansion, arrangement));
}

const rounds = roundsWanted(31);
const searched = program(ROWS / (WORKERS + 2), WORKERS, false);
const sorted: Arrangement = { ...everything, sort: 'cpu' };
const filtered: Arrangement = { ...everything, query: 'job-1', hideIdle: true };
// One each: what was arranged last is kept with the model.
const plainly = program(PROCESSES, 0, true);
const byTime = program(PROCESSES, 0, true);
const partly = program(PROCESSES, 0, true);
const growing = program(PROCESSES, 0, true);
let typed = 0;
const figures = inTurn(rounds, {
  firstSearch: () => searchIn(program(ROWS / (WORKERS + 2), WORKERS, false), 'task-42'),
  nextLetter: () => searchIn(searched, `task-${typed++ % 100}`),
  many: () => searchIn(searched, 'js'),
  batch: () => batch(plainly, everything, 1e6),
  batchFiltered: () => batch(partly, filtered, 1e6),
  pace: () => batch(plainly, everything, SECOND),
  paceGrown: () => {
    addProcess(growing, growing.processes.size + 1, null);
    return batch(growing, everything, SECOND);
  },
  paceSorted: () => batch(byTime, sorted, SECOND),
  paceFiltered: () => batch(partly, filtered, SECOND),
});

function tell(workload: string, costs: readonly Cost[], atMost: number, digits: number): void {
  const cpu = costs.map((cost) => cost.cpu);
  report(
    workload,
    costs.map(({ time }) => time),
    { unit: ' ms', digits, cpu, target: { atMost } },
  );
}

tell('search over 10,000 rows, the first one', figures.firstSearch, 50, 2);
tell('search over 10,000 rows, one letter more', figures.nextLetter, 50, 2);
tell('search over 10,000 rows that finds all', figures.many, 50, 2);
tell('20,000 ended processes: a batch of records', figures.batch, 5, 3);
tell('the same, searched and filtered', figures.batchFiltered, 5, 3);
tell('the same, once in half a second', figures.pace, 5, 3);
tell('the same, one process more', figures.paceGrown, 50, 2);
tell('the same, sorted by CPU time', figures.paceSorted, 50, 2);
tell('the same, searched and filtered', figures.paceFiltered, 50, 2);

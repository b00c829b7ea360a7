/** Runs in the page of arrows.ts: a pool with a million messages, and frames of its spans and arrows. */
import { arrowsIn, countArrows } from '../../src/model/arrows';
import { emptyModel } from '../../src/model/model';
import { reduce } from '../../src/model/reduce';
import { rows } from '../../src/model/select';
import type { Model } from '../../src/model/types';
import type { TraceRecord } from '../../src/trace/records';
import { watchPalette } from '../../webview/palette';
import { laneThreads, rowGeometries } from '../../webview/timeline/lane';
import { arrowSummary, paintArrows } from '../../webview/timeline/paintArrows';
import { paintSpans } from '../../webview/timeline/paintSpans';
import type { ArrowScene } from '../../webview/timeline/scene';

const START = 3.6e12;
const WORKERS = 100;
const MESSAGES = 10_000;
/** Between two messages of a channel, nanoseconds. */
const PERIOD = 1e6;
const WIDTH = 1100;
const ROWS_IN_VIEW = 36;

/** Each worker gets half of its channel's messages and answers each of them. */
function pool(): Model {
  const model = emptyModel();
  const add = (source: number, record: unknown): void => reduce(model, record as TraceRecord, source);
  const thread = (log: string, threadId: number, spawnToken: string | null): object => ({
    ...{ kind: 'threadStart', time: START + threadId, log, pid: 100, ppid: 1, processStartTicks: 1 },
    ...{ processStart: START, isMain: threadId === 0, threadId, tid: 100 + threadId, threadStartTicks: 1 },
    ...{ name: null, wallMs: 0, platform: 'linux', nodeVersion: 'v20', execPath: 'node', argv: '["node"]' },
    ...{ execArgv: '[]', cwd: '/', spawnToken, cpu: 0, runQueue: 0 },
  });
  const port = (number: number, origin: string, call: number | null): object => ({
    ...{ kind: 'port', time: START + 200, port: number, origin, call, peer: null, via: null },
    ...{ message: null, index: null, name: null, location: null },
  });
  add(2, thread('main', 0, null));
  for (let call = 1; call <= WORKERS; call++) {
    const file = './w.js';
    add(2, {
      kind: 'worker',
      time: START + call,
      call,
      file,
      eval: false,
      name: null,
      location: 'main.js:1:1',
    });
    add(2, port(call, 'creator', call));
    add(2 + call, thread(`w${call}`, call, `main#${call}`));
    add(2 + call, port(1, 'worker', null));
  }
  const sent = {
    kind: 'send',
    bytes: 100,
    transferredBytes: 0,
    transferred: 0,
    duration: 5e3,
    location: 'a.js:1:1',
  };
  for (let message = 1; message <= MESSAGES / 2; message++) {
    for (let worker = 1; worker <= WORKERS; worker++) {
      const time = START + message * 2 * PERIOD + worker * 15e3;
      const [there, back] = [time + 200e3, time + 1200e3];
      add(2, { ...sent, time, port: worker, message });
      add(2 + worker, { kind: 'receive', time: there, port: 1, message, duration: 900e3 });
      add(2 + worker, { ...sent, time: back - 150e3, port: 1, message });
      add(2, { kind: 'receive', time: back, port: worker, message, duration: 8e3 });
    }
  }
  return model;
}

export interface ArrowFigures {
  readonly built: number;
  readonly firstFrame: number;
  readonly count: number[];
  readonly counted: number;
  /** Frames at every zoom, arrows and spans apart. */
  readonly arrows: number[];
  readonly spans: number[];
  /** With about 2,000 arrows in view. */
  readonly full: number[];
  readonly drawn: number;
  readonly summary: string | null;
}

function measure(rounds: number): ArrowFigures {
  const built = timed(() => void (model = pool()));
  const palette = watchPalette().value;
  const canvas = document.body.appendChild(document.createElement('canvas'));
  const geometry = rowGeometries.normal;
  canvas.width = WIDTH;
  canvas.height = ROWS_IN_VIEW * geometry.rowHeight;
  const context = canvas.getContext('2d')!;
  const allRows = rows(model, new Map());
  const duration = model.now - START;
  const sceneAt = (from: number, width: number): ArrowScene => ({
    ...{ model, rows: allRows.slice(0, ROWS_IN_VIEW), allRows, firstRow: 0, geometry, ticks: [] },
    ...{ range: { from, to: from + width }, width: WIDTH, pixelRatio: 1, palette },
    ...{ selected: null, picked: null, selectedArrow: null, hoveredArrow: null },
  });
  /** Reading a pixel makes sure that all has been painted. */
  const frame = (paint: () => void): number =>
    timed(() => {
      context.clearRect(0, 0, canvas.width, canvas.height);
      paint();
      context.getImageData(0, 0, 1, 1);
    });
  const paintAllSpans = (scene: ArrowScene): void =>
    scene.rows.forEach((row, index) => {
      const [thread] = laneThreads(row);
      if (thread !== undefined) paintSpans(context, scene, thread, index * geometry.rowHeight);
    });
  const whole = sceneAt(0, duration);
  const firstFrame = frame(() => {
    paintAllSpans(whole);
    paintArrows(context, whole);
  });
  const [count, arrows, spans, full]: number[][] = [[], [], [], []];
  let counted = 0;
  const fullWidth = widthOf2000(model, duration);
  const drawn = countAll(model, duration / 2, fullWidth);
  for (let round = 0; round < rounds; round++) {
    const shift = (round / rounds) * duration * 0.01;
    count!.push(timed(() => void (counted = countAll(model, shift, duration))));
    for (let zoom = 0; zoom <= 20; zoom += 2) {
      const width = duration / 2 ** zoom;
      const scene = sceneAt(duration / 2 - width / 2 + shift / 2 ** zoom, width);
      spans!.push(frame(() => paintAllSpans(scene)));
      arrows!.push(frame(() => paintArrows(context, scene)));
    }
    const scene = sceneAt(duration / 2 + shift, fullWidth);
    full!.push(frame(() => paintArrows(context, scene)));
  }
  const summary = arrowSummary(whole);
  return {
    built,
    firstFrame,
    count: count!,
    counted,
    arrows: arrows!,
    spans: spans!,
    full: full!,
    drawn,
    summary,
  };
}

let model = emptyModel();

function countAll(pool_: Model, from: number, width: number): number {
  const { message, spawn, wake } = countArrows(pool_, START + from, START + from + width);
  return message + spawn + wake;
}

/** How wide a window about 2,000 arrows take; what is listed there is as many as were counted. */
function widthOf2000(pool_: Model, duration: number): number {
  let [low, high] = [0, duration];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (countAll(pool_, duration / 2, middle) > 1950) high = middle;
    else low = middle;
  }
  const from = START + duration / 2;
  const listed = arrowsIn(pool_, from, from + low, 1e6).length;
  if (listed !== countAll(pool_, duration / 2, low)) throw new Error(`${listed} are listed, others counted`);
  return low;
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

Object.assign(globalThis, { measureArrows: measure });

import assert from 'node:assert/strict';
import { NS_PER_MS } from '../../../src/base/units';
import { rows, type Expansion } from '../../../src/model/select';
import type { Model } from '../../../src/model/types';
import type { Palette } from '../../../webview/palette';
import { arrowPicture } from '../../../webview/timeline/arrowLines';
import { arrowRows } from '../../../webview/timeline/arrowRows';
import { arrowAt, spanAt } from '../../../webview/timeline/hitArrows';
import { rowGeometries } from '../../../webview/timeline/lane';
import { arrowSummary } from '../../../webview/timeline/paintArrows';
import type { ArrowScene } from '../../../webview/timeline/scene';
import { spanLabels } from '../../../webview/timeline/spanLabels';
import { Stretches } from '../../../webview/timeline/stretches';
import { modelOf } from '../../support/traceNotation';

const story = `
  0   main begins pid=100 cpu=0
  6   main creates 1 ./w.js
  6   main holds 1 creator call=1
  7   main created 1 worker=1
  9   w begins pid=100 worker=1 tid=107 call=main#1 cpu=3
  9   w holds 1 worker
  10  main calls 2 fork "node child.js"
  10  main holds 2 ipcParent call=2
  11  main started 2 pid=101
  15  child begins pid=101 ppid=100 call=main#2
  15  child holds 1 ipcChild
  20  main sends 1 1
  30  w gets 1 1 took=20
  40  main sends 2 1
  50  child gets 1 1 took=5
  60  w sends 1 1
  70  main gets 1 1 took=1`;

function sceneOf(
  model: Model,
  change: Partial<ArrowScene> = {},
  expansion: Expansion = new Map(),
): ArrowScene {
  const allRows = rows(model, expansion);
  return {
    model,
    rows: allRows,
    allRows,
    firstRow: 0,
    geometry: rowGeometries.normal,
    range: { from: 0, to: 100 * NS_PER_MS },
    ticks: [],
    width: 1000,
    pixelRatio: 1,
    palette: {} as Palette,
    selected: null,
    picked: null,
    selectedArrow: null,
    hoveredArrow: null,
    ...change,
  };
}

/** Rows: 100, 100/0, 100/1, 101, 101/0. */
const rowIds = ['100', '100/0', '100/1', '101', '101/0'];

function outline(scene: ArrowScene): string[] {
  return arrowPicture(scene)
    .lines.map(({ arrow, x1, y1, x2, y2 }) => `${arrow.kind} ${x1},${y1} ${x2},${y2}`)
    .sort();
}

describe('rows for arrows', () => {
  const model = modelOf(story);

  it('are the threads’ own', () => {
    const all = rows(model, new Map());
    assert.deepEqual(
      all.map(({ id }) => id),
      rowIds,
    );
    const found = arrowRows(model, all);
    assert.deepEqual(
      ['100/0', '100/1', '101/0', 'nobody'].map((id) => found.rowOf(id)),
      [1, 2, 4, null],
    );
    assert.deepEqual([...found.threadsIn(1, 3)], ['100/0', '100/1']);
  });

  it('are those of closed processes for all that is in them', () => {
    const found = arrowRows(model, rows(model, new Map([['100', false]])));
    assert.deepEqual(
      ['100/0', '100/1', '101/0'].map((id) => found.rowOf(id)),
      [0, 0, 0],
    );
    assert.deepEqual([...found.threadsIn(0, 1)].sort(), ['100/0', '100/1', '101/0']);
  });

  it('are none for what a filter hides', () => {
    const all = rows(model, new Map()).filter(({ id }) => id !== '100/1');
    assert.equal(arrowRows(model, all).rowOf('100/1'), null);
  });
});

describe('arrow lines', () => {
  const model = modelOf(story);

  it('lead from the bar of one row to that of another one', () => {
    const { rowHeight, spanTop, barTop, barHeight } = rowGeometries.normal;
    const bottom = barTop + barHeight;
    const lines = outline(sceneOf(model));
    assert.equal(lines.length, 5);
    assert.ok(
      lines.includes(`message 200,${rowHeight + bottom} 300,${2 * rowHeight + spanTop}`),
      String(lines),
    );
    assert.ok(
      lines.includes(`message 600,${2 * rowHeight + spanTop} 700,${rowHeight + bottom}`),
      String(lines),
    );
  });

  it('are only those that touch a row on the canvas', () => {
    const scene = sceneOf(model);
    const last = { ...scene, rows: scene.allRows.slice(3), firstRow: 3 };
    const lines = outline(last);
    assert.equal(lines.length, 2, 'the fork and the message to the child');
    assert.ok(
      lines.every((line) => / \d+,-\d+ /.test(line)),
      'they begin above the canvas',
    );
  });

  it('are none within a closed process', () => {
    assert.deepEqual(outline(sceneOf(model, {}, new Map([['100', false]]))), []);
  });

  it('that touch the selection stand out', () => {
    const base = model.start ?? 0;
    const selected = { rowId: '100/1', start: base + 25 * NS_PER_MS, end: base + 35 * NS_PER_MS };
    const { strong, selectedLines } = arrowPicture(sceneOf(model, { selected }));
    assert.deepEqual(
      strong.map(({ arrow }) => arrow.id),
      ['message worker:main#1 0>1 1'],
    );
    assert.equal(selectedLines.length, 1);
    const hovered = arrowPicture(sceneOf(model, { hoveredArrow: 'spawn main#2' }));
    assert.deepEqual([hovered.strong.length, hovered.selectedLines.length], [1, 0]);
  });

  it('are found under the pointer', () => {
    const scene = sceneOf(model);
    const { rowHeight } = rowGeometries.normal;
    assert.equal(arrowAt(scene, 400, 2 * rowHeight + 10), 'message ipc:main#2 0>1 1');
    assert.equal(arrowAt(scene, 402, 2 * rowHeight + 10), 'message ipc:main#2 0>1 1');
    assert.equal(arrowAt(scene, 440, 2 * rowHeight + 10), null);
    const dense = { ...scene, pixelRatio: 2, width: 2000 };
    assert.equal(arrowAt(dense, 400, 2 * rowHeight + 10), 'message ipc:main#2 0>1 1', 'CSS pixels');
  });

  it('leave the pointer to the lanes where they are close together', () => {
    const { rowHeight } = rowGeometries.normal;
    const narrow = sceneOf(model, { width: 20 });
    assert.equal(arrowAt(narrow, 8, 2 * rowHeight + 10), 'message ipc:main#2 0>1 1');
    const crowd = sceneOf(model, { width: 8 });
    assert.equal(arrowAt(crowd, 3, 2 * rowHeight + 10), null);
    const selectedArrow = 'message ipc:main#2 0>1 1';
    assert.equal(arrowAt({ ...crowd, selectedArrow }, 3, 2 * rowHeight + 10), selectedArrow);
  });

  it('that are too many are counted instead', () => {
    const many = Array.from(
      { length: 2100 },
      (_, index) =>
        `${71 + index / 1000} main sends 1 ${index + 2}\n${72 + index / 1000} w gets 1 ${index + 2} took=0`,
    );
    const crowd = sceneOf(modelOf(`${story}\n${many.join('\n')}`));
    assert.equal(arrowSummary(crowd), '2,103 messages in view: zoom in for arrows');
    const { lines, counts } = arrowPicture(crowd);
    assert.deepEqual([lines.length, counts.spawn], [2, 2], 'the few spawns are drawn');
    assert.equal(arrowSummary(sceneOf(model)), null);
  });
});

describe('spans under the pointer', () => {
  const model = modelOf(story);
  const { spanTop, spanHeight } = rowGeometries.normal;
  const at = (x: number, y: number): string | undefined =>
    spanAt(model, model.threads.get('100/1')!, { from: 0, to: 1e8 }, rowGeometries.normal, x, y, 1000)?.kind;

  it('are those of the strip', () => {
    assert.equal(at(400, spanTop + spanHeight / 2), 'message');
    assert.equal(at(520, spanTop + spanHeight / 2), undefined);
    assert.equal(at(400, spanTop + spanHeight + 4), undefined, 'the states’');
  });

  it('are labelled by who sent them', () => {
    const child = model.threads.get('101/0')!;
    const span = spanAt(model, child, { from: 0, to: 1e8 }, rowGeometries.normal, 520, 6, 1000)!;
    assert.deepEqual(spanLabels(model, child, span), [
      'message from main of node main.js',
      'from main of node main.js',
    ]);
    const w = model.threads.get('100/1')!;
    const own = spanAt(model, w, { from: 0, to: 1e8 }, rowGeometries.normal, 400, 6, 1000)!;
    assert.deepEqual(spanLabels(model, w, own), ['message from main', 'from main']);
  });
});

describe('stretches', () => {
  it('are joined where they touch', () => {
    const stretches = new Stretches();
    const given = [
      [1, 5, 2],
      [1, 4, 9],
      [1, 20, 22],
      [2, 3, 3],
      [3, 0, 1],
    ] as const;
    for (const [line, one, other] of given) stretches.add(line, one, other);
    const seen: number[][] = [];
    stretches.visit((...stretch) => seen.push(stretch));
    assert.deepEqual(seen, [
      [1, 2, 9],
      [1, 20, 22],
      [3, 0, 1],
    ]);
  });
});

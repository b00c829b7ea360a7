import assert from 'node:assert/strict';
import { emptyModel } from '../../../src/model/model';
import { reduce } from '../../../src/model/reduce';
import { rows, type Row } from '../../../src/model/select';
import { expandedAt } from '../../../src/model/selectPanel';
import { RecordingReader } from '../../../src/trace/recording';
import { clampTreeWidth, columnsFor, columnTemplate, defaultTreeWidth } from '../../../webview/columns';
import { rowTitle } from '../../../webview/treeRow';
import { treeAction } from '../../../webview/treeKeys';
import { poolEvents, poolProcesses } from './fixtures/plans';
import { Simulation } from './fixtures/simulation';

function poolRows(expansion: ReadonlyMap<string, boolean> = new Map()): Row[] {
  const model = emptyModel();
  const reader = new RecordingReader((record, source) => {
    reduce(model, record, source);
  });
  reader.push(new Simulation('pool.js', poolProcesses, poolEvents).advance(5000));
  return rows(model, expansion);
}

describe('keys in the tree', () => {
  const all = poolRows();
  const indexOf = (title: string): number => all.findIndex((row) => rowTitle(row) === title);
  const after = (key: string, index: number): unknown =>
    treeAction(key, { rows: all, pinned: 0, current: index, page: 10 });

  it('go from row to row, by page and to the ends', () => {
    assert.deepEqual(after('ArrowDown', -1), { kind: 'go', index: 0 });
    assert.deepEqual(after('ArrowDown', 2), { kind: 'go', index: 3 });
    assert.deepEqual(after('ArrowUp', 0), { kind: 'go', index: 0 });
    assert.deepEqual(after('PageDown', 2), { kind: 'go', index: 12 });
    assert.deepEqual(after('PageUp', 3), { kind: 'go', index: 0 });
    assert.deepEqual(after('End', 3), { kind: 'go', index: all.length - 1 });
    assert.deepEqual(after('Home', 3), { kind: 'go', index: 0 });
  });

  it('open and close rows, then go in and out', () => {
    const native = indexOf('native threads (7)');
    assert.deepEqual(after('ArrowRight', native), { kind: 'expand', index: native });
    assert.deepEqual(after('ArrowRight', 0), { kind: 'go', index: 1 });
    assert.deepEqual(after('ArrowLeft', 0), { kind: 'collapse', index: 0 });
    assert.deepEqual(after('ArrowLeft', 1), { kind: 'go', index: 0 });
  });

  it('go from a row without children into its lane', () => {
    assert.deepEqual(after('ArrowRight', 1), { kind: 'enterLane' });
    assert.deepEqual(after('Enter', 1), { kind: 'enterLane' });
    assert.deepEqual(after('Enter', 0), { kind: 'openDetails' });
    assert.deepEqual(after(' ', 1), { kind: 'openDetails' });
  });

  it('take a pinned row as one that stands alone', () => {
    const place = { rows: [all[1], ...all] as Row[], pinned: 1, current: 0, page: 10 };
    assert.equal(treeAction('ArrowLeft', place), null);
    assert.deepEqual(treeAction('ArrowRight', place), { kind: 'enterLane' });
    assert.equal(treeAction('ArrowLeft', { ...place, current: 1 })?.kind, 'collapse');
    assert.deepEqual(treeAction('ArrowLeft', { ...place, current: 2 }), { kind: 'go', index: 1 });
  });

  it('do nothing for letters that mean nothing, nor without rows', () => {
    assert.equal(after('x', 1), null);
    assert.equal(treeAction('ArrowDown', { rows: [], pinned: 0, current: -1, page: 10 }), null);
  });

  it('know a process without rows inside as one with a lane', () => {
    const leaf = all.findIndex((row) => rowTitle(row).startsWith('esbuild'));
    assert.equal(expandedAt(all, leaf), null);
    assert.deepEqual(after('ArrowRight', leaf), { kind: 'enterLane' });
  });
});

describe('columns of the tree', () => {
  it('go in order when room gets short: memory, CPU, words of the states', () => {
    const fit = (width: number): unknown => {
      const { memory, cpu, shortState } = columnsFor(width);
      return [memory, cpu, shortState];
    };
    assert.deepEqual(fit(520), [true, true, false]);
    assert.deepEqual(fit(400), [false, true, false]);
    assert.deepEqual(fit(300), [false, false, false]);
    assert.deepEqual(fit(210), [false, false, true]);
  });

  it('are not there when the user hides them, and leave their room to others', () => {
    assert.equal(columnsFor(520, ['memory']).memory, false);
    assert.equal(columnsFor(520, ['cpu']).cpu, false);
    assert.deepEqual(columnsFor(400, ['cpu']).memory, false);
    assert.deepEqual(columnsFor(430, ['cpu']).memory, true);
    assert.deepEqual(columnsFor(520, ['state', 'cpu', 'memory']), {
      state: false,
      cpu: false,
      memory: false,
      shortState: false,
    });
  });

  it('take the tree’s width exactly', () => {
    for (const width of [120, 210, 300, 400, 520, 900]) {
      const fixed = columnTemplate(columnsFor(width), width)
        .match(/\d+(?=px)/g)!
        .map(Number);
      assert.equal(
        fixed.reduce((sum, each) => sum + each, 0),
        width + 0,
      );
    }
  });

  it('leave room for the lanes', () => {
    for (const total of [320, 500, 720, 1400, 4000]) {
      assert.ok(defaultTreeWidth(total) <= total - 140 || defaultTreeWidth(total) === 120);
      assert.ok(clampTreeWidth(5000, total) < total);
    }
  });
});

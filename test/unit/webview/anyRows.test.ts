import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rows, type Row } from '../../../src/model/select';
import { threadStates } from '../../../src/model/states';
import type { Model, Process } from '../../../src/model/types';
import { arrangeRows } from '../../../webview/rows/arrangeRows';
import { rowSorts, type Arrangement } from '../../../webview/rows/arrangement';
import { activeFilters } from '../../../webview/rows/rowFilter';
import { PlainModel } from './fixtures/plainModel';

/** Any small program. */
const anyModel = fc
  .array(
    fc.record({
      parent: fc.nat(6),
      isNode: fc.boolean(),
      ended: fc.boolean(),
      name: fc.constantFrom('server', 'worker', 'tool', '인코더'),
      threads: fc.array(fc.constantFrom('worker' as const, 'native' as const), { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 7 },
  )
  .map((plans) => {
    const plain = new PlainModel();
    const made: Process[] = [];
    plans.forEach(({ parent, isNode, ended, name, threads }, index) => {
      const above = made[parent];
      const words = { args: ['node', name], isNode, ...(ended ? { end: 5 } : {}) };
      const process = plain.process(index + 1, above === undefined ? words : { ...words, parent: above });
      for (const kind of threads) plain.did(plain.thread(process, { kind, name }), { waiting: 1 });
      made.push(process);
    });
    return plain.model;
  });

const anyIds = fc.constantFrom('1', '2', '3', '1/native', '2/native', '1/1', '2/2', 'gone');
const anyArrangement: fc.Arbitrary<Arrangement> = fc.record({
  query: fc.constantFrom('', '', 'server', 'worker 1', 'tool', '인', 'main'),
  states: fc.subarray([...threadStates]),
  kinds: fc.subarray(['main', 'worker', 'native'] as const),
  processId: fc.option(fc.constantFrom('1', '2', 'gone')),
  blockedLongerThan: fc.option(fc.constantFrom(1, 1e12), { freq: 5 }),
  hideIdle: fc.boolean(),
  hideNative: fc.boolean(),
  hideEnded: fc.boolean(),
  sort: fc.constantFrom(...rowSorts),
  pins: fc.array(anyIds, { maxLength: 4 }),
  places: fc.array(fc.tuple(anyIds, fc.integer({ min: -2, max: 9 })), { maxLength: 3 }),
});
const anyExpansion = fc.array(fc.tuple(anyIds, fc.boolean())).map((entries) => new Map(entries));

describe('rows of any program, however they are arranged', () => {
  it('are never doubled, stand below their own, and are not more than there are', () => {
    fc.assert(
      fc.property(anyModel, anyArrangement, anyExpansion, (model, wish, expansion) => {
        const { rows: list, hidden, matches, pinned } = arrangeRows(model, expansion, wish);
        const ids = list.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
        assert.equal(new Set(pinned.map(({ id }) => id)).size, pinned.length);
        assert.ok(pinned.every(({ id }) => wish.pins.includes(id)));
        assert.ok(matches.every((id) => ids.includes(id)));
        assert.ok(hidden >= 0 && hidden <= rows(model, expansion).length);
        checkDepths(list);
        checkEveryRow(model, list, wish);
        const isPlain = wish.query === '' && activeFilters(wish).length === 0;
        if (isPlain)
          assert.deepEqual(
            ids.toSorted(),
            rows(model, expansion)
              .map(({ id }) => id)
              .toSorted(),
          );
      }),
      { numRuns: 500 },
    );
  });

  it('only change their order when they are sorted', () => {
    fc.assert(
      fc.property(anyModel, anyArrangement, anyExpansion, (model, wish, expansion) => {
        const idsOf = (change: Partial<Arrangement>): string[] =>
          arrangeRows(model, expansion, { ...wish, ...change })
            .rows.map(({ id }) => id)
            .toSorted();
        assert.deepEqual(idsOf({}), idsOf({ sort: 'tree', places: [] }));
      }),
    );
  });
});

/** No row is deeper than one below the row before it. */
function checkDepths(list: readonly Row[]): void {
  list.forEach((row, index) => {
    const before = list[index - 1];
    assert.ok(row.depth <= (before === undefined ? 0 : before.depth + 1));
  });
}

/** Each thread passes the filter, and each process does or has something below it that does. */
function checkEveryRow(model: Model, list: readonly Row[], wish: Arrangement): void {
  const isNative = (row: Row): boolean => row.kind === 'thread' && row.thread.kind === 'native';
  list.forEach((row, index) => {
    if (wish.hideNative) assert.ok(row.kind !== 'nativeThreads' && !isNative(row));
    if (row.kind === 'thread') {
      if (wish.kinds.length > 0) assert.ok(wish.kinds.includes(row.thread.kind));
      if (wish.hideEnded) assert.equal(row.thread.end, null);
    }
    if (row.kind !== 'process' || row.collapsed || wish.query === '') return;
    const text = [...row.process.args, `pid ${row.process.pid}`, 'main'].join(' ');
    const isFound = wish.query.split(' ').some((word) => text.includes(word));
    const next = list[index + 1];
    assert.ok(isFound || (next !== undefined && next.depth > row.depth), 'a process for no reason');
  });
  assert.ok(list.length <= model.processes.size * 2 + model.threads.size);
}

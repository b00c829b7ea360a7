import assert from 'node:assert/strict';
import { rows } from '../../../src/model/select';
import type { Model, Process } from '../../../src/model/types';
import { arrangeRows } from '../../../webview/rows/arrangeRows';
import { everything, type Arrangement } from '../../../webview/rows/arrangement';
import { allOpen, arranged, example } from './fixtures/arrangedRows';
import { PlainModel } from './fixtures/plainModel';

describe('rows as the user wants them', () => {
  it('are those of the model when nothing is asked for', () => {
    const { model } = example();
    const expansion = new Map([['100/native', true]]);
    const { rows: all, hidden, pinned, matches } = arranged(model, {}, expansion);
    assert.deepEqual(all, rows(model, expansion));
    assert.deepEqual([hidden, pinned, matches], [0, [], []]);
  });

  it('built for a filter that hides nothing, are the same as those of the model', () => {
    const { model } = example();
    for (const expansion of [allOpen, new Map([['100/native', true]]), new Map([['101', false]])]) {
      const { rows: all, hidden } = arranged(model, { kinds: ['main', 'worker', 'native'] }, expansion);
      assert.deepEqual(all, rows(model, expansion));
      assert.equal(hidden, 0);
    }
  });

  it('stay the same objects until something else than what they show has changed', () => {
    const { plain, model, server, resize } = example();
    const wish = { ...everything, sort: 'start' } as const;
    const first = arrangeRows(model, allOpen, wish);
    plain.did(resize, { running: 1 });
    assert.equal(arrangeRows(model, allOpen, wish), first);
    plain.thread(server, { threadId: 3, start: 4 });
    assert.equal(arrangeRows(model, allOpen, wish).rows.length, first.rows.length + 1);
    assert.notEqual(arrangeRows(model, allOpen, { ...wish }), first);
  });

  it('see that a process runs Node after all, and that one was another’s child', () => {
    const { plain, model, shell, server } = example();
    const wish = { ...everything };
    const before = arrangeRows(model, allOpen, wish).rows.length;
    shell.isNode = true;
    model.revision++;
    assert.equal(arrangeRows(model, allOpen, wish).rows.length, before + 1);
    const late = plain.process(103);
    arrangeRows(model, allOpen, wish);
    late.parentId = server.id;
    model.revision++;
    assert.equal(arrangeRows(model, allOpen, wish).rows.at(-2)?.depth, 1);
  });
});

describe('the order of rows', () => {
  function racing() {
    const plain = new PlainModel();
    const root = plain.process(1, { args: ['node', 'root.js'] });
    const of = (pid: number, start: number, running: number, blocked: number): Process => {
      const args = ['tool', String(pid)];
      const process = plain.process(pid, { args, isNode: false, parent: root, start, end: 10 });
      plain.did(process.threads[0]!, { running });
      plain.did(process.threads[0]!, { blocked });
      return process;
    };
    const children = [of(2, 3, 1, 2), of(3, 1, 3, 0.5), of(4, 2, 2, 4)];
    return { plain, model: plain.model, root, children };
  }
  const order = (model: Model, wish: Partial<Arrangement>): string =>
    arranged(model, wish)
      .rows.filter(({ kind, depth }) => kind === 'process' && depth === 1)
      .map(({ id }) => id)
      .join('');

  it('is by start, CPU time or blocked time among siblings', () => {
    const { model } = racing();
    assert.equal(order(model, {}), '234');
    assert.equal(order(model, { sort: 'start' }), '342');
    assert.equal(order(model, { sort: 'cpu' }), '342');
    assert.equal(order(model, { sort: 'blocked' }), '423');
  });

  it('changes twice a second at most while the program runs', () => {
    const { plain, model, children } = racing();
    const wish: Arrangement = { ...everything, sort: 'cpu' };
    const first = arrangeRows(model, allOpen, wish);
    plain.did(children[0]!.threads[0]!, { running: 9 });
    model.now += 0.4e9;
    assert.equal(arrangeRows(model, allOpen, wish), first);
    model.now += 0.2e9;
    assert.equal(arrangeRows(model, allOpen, wish).rows[2]?.id, '2');
    plain.did(children[1]!.threads[0]!, { running: 9 });
    model.ended = true;
    assert.equal(arrangeRows(model, allOpen, wish).rows[2]?.id, '3', 'the last word counts at once');
  });

  it('gives way to where the user moved a row', () => {
    const { model } = racing();
    assert.equal(order(model, { places: [['4', 0]] }), '423');
    assert.equal(order(model, { places: [['2', 99]] }), '342');
    assert.equal(order(model, { places: [['4', -5], ['2', 1]] }), '423'); // prettier-ignore
    assert.equal(order(model, { places: [['gone', 0]], sort: 'cpu' }), '342');
  });

  it('has the pinned rows apart, in their own order, whatever the filter hides', () => {
    const { model, root } = racing();
    const native = arranged(model, {
      pins: ['4', 'gone', '1/native', root.threads[0]!.id, '4'],
      query: 'zzz',
    });
    assert.deepEqual(
      native.pinned.map(({ id, depth }) => [id, depth]),
      [['4', 0], [root.threads[0]!.id, 0]], // prettier-ignore
    );
    assert.equal(native.rows.length, 0);
  });
});

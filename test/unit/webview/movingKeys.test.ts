import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rows, type Row } from '../../../src/model/select';
import type { Thread } from '../../../src/model/types';
import { asCss, boxOf, pointerTime } from '../../../webview/moving/bands';
import { draggedTo, gripAt, keyedRange } from '../../../webview/moving/brush';
import { keyNote } from '../../../webview/moving/keyNote';
import { LaneIntervals, mainState } from '../../../webview/moving/laneIntervals';
import { laneAction, type PressedKey } from '../../../webview/moving/laneKeys';
import { processesAround, stickyRows } from '../../../webview/moving/stickyRows';
import { between } from '../../../webview/moving/timePicker';
import { rowTitle } from '../../../webview/treeRow';
import { poolModel } from './fixtures/poolModel';

const S = 1e9;
const none = { ctrl: false, shift: false, alt: false, meta: false, altGraph: false };
const pressed = (key: string, modifiers: Partial<PressedKey> = {}): PressedKey => ({
  key,
  ...none,
  ...modifiers,
});

describe('keys on the lanes', () => {
  it('zoom, move and fit, in either case', () => {
    assert.deepEqual(laneAction(pressed('w'), false), { kind: 'zoom', closer: true });
    assert.deepEqual(laneAction(pressed('W', { shift: true }), false), { kind: 'zoom', closer: true });
    assert.deepEqual(laneAction(pressed('d'), true), { kind: 'pan', by: 1 });
    assert.deepEqual(laneAction(pressed('f'), false), { kind: 'fitSelection' });
    assert.deepEqual(laneAction(pressed('0'), false), { kind: 'fitAll' });
    assert.deepEqual(laneAction(pressed('L'), false), { kind: 'follow' });
  });

  it('walk along a lane only when an interval of it is selected', () => {
    assert.equal(laneAction(pressed('ArrowRight'), false), null);
    assert.deepEqual(laneAction(pressed('ArrowRight'), true), { kind: 'step', by: 1, sameState: false });
    assert.deepEqual(laneAction(pressed('ArrowLeft', { ctrl: true }), true), {
      kind: 'step',
      by: -1,
      sameState: true,
    });
    assert.deepEqual(laneAction(pressed('ArrowLeft', { meta: true }), true), {
      kind: 'step',
      by: -1,
      sameState: true,
    });
    assert.deepEqual(laneAction(pressed('ArrowUp'), true), { kind: 'otherLane', by: -1 });
  });

  it('mean something else with Shift and Alt', () => {
    assert.deepEqual(laneAction(pressed('ArrowRight', { shift: true }), false), {
      kind: 'resizePick',
      by: 1,
    });
    assert.deepEqual(laneAction(pressed('ArrowDown', { alt: true }), true), { kind: 'moveRow', by: 1 });
    assert.deepEqual(laneAction(pressed('b'), false), { kind: 'blocked', by: 1 });
    assert.deepEqual(laneAction(pressed('B', { shift: true }), false), { kind: 'blocked', by: -1 });
  });

  it('find brackets on keyboards that have them behind AltGr, where Ctrl and Alt are reported as well', () => {
    const altGr = { altGraph: true, ctrl: true, alt: true };
    assert.deepEqual(laneAction(pressed('[', altGr), true), { kind: 'alongArrow', by: -1, goesOn: false });
    assert.deepEqual(laneAction(pressed('}', altGr), true), { kind: 'alongArrow', by: 1, goesOn: true });
  });

  it('leave what belongs to others alone', () => {
    for (const key of ['f', 'a', 'c', 'w', '[', 'Escape'])
      assert.equal(laneAction(pressed(key, { ctrl: true }), true), null, key);
    for (const key of ['/', 'Tab', 'constructor', '__proto__', 'Home'])
      assert.equal(laneAction(pressed(key), false), null, key);
  });

  it('have words for what is not there', () => {
    assert.match(keyNote({ kind: 'blocked', by: 1 }), /Blocked/);
    assert.notEqual(
      keyNote({ kind: 'alongArrow', by: 1, goesOn: false }),
      keyNote({ kind: 'alongArrow', by: -1, goesOn: false }),
    );
  });
});

describe('the intervals of a lane', () => {
  const model = poolModel(5120);
  const worker = [...model.threads.values()].find(({ name }) => name === 'resize' || name === null);
  const threads = [...model.threads.values()];

  it('follow one another without gaps up to now, and each is found by its time', () => {
    for (const thread of threads) {
      const lane = new LaneIntervals(model, thread);
      for (let index = 0; index < lane.length; index++) {
        const interval = lane.at(index)!;
        if (index > 0) assert.equal(interval.start, lane.at(index - 1)!.end);
        assert.equal(lane.indexAt((interval.start + interval.end) / 2), index, thread.id);
      }
      if (thread.end === null) assert.equal(lane.at(lane.length - 1)?.end, model.now);
      assert.equal(lane.at(-1), null);
      assert.equal(lane.at(lane.length), null);
    }
  });

  it('are found by state in both directions', () => {
    const thread = threads.find((each) => each.timeline.totals.blocked > S) as Thread;
    assert.ok(worker !== undefined);
    const lane = new LaneIntervals(model, thread);
    const first = lane.ofState('blocked', -1, 1)!;
    const last = lane.ofState('blocked', lane.length, -1)!;
    assert.equal(mainState(first), 'blocked');
    assert.ok(first.start < last.start);
    assert.equal(lane.ofState('blocked', lane.indexAt(first.start + 1), -1), null);
    assert.equal(lane.ofState('blocked', lane.indexAt(last.start + 1), 1), null);
  });
});

describe('process rows that stay at the top', () => {
  const all = rows(poolModel(5120), new Map());
  const titles = (scrollTop: number, most?: number): string[] =>
    stickyRows(all, scrollTop, 26, most).map((index) => rowTitle(all[index] as Row));
  const indexOf = (title: string): number => all.findIndex((row) => rowTitle(row).startsWith(title));

  it('are those around the first row below them', () => {
    assert.deepEqual(titles(0), []);
    assert.deepEqual(titles(1), ['node resize-pool.js']);
    assert.deepEqual(titles(3 * 26), ['node resize-pool.js']);
    const inThumbs = indexOf('node thumbs.js') + 1;
    assert.deepEqual(titles(inThumbs * 26).slice(0, 2), [
      'node resize-pool.js',
      rowTitle(all[inThumbs - 1] as Row),
    ]);
  });

  it('are none in a list too low for them', () => {
    assert.deepEqual(titles(3 * 26, 0), []);
  });

  it('never hide the process of the first row that is seen, never come twice, and are three at most', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: all.length * 26 }),
        fc.integer({ min: 0, max: 5 }),
        (scrollTop, most) => {
          const sticky = stickyRows(all, scrollTop, 26, most);
          assert.ok(sticky.length <= Math.min(3, most));
          assert.equal(new Set(sticky).size, sticky.length);
          sticky.forEach((index, place) => {
            assert.equal(all[index]?.kind, 'process');
            // It has itself left its place.
            assert.ok(index * 26 < scrollTop + place * 26);
          });
          const first = Math.floor((scrollTop + sticky.length * 26) / 26);
          if (sticky.length > 0) assert.deepEqual(processesAround(all, first).slice(-sticky.length), sticky);
        },
      ),
    );
  });
});

describe('the frame of the minimap', () => {
  const range = { from: 2 * S, to: 4 * S };
  const box = { left: 200, width: 200 };

  it('is moved by its inside, resized by its edges, and jumps to where it is not', () => {
    const moving = gripAt(300, box, 3 * S, range, false);
    assert.deepEqual(draggedTo(5 * S, moving), { from: 4 * S, to: 6 * S });
    const left = gripAt(198, box, 2 * S, range, false);
    assert.deepEqual(draggedTo(1 * S, left), { from: 1 * S, to: 4 * S });
    const right = gripAt(402, box, 4 * S, range, false);
    assert.deepEqual(draggedTo(1 * S, right), { from: 1 * S, to: 2 * S }, 'also past the other edge');
    const beside = gripAt(800, box, 8 * S, range, false);
    assert.deepEqual(draggedTo(8 * S, beside), { from: 7 * S, to: 9 * S });
  });

  it('is drawn anew where it is all there is', () => {
    const drawn = gripAt(500, { left: 0, width: 1000 }, 5 * S, { from: 0, to: 10 * S }, true);
    assert.deepEqual(draggedTo(6 * S, drawn), { from: 5 * S, to: 6 * S });
  });

  it('can still be moved when it is narrow', () => {
    assert.equal(gripAt(203, { left: 200, width: 6 }, 2.03 * S, range, false).kind, 'move');
  });

  it('moves by keys', () => {
    assert.deepEqual(keyedRange('PageDown', range, 10 * S), { from: 4 * S, to: 6 * S });
    assert.deepEqual(keyedRange('Home', range, 10 * S), { from: 0, to: 2 * S });
    assert.deepEqual(keyedRange('End', range, 10 * S), { from: 8 * S, to: 10 * S });
    assert.equal(keyedRange('x', range, 10 * S), null);
  });
});

describe('stretches of time on ruler and minimap', () => {
  it('are cut to what is in view, and always to be seen', () => {
    const range = { from: 0, to: 10 * S };
    assert.deepEqual(boxOf({ from: -1e15, to: 1e15 }, range, 1000, 2), { left: 0, width: 1000 });
    assert.deepEqual(boxOf({ from: 5 * S, to: 5 * S + 1 }, range, 1000, 2), { left: 500, width: 2 });
    assert.deepEqual(boxOf({ from: 10 * S - 1, to: 10 * S }, range, 1000, 2)?.left, 998);
    assert.equal(boxOf({ from: 11 * S, to: 12 * S }, range, 1000, 2), null);
    assert.deepEqual(asCss({ left: 1, width: 2 }), { left: '1px', width: '2px' });
  });

  it('lie within the run', () => {
    assert.deepEqual(between(5 * S, -3 * S, 4 * S), { from: 0, to: 4 * S });
    assert.equal(between(5 * S, 6 * S, 4 * S), null);
    assert.equal(between(1, 1, 4 * S), null);
    assert.equal(between(1, 2, 0), null);
  });

  it('tell the moment under the pointer down to the nanosecond', () => {
    assert.equal(pointerTime(12.403_100_25 * S, 1), '00:12.403 100 250');
    assert.equal(pointerTime(12.403_1 * S, 1e6), '00:12.403');
    assert.equal(pointerTime(12.403_1 * S, 5e4), '00:12.403 100');
  });
});

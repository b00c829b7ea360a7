import assert from 'node:assert/strict';
import fc from 'fast-check';
import { initialState, parseSavedState } from '../../../webview/savedState';

describe('the saved state of the panel', () => {
  it('comes back as it was', () => {
    const state = {
      drawer: { open: false, tab: 'memory', height: 300, explain: true },
      messages: { sort: { column: 'waiting', descending: true }, all: true },
      treeWidth: 320,
      density: 'compact',
      hiddenColumns: ['cpu'],
      showsArrows: false,
      runId: 7,
      view: { mode: 'free', from: 1, to: 2 },
      selection: { rowId: '12/0', time: 5 },
      selectedArrow: 'spawn a#1',
      picked: { from: 3, to: 4 },
      arrangement: {
        query: 'pool',
        states: ['running', 'blocked'],
        kinds: ['worker'],
        processId: '12',
        blockedLongerThan: 5e6,
        hideIdle: true,
        hideNative: true,
        hideEnded: true,
        sort: 'cpu',
        pins: ['12/1'],
        places: [['12/2', 0]],
      },
      topRow: 12.5,
      expansion: [['12', false]],
      dismissed: ['lost'],
    };
    assert.deepEqual(parseSavedState(JSON.parse(JSON.stringify(state))), state);
  });

  it('is the initial one where it makes no sense', () => {
    assert.deepEqual(parseSavedState(null), initialState);
    assert.deepEqual(parseSavedState({ view: { mode: 'free', from: 2, to: 1 } }).view, initialState.view);
    assert.equal(parseSavedState({ messages: { sort: { column: '__proto__' } } }).messages.sort, null);
    assert.deepEqual(parseSavedState({ expansion: [1, ['a'], ['b', 'c']] }).expansion, []);
  });

  it('never makes the panel fail', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        parseSavedState(value);
      }),
    );
  });
});

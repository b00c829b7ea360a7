import { strict as assert } from 'node:assert';
import { scriptOfRun, withRun, type KnownRun } from '../../../src/extension/knownRuns';

describe('known runs', () => {
  it('finds the script of the run that a page remembers', () => {
    const known = withRun(withRun(undefined, { runId: 1, script: '/a.js' }), { runId: 2, script: '/b.js' });
    assert.equal(scriptOfRun(known, { runId: 2, view: {} }), '/b.js');
    assert.equal(scriptOfRun(known, { runId: 3 }), null);
  });

  it('forgets the oldest', () => {
    let known: KnownRun[] = [];
    for (let runId = 0; runId < 60; runId++) known = withRun(known, { runId, script: `/${runId}.js` });
    assert.equal(scriptOfRun(known, { runId: 9 }), null);
    assert.equal(scriptOfRun(known, { runId: 10 }), '/10.js');
  });

  it('takes nothing for granted that comes from outside', () => {
    const run = { runId: 1, script: '/a.js' };
    for (const known of [undefined, null, 'x', [null, 1, { runId: '1', script: 2 }]]) {
      assert.deepEqual(withRun(known, run), [run]);
    }
    for (const state of [undefined, null, 1, 'x', {}, { runId: null }])
      assert.equal(scriptOfRun([run], state), null);
  });
});

import { strict as assert } from 'node:assert';
import { expandVariables, stringList, stringMap } from '../../../src/extension/settingValues';

describe('values of settings', () => {
  it('takes texts out of a list and leaves the rest', () => {
    assert.deepEqual(stringList(['a', 1, null, 'b']), ['a', 'b']);
    for (const value of [undefined, null, 'a', {}, 3]) assert.deepEqual(stringList(value), []);
  });

  it('takes numbers and booleans of a map as text', () => {
    assert.deepEqual(stringMap({ A: 'a', B: 8080, C: true, D: null, E: ['x'] }), {
      A: 'a',
      B: '8080',
      C: 'true',
    });
    for (const value of [undefined, null, 'a', ['a'], 3]) assert.deepEqual(stringMap(value), {});
  });

  it('replaces the variables it knows', () => {
    const variables = { workspaceFolder: '/w', fileDirname: '/w/$&' };
    assert.equal(expandVariables('${workspaceFolder}/x ${fileDirname}', variables), '/w/x /w/$&');
    assert.equal(
      expandVariables('${other} ${toString} $workspaceFolder', variables),
      '${other} ${toString} $workspaceFolder',
    );
  });
});

import { strict as assert } from 'node:assert';
import { parseSourceLocation } from '../../../src/run/sourceLocation';

describe('source locations', () => {
  for (const [text, expected] of [
    ['/a/b.js:3:5', { path: '/a/b.js', line: 2, column: 4 }],
    ['/a/b.js:3', { path: '/a/b.js', line: 2, column: null }],
    ['/a/b:1.js:12:1', { path: '/a/b:1.js', line: 11, column: 0 }],
    ['/a b/ü.mjs:0:0', { path: '/a b/ü.mjs', line: 0, column: 0 }],
  ] as const) {
    it(`reads ${text}`, () => {
      assert.deepEqual(parseSourceLocation(text), expected);
    });
  }

  for (const text of [
    '',
    '/a/b.js',
    'b.js:1:1',
    '../b.js:1:1',
    'file:///a/b.js:1:1',
    'https://example.org/a.js:1:1',
    'command:workbench.action.quit:1:1',
    'vscode://x/y:1:1',
    '/a\0b.js:1:1',
    '/a/b.js:1:1:x',
    'node:internal/x:1:1',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.equal(parseSourceLocation(text), null);
    });
  }
});

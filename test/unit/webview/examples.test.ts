import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleIds } from '../../../src/protocol/messages';
import { examples } from '../../../webview/strings';

const root = join(__dirname, '../../..');
const folder = join(root, 'media', 'examples');

describe('the bundled examples', () => {
  it('are those that are offered', () => {
    const files = readdirSync(folder).map((file) => file.replace(/\.js$/, ''));
    assert.deepEqual(files.toSorted(), exampleIds.toSorted());
    assert.deepEqual(Object.keys(examples), exampleIds);
  });

  for (const id of exampleIds) {
    it(`${id} is in the list of the editor, and says first what it shows`, () => {
      const offered = readFileSync(join(root, 'src', 'extension', 'examples.ts'), 'utf8');
      assert.ok(offered.includes(`example: '${id}'`));
      assert.match(readFileSync(join(folder, `${id}.js`), 'utf8'), /^\/\/ [A-Z].+[.:]/);
    });
  }
});

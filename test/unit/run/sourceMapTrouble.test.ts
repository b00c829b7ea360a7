import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Located } from '../../../src/run/sourceMaps';
import { temporaryFolder } from '../../support/temporaryFolder';
import { build, editMap, locate, placeOf, replaceComment, type Built } from './builtBundle';

const nothing: Located = { original: null, canOpen: false, problem: null };

describe('source maps that are of no use', () => {
  const folder = temporaryFolder();

  describe('say why there is no original', () => {
    function problemAfter(change: (built: Built) => void): string {
      const built = build(folder.path);
      change(built);
      const { original, canOpen, problem } = locate(placeOf(built.script, 'Math.abs('));
      assert.equal(original, null);
      assert.equal(canOpen, false);
      return problem ?? '';
    }

    it('the map is missing', () => {
      assert.match(
        problemAfter(({ script }) => rmSync(`${script}.map`)),
        /^There is no file .+out\.js\.map, /,
      );
    });
    it('the map is somewhere on the network', () => {
      assert.match(
        problemAfter(({ script }) =>
          replaceComment(script, '//# sourceMappingURL=https://example.org/out.js.map\n'),
        ),
        /https:\/\/example\.org.*nothing is fetched/,
      );
    });
    for (const [what, text] of [
      ['no JSON', '{"version":3,'],
      ['no object', '[]'],
      ['another version', '{"version":2,"sources":[],"mappings":""}'],
      ['no mappings', '{"version":3,"sources":[]}'],
      ['no sources', '{"version":3,"mappings":"AAAA"}'],
      [
        'sections far away',
        '{"version":3,"sections":[{"offset":{"line":1e9,"column":0},"map":{"version":3}}]}',
      ],
      ['sections of nothing', '{"version":3,"sections":[null]}'],
    ] as const) {
      it(`the map is damaged: ${what}`, () => {
        assert.match(
          problemAfter(({ script }) => writeFileSync(`${script}.map`, text)),
          /^Its source map is damaged \(.+\)\. [^.]+\.$/,
        );
      });
    }
    it('the map claims more lines than can be', () => {
      const text = JSON.stringify({ version: 3, sources: ['a'], mappings: ';'.repeat(5_000_000) });
      assert.match(
        problemAfter(({ script }) => writeFileSync(`${script}.map`, text)),
        /too large/,
      );
    });
    it('the map is huge', () => {
      assert.match(
        problemAfter(({ script }) => truncateSync(`${script}.map`, 2 ** 33)),
        /cannot be read/,
      );
    });
    it('the map is a pipe', function () {
      if (process.platform === 'win32') this.skip();
      assert.match(
        problemAfter(({ script }) => {
          rmSync(`${script}.map`);
          execFileSync('sh', ['-c', 'mkfifo "$0"', `${script}.map`]);
        }),
        /^There is no file /,
      );
    });
  });

  it('find no original by damaged mappings, and do not fail', () => {
    const { script } = build(folder.path);
    for (const mappings of [
      '~~~~',
      'AAAA,zzzzzzzzzz',
      '9999999',
      'A,C,E',
      'AgBAA;;DDDD',
      '\u00e9\u{1f600}',
    ]) {
      editMap(script, (map) => ({ ...map, mappings }));
      for (let line = 1; line < 4; line++) {
        const { original } = locate(`${script}:${line}:1`);
        assert.ok(original === null || /:\d+:\d+$/.test(original), String(original));
      }
    }
  });

  it('name an original that is not on this machine, and say so', () => {
    const { script, original } = build(folder.path);
    const expected = placeOf(original, 'Math.abs(');
    rmSync(original);
    const withText = locate(placeOf(script, 'Math.abs('));
    assert.equal(withText.original, expected);
    assert.equal(withText.canOpen, false);
    assert.match(
      withText.problem ?? '',
      /my program\.ts does not exist on this machine; only the source map/,
    );
    editMap(script, ({ sourcesContent: _removed, ...map }) => map);
    assert.match(locate(placeOf(script, 'Math.abs(')).problem ?? '', /does not exist on this machine\.$/);
  });

  it('know nothing of what is no script with a map, and read nothing but files', function () {
    const plain = path.join(folder.path, 'plain.js');
    writeFileSync(plain, 'const text = "//# sourceMappingURL=plain.js.map";\nconsole.log(text);\n');
    const typed = path.join(folder.path, 'typed.ts');
    writeFileSync(typed, 'const a: number = 1;\n//# sourceMappingURL=typed.js.map\n');
    const places = [
      plain,
      typed,
      folder.path,
      path.join(folder.path, 'missing.js'),
      '/dev/zero',
      '/proc/kmsg',
    ];
    if (process.platform !== 'win32') {
      const pipe = path.join(folder.path, 'pipe.js');
      execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
      places.push(pipe);
    }
    for (const place of places) assert.deepEqual(locate(`${place}:1:1`), nothing, place);
    for (const text of [
      '',
      '[eval]:1:1',
      'node:fs:1:1',
      'a.js:1:1',
      '/a\0.js:1:1',
      'evalmachine.<anonymous>:1:1',
    ])
      assert.deepEqual(locate(text), nothing, text);
  });
});

import { strict as assert } from 'node:assert';
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { SourceMaps } from '../../../src/run/sourceMaps';
import { temporaryFolder } from '../../support/temporaryFolder';
import { build, editMap, locate, placeOf, replaceComment, source, type Built } from './builtBundle';

/** Both calls are found, line and column. */
function assertFound({ script, original }: Built): void {
  for (const call of ['Math.abs(', 'Math.cbrt(']) {
    assert.deepEqual(locate(placeOf(script, call)), {
      original: placeOf(original, call),
      canOpen: true,
      problem: null,
    });
  }
}

describe('source maps', () => {
  const folder = temporaryFolder();

  describe('find the line that somebody wrote', () => {
    it('by a map beside the bundle', () => assertFound(build(folder.path)));
    it('by a map inside the bundle', () => assertFound(build(folder.path, { sourcemap: 'inline' })));
    it('of a minified bundle, which is one line', () => {
      const built = build(folder.path, { minify: true });
      assert.equal(readFileSync(built.script, 'utf8').trim().split('\n').length, 2);
      assertFound(built);
    });
    it('by a data URL with percent signs', () => {
      const built = build(folder.path);
      const map = encodeURIComponent(readFileSync(`${built.script}.map`, 'utf8'));
      replaceComment(built.script, `//# sourceMappingURL=data:application/json;charset=utf-8,${map}\n`);
      rmSync(`${built.script}.map`);
      assertFound(built);
    });
    it('behind a sourceRoot', () => {
      const built = build(folder.path);
      editMap(built.script, (map) => ({
        ...map,
        sourceRoot: path.dirname(built.original),
        sources: ['my program.ts'],
      }));
      assertFound(built);
    });
    it('relative to the map, not to the bundle', () => {
      const built = build(folder.path);
      const maps = path.join(path.dirname(built.script), 'deep', 'my maps');
      mkdirSync(maps, { recursive: true });
      editMap(built.script, (map) => ({ ...map, sources: ['../../../src/my program.ts'] }));
      writeFileSync(path.join(maps, 'x.map'), readFileSync(`${built.script}.map`));
      replaceComment(built.script, '//# sourceMappingURL=deep/my%20maps/x.map\n');
      assertFound(built);
    });
    it('by names written as URLs', () => {
      const built = build(folder.path);
      editMap(built.script, (map) => ({ ...map, sources: [pathToFileURL(built.original).href] }));
      replaceComment(built.script, `//# sourceMappingURL=${pathToFileURL(`${built.script}.map`).href}\n`);
      assertFound(built);
    });
    it('by the names that webpack gives', () => {
      const built = build(folder.path);
      editMap(built.script, (map) => ({ ...map, sources: ['webpack://my-app/./src/my program.ts?1a2b'] }));
      assertFound(built);
    });
    it('in a map made of sections', () => {
      const { script, original } = build(folder.path);
      const lines = readFileSync(script, 'utf8').split('\n');
      // Two bundles behind one another; the second one begins in the middle of a line.
      const twice = [...lines.slice(0, -2), `/* x */ ${lines.join('\n')}`].join('\n');
      writeFileSync(script, twice);
      editMap(script, (map) => ({
        version: 3,
        sections: [
          { offset: { line: 0, column: 0 }, map },
          { offset: { line: lines.length - 2, column: 8 }, map },
        ],
      }));
      assertFound({ script, original });
      const second = lines.findIndex((line) => line.includes('Math.abs(')) + lines.length - 2;
      const column = (lines[second - lines.length + 2] ?? '').indexOf('Math.abs(');
      assert.equal(locate(`${script}:${second + 1}:${column + 1}`).original, placeOf(original, 'Math.abs('));
    });
    it('through the maps of what was bundled', () => {
      const compiled = build(folder.path);
      const script = path.join(path.dirname(compiled.script), 'bundle.js');
      // esbuild would see through the first map: it is hidden from it.
      const text = readFileSync(compiled.script);
      writeFileSync(compiled.script, text.toString().replace('//# source', '// source'));
      buildSync({ entryPoints: [compiled.script], outfile: script, sourcemap: 'linked', minify: true });
      writeFileSync(compiled.script, text);
      assert.match(readFileSync(`${script}.map`, 'utf8'), /"out\.js"/);
      assertFound({ script, original: compiled.original });
    });
    it('by an old comment, and with other comments behind it', () => {
      const built = build(folder.path);
      replaceComment(built.script, '//@ sourceMappingURL=out.js.map\n//# debugId=1-2-3\n\n');
      assertFound(built);
    });
    it('of a line without a column', () => {
      const { script, original } = build(folder.path);
      const line = placeOf(script, 'Math.abs(').replace(/:\d+$/, '');
      assert.match(locate(line).original ?? '', new RegExp(`^${original}:9:\\d+$`));
    });
    it('by a map that is older than the bundle', () => {
      const built = build(folder.path);
      utimesSync(`${built.script}.map`, 1, 1);
      assertFound(built);
    });
    it('again when the bundle was built anew', () => {
      const { script, original } = build(folder.path);
      const maps = new SourceMaps();
      assert.equal(maps.locate(placeOf(script, 'Math.abs(')).original, placeOf(original, 'Math.abs('));
      writeFileSync(original, `\n\n\n\n${source}`);
      buildSync({ entryPoints: [original], outfile: script, sourcemap: 'linked', bundle: true });
      utimesSync(`${script}.map`, 5, 5);
      assert.equal(maps.locate(placeOf(script, 'Math.abs(')).original, placeOf(original, 'Math.abs('));
      assert.ok(placeOf(original, 'Math.abs(').includes(':13:'));
    });
  });

  it('take little time for a large bundle, and none for the second question', function () {
    const functions = Array.from(
      { length: 40_000 },
      (_, n) => `export const f${n} = (x: number) => x * ${n} + ${n};`,
    );
    const { script, original } = build(
      folder.path,
      { bundle: false, format: 'cjs' },
      `${functions.join('\n')}\nMath.abs(1);\n`,
    );
    const maps = new SourceMaps();
    const place = placeOf(script, 'Math.abs(');
    const begin = performance.now();
    assert.equal(maps.locate(place).original, placeOf(original, 'Math.abs('));
    const first = performance.now() - begin;
    const again = performance.now();
    for (let n = 0; n < 1000; n++) maps.locate(place);
    const each = (performance.now() - again) / 1000;
    assert.ok(statSync(`${script}.map`).size > 2e6);
    assert.ok(first < 5000 && each < Math.max(5, first / 10), `${first} ms, then ${each} ms each`);
  });
});

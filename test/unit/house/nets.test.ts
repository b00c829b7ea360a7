import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { check, plant, projectRoot } from './planted';
import type { Files, Verdict } from './planted';

/** The design's table, written down a second time on purpose: a slip in .ci/rooms.cjs must not pass unseen. */
const table: Readonly<Record<string, readonly string[]>> = {
  base: [],
  trace: ['base'],
  probe: ['trace', 'node'],
  system: ['base', 'trace', 'node'],
  model: ['base', 'trace'],
  protocol: ['base', 'trace', 'model'],
  run: ['base', 'trace', 'model', 'system', 'node', 'npm'],
  panel: ['base', 'model', 'protocol', 'run', 'node', 'npm', 'vscode'],
  extension: ['base', 'model', 'run', 'panel', 'node', 'npm', 'vscode'],
  cli: ['base', 'trace', 'model', 'protocol', 'run', 'node', 'npm'],
  webview: ['base', 'trace', 'model', 'protocol', 'npm'],
};
const rooms = Object.keys(table);
const outside: Readonly<Record<string, string>> = { node: 'node:fs', npm: 'lit', vscode: 'vscode' };

const folderOf = (room: string): string => (room === 'webview' ? 'webview' : `src/${room}`);

interface Planted {
  readonly room: string;
  readonly target: string;
  readonly file: string;
}

function everyImport(isWanted: (allowed: boolean) => boolean): Planted[] {
  return rooms.flatMap((room) =>
    [...rooms, ...Object.keys(outside)]
      .filter((target) => target !== room && isWanted(table[room]!.includes(target)))
      .map((target) => ({ room, target, file: `${folderOf(room)}/uses_${target}.ts` })),
  );
}

function filesFor(imports: readonly Planted[], type: 'type ' | ''): Files {
  const leaves = rooms.map((room) => [`${folderOf(room)}/leaf.ts`, 'export const leaf = 1;\n']);
  const users = imports.map(({ room, target, file }) => {
    const up = room === 'webview' ? '..' : '../..';
    const from = outside[target] ?? `${up}/${folderOf(target)}/leaf`;
    return [file, `import ${type}* as used from '${from}';\nexport type Used = typeof used;\n`];
  });
  return Object.fromEntries([...leaves, ...users]) as Files;
}

describe('the nets under the rooms', () => {
  const roots: string[] = [];

  function verdict(script: string, files: Files): Verdict {
    const root = plant(files);
    roots.push(root);
    return check(script, root);
  }

  after(() => {
    for (const root of roots) rmSync(root, { recursive: true, force: true });
  });

  describe('imports', () => {
    it('lets every import of the table pass', () => {
      const allowed = everyImport((isAllowed) => isAllowed);
      const { ok, output } = verdict('checkImports.mjs', filesFor(allowed, ''));
      assert.ok(ok, output);
    });

    for (const type of ['', 'type '] as const) {
      describe(`an import ${type}that is not in the table`, () => {
        const forbidden = everyImport((isAllowed) => !isAllowed);
        let found: Verdict;
        before(() => {
          found = verdict('checkImports.mjs', filesFor(forbidden, type));
        });
        for (const { room, target, file } of forbidden) {
          it(`${room} → ${target}`, () => {
            assert.equal(found.ok, false);
            assert.ok(
              found.output.includes(`room-${room}: ${file} → `) || hasEditorRule(found, file, target),
            );
          });
        }
      });
    }

    it('catches cycles, also of types only, also across folders', () => {
      const { ok, output } = verdict('checkImports.mjs', {
        'src/base/a.ts': "import { b } from './b';\nexport const a: number = b;\n",
        'src/base/b.ts': "import { a } from './a';\nexport const b: number = a;\n",
        'src/model/c.ts': "import type { D } from './inner/d';\nexport interface C { d: D }\n",
        'src/model/inner/d.ts': "import type { C } from '../c';\nexport interface D { c: C }\n",
      });
      assert.equal(ok, false);
      assert.match(output, /no-cycle: src\/base\/a\.ts/);
      assert.match(output, /no-cycle: src\/model\/c\.ts/);
    });

    it('catches a folder that is no room, and an import that leads nowhere', () => {
      const { ok, output } = verdict('checkImports.mjs', {
        'src/base/leaf.ts': "export { missing } from './missing';\n",
        'src/helpers/misc.ts': "import { leaf } from '../base/leaf';\nexport const misc: number = leaf;\n",
      });
      assert.equal(ok, false);
      assert.match(output, /known-room: src\/helpers\/misc\.ts/);
      assert.match(output, /resolvable: src\/base\/leaf\.ts/);
    });

    it('fails when it saw no module', () => {
      const { ok, output } = verdict('checkImports.mjs', {});
      assert.equal(ok, false);
      assert.match(output, /saw no module/);
    });
  });

  describe('environments', () => {
    const pureRooms = ['base', 'trace', 'model', 'protocol'];
    const nodeRooms = ['probe', 'system', 'run', 'cli', 'panel', 'extension'];
    const usesNode = 'export const pid: number = process.pid;\n';
    const usesBrowser = 'export const title: string = document.title;\n';

    it('lets Node rooms use Node and the webview use the browser', () => {
      const files = Object.fromEntries(nodeRooms.map((room) => [`src/${room}/user.ts`, usesNode]));
      const { ok, output } = verdict('typecheck.mjs', { ...files, 'webview/user.ts': usesBrowser });
      assert.ok(ok, output);
    });

    it('catches Node globals in pure rooms and the webview, and browser globals outside it', () => {
      const files = [
        ...[...pureRooms.map(folderOf), 'webview'].map((folder) => [`${folder}/node.ts`, usesNode]),
        ...[...pureRooms, ...nodeRooms].map((room) => [`src/${room}/browser.ts`, usesBrowser]),
      ] as [string, string][];
      const { ok, output } = verdict('typecheck.mjs', Object.fromEntries(files));
      assert.equal(ok, false);
      for (const [file] of files)
        assert.ok(output.includes(`${file}(1,`), `${file} went unnoticed\n${output}`);
    });
  });

  describe('bundles', () => {
    const good = {
      probe: bundleMeta(
        'dist/probe.js',
        ['src/probe/main.ts', 'src/trace/a.ts', 'src/base/a.ts'],
        ['node:fs'],
      ),
      webview: bundleMeta(
        'dist/webview/main.js',
        ['webview/main.ts', 'src/model/a.ts', 'node_modules/lit/a.js'],
        [],
      ),
      runWorker: bundleMeta(
        'dist/runWorker.js',
        ['src/run/worker.ts', 'src/system/a.ts'],
        ['worker_threads'],
      ),
      cli: bundleMeta('dist/cli.js', ['src/cli/main.ts', 'node_modules/commander/a.js'], ['node:http']),
      extension: bundleMeta(
        'dist/extension.js',
        ['src/extension/extension.ts', 'src/panel/a.ts'],
        ['vscode'],
      ),
    };

    function verdictOn(changed: Readonly<Record<string, object>>, metas: object = good): Verdict {
      const files = Object.entries({ ...metas, ...changed }).map(([name, meta]) => [
        `out/meta/${name}.json`,
        JSON.stringify(meta),
      ]);
      return verdict('checkBundles.mjs', Object.fromEntries(files) as Files);
    }

    it('lets good bundles pass, the probe up to one byte under its limit', () => {
      const probe = bundleMeta('dist/probe.js', ['src/probe/main.ts'], ['node:fs'], 49_151);
      const { ok, output } = verdictOn({ probe });
      assert.ok(ok, output);
    });

    it('catches a probe of 48 KB', () => {
      const probe = bundleMeta('dist/probe.js', ['src/probe/main.ts'], ['node:fs'], 49_152);
      assertCaught(verdictOn({ probe }), /probe: dist\/probe\.js has 49152 bytes/);
    });

    const foreign: readonly (readonly [bundle: keyof typeof good, input: string])[] = [
      ['probe', 'src/model/reduce.ts'],
      ['probe', 'node_modules/lit/index.js'],
      ['webview', 'src/run/a.ts'],
      ['webview', 'src/system/a.ts'],
      ['webview', 'src/panel/a.ts'],
      ['webview', 'src/extension/a.ts'],
      ['webview', 'src/cli/a.ts'],
      ['webview', 'src/probe/a.ts'],
      ['cli', 'src/panel/a.ts'],
      ['runWorker', 'src/extension/a.ts'],
      ['extension', 'src/cli/a.ts'],
    ];
    for (const [bundle, input] of foreign) {
      it(`catches ${input} in ${bundle}`, () => {
        const bad = bundleMeta(`dist/${bundle}.js`, [input], []);
        assertCaught(verdictOn({ [bundle]: bad }), new RegExp(`${bundle}: holds ${input}`));
      });
    }

    it('catches what a bundle leaves to be found at run time', () => {
      assertCaught(verdictOn({ probe: bundleMeta('dist/probe.js', [], ['lit']) }), /probe: leaves lit/);
      assertCaught(verdictOn({ cli: bundleMeta('dist/cli.js', [], ['vscode']) }), /cli: leaves vscode/);
      assertCaught(verdictOn({ webview: bundleMeta('dist/main.js', [], ['fs']) }), /webview: leaves fs/);
    });

    it('catches a bundle that was not built', () => {
      const { webview: _webview, ...others } = good;
      assertCaught(verdictOn({}, others), /webview: .* is missing/);
    });

    it('reads what esbuild really writes', async () => {
      const root = plant({
        'src/model/leaf.ts': 'export const leaf = 1;\n',
        'src/probe/main.ts': "import { leaf } from '../model/leaf';\nexport const found: number = leaf;\n",
      });
      roots.push(root);
      const { metafile } = await build({
        absWorkingDir: root,
        entryPoints: ['src/probe/main.ts'],
        outfile: 'dist/probe.js',
        platform: 'node',
        bundle: true,
        metafile: true,
      });
      assertCaught(verdictOn({ probe: metafile }), /probe: holds src\/model\/leaf\.ts/);
    });
  });

  it('has the rooms of the table, no more and no fewer', async () => {
    const written = (await import(join(projectRoot, '.ci', 'rooms.cjs'))) as { rooms: object };
    assert.deepEqual(Object.keys(written.rooms).sort(), [...rooms].sort());
  });
});

/** Rooms that may use npm packages, and so could mistake the editor's typings for one, have a rule of its own. */
function hasEditorRule({ output }: Verdict, file: string, target: string): boolean {
  return target === 'vscode' && output.includes(`editor-api-only-in-panel-and-extension: ${file} → `);
}

function bundleMeta(
  outfile: string,
  inputs: readonly string[],
  external: readonly string[],
  bytes = 1_000,
): object {
  return {
    inputs: Object.fromEntries(inputs.map((path) => [path, { bytes: 1, imports: [] }])),
    outputs: {
      [outfile]: {
        bytes,
        inputs: Object.fromEntries(inputs.map((path) => [path, { bytesInOutput: 1 }])),
        imports: external.map((path) => ({ path, kind: 'require-call', external: true })),
        exports: [],
      },
    },
  };
}

function assertCaught({ ok, output }: Verdict, expected: RegExp): void {
  assert.equal(ok, false);
  assert.match(output, expected);
}

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildSync, type BuildOptions } from 'esbuild';
import type { Report } from '../../src/model/report';
import { ensurePackages } from '../ecosystem/packages';
import { otherNodes, ownEnvironment, record, runBareAndProbed } from '../support/cviz';
import { temporaryFolder } from '../support/temporaryFolder';

/** Lines of types only stand before all calls, and between them: what is left out of the generated code. */
const program = `
interface Answer {
  readonly square: number;
}

type Task = {
  readonly n: number;
};

import { spawn } from 'node:child_process';
import { Worker } from 'node:worker_threads';

const text = \`
  const { parentPort, workerData } = require('node:worker_threads');
  Atomics.wait(workerData, 0, 0);
  parentPort.on('message', () => parentPort.close());
\`;

type Cells = Int32Array<SharedArrayBuffer>;

const cells: Cells = new Int32Array(new SharedArrayBuffer(8));
const worker: Worker = new Worker(text, { eval: true, workerData: cells }); // here: worker

interface Late {
  readonly answer: Answer;
}

worker.postMessage({ n: 3 } satisfies Task); // here: send
setTimeout(() => {
  type Woken = number;
  const woken: Woken = Atomics.notify(cells, 0); // here: notify
  process.exitCode = woken - 1;
}, 300);
// Later: of what happens at once, the probe looks up the first line only.
setTimeout(() => {
  interface Nothing {}
  Atomics.wait(cells as Cells & Nothing, 1, 0, 20); // here: wait
}, 400);
spawn(process.execPath, ['-e', '0'], { stdio: 'inherit' }) // here: spawn
  .on('exit', (code: number | null) => void (code as unknown as Late));
`;

function lineNamed(name: string): number {
  return program.split('\n').findIndex((line) => line.includes(`// here: ${name}`)) + 1;
}

/** Where the calls of the program were made: those of its loader, which has threads of its own, are left out. */
function linesOf(report: Report): Readonly<Record<string, string | null | undefined>> {
  const processes = report.processes.filter(({ spawnedBy }) => spawnedBy === 'spawn');
  const own = processes.find(({ args }) => args.includes('-e'));
  const isOwn = (location: string | null): boolean =>
    /[\\/](program\.m?ts|out\.js):\d+$/.test(location ?? '');
  const worker = report.processes
    .flatMap(({ threads }) => threads)
    .find(({ kind, spawnedAt }) => kind === 'worker' && isOwn(spawnedAt));
  const sent = report.channels.flatMap(({ lines }) => lines).find(({ location }) => isOwn(location));
  const wait = report.waits.find(({ location, timeoutMs }) => timeoutMs === 20 && isOwn(location));
  const notified = report.waits.find(({ notifiedAt }) => isOwn(notifiedAt));
  return {
    spawn: own?.spawnedAt,
    worker: worker?.spawnedAt,
    send: sent?.location,
    wait: wait?.location,
    notify: notified?.notifiedAt,
  };
}

describe('lines of source', () => {
  const folder = temporaryFolder();

  function write(name: string): string {
    mkdirSync(path.join(folder.path, 'src'));
    const file = path.join(folder.path, 'src', name);
    writeFileSync(file, program);
    return file;
  }

  function bundle(source: string, options: BuildOptions): string {
    const outfile = path.join(folder.path, 'dist', 'out.js');
    buildSync({ entryPoints: [source], outfile, bundle: true, platform: 'node', ...options });
    return outfile;
  }

  async function assertLines(command: readonly string[], source: string): Promise<void> {
    const { report, code, stderr } = await record(command, { cwd: folder.path, env: ownEnvironment() });
    assert.equal(code, 0, stderr);
    const expected = ['spawn', 'worker', 'send', 'wait', 'notify'].map((name) => [
      name,
      `${source}:${lineNamed(name)}`,
    ]);
    assert.deepEqual(linesOf(report), Object.fromEntries(expected));
  }

  for (const [name, options] of [
    ['a bundle with a map beside it', { sourcemap: 'linked' }],
    ['a minified bundle', { sourcemap: 'linked', minify: true }],
    ['a minified bundle with its map inside', { sourcemap: 'inline', minify: true }],
  ] as const) {
    for (const flags of [[], ['--enable-source-maps']]) {
      it([`are those somebody wrote: ${name}`, ...flags].join(', '), async () => {
        const source = write('program.ts');
        await assertLines([process.execPath, ...flags, bundle(source, options)], source);
      });
    }
  }

  it('are those of the bundle where there is no map', async () => {
    const script = bundle(write('program.ts'), {});
    const { report } = await record([process.execPath, script], { env: ownEnvironment() });
    const line = readFileSync(script, 'utf8')
      .split('\n')
      .findIndex((text) => text.includes('spawn)(process.execPath'));
    assert.equal(linesOf(report)['spawn'], `${script}:${line + 1}`);
  });

  for (const node of [process.execPath, ...otherNodes()]) {
    describe(`with ${path.relative(process.cwd(), node)}`, () => {
      for (const name of ['program.ts', 'program.mts']) {
        it(`are those of ${name} run by tsx`, async function () {
          const source = write(name);
          symlinkSync(await ensurePackages(), path.join(folder.path, 'node_modules'));
          await assertLines([node, path.join('node_modules', 'tsx', 'dist', 'cli.mjs'), source], source);
        });
      }

      it('are those of a program whose types Node strips itself', async function () {
        const source = write('program.mts');
        const plain = path.join(folder.path, 'typed.mts');
        writeFileSync(plain, 'const x: number = 0;\nprocess.exitCode = x;\n');
        const { code } = await record([node, plain], { env: ownEnvironment() });
        if (code !== 0) this.skip();
        await assertLines([node, source], source);
      });
    });
  }

  it('are looked up without a trace: no foreign formatter is asked, and no script is read that is no file', async () => {
    const script = path.join(folder.path, 'formats.js');
    const pipe = path.join(folder.path, 'pipe.js');
    if (process.platform !== 'win32') execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
    writeFileSync(
      script,
      `const { spawnSync } = require('node:child_process');
      let calls = 0;
      Error.prepareStackTrace = () => ++calls;
      const inPipe = require('node:vm').runInThisContext('(f) => f()', { filename: ${JSON.stringify(pipe)} });
      for (let n = 0; n < 3; n++) inPipe(() => spawnSync(process.execPath, ['--version']));
      inPipe(spawnSync.bind(null, process.execPath, ['--version']));
      console.log(calls, Error.stackTraceLimit, process.sourceMapsEnabled);`,
    );
    for (const flags of [[], ['--enable-source-maps']]) {
      const { bare, probed, logs } = await runBareAndProbed([...flags, script], { limitMs: 20_000 });
      assert.equal(bare.code, 0, bare.stderr);
      assert.deepEqual(probed, bare);
      assert.match(probed.stdout, /^0 10 /);
      assert.equal(logs, 1);
    }
  });

  it('are those of a program that source-map-support maps, as ts-node does', async () => {
    const source = write('program.ts');
    symlinkSync(await ensurePackages(), path.join(folder.path, 'node_modules'));
    assert.ok(existsSync(path.join(folder.path, 'node_modules', 'source-map-support')));
    const loader = path.join(folder.path, 'loader.js');
    writeFileSync(
      loader,
      `const { transformSync } = require('esbuild');
      const maps = new Map();
      require('source-map-support').install({
        environment: 'node',
        retrieveSourceMap: (file) => (maps.has(file) ? { url: file, map: maps.get(file) } : null),
      });
      require.extensions['.ts'] = (module, file) => {
        const text = require('node:fs').readFileSync(file, 'utf8');
        const options = { loader: 'ts', format: 'cjs', sourcemap: 'external', sourcefile: file, minify: true };
        const { code, map } = transformSync(text, options);
        maps.set(file, map);
        module._compile(code, file);
      };`,
    );
    await assertLines([process.execPath, '-r', loader, source], source);
  });
});

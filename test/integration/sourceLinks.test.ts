import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { cliPath, cviz, ownEnvironment } from '../support/cviz';
import { temporaryFolder } from '../support/temporaryFolder';
import { launchBrowser } from '../vscode/chromium';

const program = `
type Task = { readonly n: number };

import { Worker } from 'node:worker_threads';
const worker = new Worker("require('node:worker_threads').parentPort.once('message', () => {})", { eval: true });

worker.postMessage({ n: 1 } satisfies Task);
`;
const sendLine = 7;

describe('links to lines of source, in a browser', () => {
  const folder = temporaryFolder();
  let browser: Browser;
  let shown: ChildProcess | null = null;

  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());
  afterEach(() => {
    shown?.kill();
  });

  /** Records a minified bundle of the program. */
  async function recordBundle(): Promise<string> {
    const source = path.join(folder.path, 'project', 'src', 'program.ts');
    const outfile = path.join(folder.path, 'project', 'dist', 'out.js');
    mkdirSync(path.dirname(source), { recursive: true });
    writeFileSync(source, program);
    buildSync({
      entryPoints: [source],
      outfile,
      bundle: true,
      platform: 'node',
      minify: true,
      sourcemap: 'linked',
    });
    const recording = folder.file('x.cviz');
    const { code, stderr } = await cviz(['record', '-o', recording, '--', process.execPath, outfile], {
      env: ownEnvironment(),
    });
    assert.equal(code, 0, stderr);
    return recording;
  }

  async function openMessages(recording: string): Promise<Page> {
    const child = spawn(process.execPath, [cliPath, 'open', '--no-open', recording], { stdio: 'pipe' });
    shown = child;
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    while (!said.includes('\n')) await once(child.stdout, 'data');
    const url = /http:\S+/.exec(said)?.[0];
    assert.ok(url !== undefined, said);
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    await page.goto(url);
    await page.getByRole('tab', { name: 'Messages' }).click();
    return page;
  }

  it('show the line that somebody wrote, and copy it where there is no editor', async () => {
    const page = await openMessages(await recordBundle());
    const link = page.getByRole('button', { name: `program.ts:${sendLine}`, exact: true }).first();
    await link.waitFor();
    const original = `${path.join(folder.path, 'project', 'src', 'program.ts')}:${sendLine}:8`;
    const title = (await link.getAttribute('title')) ?? '';
    assert.ok(title.startsWith(`Copy ${original}\nRan as `), title);
    assert.match(title, /dist[\\/]out\.js:1:\d+$/);
    await link.click();
    await page.getByRole('status').filter({ hasText: 'copied' }).waitFor();
    // An expression: the test's own environment knows no clipboard.
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), original);
    await page.context().close();
  });

  it('show the line as recorded where the files are not', async () => {
    const recording = await recordBundle();
    renameSync(folder.file('project'), folder.file('elsewhere'));
    const page = await openMessages(recording);
    const link = page.getByRole('button', { name: 'out.js:1', exact: true }).first();
    await link.waitFor();
    assert.match((await link.getAttribute('title')) ?? '', /^Copy .+[\\/]out\.js:1:\d+$/);
    await page.context().close();
  });
});

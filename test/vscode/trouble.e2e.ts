import { strict as assert } from 'node:assert';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openTestWorkbench } from './context';
import { panelFrame, panelShows, rowOf } from './panelPage';
import type { PanelView } from './panelPage';
import { waitFor } from './polling';
import type { Workbench } from './workbench';

const files = {
  'syntax.js': 'const answer = ;\n',
  'crash.js': `
    const { Worker } = require('node:worker_threads');
    new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'bystander' });
    setTimeout(() => { throw new TypeError('not my day'); }, 1500);
  `,
  'noEval.js': `
    const { Worker } = require('node:worker_threads');
    new Worker('const { parentPort } = require("node:worker_threads"); parentPort.postMessage(1);');
  `,
  'quick.js': '',
  'long.js': 'setInterval(() => {}, 1000);',
  'killed.js': `setTimeout(() => process.kill(process.pid, 'SIGKILL'), 800);`,
  'typed.ts': `const text: string = 'typed'; console.log(text + ' ran');`,
  'edited.js': `console.log('old text');\n`,
  'readme.md': '# Nothing to run\n',
};

const hasEnded = ({ toolbar }: PanelView): boolean => /Ended/.test(toolbar);

async function runFolders({ server }: Workbench): Promise<string[]> {
  const names = await readdir(server.tempFolder);
  return names.filter((name) => name.startsWith('cviz-')).map((name) => join(server.tempFolder, name));
}

describe('When something is wrong', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openTestWorkbench({ files });
  });
  beforeEach(() => workbench.runCommand('View: Close All Editors'));
  after(() => workbench.dispose());

  const visualize = async (script: string): Promise<void> => {
    await workbench.openFile(script);
    await workbench.runCommand('Visualize Concurrency');
  };

  it('shows a syntax error', async () => {
    await visualize('syntax.js');
    const ended = await panelShows(workbench, 'syntax.js', 'the error', (view) => {
      return hasEnded(view) && /SyntaxError/.test(view.text);
    });
    assert.match(ended.toolbar, /exit code 1/);
    await workbench.terminalShows('SyntaxError');
    await workbench.screenshot('syntax error');
  });

  it('shows a crash, and the threads that went down with it', async () => {
    await visualize('crash.js');
    const ended = await panelShows(workbench, 'crash.js', 'the error', (view) => {
      return hasEnded(view) && /not my day/.test(view.text);
    });
    assert.match(ended.toolbar, /exit code 1/);
    assert.equal(rowOf(ended, 'bystander')?.state, 'Terminated');
    await workbench.screenshot('crash');
  });

  it('explains a worker made from source text without eval', async () => {
    await visualize('noEval.js');
    await workbench.terminalShows('ERR_WORKER_PATH');
    await panelShows(workbench, 'noEval.js', 'the end', hasEnded);
    const frame = await panelFrame(workbench, 'noEval.js');
    await frame.locator('[role="row"]', { hasText: 'worker ·' }).locator('.name').click();
    await panelShows(workbench, 'noEval.js', 'the fix', ({ text }) => /\{ eval: true \}/.test(text));
    await workbench.screenshot('worker without eval');
  });

  it('shows a program that ends at once, and one that is killed', async () => {
    await visualize('quick.js');
    const quick = await panelShows(workbench, 'quick.js', 'the end', hasEnded);
    assert.match(quick.toolbar, /exit code 0/);
    assert.equal(rowOf(quick, 'node quick.js')?.state, 'exit 0');
    await visualize('killed.js');
    const killed = await panelShows(workbench, 'killed.js', 'the end', hasEnded);
    assert.doesNotMatch(killed.toolbar, /exit code 0/);
  });

  it('shows what it knows when the folder of the run is deleted midway', async () => {
    await visualize('long.js');
    await panelShows(workbench, 'long.js', 'the program', (view) => rowOf(view, 'main')?.state === 'Waiting');
    for (const folder of await runFolders(workbench)) await rm(folder, { recursive: true });
    const ended = await panelShows(workbench, 'long.js', 'what happened', ({ text }) =>
      /was deleted/.test(text),
    );
    assert.ok(rowOf(ended, 'node long.js') !== undefined);
    await workbench.runCommand('Concurrency: Restart Program');
    await panelShows(workbench, 'long.js', 'a new run', ({ toolbar }) => /Live/.test(toolbar));
    await workbench.runCommand('Concurrency: Stop Program');
    await panelShows(workbench, 'long.js', 'the end', hasEnded);
  });

  it('saves a file before it is run', async () => {
    await workbench.openFile('edited.js');
    await workbench.page.keyboard.press('Control+Home');
    await workbench.page.keyboard.type("console.log('new text');");
    await workbench.runCommand('Visualize Concurrency');
    await workbench.terminalShows('new text');
    await panelShows(workbench, 'edited.js', 'the end', hasEnded);
  });

  it('says what it cannot run', async () => {
    await visualize('readme.md');
    const { buttons } = await workbench.notification(/readme\.md is not a script that Node\.js can run/);
    assert.deepEqual(buttons, ['Choose a Script…', 'Open an Example…']);
  });

  it('runs TypeScript, or says what is missing for it', async () => {
    await visualize('typed.ts');
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    if (major > 22 || (major === 22 && minor >= 6)) await workbench.terminalShows('typed ran');
    else await workbench.notification(/cannot run TypeScript\. Use Node\.js 22\.18 or newer/);
  });

  it('offers the examples when no file is open', async () => {
    await workbench.runCommand('Visualize Concurrency');
    await workbench.pick('Example: Threads');
    await panelShows(
      workbench,
      'threads.js',
      'the example',
      (view) => rowOf(view, 'worker 1 · primes') !== undefined,
    );
    // The example itself is open too, as a file of the user's own.
    await workbench.page.locator('.tab', { hasText: /^threads\.js$/ }).click();
    await workbench.page.keyboard.press('Control+Home');
    await workbench.page.keyboard.type('// mine ');
    await workbench.page.locator('.tab.dirty', { hasText: /^threads\.js$/ }).waitFor();
    await workbench.runCommand('Concurrency: Stop Program');
    await panelShows(workbench, 'threads.js', 'the end', hasEnded);
    await workbench.runCommand('File: Save');
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('Open Concurrency Example…');
    await workbench.pick('Example: Threads');
    await workbench.page
      .locator('.view-line', { hasText: '// mine // One process with two threads' })
      .waitFor();
  });

  it('leaves no folder behind', async () => {
    await waitFor('no run folder to be left', async () => (await runFolders(workbench)).length === 0);
  });
});

describe('When the settings are wrong', () => {
  for (const [what, settings, message, button, opened] of [
    [
      'the directory is missing',
      { 'concurrencyVisualizer.cwd': 'gone' },
      /working directory .*gone does not exist/,
      'Open Setting',
      'concurrencyVisualizer.cwd',
    ],
    [
      'Node is not there',
      { 'concurrencyVisualizer.nodePath': '/nowhere/node' },
      /Node\.js was not found \(\/nowhere\/node/,
      'Set Path of Node.js',
      'concurrencyVisualizer.nodePath',
    ],
  ] as const) {
    it(`says that ${what}, and leads to the setting`, async () => {
      const workbench = await openTestWorkbench({
        files: { 'a.js': '', '.vscode/settings.json': JSON.stringify(settings) },
      });
      const { page } = workbench;
      await workbench.openFile('a.js');
      await workbench.runCommand('Visualize Concurrency');
      await workbench.notification(message);
      await workbench.screenshot(`wrong settings ${what}`);
      // Nothing to show, so no empty tab either.
      assert.equal(await page.locator('.tab', { hasText: 'Concurrency:' }).count(), 0);
      await page.locator('.notification-toast').getByRole('button', { name: button }).click();
      const search = page.locator('.settings-editor .suggest-input-container');
      await search.filter({ hasText: opened }).waitFor({ timeout: 10_000 });
      await workbench.dispose();
    });
  }
});

import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { extensionPath, openTestWorkbench } from './context';
import { panelFrame, panelShows, rowOf } from './panelPage';
import type { Workbench } from './workbench';

const examples = join(extensionPath, 'media', 'examples');
const wide = { width: 1600, height: 1000 };

describe('Visualize Concurrency', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openTestWorkbench({ folder: examples, viewport: wide });
  });
  after(() => workbench.dispose());

  it('shows the processes and workers of a running script, and how they end', async () => {
    await workbench.openFile('mix.js');
    await workbench.runCommand('Visualize Concurrency');

    const live = await panelShows(workbench, 'mix.js', 'the running program', (view) => {
      return /Live/.test(view.toolbar) && rowOf(view, 'node mix.js child') !== undefined;
    });
    assert.match(rowOf(live, 'node mix.js')?.name ?? '', /^node mix\.js$/);
    assert.equal(rowOf(live, 'node mix.js child')?.level, 2);
    assert.equal(rowOf(live, 'main')?.level, 2);
    await panelShows(workbench, 'mix.js', 'what the threads do', (view) => {
      const state = (name: string): string => rowOf(view, name)?.state ?? '';
      return (
        /^(Running|Ready)$/.test(state('worker 1 · busy')) &&
        state('worker 2 · sleepy') === 'Blocked' &&
        state('main') === 'Waiting'
      );
    });
    await panelShows(workbench, 'mix.js', 'some more of it', ({ toolbar }) => /Live 00:0[3-9]/.test(toolbar));
    await workbench.screenshot('mix live dark');

    const ended = await panelShows(workbench, 'mix.js', 'the end', ({ toolbar }) => /Ended/.test(toolbar));
    assert.match(ended.toolbar, /exit code 0/);
    assert.equal(rowOf(ended, 'node mix.js child')?.state, 'exit 0');
    assert.equal(rowOf(ended, 'worker 1')?.state, 'Terminated');
    const output = await workbench.terminalShows('child process has ended with exit code 0');
    assert.match(output, /worker busy has ended with exit code 0/);
    await workbench.screenshot('mix ended dark');
  });

  it('shows the same in a light theme', async () => {
    await workbench.setTheme('Default Light Modern');
    await workbench.runCommand('Concurrency: Restart Program');
    await panelShows(workbench, 'mix.js', 'the new run', (view) => {
      return /Live 00:0[3-9]/.test(view.toolbar) && rowOf(view, 'worker 2 · sleepy')?.state === 'Blocked';
    });
    await workbench.screenshot('mix live light');
    const ended = await panelShows(workbench, 'mix.js', 'the end', ({ toolbar }) => /Ended/.test(toolbar));
    assert.match(ended.toolbar, /exit code 0/);
    await workbench.screenshot('mix ended light');
  });

  it('has room for everything when it is alone', async () => {
    await workbench.runCommand('Show Concurrency Panel');
    await workbench.runCommand('View: Move Editor into Previous Group');
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    await workbench.runCommand('View: Toggle Panel Visibility');
    for (const [theme, name] of [
      ['Default Light Modern', 'light'],
      ['Default Dark Modern', 'dark'],
    ] as const) {
      await workbench.setTheme(theme);
      await panelShows(workbench, 'mix.js', 'its rows', ({ rows }) => rows.length >= 5);
      await workbench.screenshot(`mix panel alone ${name}`);
    }
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    await workbench.runCommand('View: Close All Editors');
  });

  for (const [script, rows] of [
    ['processes.js', [/^node processes\.js$/, /processes\.js Ada/, /processes\.js Ben/]],
    ['threads.js', [/^node threads\.js$/, /^main$/, /^worker 1 · primes$/]],
  ] as const) {
    it(`shows ${script}`, async () => {
      await workbench.openFile(script);
      await workbench.runCommand('Visualize Concurrency');
      await panelShows(workbench, script, `its rows`, (view) => {
        return rows.every((name) => rowOf(view, name) !== undefined);
      });
      const ended = await panelShows(workbench, script, 'the end', ({ toolbar }) => /Ended/.test(toolbar));
      assert.match(ended.toolbar, /exit code 0/);
      await workbench.screenshot(`${script} ended`);
    });
  }

  it('tells of the messages between the threads', async () => {
    for (const [theme, name] of [
      ['Default Light Modern', 'light'],
      ['Default Dark Modern', 'dark'],
    ] as const) {
      await workbench.setTheme(theme);
      const frame = await panelFrame(workbench, 'threads.js');
      await frame.getByRole('tab', { name: /Messages/ }).click();
      // Six questions, the last of which ends the worker, and five answers.
      const rows = frame.locator('.messagesTable tbody tr');
      await rows.nth(1).waitFor();
      const texts = (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
      assert.match(texts[0] ?? '', /^main → .*worker 1 · primes .*6 6 0/);
      assert.match(texts[1] ?? '', /^worker 1 · primes → .*main .*5 5 0/);
      await workbench.screenshot(`messages ${name}`);
    }
  });

  it('tells the story of every state, with what the kernel keeps', async () => {
    await workbench.openFile('states.js');
    await workbench.runCommand('Visualize Concurrency');
    await panelShows(workbench, 'states.js', 'eight busy workers', ({ rows }) => {
      return rows.filter(({ name, state }) => /busy/.test(name) && /Running|Ready/.test(state)).length >= 6;
    });
    await workbench.screenshot('states live');
    await panelShows(workbench, 'states.js', 'a blocked worker', (view) => {
      return rowOf(view, 'worker 11 · sleeper')?.state === 'Blocked';
    });
    const ended = await panelShows(workbench, 'states.js', 'the end', ({ toolbar }) => /Ended/.test(toolbar));
    assert.match(ended.toolbar, /exit code 0/);
    for (const [theme, name] of [
      ['Default Light Modern', 'light'],
      ['Default Dark Modern', 'dark'],
    ] as const) {
      await workbench.setTheme(theme);
      const frame = await panelFrame(workbench, 'states.js');
      await frame.getByRole('row', { name: /^node states\.js/ }).click();
      for (const tab of ['Details', 'Memory']) {
        await frame.getByRole('tab', { name: tab }).click();
        const heading = tab === 'Details' ? 'Process control block' : 'Its parts';
        await frame.getByRole('heading', { name: heading }).waitFor();
        await workbench.screenshot(`states ${tab} ${name}`);
      }
    }
  });

  it('leaves no errors behind in the panel', () => {
    assert.deepEqual(
      workbench.consoleErrors.filter(({ where, text }) => where === 'webview' && !/404/.test(text)),
      [],
    );
  });
});

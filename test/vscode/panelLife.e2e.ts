import { strict as assert } from 'node:assert';
import { readdir } from 'node:fs/promises';
import { openTestWorkbench } from './context';
import { untilRestored } from './pageProbes';
import { panelFrame, panelShows, rowOf } from './panelPage';
import type { PanelView } from './panelPage';
import { waitFor } from './polling';
import type { Workbench } from './workbench';

const files = {
  // A new worker every now and then, so that a gap in what the panel gets would show.
  'growing.js': `
    const { Worker } = require('node:worker_threads');
    let count = 0;
    setInterval(() => {
      if (count < 12) new Worker('setInterval(() => {}, 1000)', { eval: true, name: 'w' + ++count });
    }, 400);
  `,
  'spawn.js': `
    const { Worker } = require('node:worker_threads');

    function start() {
      return new Worker('setTimeout(() => {}, 200)', { eval: true, name: 'helper' });
    }
    start();
  `,
  'other.txt': 'Something else to look at.',
};

const hasEnded = ({ toolbar }: PanelView): boolean => /Ended/.test(toolbar);
const workers = ({ rows }: PanelView): number =>
  rows.filter(({ name }) => /^worker \d+ · w\d+$/.test(name)).length;

describe('The panel', () => {
  let workbench: Workbench;
  before(async () => {
    // High enough for all rows: those out of sight are not in the page.
    workbench = await openTestWorkbench({ files, viewport: { width: 1280, height: 1100 } });
  });
  after(() => workbench.dispose());

  it('has everything after it was hidden, moved and shown again', async () => {
    await workbench.openFile('growing.js');
    await workbench.runCommand('Visualize Concurrency');
    await panelShows(workbench, 'growing.js', 'two workers', (view) => workers(view) >= 2);

    const tab = workbench.page.locator('.tab', { hasText: 'Concurrency: growing.js' });
    await tab.click();
    // Opens in the panel's column, in front of it, which ends the panel's page.
    await workbench.openFile('other.txt');
    await assert.rejects(panelFrame(workbench, 'growing.js', 1_500));
    await tab.click();
    const shown = await panelShows(workbench, 'growing.js', 'more workers', (view) => workers(view) >= 5);
    assert.match(shown.toolbar, /Live/);

    await workbench.runCommand('View: Move Editor into Previous Group');
    const moved = await panelShows(workbench, 'growing.js', 'all workers', (view) => workers(view) === 12);
    const names = moved.rows.map(({ name }) => name).filter((name) => /^worker/.test(name));
    assert.deepEqual(
      names,
      Array.from({ length: 12 }, (_, index) => `worker ${index + 1} · w${index + 1}`),
    );

    await workbench.runCommand('Concurrency: Stop Program');
    await panelShows(workbench, 'growing.js', 'the end', hasEnded);
    await workbench.openFile('growing.js');
    await workbench.runCommand('Show Concurrency Panel');
    const again = await panelShows(workbench, 'growing.js', 'what has ended', hasEnded);
    assert.equal(workers(again), 12);
    await workbench.runCommand('View: Close All Editors');
  });

  it('opens the line that created a thread', async () => {
    await workbench.openFile('spawn.js');
    await workbench.runCommand('Visualize Concurrency');
    await panelShows(workbench, 'spawn.js', 'the end', hasEnded);
    const frame = await panelFrame(workbench, 'spawn.js');
    await frame.locator('[role="row"]', { hasText: 'helper' }).locator('.name').click();
    await frame.getByRole('tab', { name: 'Details' }).click();
    await frame.locator('button.link', { hasText: 'spawn.js:5' }).click();
    const status = workbench.page.locator('.statusbar-item', { hasText: /^Ln 5, Col 1\d$/ });
    await status.waitFor({ timeout: 10_000 });
    assert.equal(await workbench.page.locator('.tab', { hasText: /^spawn\.js$/ }).count(), 1);
  });

  it('says that its run is over after the window was reloaded, and runs it again', async () => {
    // Not the browser's reload, before which VS Code would not write down which editors are open.
    const reloaded = workbench.page.waitForEvent('load');
    await workbench.runCommand('Developer: Reload Window');
    await reloaded;
    await untilRestored(workbench.page);
    const over = await panelShows(workbench, 'spawn.js', 'why it is empty', ({ text }) =>
      /window was reloaded/.test(text),
    );
    assert.deepEqual(over.rows, []);
    await workbench.screenshot('panel after a reload');
    await waitFor('no run folder to be left', async () => {
      return !(await readdir(workbench.server.tempFolder)).some((name) => name.startsWith('cviz-'));
    });
    await (await panelFrame(workbench, 'spawn.js')).getByRole('button', { name: 'Restart' }).first().click();
    const ended = await panelShows(workbench, 'spawn.js', 'the end of a new run', hasEnded);
    assert.ok(rowOf(ended, 'helper') !== undefined);
  });
});

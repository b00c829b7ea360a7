import { strict as assert } from 'node:assert';
import { openTestWorkbench } from './context';
import { panelFrame, panelShows, rowOf } from './panelPage';
import { waitFor } from './polling';
import type { Workbench } from './workbench';

const files = {
  'ask.js': `
    const { createInterface } = require('node:readline');
    console.log('tty: ' + process.stdin.isTTY);
    const lines = createInterface({ input: process.stdin, output: process.stdout });
    lines.question('Your name? ', (name) => {
      console.log('Hello ' + name.toUpperCase() + '!');
      process.exit(name.length);
    });
  `,
  // SIGTERM does not end it, and its child outlives it.
  'stubborn.js': `
    const { spawn } = require('node:child_process');
    const { Worker } = require('node:worker_threads');
    process.on('SIGTERM', () => console.log('I do not want to'));
    spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'], { detached: true });
    new Worker('while (true);', { eval: true, name: 'spin' });
    setInterval(() => {}, 1000);
  `,
  'forever.js': `
    console.log('forever ' + process.argv.slice(2).join(' ') + ' ' + process.env.GREETING);
    setInterval(() => {}, 1000);
  `,
  'sub/where.js': `console.log('cwd ' + process.cwd().split('/').pop() + ' ' + process.execArgv.length);`,
};

describe('A program in its terminal', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openTestWorkbench({ files });
  });
  after(() => workbench.dispose());

  const visualize = async (script: string): Promise<void> => {
    await workbench.openFile(script);
    await workbench.runCommand('Visualize Concurrency');
  };
  const isAlive = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  it('reads what is typed, without a click, and tells its exit code', async () => {
    await visualize('ask.js');
    await workbench.terminalShows('Your name?');
    await workbench.terminalShows('tty: true');
    await workbench.page.keyboard.type('Ada\n');
    await workbench.terminalShows('Hello ADA!');
    await panelShows(workbench, 'ask.js', 'the exit code', ({ toolbar }) =>
      /Ended.*exit code 3/.test(toolbar),
    );
  });

  it('ends on Ctrl+C', async () => {
    await visualize('forever.js');
    const live = await panelShows(workbench, 'forever.js', 'the program', ({ rows }) => rows.length >= 2);
    await workbench.terminalShows('forever');
    await workbench.page.keyboard.press('Control+c');
    const ended = await panelShows(workbench, 'forever.js', 'the end', ({ toolbar }) =>
      /Ended/.test(toolbar),
    );
    // VS Code cannot tell a signal from success, so nobody may claim success.
    assert.doesNotMatch(ended.toolbar, /exit code 0/);
    assert.equal(isAlive(live.rows[0]?.pid ?? 0), false);
  });

  it('is run again in the same panel and terminal', async () => {
    await workbench.page.locator('.tab', { hasText: 'Concurrency: forever.js' }).click();
    // With the panel in front the command means its script.
    await workbench.runCommand('Visualize Concurrency');
    const first = await panelShows(workbench, 'forever.js', 'the second run', ({ toolbar }) =>
      /Live/.test(toolbar),
    );
    const firstPid = first.rows[0]?.pid ?? 0;
    await (await panelFrame(workbench, 'forever.js')).getByRole('button', { name: 'Restart' }).click();
    const second = await panelShows(workbench, 'forever.js', 'the third run', ({ toolbar, rows }) => {
      return /Live/.test(toolbar) && rows[0]?.pid != null && rows[0].pid !== firstPid;
    });
    assert.equal(isAlive(firstPid), false);
    assert.equal(isAlive(second.rows[0]?.pid ?? 0), true);
    assert.equal(await workbench.page.locator('.tab', { hasText: 'Concurrency: forever.js' }).count(), 1);
    await (await panelFrame(workbench, 'forever.js')).getByRole('button', { name: 'Stop' }).click();
    await panelShows(workbench, 'forever.js', 'the end', ({ toolbar }) => /Ended/.test(toolbar));
    assert.equal(isAlive(second.rows[0]?.pid ?? 0), false);
  });

  it('is stopped with everything it started, even against its will', async () => {
    await visualize('stubborn.js');
    const live = await panelShows(workbench, 'stubborn.js', 'all of the tree', (view) => {
      return (
        view.rows.filter(({ pid }) => pid !== null).length === 2 && rowOf(view, 'spin')?.state === 'Running'
      );
    });
    await workbench.runCommand('Concurrency: Stop Program');
    await panelShows(workbench, 'stubborn.js', 'the end', ({ toolbar }) => /Ended/.test(toolbar));
    await workbench.terminalShows('I do not want to');
    const pids = live.rows.flatMap(({ pid }) => pid ?? []);
    assert.deepEqual(pids.filter(isAlive), []);
  });

  it('gets its arguments, variables and directory from the settings', async () => {
    await workbench.changeSettings({
      'concurrencyVisualizer.args': ['one', 'two words', '${fileDirname}'],
      'concurrencyVisualizer.env': { GREETING: 'hi' },
      'concurrencyVisualizer.cwd': '${fileDirname}',
      'concurrencyVisualizer.nodeArgs': ['--no-warnings'],
    });
    await visualize('sub/where.js');
    await workbench.terminalShows('cwd sub 1');
    await panelShows(workbench, 'where.js', 'the end', ({ toolbar }) => /Ended.*exit code 0/.test(toolbar));
    await visualize('forever.js');
    await workbench.terminalShows(`forever one two words ${workbench.folder} hi`);
    await workbench.changeSettings({});
  });

  it('runs beside another one, also of the same script', async () => {
    await visualize('forever.js');
    await workbench.terminalShows('forever  undefined');
    const tabs = workbench.page.locator('.tab', { hasText: /^Concurrency: forever.js/ });
    await waitFor('two panels', async () => (await tabs.count()) === 2);
    await panelShows(workbench, 'forever.js', 'its program', ({ toolbar }) => /Live/.test(toolbar));
    await workbench.runCommand('Concurrency: Stop Program');
    await panelShows(workbench, 'forever.js', 'the end', ({ toolbar }) => /Ended/.test(toolbar));
    await tabs.first().click();
    await panelShows(workbench, 'forever.js', 'the other program', ({ toolbar }) => /Live/.test(toolbar));
    await workbench.runCommand('Concurrency: Stop Program');
    await panelShows(workbench, 'forever.js', 'its end', ({ toolbar }) => /Ended/.test(toolbar));
  });
});

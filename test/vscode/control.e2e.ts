import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { openTestWorkbench } from './context';
import { panelFrame, panelShows, rowOf } from './panelPage';
import type { PanelView } from './panelPage';
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
  'forever.js': `console.log('forever'); setInterval(() => {}, 1000);`,
};

const isRunning = ({ toolbar, rows }: PanelView): boolean => /Live/.test(toolbar) && rows.length >= 2;
const hasEnded = ({ toolbar }: PanelView): boolean => /Ended/.test(toolbar);

/** A process that has ended may be left as a zombie where nobody collects orphans, as in a container. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}

async function runFolders({ server }: Workbench): Promise<string[]> {
  return (await readdir(server.tempFolder)).filter((name) => name.startsWith('cviz-'));
}

describe('A program in its terminal', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openTestWorkbench({ files });
  });
  // Every test begins with one column.
  beforeEach(() => workbench.runCommand('View: Close All Editors'));
  after(() => workbench.dispose());

  const visualize = async (script: string): Promise<void> => {
    await workbench.openFile(script);
    await workbench.runCommand('Visualize Concurrency');
  };
  const press = async (title: string, name: string): Promise<void> => {
    await (await panelFrame(workbench, title)).getByRole('button', { name }).click();
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
    const live = await panelShows(workbench, 'forever.js', 'the program', isRunning);
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
    await visualize('forever.js');
    const first = await panelShows(workbench, 'forever.js', 'the first run', isRunning);
    await press('forever.js', 'Restart');
    const second = await panelShows(workbench, 'forever.js', 'the second run', (view) => {
      return isRunning(view) && view.rows[0]?.pid !== first.rows[0]?.pid;
    });
    assert.equal(isAlive(first.rows[0]?.pid ?? 0), false);
    assert.equal(isAlive(second.rows[0]?.pid ?? 0), true);
    await press('forever.js', 'Stop');
    await panelShows(workbench, 'forever.js', 'the end', hasEnded);
    assert.equal(isAlive(second.rows[0]?.pid ?? 0), false);
    // With the panel in front, the command means its script.
    await workbench.runCommand('Visualize Concurrency');
    await panelShows(workbench, 'forever.js', 'the third run', isRunning);
    assert.equal(await workbench.page.locator('.tab', { hasText: 'Concurrency:' }).count(), 1);
    await press('forever.js', 'Stop');
    await panelShows(workbench, 'forever.js', 'the end', hasEnded);
  });

  it('is stopped with everything it started, even against its will', async () => {
    await visualize('stubborn.js');
    const live = await panelShows(workbench, 'stubborn.js', 'all of the tree', (view) => {
      return (
        view.rows.filter(({ pid }) => pid !== null).length === 2 && rowOf(view, 'spin')?.state === 'Running'
      );
    });
    await workbench.runCommand('Concurrency: Stop Program');
    await panelShows(workbench, 'stubborn.js', 'the end', hasEnded);
    await workbench.terminalShows('I do not want to');
    const pids = live.rows.flatMap(({ pid }) => pid ?? []);
    assert.deepEqual(pids.filter(isAlive), []);
  });

  it('runs beside another one, also of the same script', async () => {
    await visualize('forever.js');
    const one = await panelShows(workbench, 'forever.js', 'its program', isRunning);
    await workbench.runCommand('Visualize Concurrency');
    const other = await panelShows(workbench, 'forever.js (2)', 'its program', isRunning);
    assert.notEqual(other.rows[0]?.pid, one.rows[0]?.pid);
    await press('forever.js (2)', 'Stop');
    await panelShows(workbench, 'forever.js (2)', 'the end', hasEnded);
    await workbench.page.locator('.tab', { hasText: /^Concurrency: forever.js$/ }).click();
    const still = await panelShows(workbench, 'forever.js', 'the other program', isRunning);
    assert.equal(still.rows[0]?.pid, one.rows[0]?.pid);
    // What is current decides: this panel's, not that of the newest run.
    await workbench.runCommand('Concurrency: Stop Program');
    await panelShows(workbench, 'forever.js', 'its end', hasEnded);
  });

  it('goes on when its panel is closed', async () => {
    await visualize('forever.js');
    const live = await panelShows(workbench, 'forever.js', 'its program', isRunning);
    await workbench.runCommand('View: Close All Editors');
    await waitFor('the run to leave no folder', async () => (await runFolders(workbench)).length === 0);
    assert.equal(isAlive(live.rows[0]?.pid ?? 0), true);
    // Its terminal is busy, so the next run gets another one.
    await visualize('forever.js');
    const next = await panelShows(workbench, 'forever.js', 'another run', isRunning);
    assert.notEqual(next.rows[0]?.pid, live.rows[0]?.pid);
    assert.equal(isAlive(live.rows[0]?.pid ?? 0), true);
    process.kill(live.rows[0]?.pid ?? 0);
    await workbench.runCommand('Concurrency: Stop Program');
    await panelShows(workbench, 'forever.js', 'its end', hasEnded);
  });
});

describe('The settings', () => {
  it('give a program its arguments, variables and directory', async () => {
    const settings = {
      'concurrencyVisualizer.args': ['one', 'two words', '${fileDirname}'],
      'concurrencyVisualizer.env': { GREETING: 'hi' },
      'concurrencyVisualizer.cwd': '${fileDirname}',
      'concurrencyVisualizer.nodeArgs': ['--no-warnings'],
    };
    const script = `
      console.log(JSON.stringify([process.argv.slice(2), process.env.GREETING, process.cwd(), process.execArgv]));
    `;
    const workbench = await openTestWorkbench({
      files: { '.vscode/settings.json': JSON.stringify(settings), 'sub/show.js': script },
    });
    await workbench.openFile('sub/show.js');
    await workbench.runCommand('Visualize Concurrency');
    const folder = `${workbench.folder}/sub`;
    await workbench.terminalShows(
      JSON.stringify([['one', 'two words', folder], 'hi', folder, ['--no-warnings']]),
    );
    await panelShows(workbench, 'show.js', 'the end', ({ toolbar }) => /Ended.*exit code 0/.test(toolbar));
    await workbench.dispose();
  });
});

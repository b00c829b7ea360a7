import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { extensionPath, openTestWorkbench } from './context';
import { panelFrame, panelShows } from './panelPage';
import { waitFor } from './polling';
import type { Workbench } from './workbench';

const examples = join(extensionPath, 'media', 'examples');
const wide = { width: 1600, height: 1000 };

/** The line of pool.js that holds this. */
function lineWith(text: string): number {
  const lines = readFileSync(join(examples, 'pool.js'), 'utf8').split('\n');
  return lines.findIndex((line) => line.includes(text)) + 1;
}

describe('The timeline', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openTestWorkbench({ folder: examples, viewport: wide });
    await workbench.openFile('pool.js');
    await workbench.runCommand('Visualize Concurrency');
    await panelShows(workbench, 'pool.js', 'the end', ({ toolbar }) => /Ended/.test(toolbar));
    // As large as it gets, but for the editor beside it.
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    await workbench.runCommand('View: Toggle Panel Visibility');
  });

  after(() => workbench.dispose());

  it('finds the longest Blocked interval, why it was, and the line, by keyboard', async () => {
    const frame = await panelFrame(workbench, 'pool.js');
    const { keyboard } = workbench.page;
    await frame.locator('.scroller').focus();
    await keyboard.press('x');
    const why = await whyShows(frame, /Atomics\.notify/);
    const [, duration] = /Blocked (\d+) ms/.exec(why) ?? assert.fail(why);
    // The task that holds the lock for 700 ms.
    assert.ok(Number(duration) > 350 && Number(duration) < 900, why);
    const [wait, notify] = [lineWith('Atomics.wait(cells'), lineWith('Atomics.notify(')];
    assert.match(
      why,
      new RegExp(`waited in Atomics\\.wait on shared buffer 1.*called from pool\\.js:${wait}`),
    );
    assert.match(why, new RegExp(`worker \\d · \\w+ woke it with Atomics\\.notify at pool\\.js:${notify}`));
    await keyboard.press('f');
    await workbench.screenshot('timeline longest Blocked');

    // Along the arrow to the one who woke it.
    await keyboard.press('[');
    await whyShows(frame, /Wake-up/);
    await workbench.screenshot('timeline wake-up');
    await frame
      .locator('.drawerBody')
      .getByRole('button', { name: `pool.js:${notify}` })
      .first()
      .focus();
    await keyboard.press('Enter');
    await atLine(workbench, notify);
  });

  it('zooms to one message, follows its arrow, says why, and opens its line, by mouse', async () => {
    const frame = await panelFrame(workbench, 'pool.js');
    const { mouse } = workbench.page;
    await frame.getByRole('button', { name: 'Fit' }).click();
    const isMessage = /Message: main → worker \d/;
    const first = await findArrow(workbench, frame, isMessage);
    for (let turn = 0; turn < 12; turn++) await mouse.wheel(0, -200);
    await workbench.screenshot('timeline at message level');
    await mouse.move(first.x, first.y - 60);
    const found = await findArrow(workbench, frame, isMessage);
    await mouse.click(found.x, found.y);
    await whyShows(frame, /sent a message to/);
    await workbench.screenshot('timeline one message');
    await frame.getByRole('button', { name: 'go to where it ends' }).click();
    const link = frame
      .locator('.drawerBody')
      .getByRole('button', { name: /^pool\.js:\d+$/ })
      .first();
    const line = Number(/\d+$/.exec(await link.innerText())?.[0]);
    assert.equal(line, lineWith('worker.postMessage('));
    await link.click();
    await atLine(workbench, line);
  });

  it('sums up a stretch of time', async () => {
    const frame = await panelFrame(workbench, 'pool.js');
    const { mouse } = workbench.page;
    await frame.getByRole('button', { name: 'Fit' }).click();
    const ruler = (await frame.locator('.ruler').boundingBox()) ?? assert.fail('there is a ruler');
    const y = ruler.y + ruler.height / 2;
    await mouse.move(ruler.x + ruler.width * 0.2, y);
    await mouse.down();
    await mouse.move(ruler.x + ruler.width * 0.7, y, { steps: 5 });
    await mouse.up();
    await whyShows(frame, /Blocked by reason and line/);
    await workbench.screenshot('timeline a stretch of time');
  });

  for (const [theme, name] of [
    ['Default Light Modern', 'light'],
    ['Default High Contrast', 'high contrast'],
    ['Default Dark Modern', 'dark'],
  ] as const) {
    it(`is readable: ${name}`, async () => {
      await workbench.setTheme(theme);
      const frame = await panelFrame(workbench, 'pool.js');
      await frame.locator('.scroller').focus();
      await workbench.page.keyboard.press('0');
      await workbench.page.keyboard.press('x');
      await whyShows(frame, /Blocked/);
      await workbench.screenshot(`timeline ${name}`);
    });
  }

  it('leaves no errors behind in the panel', () => {
    assert.deepEqual(
      workbench.consoleErrors.filter(({ where, text }) => where === 'webview' && !/404/.test(text)),
      [],
    );
  });
});

/** What the Why tab says, once it says this. */
async function whyShows(frame: Frame, expected: RegExp): Promise<string> {
  let last = '';
  return waitFor(
    `${String(expected)} in Why`,
    async () => {
      last = (await frame.locator('.drawerBody').innerText()).replace(/\s+/g, ' ');
      return expected.test(last) && last;
    },
    { timeoutMs: 10_000, seen: () => last },
  );
}

/** Moves the pointer along the border below the main thread's row until a tooltip says this. */
async function findArrow(
  workbench: Workbench,
  frame: Frame,
  expected: RegExp,
): Promise<{ readonly x: number; readonly y: number }> {
  const lane = frame
    .locator('.row', { hasText: /^\s*main/ })
    .first()
    .locator('.laneCell');
  const box = (await lane.boundingBox()) ?? assert.fail('main has a lane');
  const y = box.y + box.height;
  for (let x = box.x + box.width * 0.1; x < box.x + box.width - 20; x += 3) {
    await workbench.page.mouse.move(x, y);
    const texts = await frame.locator('.tooltip').allInnerTexts();
    if (texts.some((text) => expected.test(text.replace(/\s+/g, ' ')))) return { x, y };
  }
  throw new Error(`no arrow says ${String(expected)}`);
}

async function atLine(workbench: Workbench, line: number): Promise<void> {
  const status = workbench.page.locator('.statusbar-item', { hasText: new RegExp(`^Ln ${line}, Col \\d+$`) });
  await status.waitFor({ timeout: 10_000 });
}

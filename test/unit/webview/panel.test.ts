import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from '../../vscode/chromium';
import { startPreview, type PreviewServer } from './fixtures/previewServer';
import { scenarioNames, type ScenarioName } from './fixtures/scenarios';

const axePath = createRequire(__filename).resolve('axe-core/axe.min.js');

/** The real bundle in a real browser, under a policy as strict as the editor's, fed with made-up runs. */
describe('the panel in a browser', function () {
  this.timeout(60_000);
  let browser: Browser;
  let server: PreviewServer;
  let page: Page;
  const complaints: string[] = [];

  before(async () => {
    [browser, server] = await Promise.all([launchBrowser(), startPreview()]);
  });

  after(async () => {
    await browser.close();
    server.close();
  });

  afterEach(async () => {
    await page.context().close();
    assert.deepEqual(complaints.splice(0), [], 'errors in the page');
  });

  async function open(name: ScenarioName, options: BrowserContextOptions = {}): Promise<void> {
    const context = await browser.newContext({ viewport: { width: 1400, height: 880 }, ...options });
    page = await context.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(server.url(name));
    await page.locator('.legend, .emptyPage').waitFor();
  }

  const selectedRow = (): Promise<string> => page.locator('.row.selected .name').innerText();
  const lane = async (row: string): Promise<{ x: number; y: number; width: number }> => {
    const box = await page.locator('.row', { hasText: row }).first().locator('.laneCell').boundingBox();
    assert.ok(box !== null);
    return { x: box.x, y: box.y + box.height / 2, width: box.width };
  };
  const ruler = (): Promise<string[]> => page.locator('.tick').allInnerTexts();

  it('is walked through and folded with the keyboard', async () => {
    await open('live');
    await page.locator('.scroller').focus();
    await page.keyboard.press('ArrowDown');
    assert.equal(await selectedRow(), 'node resize-pool.js');
    const all = await page.locator('.row').count();
    await page.keyboard.press('ArrowLeft');
    await page.locator('.row[aria-expanded=false]').first().waitFor();
    await page.waitForFunction((count) => document.querySelectorAll('.row').length < count, all);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.querySelector('.row.selected .name')?.textContent === 'main');
    const active = await page.locator('.scroller').getAttribute('aria-activedescendant');
    assert.equal(active, await page.locator('.row.selected').getAttribute('id'));
  });

  it('has only the rows on screen, and gets to the others', async () => {
    await open('many');
    assert.ok((await page.locator('.row').count()) < 80);
    await page.locator('.scroller').focus();
    await page.keyboard.press('End');
    await page.locator('.row.selected', { hasText: 'worker 1' }).waitFor();
    const total = Number(await page.locator('.scroller').getAttribute('aria-rowcount'));
    assert.equal(await page.locator('.row.selected').getAttribute('aria-rowindex'), String(total));
  });

  it('explains the interval under the pointer, and keeps the one that is clicked', async () => {
    await open('live');
    const { x, y, width } = await lane('worker 2');
    await page.mouse.move(x + width * 0.65, y);
    await page.locator('.tooltip', { hasText: 'Atomics.wait' }).waitFor();
    await page.mouse.click(x + width * 0.65, y);
    await page.locator('.drawerBody', { hasText: 'Selected interval' }).waitFor();
    assert.match(await page.locator('.drawerBody').innerText(), /Blocked\s+1\.2 s/);
  });

  it('zooms around the pointer with the wheel, pans by dragging, and fits again', async () => {
    await open('live');
    const whole = await ruler();
    const { x, y, width } = await lane('worker 2');
    await page.mouse.move(x + width / 2, y);
    for (let i = 0; i < 6; i++) await page.mouse.wheel(0, -200);
    await page.waitForFunction((first) => document.querySelector('.tick')?.textContent !== first, whole[0]);
    const near = await ruler();
    await page.mouse.down();
    await page.mouse.move(x + width / 2 - 200, y, { steps: 4 });
    await page.mouse.up();
    await page.waitForFunction((first) => document.querySelector('.tick')?.textContent !== first, near[0]);
    assert.equal(await page.locator('.row.selected').count(), 0, 'a drag is not a click');
    await page.locator('.scroller').press('0');
    await page.waitForFunction((first) => document.querySelector('.tick')?.textContent === first, whole[0]);
  });

  it('is as the user left it after a reload', async () => {
    await open('live');
    await page.locator('.row', { hasText: 'worker 2' }).first().locator('.name').click();
    await page.getByRole('tab', { name: 'Memory' }).click();
    await page.waitForTimeout(300);
    await page.reload();
    await page.locator('.row.selected', { hasText: 'worker 2' }).waitFor();
    assert.equal(await page.getByRole('tab', { name: 'Memory' }).getAttribute('aria-selected'), 'true');
  });

  it('sends what its buttons and links ask for', async () => {
    await open('live');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Restart' }).click();
    await page.locator('.row', { hasText: 'thumbs.js' }).first().locator('.name').click();
    await page.getByRole('button', { name: 'resize-pool.js:31' }).click();
    const location = '/home/ada/resize/resize-pool.js:31:11';
    await page.waitForTimeout(200);
    assert.deepEqual(server.posted.slice(-3), [
      { type: 'stop' },
      { type: 'restart' },
      { type: 'openSource', location },
    ]);
  });

  it('grows with a run, and keeps the newest part in view when told to', async () => {
    await open('playing');
    await page.locator('.row', { hasText: 'worker 3' }).waitFor();
    await page.getByRole('button', { name: 'Follow' }).click();
    // Whatever time it is in the run by now, the newest tick is followed by newer ones.
    const until = (await page.evaluate(newestTick)) + 1;
    while ((await page.evaluate(newestTick)) < until) await page.waitForTimeout(100);
    assert.equal(await page.locator('.pressed').innerText(), 'Follow');
  });

  it('says so when cviz has ended', async () => {
    await open('live');
    server.dropStreams();
    await page.getByText('cviz has ended; this is the last picture').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Stop' }).count(), 0);
  });

  it('shows a notice as text, whatever is in it', async () => {
    await open('notices');
    await page.getByText('Something <b>new</b> happened.').waitFor();
  });

  for (const width of [320, 500, 720, 1400]) {
    it(`lets nothing overlap at ${width} pixels`, async () => {
      await open('ended', { viewport: { width, height: 700 } });
      await page.locator('.row').first().waitFor();
      assert.deepEqual(await page.evaluate(overlaps), []);
    });
  }

  for (const colorScheme of ['dark', 'light'] as const) {
    for (const contrast of ['no-preference', 'more'] as const) {
      it(`is accessible (${colorScheme}, contrast: ${contrast})`, async () => {
        await open('live', { colorScheme, contrast });
        assert.deepEqual(await violations(page), []);
        await page.locator('.row', { hasText: 'flaky.js' }).first().locator('.name').click();
        await page.locator('.drawerBody', { hasText: 'Ended by an error' }).waitFor();
        assert.deepEqual(await violations(page), []);
      });
    }
  }

  for (const name of scenarioNames) {
    it(`is accessible when it shows: ${name}`, async () => {
      await open(name);
      await page.waitForTimeout(200);
      assert.deepEqual(await violations(page), []);
    });
  }
});

async function violations(page: Page): Promise<unknown> {
  // As an expression, not as a script element: the page's policy refuses those.
  await page.evaluate(await readFile(axePath, 'utf8'));
  return page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html }) => html).join(' ')))`,
  );
}

/** Seconds at the last labelled mark of the ruler; runs in the page. */
function newestTick(): number {
  const labels = [...document.querySelectorAll('.tick')].map((tick) => tick.textContent.trim());
  const text = labels.findLast((label) => label !== '') ?? '';
  return Number.parseFloat(text) * (text.includes('ms') ? 1e-3 : 1);
}

/** Pairs of neighbours in a row, the toolbar or the legend that cover one another; runs in the page. */
function overlaps(): string[] {
  const found: string[] = [];
  for (const parent of document.querySelectorAll('.row, .head, .toolbar, .legend, .drawerHead')) {
    const boxes = [...parent.children].map((child) => child.getBoundingClientRect());
    boxes.forEach((box, index) => {
      const next = boxes[index + 1];
      if (next === undefined || next.width === 0 || box.width === 0) return;
      if (box.right > next.left + 1 && box.bottom > next.top + 1) found.push(`${parent.className} ${index}`);
      if (next.right > window.innerWidth + 1) found.push(`${parent.className} ${index + 1} is cut off`);
    });
  }
  return found;
}

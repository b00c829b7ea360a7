import assert from 'node:assert/strict';
import { overlaps, usePanel, violations } from './fixtures/panelBrowser';
import { scenarioNames } from './fixtures/scenarios';

/** The real bundle in a real browser, under a policy as strict as the editor's, fed with made-up runs. */
describe('the panel in a browser', function () {
  this.timeout(60_000);
  const panel = usePanel();
  const { open, lane } = panel;
  const selectedRow = (): Promise<string> => panel.page.locator('.row.selected .name').innerText();
  const ruler = (): Promise<string[]> => panel.page.locator('.tick').allInnerTexts();

  it('is walked through and folded with the keyboard', async () => {
    await open('live');
    await panel.page.locator('.scroller').focus();
    await panel.page.keyboard.press('ArrowDown');
    assert.equal(await selectedRow(), 'node resize-pool.js');
    const all = await panel.page.locator('.row').count();
    await panel.page.keyboard.press('ArrowLeft');
    await panel.page.locator('.row[aria-expanded=false]').first().waitFor();
    await panel.page.waitForFunction((count) => document.querySelectorAll('.row').length < count, all);
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.waitForFunction(
      () => document.querySelector('.row.selected .name')?.textContent === 'main',
    );
    const active = await panel.page.locator('.scroller').getAttribute('aria-activedescendant');
    assert.equal(active, await panel.page.locator('.row.selected').getAttribute('id'));
  });

  it('has only the rows on screen, and gets to the others', async () => {
    await open('many');
    assert.ok((await panel.page.locator('.row').count()) < 80);
    await panel.page.locator('.scroller').focus();
    await panel.page.keyboard.press('End');
    await panel.page.locator('.row.selected', { hasText: 'worker 1' }).waitFor();
    const total = Number(await panel.page.locator('.scroller').getAttribute('aria-rowcount'));
    assert.equal(await panel.page.locator('.row.selected').getAttribute('aria-rowindex'), String(total));
  });

  it('explains the interval under the pointer, and keeps the one that is clicked', async () => {
    await open('live');
    const { x, y, width } = await lane('worker 2');
    await panel.page.mouse.move(x + width * 0.65, y);
    await panel.page.locator('.tooltip', { hasText: 'Atomics.wait' }).waitFor();
    await panel.page.mouse.click(x + width * 0.65, y);
    await panel.page.locator('.whyAnswer', { hasText: 'It waited in Atomics.wait' }).waitFor();
    assert.match(await panel.page.locator('.whyAnswer').innerText(), /Blocked\s+1\.2 s/);
  });

  it('zooms around the pointer with the wheel, pans by dragging, and fits again', async () => {
    await open('live');
    const whole = await ruler();
    const { x, y, width } = await lane('worker 2');
    await panel.page.mouse.move(x + width / 2, y);
    for (let i = 0; i < 6; i++) await panel.page.mouse.wheel(0, -200);
    await panel.page.waitForFunction(
      (first) => document.querySelector('.tick')?.textContent !== first,
      whole[0],
    );
    const near = await ruler();
    await panel.page.mouse.down();
    await panel.page.mouse.move(x + width / 2 - 200, y, { steps: 4 });
    await panel.page.mouse.up();
    await panel.page.waitForFunction(
      (first) => document.querySelector('.tick')?.textContent !== first,
      near[0],
    );
    assert.equal(await panel.page.locator('.row.selected').count(), 0, 'a drag is not a click');
    await panel.page.locator('.scroller').press('0');
    await panel.page.waitForFunction(
      (first) => document.querySelector('.tick')?.textContent === first,
      whole[0],
    );
  });

  it('is as the user left it after a reload', async () => {
    await open('live');
    await panel.page.locator('.row', { hasText: 'worker 2' }).first().locator('.name').click();
    await panel.page.getByRole('tab', { name: 'Memory' }).click();
    await panel.page.waitForTimeout(300);
    await panel.page.reload();
    await panel.page.locator('.row.selected', { hasText: 'worker 2' }).waitFor();
    assert.equal(await panel.page.getByRole('tab', { name: 'Memory' }).getAttribute('aria-selected'), 'true');
  });

  it('sends what its buttons and links ask for', async () => {
    await open('live');
    await panel.page.getByRole('button', { name: 'Stop' }).click();
    await panel.page.getByRole('button', { name: 'Restart' }).click();
    await panel.page.locator('.row', { hasText: 'thumbs.js' }).first().locator('.name').click();
    await panel.page.getByRole('tab', { name: 'Details' }).click();
    await panel.page.getByRole('button', { name: 'resize-pool.js:31' }).click();
    const location = '/home/ada/resize/resize-pool.js:31:11';
    await panel.page.waitForTimeout(200);
    // Where lines come from is asked whenever one is shown.
    const asked = panel.server.posted.filter((message) => !JSON.stringify(message).includes('"locate"'));
    assert.deepEqual(asked.slice(-3), [
      { type: 'stop' },
      { type: 'restart' },
      { type: 'openSource', location },
    ]);
  });

  it('grows with a run, and keeps the newest part in view when told to', async () => {
    await open('playing');
    await panel.page.locator('.row', { hasText: 'worker 3' }).waitFor();
    await panel.page.getByRole('button', { name: 'Follow' }).click();
    // Whatever time it is in the run by now, the newest tick is followed by newer ones.
    const until = (await panel.page.evaluate(newestTick)) + 1;
    while ((await panel.page.evaluate(newestTick)) < until) await panel.page.waitForTimeout(100);
    assert.equal(await panel.page.locator('.pressed').innerText(), 'Follow');
  });

  it('says so when cviz has ended', async () => {
    await open('live');
    panel.server.dropStreams();
    await panel.page.getByText('cviz has ended; this is the last picture').waitFor();
    assert.equal(await panel.page.getByRole('button', { name: 'Stop' }).count(), 0);
  });

  it('shows a notice as text, whatever is in it', async () => {
    await open('notices');
    await panel.page.getByText('Something <b>new</b> happened.').waitFor();
  });

  for (const width of [320, 500, 720, 1400]) {
    it(`lets nothing overlap at ${width} pixels`, async () => {
      await open('ended', { viewport: { width, height: 700 } });
      await panel.page.locator('.row').first().waitFor();
      assert.deepEqual(await panel.page.evaluate(overlaps), []);
    });
  }

  for (const colorScheme of ['dark', 'light'] as const) {
    for (const contrast of ['no-preference', 'more'] as const) {
      it(`is accessible (${colorScheme}, contrast: ${contrast})`, async () => {
        await open('live', { colorScheme, contrast });
        assert.deepEqual(await violations(panel.page), []);
        await panel.page.locator('.row', { hasText: 'flaky.js' }).first().locator('.name').click();
        await panel.page.getByRole('tab', { name: 'Details' }).click();
        await panel.page.locator('.drawerBody', { hasText: 'Ended by an error' }).waitFor();
        assert.deepEqual(await violations(panel.page), []);
        for (const tab of ['Memory', 'Messages']) {
          await panel.page.getByRole('tab', { name: tab }).click();
          await panel.page.waitForTimeout(100);
          assert.deepEqual(await violations(panel.page), [], tab);
        }
      });
    }
  }

  for (const name of scenarioNames) {
    it(`is accessible when it shows: ${name}`, async () => {
      await open(name);
      await panel.page.waitForTimeout(200);
      assert.deepEqual(await violations(panel.page), []);
    });
  }
});

/** Seconds at the last labelled mark of the ruler; runs in the panel.page. */
function newestTick(): number {
  const labels = [...document.querySelectorAll('.tick')].map((tick) => tick.textContent.trim());
  const text = labels.findLast((label) => label !== '') ?? '';
  return Number.parseFloat(text) * (text.includes('ms') ? 1e-3 : 1);
}

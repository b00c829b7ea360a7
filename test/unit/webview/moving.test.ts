import assert from 'node:assert/strict';
import { moverOf } from './fixtures/movingPanel';
import { usePanel } from './fixtures/panelBrowser';

/** By mouse, by keyboard, and with the minimap. */
describe('moving through time', function () {
  this.timeout(60_000);
  const panel = usePanel();
  const { open, lane } = panel;
  const { tickTexts, press, settled, view, box, drag } = moverOf(panel);

  describe('through time', () => {
    it('pinches, and pans with Shift and the wheel, but only once something is out of view', async () => {
      await open('live');
      const { x, y, width } = await lane('worker 2');
      const whole = await tickTexts();
      await panel.page.mouse.move(x + width / 2, y);
      await panel.page.keyboard.down('Shift');
      await panel.page.mouse.wheel(0, 300);
      await panel.page.keyboard.up('Shift');
      await settled();
      assert.equal(
        await view().then(({ left }) => Math.round(left)),
        Math.round((await box('.minimapChart')).x),
      );
      await panel.page.keyboard.down('Control');
      for (let count = 0; count < 20; count++) await panel.page.mouse.wheel(0, -10);
      await panel.page.keyboard.up('Control');
      await settled();
      const pinched = await view();
      assert.notDeepEqual(await tickTexts(), whole);
      await panel.page.mouse.wheel(200, 0);
      await settled();
      const panned = await view();
      assert.ok(
        panned.left > pinched.left &&
          Math.abs(panned.right - panned.left - (pinched.right - pinched.left)) < 1,
      );
    });

    it('scrolls the rows with the wheel over the tree, and with Alt over the lanes', async () => {
      await open('many');
      const scrollTop = (): Promise<number> =>
        panel.page.locator('.scroller').evaluate((each) => each.scrollTop);
      const { x, y } = await lane('worker 1');
      const whole = await tickTexts();
      await panel.page.mouse.move(x - 200, y);
      await panel.page.mouse.wheel(0, 200);
      await panel.page.waitForFunction(() => document.querySelector('.scroller')!.scrollTop > 0);
      const first = await scrollTop();
      await panel.page.mouse.move(x + 200, y);
      await panel.page.keyboard.down('Alt');
      await panel.page.mouse.wheel(0, 200);
      await panel.page.keyboard.up('Alt');
      await panel.page.waitForFunction((top) => document.querySelector('.scroller')!.scrollTop > top, first);
      assert.deepEqual(await tickTexts(), whole);
    });

    it('zooms with W and S, pans with A and D, and shows all with 0', async () => {
      await open('live');
      const whole = await view();
      await press('w', 'w', 'w');
      const near = await view();
      assert.ok(near.right - near.left < (whole.right - whole.left) * 0.5);
      await press('a');
      assert.ok((await view()).left < near.left);
      await press('d', 'd');
      assert.ok((await view()).left > near.left);
      await press('s');
      const far = await view();
      assert.ok(far.right - far.left > near.right - near.left);
      await press('0');
      assert.deepEqual(await view(), whole);
    });

    it('takes keys where nothing has the focus', async () => {
      await open('live');
      const whole = await view();
      await panel.page.keyboard.press('w');
      await settled();
      assert.notDeepEqual(await view(), whole);
    });

    it('zooms to a nanosecond a pixel with labels that differ', async () => {
      await open('live');
      const { x, y, width } = await lane('worker 2');
      await panel.page.mouse.move(x + width * 0.6, y);
      for (let count = 0; count < 60; count++) await panel.page.mouse.wheel(0, -300);
      await settled();
      const texts = await tickTexts();
      assert.ok(
        texts.length >= 3 && texts.every((text) => /^\+ [\d.]+ [nµ]s$/.test(text)),
        texts.join(' | '),
      );
      assert.equal(new Set(texts).size, texts.length);
      assert.match(await panel.page.locator('.rulerBase').innerText(), /^\d\.\d{6} s$/);
      assert.match(await panel.page.locator('.pointerTime').innerText(), /^00:0\d\.\d{3} \d{3} \d{3}$/);
      const bar = await box('.rulerBase');
      for (const tick of await panel.page.locator('.tick').all()) {
        const place = await tick.boundingBox();
        if ((await tick.innerText()) !== '')
          assert.ok(place!.x + 5 >= bar.x + bar.width, 'over the first label');
      }
    });

    it('lets go of the live end when moved back, and returns with L', async () => {
      await open('playing');
      await panel.page.locator('.row', { hasText: 'worker 3' }).waitFor();
      const follow = panel.page.locator('cvizui-button.pressed', { hasText: 'Follow' });
      await press('l');
      await follow.waitFor();
      await press('a');
      await follow.waitFor({ state: 'detached' });
      const still = await tickTexts();
      await panel.page.waitForTimeout(300);
      assert.deepEqual(await tickTexts(), still);
      await press('l');
      await follow.waitFor();
      const { x, y, width } = await lane('worker 1');
      await panel.page.mouse.move(x + width * 0.3, y);
      await panel.page.mouse.wheel(0, -200);
      await follow.waitFor({ state: 'detached' });
    });
  });

  describe('with the minimap', () => {
    it('moves, resizes and draws the frame', async () => {
      await open('live');
      const chart = await box('.minimapChart');
      const middle = chart.y + chart.height / 2;
      const at = (share: number): [number, number] => [chart.x + share * chart.width, middle];
      await drag(at(0.3), at(0.5));
      const drawn = await view();
      assert.ok(
        Math.abs(drawn.left - at(0.3)[0]) < 3 && Math.abs(drawn.right - at(0.5)[0]) < 3,
        JSON.stringify(drawn),
      );
      await drag(at(0.4), at(0.5));
      const moved = await view();
      assert.ok(
        Math.abs(moved.left - at(0.4)[0]) < 3 && Math.abs(moved.right - at(0.6)[0]) < 3,
        JSON.stringify(moved),
      );
      await drag([moved.right, middle], at(0.8));
      assert.ok(Math.abs((await view()).right - at(0.8)[0]) < 3);
      await panel.page.mouse.click(...at(0.2));
      await settled();
      const jumped = await view();
      assert.ok(Math.abs((jumped.left + jumped.right) / 2 - at(0.2)[0]) < 3, JSON.stringify(jumped));
    });

    it('is a scrollbar for the keyboard', async () => {
      await open('live');
      const bar = panel.page.getByRole('scrollbar', { name: 'Part of the run that is shown' });
      assert.match((await bar.getAttribute('aria-valuetext')) ?? '', /^the whole run, 00:05\.1$/);
      await bar.focus();
      for (const key of ['+', '+', '+', 'Home']) await panel.page.keyboard.press(key);
      await settled();
      assert.equal(await bar.getAttribute('aria-valuenow'), '0');
      assert.match(
        (await bar.getAttribute('aria-valuetext')) ?? '',
        /^00:00\.000 to 00:0\d\.\d{3} of 00:05\.1$/,
      );
      const first = await view();
      await panel.page.keyboard.press('ArrowRight');
      await settled();
      assert.ok((await view()).left > first.left);
      await panel.page.keyboard.press('End');
      await settled();
      assert.ok(Number(await bar.getAttribute('aria-valuenow')) > 40);
    });

    it('is not there where there is no room', async () => {
      await open('live', { viewport: { width: 1000, height: 400 } });
      await panel.page.locator('.row').first().waitFor();
      assert.equal(await panel.page.locator('.minimap').count(), 0);
    });
  });

  describe('selecting a stretch of time', () => {
    it('by dragging on the ruler, cleared by a click there', async () => {
      await open('live');
      const head = await box('.rulerTimes');
      const middle = head.y + head.height / 2;
      await drag([head.x + 200, middle], [head.x + 400, middle]);
      const band = await box('.ruler .pickedBand');
      assert.ok(Math.abs(band.x - head.x - 200) < 3 && Math.abs(band.width - 200) < 4, JSON.stringify(band));
      assert.equal(await panel.page.locator('.minimapChart .pickedBand').count(), 1);
      const length = await panel.page.locator('.pickedLength').innerText();
      assert.match(length, /^↔ 1\.2 s$/);
      await panel.page.mouse.click(head.x + 600, middle);
      await panel.page.locator('.pickedBand').first().waitFor({ state: 'detached' });
    });

    it('with Shift on the lanes, where dragging alone moves them', async () => {
      await open('live');
      const { x, y } = await lane('worker 2');
      await panel.page.keyboard.down('Shift');
      await drag([x + 300, y], [x + 100, y + 60]);
      await panel.page.keyboard.up('Shift');
      const band = await box('.ruler .pickedBand');
      assert.ok(Math.abs(band.x - x - 100) < 3 && Math.abs(band.width - 200) < 4, JSON.stringify(band));
      assert.equal(await panel.page.locator('.row.selected').count(), 0);
      await press('f');
      const fitted = await box('.ruler .pickedBand');
      const head = await box('.rulerTimes');
      assert.ok(Math.abs(fitted.width / head.width - 0.8) < 0.02, 'fills four fifths');
      await press('f');
      assert.ok((await box('.ruler .pickedBand')).width < 0.4 * head.width, 'then the whole run');
    });

    it('by keyboard', async () => {
      await open('live');
      await press('Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight');
      const first = await box('.ruler .pickedBand');
      await press('Shift+ArrowLeft');
      assert.ok((await box('.ruler .pickedBand')).width < first.width);
      await press('Escape');
      assert.equal(await panel.page.locator('.pickedBand').count(), 0);
      await press('w', 'r');
      const head = await box('.rulerTimes');
      assert.ok((await box('.ruler .pickedBand')).width > 0.97 * head.width);
    });
  });
});

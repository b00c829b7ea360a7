import assert from 'node:assert/strict';
import { usePanel, violations } from './fixtures/panelBrowser';

/** Moving through time and rows, by mouse and by keyboard. */
describe('moving in the panel', function () {
  this.timeout(60_000);
  const panel = usePanel();
  const { open, lane } = panel;

  const tickTexts = async (): Promise<string[]> =>
    (await panel.page.locator('.tick').allInnerTexts()).filter((text) => text !== '');
  const press = async (...keys: string[]): Promise<void> => {
    await panel.page.locator('.scroller').focus();
    for (const key of keys) await panel.page.keyboard.press(key);
    await settled();
  };
  /** Two frames: what was asked for is on screen. */
  const settled = (): Promise<void> =>
    panel.page.evaluate(
      () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
    );
  const view = (): Promise<{ left: number; right: number }> =>
    panel.page.locator('.brush').evaluate((brush) => {
      const { left, right } = brush.getBoundingClientRect();
      return { left, right };
    });
  const selectedName = (): Promise<string> => panel.page.locator('.rows .row.selected .name').first().innerText();
  const box = async (selector: string): Promise<{ x: number; y: number; width: number; height: number }> => {
    const found = await panel.page.locator(selector).first().boundingBox();
    assert.ok(found !== null, selector);
    return found;
  };
  const drag = async (from: readonly [number, number], to: readonly [number, number]): Promise<void> => {
    await panel.page.mouse.move(...from);
    await panel.page.mouse.down();
    await panel.page.mouse.move(...to, { steps: 4 });
    await panel.page.mouse.up();
    await settled();
  };
  const saved = async (): Promise<Record<string, unknown>> => {
    await panel.page.waitForTimeout(300);
    return panel.page.evaluate(() => JSON.parse(Object.values(sessionStorage)[0] ?? '{}') as Record<string, unknown>);
  };

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
      assert.equal(await view().then(({ left }) => Math.round(left)), Math.round((await box('.minimapChart')).x));
      await panel.page.keyboard.down('Control');
      for (let count = 0; count < 20; count++) await panel.page.mouse.wheel(0, -10);
      await panel.page.keyboard.up('Control');
      await settled();
      const pinched = await view();
      assert.notDeepEqual(await tickTexts(), whole);
      await panel.page.mouse.wheel(200, 0);
      await settled();
      const panned = await view();
      assert.ok(panned.left > pinched.left && Math.abs(panned.right - panned.left - (pinched.right - pinched.left)) < 1);
    });

    it('scrolls the rows with the wheel over the tree, and with Alt over the lanes', async () => {
      await open('many');
      const scrollTop = (): Promise<number> => panel.page.locator('.scroller').evaluate((each) => each.scrollTop);
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
      assert.ok(texts.length >= 3 && texts.every((text) => /^\+ [\d.]+ [nµ]s$/.test(text)), texts.join(' | '));
      assert.equal(new Set(texts).size, texts.length);
      assert.match(await panel.page.locator('.rulerBase').innerText(), /^\d\.\d{6} s$/);
      assert.match(await panel.page.locator('.pointerTime').innerText(), /^00:0\d\.\d{3} \d{3} \d{3}$/);
      const bar = await box('.rulerBase');
      for (const tick of await panel.page.locator('.tick').all()) {
        const place = await tick.boundingBox();
        if ((await tick.innerText()) !== '') assert.ok(place!.x + 5 >= bar.x + bar.width, 'over the first label');
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
      assert.ok(Math.abs(drawn.left - at(0.3)[0]) < 3 && Math.abs(drawn.right - at(0.5)[0]) < 3, JSON.stringify(drawn));
      await drag(at(0.4), at(0.5));
      const moved = await view();
      assert.ok(Math.abs(moved.left - at(0.4)[0]) < 3 && Math.abs(moved.right - at(0.6)[0]) < 3, JSON.stringify(moved));
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
      assert.match((await bar.getAttribute('aria-valuetext')) ?? '', /^00:00\.000 to 00:0\d\.\d{3} of 00:05\.1$/);
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
      assert.match(length, /^1\.2 s$/);
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

  describe('from interval to interval', () => {
    const time = async (): Promise<number> => {
      const { selection } = (await saved()) as { selection: { time: number | null } | null };
      assert.ok(selection !== null && selection.time !== null, 'an interval is selected');
      return selection.time;
    };

    it('goes into the lane, along it, to other lanes, and back step by step', async () => {
      await open('live');
      await panel.page.locator('.row', { hasText: 'worker 2' }).first().locator('.name').click();
      await press('ArrowRight');
      const first = await time();
      await press('ArrowLeft');
      assert.ok((await time()) < first);
      await press('ArrowRight', 'ArrowRight');
      const second = await time();
      assert.ok(second > first);
      await press('ArrowUp');
      assert.equal(await selectedName(), 'worker 1 · resize');
      await press('ArrowDown');
      assert.equal(await selectedName(), 'worker 2 · resize');
      await press('Shift+ArrowRight', 'Escape');
      assert.equal(await panel.page.locator('.pickedBand').count(), 0);
      await time();
      await press('Escape');
      const { selection } = (await saved()) as { selection: { time: number | null } | null };
      assert.equal(selection?.time, null);
      assert.equal(await selectedName(), 'worker 2 · resize');
      await press('Escape');
      assert.equal(await panel.page.locator('.row.selected').count(), 0);
    });

    it('finds Blocked intervals: in the lane, and the longest of all', async () => {
      await open('live');
      await press('x');
      assert.equal(await selectedName(), 'worker 2 · resize');
      const longest = await time();
      await press('b');
      assert.ok((await time()) > longest);
      await press('Shift+B');
      assert.equal(await time(), longest);
      for (let count = 0; count < 3; count++) await press('b');
      await panel.page.locator('.keyNote', { hasText: 'No further Blocked interval' }).waitFor();
    });

    it('keeps what is walked to in view', async () => {
      await open('live');
      await press('x', 'w', 'w', 'w', 'w', 'w', 'w');
      const before = await view();
      await press('b');
      const after = await view();
      assert.ok(after.left > before.right - 1, JSON.stringify([before, after]));
    });

    it('fits an interval with F and with a double-click, and all beside intervals', async () => {
      await open('live');
      const whole = await view();
      const { x, y, width } = await lane('sh -c npm');
      await panel.page.mouse.dblclick(x + width * 0.3, y + 5);
      await settled();
      const near = await view();
      assert.ok(near.right - near.left < (whole.right - whole.left) * 0.6, JSON.stringify(near));
      await panel.page.mouse.dblclick(x + width * 0.98, y + 5);
      await settled();
      assert.deepEqual(await view(), whole);
      await press('x', 'f');
      assert.ok((await view()).right - (await view()).left < (whole.right - whole.left) * 0.5);
    });

    it('walks along arrows with brackets', async () => {
      await open('live');
      await panel.page.locator('.row', { hasText: 'worker 2' }).first().locator('.name').click();
      await press('ArrowRight');
      for (let tries = 0; tries < 30; tries++) {
        await press('[');
        if (((await saved()) as { selectedArrow: unknown }).selectedArrow !== null) break;
        await press('ArrowLeft');
      }
      const state = (await saved()) as { selectedArrow: string | null };
      assert.match(state.selectedArrow ?? '', /^(message|spawn|wake) /);
      assert.notEqual(await selectedName(), 'worker 2 · resize');
      await press('Escape');
      const cleared = (await saved()) as { selectedArrow: string | null; selection: { time: number | null } };
      assert.equal(cleared.selectedArrow, null, 'the arrow first');
      assert.notEqual(cleared.selection.time, null, 'and only it');
    });
  });

  describe('through rows', () => {
    it('keeps the process of the first row in sight, and counts no row twice', async () => {
      await open('many');
      await press('PageDown', 'PageDown', 'PageDown');
      const sticky = panel.page.locator('.stickyBlock .row');
      await sticky.first().waitFor();
      assert.equal(await sticky.first().locator('.name').innerText(), 'node resize-pool.js');
      assert.equal(await panel.page.locator('.stickyRows').getAttribute('aria-hidden'), 'true');
      assert.equal(await panel.page.locator('.stickyBlock [role=row], .stickyBlock [id]').count(), 0);
      const ids = await panel.page.locator('[role=row][id]').evaluateAll((rows) => rows.map(({ id }) => id));
      assert.equal(new Set(ids).size, ids.length);
      const painted = await panel.page.locator('canvas.stickyLanes').evaluate((canvas: HTMLCanvasElement) => {
        const { width, height } = canvas;
        const copy = new OffscreenCanvas(width, height).getContext('2d')!;
        copy.drawImage(canvas, 0, 0);
        return copy.getImageData(0, 0, width, height).data.some((value) => value !== 0);
      });
      assert.ok(painted);
      await sticky.first().locator('.name').click();
      await settled();
      assert.equal(await panel.page.locator('.stickyBlock .row.selected').count(), 1);
      assert.deepEqual(await violations(panel.page), []);
    });

    it('has the selected row in sight, above what stands at the bottom and below what stands at the top', async () => {
      await open('many');
      await press(...Array<string>(30).fill('ArrowDown'));
      await press(...Array<string>(12).fill('ArrowUp'));
      const row = await box('.rows .row.selected');
      const under = await panel.page.evaluate(
        ([x, y]) => document.elementFromPoint(x, y)?.closest('.row')?.classList.contains('selected') ?? false,
        [row.x + 100, row.y + row.height / 2] as const,
      );
      assert.ok(under);
    });

    it('has pinned rows on top, once for screen readers', async () => {
      await open('many');
      await press('ArrowDown', 'ArrowDown', 'p');
      const pinned = panel.page.locator('.pinnedRows .row');
      await pinned.first().waitFor();
      assert.match(await pinned.first().innerText(), /main/);
      await press('PageDown', 'PageDown', 'PageDown');
      const top = await pinned.first().boundingBox();
      const head = await box('.head');
      assert.ok(Math.abs(top!.y - head.y - head.height) < 2);
      const total = Number(await panel.page.locator('.scroller').getAttribute('aria-rowcount'));
      assert.equal(await panel.page.locator('[aria-rowindex="0"]').count(), 0);
      await press('End');
      assert.equal(await panel.page.locator('.rows .row.selected').getAttribute('aria-rowindex'), String(total));
      assert.deepEqual(await violations(panel.page), []);
    });
  });

  describe('the shortcut sheet', () => {
    it('opens with ? and by its button, keeps the focus, and closes with Escape', async () => {
      await open('live');
      await press('?');
      const sheet = panel.page.getByRole('dialog', { name: 'Mouse and keyboard' });
      await sheet.waitFor();
      assert.ok(await panel.page.evaluate(() => document.activeElement?.closest('dialog') !== null));
      assert.deepEqual(await violations(panel.page), []);
      await panel.page.keyboard.press('w');
      await panel.page.keyboard.press('Escape');
      await sheet.waitFor({ state: 'hidden' });
      assert.ok(await panel.page.locator('.brush.whole').isVisible(), 'keys on the sheet do not move the lanes');
      assert.ok(await panel.page.evaluate(() => document.activeElement?.classList.contains('scroller') ?? false));
      await panel.page.getByRole('button', { name: 'Mouse and keyboard' }).click();
      await sheet.waitFor();
      await sheet.getByRole('button', { name: 'Close' }).click();
      await sheet.waitFor({ state: 'hidden' });
    });

    for (const [width, height] of [
      [1400, 880],
      [500, 700],
      [320, 400],
    ] as const) {
      it(`has all of its words at ${width} × ${height}`, async () => {
        await open('live', { viewport: { width, height } });
        await press('?');
        const cut = await panel.page.locator('.shortcuts kbd, .shortcuts dd').evaluateAll(
          (words) =>
            words.filter((word) => {
              const { right } = word.getBoundingClientRect();
              const sheet = word.closest('.shortcutGroups')!.getBoundingClientRect();
              return right > sheet.right || word.scrollWidth > word.clientWidth + 1;
            }).length,
        );
        assert.equal(cut, 0);
      });
    }
  });
});

import assert from 'node:assert/strict';
import { moverOf } from './fixtures/movingPanel';
import { usePanel, violations } from './fixtures/panelBrowser';

/** By keyboard, mostly. */
describe('moving from interval to interval and through rows', function () {
  this.timeout(60_000);
  const panel = usePanel();
  const { open, lane } = panel;
  const { press, settled, view, selectedName, box, saved } = moverOf(panel);

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
      assert.equal(
        await panel.page.locator('.rows .row.selected').getAttribute('aria-rowindex'),
        String(total),
      );
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
      assert.ok(
        await panel.page.locator('.brush.whole').isVisible(),
        'keys on the sheet do not move the lanes',
      );
      assert.ok(
        await panel.page.evaluate(() => document.activeElement?.classList.contains('scroller') ?? false),
      );
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

  it('are where they were after the page was reloaded', async () => {
    await panel.open('many');
    const { page } = panel;
    const top = (): Promise<number> => page.locator('.scroller').evaluate((scroller) => scroller.scrollTop);
    await page.locator('.scroller').evaluate((scroller) => (scroller.scrollTop = 1234));
    await page.waitForTimeout(400);
    await page.reload();
    await page.locator('.legend').waitFor();
    await page.waitForTimeout(200);
    assert.equal(await top(), 1234);
  });
});

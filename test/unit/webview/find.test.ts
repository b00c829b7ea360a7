import assert from 'node:assert/strict';
import { overlaps, usePanel, violations } from './fixtures/panelBrowser';
import { strangeNames } from './fixtures/strangeNames';

describe('finding rows in a browser', function () {
  this.timeout(60_000);
  const panel = usePanel();
  const { open } = panel;
  /** Rows of the tree; those that are pinned or stick to the top are not meant. */
  const treeRows = '.row[id^="row-"]';
  const names = (): Promise<string[]> => panel.page.locator(`${treeRows} .name`).allInnerTexts();
  const search = () => panel.page.getByRole('textbox', { name: 'Search rows' });
  const filter = () => panel.page.getByRole('button', { name: /^Filter/ });
  const view = () => panel.page.getByRole('button', { name: 'View' });
  const dialog = () => panel.page.getByRole('dialog');
  const bar = () => panel.page.locator('.hiddenBar');
  const focused = (): Promise<string> =>
    panel.page.evaluate(() => document.activeElement?.className ?? 'nothing');
  const selected = (): Promise<string> => panel.page.locator(`${treeRows}.selected .name`).innerText();

  it('searches from the keyboard: /, words, Enter, Shift+Enter, Escape', async () => {
    await open('live');
    await panel.page.locator('.scroller').focus();
    await panel.page.keyboard.press('/');
    assert.equal(await focused(), 'searchInput');
    await panel.page.keyboard.type('preview worker');
    await panel.page.locator('.searchCount', { hasText: '1 found' }).waitFor();
    assert.deepEqual(await names(), ['node resize-pool.js', 'worker 4 · preview']);
    const marked = await panel.page.locator(`${treeRows} .name mark`).allInnerTexts();
    assert.deepEqual(marked, ['worker', 'preview']);
    await search().fill('12801');
    await panel.page.keyboard.press('Enter');
    await panel.page.locator('.searchCount', { hasText: '1 of' }).waitFor();
    assert.equal(await selected(), 'node resize-pool.js');
    await search().fill('worker');
    await panel.page.locator('.searchCount', { hasText: 'found' }).waitFor();
    await panel.page.keyboard.press('Enter');
    await panel.page.locator('.searchCount', { hasText: '1 of' }).waitFor();
    await panel.page.keyboard.press('Enter');
    await panel.page.locator('.searchCount', { hasText: '2 of' }).waitFor();
    const second = await selected();
    await panel.page.keyboard.press('Enter');
    await panel.page.locator('.searchCount', { hasText: '3 of' }).waitFor();
    await panel.page.keyboard.press('Shift+Enter');
    await panel.page.locator('.searchCount', { hasText: '2 of' }).waitFor();
    assert.equal(await selected(), second);
    await panel.page.keyboard.press('Escape');
    await bar().waitFor({ state: 'detached' });
    assert.equal(await search().inputValue(), '');
    assert.match(await focused(), /scroller/);
  });

  it('is reached with Ctrl+F, and leaves / to whoever types', async () => {
    await open('live');
    await panel.page.keyboard.press('Control+f');
    assert.equal(await focused(), 'searchInput');
    await panel.page.keyboard.type('a/b');
    assert.equal(await search().inputValue(), 'a/b');
    await panel.page.locator('.searchCount', { hasText: 'nothing found' }).waitFor();
  });

  it('finds the thread by the line of its messages and says why', async () => {
    await open('live');
    await search().fill('resize-worker.js');
    await panel.page.locator('.searchCount', { hasText: 'found' }).waitFor();
    const reasons = await panel.page.locator(`${treeRows} .pid mark`).allInnerTexts();
    assert.ok(reasons.includes('resize-worker.js'), String(reasons));
    const title = await panel.page
      .locator(`${treeRows} .nameCell`, { hasText: 'worker 1' })
      .first()
      .getAttribute('title');
    assert.match(title ?? '', /found: .*resize-worker\.js/);
  });

  it('filters, says what is hidden, and gets it back', async () => {
    await open('live');
    const all = await names();
    await filter().focus();
    await panel.page.keyboard.press('Enter');
    await dialog().waitFor();
    await panel.page.keyboard.press('Tab');
    await panel.page.keyboard.press('Space');
    await panel.page.getByRole('button', { name: 'Filter: not native' }).waitFor();
    assert.deepEqual(
      await names(),
      all.filter((name) => !name.startsWith('native threads')),
    );
    assert.match(await bar().innerText(), /^2 rows hidden by the filter: not native/);
    await panel.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    assert.match(await focused(), /popoverButton/);
    await bar().getByRole('button', { name: 'Clear' }).click();
    await bar().waitFor({ state: 'detached' });
    assert.deepEqual(await names(), all);
  });

  it('filters by state, kind, process and blocked time', async () => {
    await open('live');
    await filter().click();
    await dialog().getByLabel('Blocked', { exact: false }).first().check();
    await bar().filter({ hasText: 'Blocked' }).waitFor();
    assert.deepEqual(await names(), [
      'node resize-pool.js',
      'worker 2 · resize',
      'node thumbs.js --size=128',
      'main',
      'esbuild --service=0.28.2 --ping',
    ]);
    await dialog().getByLabel('worker', { exact: true }).check();
    await bar().filter({ hasText: 'worker' }).waitFor();
    assert.deepEqual(await names(), ['node resize-pool.js', 'worker 2 · resize']);
    await dialog().getByRole('button', { name: 'Clear all' }).click();
    await bar().waitFor({ state: 'detached' });
    await dialog()
      .getByRole('combobox', { name: 'Process' })
      .selectOption({ label: 'sh -c npm run meta · pid 12844' });
    await bar().waitFor();
    assert.deepEqual(await names(), ['sh -c npm run meta', 'node meta.js', 'main']);
    await dialog().getByRole('button', { name: 'Clear all' }).click();
    await dialog().getByRole('spinbutton').fill('1.1');
    await dialog().getByRole('combobox', { name: 'Unit' }).selectOption('s');
    await bar().filter({ hasText: 'blocked longer than 1.1 s' }).waitFor();
    assert.ok((await names()).includes('worker 2 · resize'));
    assert.ok(!(await names()).includes('worker 1 · resize'));
    await panel.page.locator('.title').click();
    await dialog().waitFor({ state: 'detached' });
  });

  it('says so when nothing is left', async () => {
    await open('live');
    await search().fill('there is no such row');
    await bar().filter({ hasText: 'No row is left' }).waitFor();
    await bar().getByRole('button', { name: 'Clear' }).click();
    await panel.page.locator(treeRows).first().waitFor();
  });

  it('sorts siblings, and keeps the order of appearance at hand', async () => {
    await open('ended');
    const workers = async (): Promise<string[]> =>
      (await names())
        .filter((name) => /^worker \d · (resize|preview)$/.test(name))
        .map((name) => name.slice(7, 8));
    assert.deepEqual(await workers(), ['1', '2', '3', '4']);
    await view().click();
    await dialog().getByRole('combobox', { name: 'Order' }).selectOption('blocked');
    await panel.page.waitForFunction(
      (rows) => document.querySelectorAll(`${rows} .name`)[1]?.textContent === 'worker 2 · resize',
      treeRows,
    );
    await dialog().getByRole('combobox', { name: 'Order' }).selectOption('tree');
    await panel.page.waitForFunction(
      (rows) => document.querySelectorAll(`${rows} .name`)[1]?.textContent === 'main',
      treeRows,
    );
  });

  it('changes the height of rows, the columns and the arrows', async () => {
    await open('live');
    const height = async (): Promise<number> =>
      (await panel.page.locator(treeRows).first().boundingBox())?.height ?? 0;
    const before = await height();
    await view().click();
    await dialog().getByRole('button', { name: 'Roomy' }).click();
    await panel.page.waitForFunction(
      ({ rows, than }) => (document.querySelector(rows)?.getBoundingClientRect().height ?? 0) > than,
      { rows: treeRows, than: before },
    );
    await dialog().getByLabel('State').uncheck();
    await panel.page.locator('.row .stateCell').first().waitFor({ state: 'detached' });
    await dialog()
      .getByLabel(/between lanes/)
      .uncheck();
    assert.deepEqual(await violations(panel.page), []);
  });

  it('pins a row on top with the mouse', async () => {
    await open('live');
    const row = panel.page.locator(treeRows, { hasText: 'worker 2' }).first();
    await row.hover();
    await row.getByRole('button', { name: /Pin on top/ }).click();
    await panel.page.locator('.pinnedRow', { hasText: 'worker 2' }).waitFor();
    assert.equal(await panel.page.locator('.row.selected').count(), 0, 'a pin does not select');
    assert.equal(await row.locator('.pinButton').getAttribute('aria-pressed'), 'true');
    await search().fill('thumbs.js');
    await panel.page.locator('.searchCount', { hasText: 'found' }).waitFor();
    assert.equal(await panel.page.locator('.pinnedRow').count(), 1, 'whatever the filter hides');
    assert.deepEqual(await violations(panel.page), []);
    await panel.page
      .locator('.pinnedRow')
      .getByRole('button', { name: /No longer pin/ })
      .click();
    await panel.page.locator('.pinnedRow').waitFor({ state: 'detached' });
  });

  it('pins and moves the selected row from the keyboard', async () => {
    await open('live');
    await panel.page.locator(`${treeRows} .name`, { hasText: 'worker 2' }).first().click();
    await panel.page.locator('.scroller').focus();
    await panel.page.keyboard.press('p');
    await panel.page.locator('.pinnedRow', { hasText: 'worker 2' }).waitFor();
    await panel.page.keyboard.press('p');
    await panel.page.locator('.pinnedRow').waitFor({ state: 'detached' });
    await panel.page.keyboard.press('Alt+ArrowUp');
    await panel.page.waitForFunction(
      (rows) => document.querySelectorAll(`${rows} .name`)[2]?.textContent === 'worker 2 · resize',
      treeRows,
    );
    await panel.page.keyboard.press('Alt+ArrowDown');
    await panel.page.waitForFunction(
      (rows) => document.querySelectorAll(`${rows} .name`)[3]?.textContent === 'worker 2 · resize',
      treeRows,
    );
  });

  it('keeps search and filter over a reload', async () => {
    await open('live');
    await search().fill('resize');
    await filter().click();
    await dialog().getByLabel('native threads').check();
    await panel.page.getByRole('button', { name: 'Filter: not native' }).waitFor();
    await panel.page.waitForTimeout(300);
    await panel.page.reload();
    await panel.page.locator('.legend').waitFor();
    assert.equal(await search().inputValue(), 'resize');
    await panel.page.getByRole('button', { name: 'Filter: not native' }).waitFor();
  });

  for (const width of [320, 400, 500, 620, 760, 900, 1100, 1400, 2000]) {
    it(`has all its controls whole and reachable at ${width} pixels`, async () => {
      await open('live', { viewport: { width, height: 800 } });
      assert.deepEqual(
        (await panel.page.evaluate(overlaps)).filter((one) => one.startsWith('toolbar')),
        [],
      );
      const controls = '.toolbar :is(cvizui-button, button, input, select)';
      for (const control of await panel.page.locator(controls).all()) {
        const box = await control.boundingBox();
        if (box === null) continue;
        assert.ok(box.x >= 0 && box.x + box.width <= width, `cut off at ${Math.round(box.x + box.width)}`);
      }
      const text = await search().boundingBox();
      assert.ok((text?.width ?? 0) >= 60, 'room for a word');
      for (const button of [filter(), view()]) {
        await button.click();
        const box = await dialog().boundingBox();
        assert.ok(box !== null && box.x >= 0 && box.x + box.width <= width && box.y + box.height <= 800);
        await panel.page.keyboard.press('Escape');
        await dialog().waitFor({ state: 'detached' });
      }
    });
  }

  it('is free of what axe finds wrong, while searching and with its menus open', async () => {
    for (const options of [{}, { colorScheme: 'light' }, { contrast: 'more' }] as const) {
      await open('live', options);
      await search().fill('worker');
      await bar().waitFor();
      assert.deepEqual(await violations(panel.page), []);
      for (const button of [filter(), view()]) {
        await button.click();
        await dialog().waitFor();
        assert.deepEqual(await violations(panel.page), []);
        await panel.page.keyboard.press('Escape');
      }
      await panel.page.context().close();
    }
    await open('live');
  });

  it('withstands names that are long, turn the direction, or try to be markup', async () => {
    await open('live');
    await panel.page.route('**/stream', (route) => route.fulfill({ body: strangeNames() }));
    await panel.page.reload();
    await panel.page.locator(treeRows).first().waitFor();
    await search().fill('x');
    await panel.page.locator('.searchCount', { hasText: 'found' }).waitFor();
    const lengths = (await names()).map((name) => name.length);
    assert.ok(Math.max(...lengths) <= 301, `so long a text is in the page: ${Math.max(...lengths)}`);
    for (const query of ['<img', 'שלום', '🦀', '(']) {
      await search().fill(query);
      await panel.page.locator('.searchCount', { hasText: 'found' }).waitFor();
      assert.equal(await panel.page.locator('img').count(), 0);
      assert.ok((await panel.page.locator(`${treeRows} mark`).count()) > 0, query);
    }
    await search().fill('');
    const heights = await panel.page
      .locator(treeRows)
      .evaluateAll((rows) => rows.map((row) => row.clientHeight));
    assert.equal(new Set(heights).size, 1, 'all rows are of one height');
    assert.deepEqual(
      (await panel.page.evaluate(overlaps)).filter((one) => one.startsWith('row')),
      [],
    );
  });
});

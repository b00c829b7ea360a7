import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { usePanel, violations } from './fixtures/panelBrowser';

const units: Readonly<Record<string, number>> = { B: 1, KB: 2 ** 10, MB: 2 ** 20 };

function bytes(text: string): number {
  const [, sign, value, unit = ''] = /^(−?)(?:≈ )?([\d.]+) (B|KB|MB)$/.exec(text.trim()) ?? [];
  assert.ok(value !== undefined, text);
  return Number(value) * (units[unit] ?? NaN) * (sign === '−' ? -1 : 1);
}

describe('the parts of memory in the panel', function () {
  this.timeout(60_000);
  const panel = usePanel();
  const { open } = panel;

  const openMemory = async (row: string): Promise<void> => {
    await panel.page.getByRole('tab', { name: 'Memory' }).click();
    await panel.page.locator('.row', { hasText: row }).first().locator('.rowIcon').click();
    await panel.page.locator('.drawerBody h2', { hasText: row }).first().waitFor();
  };
  const part = (name: string): Locator => panel.page.locator('.partsTable tr', { hasText: name });
  const figures = async (row: Locator): Promise<number[]> =>
    (await row.locator('td').allInnerTexts()).map(bytes);

  it('are a table that ends in the kernel’s own total', async () => {
    await open('live');
    await openMemory('resize-pool.js');
    const sums = [0, 0, 0, 0];
    for (const row of await panel.page.locator('.partsTable tbody tr:not(.subRow)').all())
      (await figures(row)).forEach((value, index) => (sums[index] = (sums[index] ?? 0) + value));
    const rest = await figures(part('In no part'));
    assert.equal(rest[0], 12 * 1024);
    const total = await figures(part('Kernel’s total'));
    assert.deepEqual(
      total.slice(0, 3),
      [60, 38, 22].map((size) => size * 2 ** 20),
    );
    // What is shown is rounded.
    total.forEach((value, index) => assert.ok(Math.abs(value - sums[index]! - rest[index]!) < 2 ** 20));
  });

  it('are a bar in the colours of the table, each part named', async () => {
    await open('live');
    await openMemory('resize-pool.js');
    const slices = panel.page.locator('.partsBar > span');
    const titles = await slices.evaluateAll((all) => all.map((slice) => slice.getAttribute('title') ?? ''));
    assert.equal(titles.length, 9, titles.join());
    assert.match(titles.join(), /Text \(code\): 18 MB.*Anonymous, of it V8’s heaps: \d+ MB/);
    const colors = await slices.evaluateAll((all) =>
      all.map((slice) => getComputedStyle(slice).backgroundColor),
    );
    assert.equal(new Set(colors).size, colors.length);
    const dots = await panel.page
      .locator('.partsTable .dot')
      .evaluateAll((all) => all.map((dot) => getComputedStyle(dot).backgroundColor));
    for (const color of colors) assert.ok(dots.includes(color));
    assert.match(
      (await panel.page.locator('.partsBar').getAttribute('aria-label')) ?? '',
      /Text \(code\) \d+ %/,
    );
  });

  it('tell V8’s heaps as an estimate, and what is left', async () => {
    await open('live');
    await openMemory('resize-pool.js');
    const [v8, rest] = (await panel.page.locator('.partsTable td.estimate').allInnerTexts()).map(bytes);
    const [whole] = await figures(part('Anonymous'));
    assert.ok(Math.abs(v8! + rest! - whole!) < 2 ** 20 && rest! > 0);
  });

  it('have stacks by thread, and heaps by space', async () => {
    await open('live');
    await openMemory('resize-pool.js');
    await panel.page.getByText(/^Stacks of 1\d threads$/).click();
    assert.match(await panel.page.locator('.memoryParts').innerText(), /worker 2 · resize\s+100 KB\s+8 MB/);
    const spaces = await panel.page.locator('.heapSpaces').innerText();
    assert.match(spaces, /Young\s+Old\s+Code\s+Large\s+Other\s+In memory/);
    assert.match(spaces, /worker 3 · resize\s+1\.\d MB\s+\d/);
  });

  it('tell with whom they are shared, and lead there', async () => {
    await open('live');
    await openMemory('resize-pool.js');
    const shared = panel.page.locator('.sharedWith');
    assert.match(await shared.innerText(), /node\s+17 MB\s+17 MB\s+node thumbs\.js --size=128 pid 12830/);
    await shared.getByRole('button', { name: 'node thumbs.js' }).first().click();
    await panel.page.locator('.row.selected', { hasText: 'thumbs.js' }).waitFor();
  });

  it('are explained', async () => {
    await open('live');
    await openMemory('resize-pool.js');
    const heads = panel.page.locator('.partsTable th[scope=row]');
    for (const title of await heads.evaluateAll((all) => all.map((head) => head.getAttribute('title') ?? '')))
      assert.ok(title.length > 20, title);
    await panel.page.getByRole('button', { name: 'Explain' }).click();
    await panel.page.locator('.partsTable .explained').first().waitFor();
    assert.equal(await panel.page.locator('.partsTable .explained').count(), await heads.count());
    assert.deepEqual(await violations(panel.page), []);
  });
});

import assert from 'node:assert/strict';
import { stripSummary } from '../../../webview/cpuFigures';
import { overallLoad } from '../../../src/model/programLoad';
import { usePanel, violations } from './fixtures/panelBrowser';
import { poolModel } from './fixtures/poolModel';

const range = { from: 0, to: 5.2e9 };

describe('the CPU strip in words', () => {
  it('tells cores, the load now, and the peak', () => {
    const model = poolModel(5120);
    assert.match(
      stripSummary(model, overallLoad(model), range),
      /^CPU over time\. The program may use 8 cores\. Now: \d\.\d running, \d\.\d ready\. The most at once: \d\.\d threads at 00:0\d\.\d\.$/,
    );
    model.ended = true;
    assert.match(stripSummary(model, overallLoad(model), range), /On average: 3\.\d running/);
  });

  it('does not say 0 where the system does not tell who was ready', () => {
    const machine = { platform: 'win32', precision: 'ticks' } as const;
    const model = poolModel(5120, machine);
    const text = stripSummary(model, overallLoad(model), range);
    assert.match(text, /≈ \d\.\d running, ready: not available on Windows\./);
    assert.doesNotMatch(text, /0\.0 ready/);
  });

  it('says that nothing was measured yet', () => {
    assert.equal(
      stripSummary(poolModel(0), null, { from: 0, to: 1 }),
      'CPU over time. Nothing was measured yet.',
    );
  });
});

describe('the CPU strip in a browser', function () {
  this.timeout(60_000);
  const panel = usePanel();
  const { open } = panel;
  const firstTicks = async (): Promise<string> => (await panel.page.locator('.tick').allInnerTexts()).join();

  it('has what ran below, what was ready on top, and a line at the cores', async () => {
    await open('live');
    await panel.page.locator('.cpuCanvas').waitFor();
    const painted = await panel.page.evaluate(columnColors, 0.5);
    const green = painted.indexOf('running');
    const amber = painted.indexOf('ready');
    assert.ok(amber >= 0 && green > amber, painted.join(' '));
    assert.equal(painted.at(-1), 'running', 'it stands on the ground');
    const dashes = await panel.page.evaluate(rowsWithLine);
    assert.ok(dashes.length >= 1 && dashes.length <= 3, `lines at ${dashes.join()}`);
  });

  it('paints nothing as ready where nobody tells who was', async () => {
    await open('windows');
    for (const at of [0.3, 0.5, 0.7])
      assert.ok(!(await panel.page.evaluate(columnColors, at)).includes('ready'), String(at));
    await panel.page.locator('.cpuCell', { hasText: 'ready: not available on Windows' }).waitFor();
    await panel.page
      .locator('.figures [title*="Windows counts the CPU time"]', { hasText: 'estimated' })
      .waitFor();
  });

  it('tells time, running and ready under the pointer', async () => {
    await open('live');
    const box = (await panel.page.locator('.cpuChart').boundingBox())!;
    await panel.page.mouse.move(box.x + box.width / 2, box.y + 30);
    const tooltip = await panel.page.locator('.tooltip').innerText();
    assert.match(
      tooltip,
      /^00:02\.\d{3}\s+▶\s*\d\.\d running\s+R\s*\d\.\d ready\s+8 cores: limited by its CPU/,
    );
    await panel.page.mouse.move(box.x - 100, box.y + 30);
    await panel.page.locator('.tooltip').waitFor({ state: 'detached' });
  });

  it('has the same time as the lanes below, and zooms and moves with them', async () => {
    await open('live');
    const [chart, lane] = await Promise.all([
      panel.page.locator('.cpuCanvas').boundingBox(),
      panel.page.locator('canvas.lanes').boundingBox(),
    ]);
    assert.deepEqual([chart!.x, chart!.width], [lane!.x, lane!.width]);
    const whole = await firstTicks();
    await panel.page.mouse.move(chart!.x + chart!.width / 2, chart!.y + 20);
    for (let index = 0; index < 4; index++) await panel.page.mouse.wheel(0, -200);
    await panel.page.waitForFunction(
      (text) =>
        [...document.querySelectorAll<HTMLElement>('.tick')].map((tick) => tick.innerText).join() !== text,
      whole,
    );
    const near = await firstTicks();
    await panel.page.mouse.down();
    await panel.page.mouse.move(chart!.x + chart!.width / 2 - 200, chart!.y + 20, { steps: 4 });
    await panel.page.mouse.up();
    await panel.page.waitForFunction(
      (text) =>
        [...document.querySelectorAll<HTMLElement>('.tick')].map((tick) => tick.innerText).join() !== text,
      near,
    );
  });

  it('leaves a low panel to the rows', async () => {
    await open('live', { viewport: { width: 1000, height: 460 } });
    await panel.page.locator('.row').first().waitFor();
    assert.equal(await panel.page.locator('.cpuStrip').count(), 0);
    await panel.page.getByRole('button', { name: 'Close the details' }).click();
    await panel.page.locator('.cpuStrip').waitFor();
  });

  it('keeps its words whole in a narrow tree', async () => {
    await open('live', { viewport: { width: 360, height: 900 } });
    await panel.page.locator('.cpuStrip').waitFor();
    const cut = await panel.page.locator('.cpuFigure').evaluateAll(
      (figures) =>
        figures.filter((figure) => {
          const { right, bottom } = figure.getBoundingClientRect();
          const cell = figure.closest('.cpuCell')!.getBoundingClientRect();
          return right > cell.right || bottom > cell.bottom;
        }).length,
    );
    assert.equal(cut, 0);
    assert.deepEqual(await violations(panel.page), []);
  });
});

/** What the pixels of a column of the strip are, top to bottom, repetitions left out; runs in the page. */
function columnColors(at: number): string[] {
  const canvas = document.querySelector<HTMLCanvasElement>('.cpuCanvas')!;
  const { height } = canvas;
  // A copy: reading the canvas itself would take it from the graphics card.
  const copy = new OffscreenCanvas(1, height).getContext('2d', { willReadFrequently: true })!;
  copy.drawImage(canvas, Math.round(canvas.width * at), 0, 1, height, 0, 0, 1, height);
  const { data } = copy.getImageData(0, 0, 1, height);
  const names = new Map<string, string>();
  for (const state of ['running', 'ready']) {
    const color = getComputedStyle(document.body).getPropertyValue(`--cviz-${state}`);
    names.set(color.match(/\d+/g)!.join(), state);
  }
  const found: string[] = [];
  for (let row = 0; row < height; row++) {
    const name = names.get([...data.slice(row * 4, row * 4 + 3)].join());
    if (name !== undefined && found.at(-1) !== name) found.push(name);
  }
  return found;
}

/** Rows of pixels of the left third that have the colour of text in dashes; runs in the page. */
function rowsWithLine(): number[] {
  const canvas = document.querySelector<HTMLCanvasElement>('.cpuCanvas')!;
  const { height } = canvas;
  const width = Math.floor(canvas.width / 3);
  const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, width, height);
  const text = getComputedStyle(document.body).color.match(/\d+/g)!.map(Number);
  const rows: number[] = [];
  for (let row = 0; row < height; row++) {
    let count = 0;
    for (let at = row * width * 4; at < (row + 1) * width * 4; at += 4)
      if ([0, 1, 2].every((part) => Math.abs((data[at + part] ?? 0) - (text[part] ?? 0)) < 25)) count++;
    if (count > width * 0.3 && count < width * 0.8) rows.push(row);
  }
  return rows;
}

import assert from 'node:assert/strict';
import { usePanel, violations } from './fixtures/panelBrowser';

/** How many pixels of the lanes have a colour; runs in the page. */
function pixelsOf(variable: string): number {
  const canvas = document.querySelector<HTMLCanvasElement>('canvas.lanes')!;
  const copy = document.createElement('canvas');
  [copy.width, copy.height] = [canvas.width, canvas.height + 1];
  const pen = copy.getContext('2d', { willReadFrequently: true })!;
  pen.drawImage(canvas, 0, 0);
  pen.fillStyle = getComputedStyle(document.body).getPropertyValue(variable);
  pen.fillRect(0, canvas.height, 1, 1);
  const [red, green, blue] = pen.getImageData(0, canvas.height, 1, 1).data;
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) count++;
  }
  return count;
}

describe('spans and arrows in the panel', function () {
  this.timeout(60_000);
  const panel = usePanel();
  const tooltip = async (): Promise<string> =>
    ((await panel.page.locator('.tooltip').allTextContents())[0] ?? '').replace(/\s+/g, ' ').trim();

  async function zoomIn(row: string, steps: number): Promise<{ x: number; y: number; width: number }> {
    const lane = await panel.lane(row);
    await panel.page.mouse.move(lane.x + lane.width / 2, lane.y);
    for (let step = 0; step < steps; step++) await panel.page.mouse.wheel(0, -150);
    await panel.page.waitForTimeout(150);
    return lane;
  }

  /** Moves along the upper edge of a lane until the tooltip says what is looked for. */
  async function find(row: string, wanted: RegExp, steps: number): Promise<{ x: number; y: number }> {
    const lane = await zoomIn(row, steps);
    for (let x = 0; x < lane.width; x += 3) {
      await panel.page.mouse.move(lane.x + x, lane.y - 11);
      if (wanted.test(await tooltip())) return { x: lane.x + x, y: lane.y - 11 };
    }
    throw new Error(`${wanted.source} is nowhere above ${row}`);
  }

  it('say what a message is, and how long it took', async () => {
    await panel.open('live');
    const place = await find('worker 2', /^Message: worker 3 → main/, 14);
    const text = await tooltip();
    assert.match(
      text,
      /size ≈ \d+ KB \(estimated\) ?serialise [\d.]+ .s ?in queue [\d.]+ ms ?handling [\d.]+ ms ?sent at resize-worker\.js:\d+/,
    );
    const before = await panel.page.evaluate(pixelsOf, '--cviz-arrow-message');
    await panel.page.mouse.click(place.x, place.y);
    await panel.page.mouse.move(5, 5);
    await panel.page.waitForTimeout(150);
    const after = await panel.page.evaluate(pixelsOf, '--cviz-arrow-message');
    assert.ok(
      after > 0 && after !== before,
      `${before} pixels of arrows before it was selected, ${after} after`,
    );
  });

  it('name the span under the pointer', async () => {
    await panel.open('live');
    const lane = await zoomIn('worker 1', 14);
    await panel.page.mouse.move(lane.x + lane.width * 0.5, lane.y - 6);
    await panel.page.waitForTimeout(100);
    assert.match(await tooltip(), /^message from main [\d.]+ ms since/);
    assert.ok((await panel.page.evaluate(pixelsOf, '--cviz-span-message')) > 1000);
  });

  it('become a sentence when they are too many', async () => {
    await panel.open('channels');
    await panel.page.getByText('messages in view: zoom in for arrows').first().waitFor();
    await zoomIn('worker 3', 14);
    assert.equal(await panel.page.getByText('zoom in for arrows').count(), 0);
  });

  it('are explained by the legend, in narrow panels, too', async () => {
    await panel.open('live', { viewport: { width: 340, height: 900 } });
    for (const name of ['message', 'spawn', 'wake-up', 'Atomics.wait', 'blocking call', 'long task']) {
      const box = await panel.page.locator('.legend li', { hasText: name }).first().boundingBox();
      assert.ok(box !== null && box.x >= 0 && box.x + box.width <= 340, `${name} is cut off`);
    }
    assert.deepEqual(await violations(panel.page), []);
  });
});

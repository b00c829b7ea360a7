import type { Page } from 'playwright-core';

/** How many times the range is halved: 2^20. */
const HALVINGS = 20;
/** Pixels of a wheel that double or halve the range. */
const PIXELS_PER_HALVING = Math.log(2) / 0.002;
const WHEELS_PER_HALVING = 3;

/** Zooms in on a moment, up to 2^20 times, panning at each step, and back out. By the wheel, as a user does. */
export async function panAndZoom(page: Page): Promise<void> {
  const lanes = await page.locator('canvas.lanes').first().boundingBox();
  if (lanes === null) throw new Error('there are no lanes');
  await page.mouse.move(lanes.x + lanes.width * 0.47, 400);
  const step = PIXELS_PER_HALVING / WHEELS_PER_HALVING;
  for (let level = 0; level < HALVINGS; level++) {
    for (let count = 0; count < WHEELS_PER_HALVING; count++) await page.mouse.wheel(0, -step);
    for (const pixels of [60, 60, -60, -60]) await page.mouse.wheel(pixels, 0);
  }
  for (let count = 0; count < HALVINGS * WHEELS_PER_HALVING; count++) await page.mouse.wheel(0, step);
}

/** Moves a little to and fro: what is in view stays in view. */
export async function shake(page: Page): Promise<void> {
  const lanes = await page.locator('canvas.lanes').first().boundingBox();
  if (lanes === null) throw new Error('there are no lanes');
  await page.mouse.move(lanes.x + lanes.width * 0.6, 400);
  for (let count = 0; count < 40; count++) {
    await page.mouse.wheel(0, count % 2 === 0 ? -40 : 35);
    await page.mouse.wheel(count % 4 < 2 ? 25 : -25, 0);
  }
}

import type { Page } from 'playwright-core';

/** One frame in which something was done. Milliseconds. */
export interface Frame {
  /** Handlers of input, animation callbacks, style, layout and paint: all the main thread did for it. */
  readonly work: number;
  /** Since the frame before: what one sees. */
  readonly interval: number;
  /** From the first input it answers to the end of its work. */
  readonly delay: number;
}

/**
 * Runs in the page before all else. Being the first to ask for each frame, its callback begins it; a message posted there
 * arrives when the frame was rendered. As text: the page has no helpers that a transpiled function might call.
 */
export const frameClock = `(() => {
  const frames = [];
  let handled = 0, firstInput = 0, handlerBegin = 0, last = 0, current = null;
  const begin = (event) => { handlerBegin = performance.now(); if (firstInput === 0) firstInput = handlerBegin; };
  const end = () => { if (handlerBegin !== 0) handled += performance.now() - handlerBegin; handlerBegin = 0; };
  for (const type of ['wheel', 'keydown', 'input', 'pointermove', 'scroll']) {
    window.addEventListener(type, begin, { capture: true, passive: true });
    window.addEventListener(type, end, { passive: true });
  }
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    const now = performance.now();
    frames.push([current.handled + now - current.begin, current.interval, current.input === 0 ? 0 : now - current.input]);
  };
  const onFrame = (time) => {
    current = { begin: performance.now(), handled, interval: time - last, input: firstInput };
    handled = 0;
    firstInput = 0;
    last = time;
    channel.port2.postMessage(0);
    requestAnimationFrame(onFrame);
  };
  requestAnimationFrame(onFrame);
  window.takeFrames = () => frames.splice(0);
})()`;

/** The frames since the last call; `answered`: only those that answer an input. */
export async function takeFrames(page: Page, answered: boolean): Promise<Frame[]> {
  const found = await page.evaluate<[number, number, number][]>('takeFrames()');
  return found
    .map(([work, interval, delay]) => ({ work, interval, delay }))
    .filter(({ delay }) => !answered || delay > 0);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

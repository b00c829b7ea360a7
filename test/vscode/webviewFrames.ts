import type { Frame, Page } from 'playwright-core';
import { orUndefined, waitFor } from './polling';

/** Text or pattern that the webview's document title or visible text contains, or a question of one's own. */
export type WebviewMatcher = string | RegExp | ((frame: Frame) => Promise<boolean>);

/**
 * The frame with a webview's own document, among the webviews that are on screen. Ask again after a webview was
 * hidden and shown, moved or given new HTML: VS Code then makes a new frame and this one is dead.
 * @throws Error listing the webviews there are
 */
export async function findWebviewFrame(
  page: Page,
  matcher: WebviewMatcher,
  timeoutMs = 20_000,
): Promise<Frame> {
  const ask = async (): Promise<Frame | undefined> => {
    for (const frame of await activeFrames(page)) {
      if ((await orUndefined(matches(frame, matcher))) === true) return frame;
    }
    return undefined;
  };
  const seen = async (): Promise<string> => {
    const titles = await Promise.all((await activeFrames(page)).map((frame) => orUndefined(describe(frame))));
    return `there are: ${JSON.stringify(titles)}`;
  };
  return waitFor(`a webview that matches ${String(matcher)}`, ask, { timeoutMs, seen });
}

/**
 * A webview is a frame `…/webview/browser/pre/index.html` of the page, with the extension's document in a frame
 * `…/pre/fake.html` inside. While it loads new HTML there are two of those: #pending-frame, and the #active-frame on
 * screen; the pending one then takes over the id (but keeps its `name`, so Frame.name() tells nothing).
 */
async function activeFrames(page: Page): Promise<Frame[]> {
  const inner = page
    .frames()
    .filter((frame) => frame.parentFrame() !== null && isWebviewHost(frame.parentFrame()));
  const checked = await Promise.all(
    inner.map(async (frame) => ((await orUndefined(isActive(frame))) ? frame : null)),
  );
  return checked.filter((frame) => frame !== null);
}

function isWebviewHost(frame: Frame | null): boolean {
  return frame?.url().includes('/webview/browser/pre/index.html') === true;
}

async function isActive(frame: Frame): Promise<boolean> {
  const element = await frame.frameElement();
  const id = await element.getAttribute('id');
  const host = await frame.parentFrame()?.frameElement();
  // A webview behind another tab stays where it was, invisible.
  return id === 'active-frame' && (await host?.isVisible()) === true;
}

async function matches(frame: Frame, matcher: WebviewMatcher): Promise<boolean> {
  if (typeof matcher === 'function') return matcher(frame);
  const { title, text } = await contentOf(frame);
  return [title, text].some((content) =>
    typeof matcher === 'string' ? content.includes(matcher) : new RegExp(matcher).test(content),
  );
}

async function contentOf(frame: Frame): Promise<{ title: string; text: string }> {
  // A document that is being replaced has no body for a moment.
  return frame.evaluate(() => ({
    title: document.title,
    text: document.querySelector('body')?.innerText ?? '',
  }));
}

async function describe(frame: Frame): Promise<string> {
  const { title, text } = await contentOf(frame);
  return `${title}: ${text.slice(0, 80).replace(/\s+/g, ' ')}`;
}

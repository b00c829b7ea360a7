import type { Locator, Page } from 'playwright-core';
import { orUndefined, waitFor } from './polling';

/**
 * Runs the command that has exactly this title in the palette ("Category: Title" where it has a category; the
 * translated title in another language).
 * @throws Error with what the palette offers instead
 */
export async function runPaletteCommand(page: Page, title: string): Promise<void> {
  await pickTyped(page, `>${title}`, title, `the command "${title}"`);
}

/** Opens a file by its absolute path, which needs no search index (the server comes without ripgrep). */
export async function openFileByPath(page: Page, path: string, name: string): Promise<void> {
  await pickTyped(page, path, name, path);
  await page.locator('.tab.active', { hasText: name }).first().waitFor();
}

/**
 * A list is made when the palette opens: what an extension registers a moment later never gets into it. So it is
 * closed and asked anew until the entry is there.
 */
async function pickTyped(page: Page, typed: string, label: string, what: string): Promise<void> {
  const seen: string[] = [];
  const ask = async (): Promise<Locator | undefined> => {
    if (!(await openQuickInput(page, typed))) return undefined;
    const row = rowLabelled(page, label);
    if ((await orUndefined(row.waitFor({ timeout: 1_500 }).then(() => true))) === true) return row;
    seen.splice(0, Infinity, ...((await orUndefined(rowLabels(page))) ?? []));
    await page.keyboard.press('Escape');
    return undefined;
  };
  const row = await waitFor(`${what} in the palette`, ask, {
    seen: () => `it offers ${JSON.stringify(seen)}`,
  });
  await row.click({ timeout: 5_000 });
  await untilAnswered(page, typed);
}

/** Picks the entry with exactly this label in a quick pick that the extension has opened. */
export async function pickQuickInput(page: Page, label: string): Promise<void> {
  const row = rowLabelled(page, label);
  await waitFor(`"${label}" in the quick pick`, () => row.isVisible(), {
    seen: async () => `it offers ${JSON.stringify(await rowLabels(page))}`,
  });
  await row.click({ timeout: 5_000 });
}

/**
 * Whether the palette is open and has the text. F1 is pressed while it is not: during start-up, and right after a
 * webview got the focus, VS Code may not hear the key.
 */
async function openQuickInput(page: Page, text: string): Promise<boolean> {
  const input = inputOf(page);
  if (!(await input.isVisible())) {
    await page.keyboard.press('F1');
    const shown = await orUndefined(input.waitFor({ state: 'visible', timeout: 1_000 }).then(() => true));
    if (shown !== true) return false;
  }
  // A palette that is just closing takes its input away; the caller asks again.
  return (await orUndefined(input.fill(text, { timeout: 1_000 }).then(() => true))) === true;
}

/** By text, not by position: rows move while the palette is still filtering. */
function rowLabelled(page: Page, label: string): Locator {
  const exactly = new RegExp(`^\\s*${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
  const name = page.locator('.quick-input-list-row .label-name', { hasText: exactly });
  return widget(page).locator('.monaco-list-row').filter({ has: name }).first();
}

async function rowLabels(page: Page): Promise<string[]> {
  return widget(page)
    .locator('.monaco-list-row')
    .evaluateAll((rows) =>
      rows.map((row) => row.querySelector('.quick-input-list-row .label-name')?.textContent.trim() ?? ''),
    );
}

/** Done when the palette closes, or when the command has turned it into a question of its own. */
async function untilAnswered(page: Page, typed: string): Promise<void> {
  const input = inputOf(page);
  await waitFor('the palette to close', async () => {
    return !(await input.isVisible()) || (await orUndefined(input.inputValue({ timeout: 1_000 }))) !== typed;
  });
}

function widget(page: Page): Locator {
  return page.locator('.quick-input-widget');
}

function inputOf(page: Page): Locator {
  return widget(page).locator('.quick-input-box input');
}

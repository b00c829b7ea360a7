import type { Page } from 'playwright-core';

/** A message VS Code showed in its corner. */
export interface Notification {
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly buttons: readonly string[];
}

/** What our own scripts put on the page's global object. */
interface PageGlobals {
  seenNotifications?: Notification[];
  _VSCODE_NLS_LANGUAGE?: string;
}

/** VS Code puts the terminal on its element, "exposing it to the smoke tests", always. */
interface XtermElement extends Element {
  readonly xterm?: {
    readonly buffer: {
      readonly active: {
        readonly length: number;
        getLine(
          index: number,
        ): { readonly isWrapped: boolean; translateToString(trim: boolean): string } | undefined;
      };
    };
  };
}

/**
 * tsx compiles with names kept: a function inside a callback that is sent to a page becomes `__name(…)`, which
 * exists only here. Done for every frame, so that specs need not know.
 */
export async function installNameHelper(page: Page): Promise<void> {
  await page.addInitScript('globalThis.__name ??= (target) => target;');
}

/**
 * Resolves once the workbench has restored its editors and panels, which VS Code records as a performance mark
 * (src/vs/workbench/services/lifecycle).
 */
export async function untilRestored(page: Page): Promise<void> {
  const isRestored = (): boolean => performance.getEntriesByName('code/LifecyclePhase/Restored').length > 0;
  await page.waitForFunction(isRestored, undefined, { timeout: 60_000 });
}

/**
 * Sets what vscode.env.language, l10n bundles and package.nls.*.json go by. The workbench's own texts stay English:
 * their translations come from a download.
 */
export async function installLocale(page: Page, locale: string): Promise<void> {
  await page.addInitScript((language) => {
    (globalThis as PageGlobals)._VSCODE_NLS_LANGUAGE = language;
  }, locale);
}

/** Starts collecting notifications in the page; they vanish by themselves after some seconds. */
export async function installNotificationLog(page: Page): Promise<void> {
  await page.addInitScript(() => {
    if (globalThis.self !== globalThis.top) return;
    const seen: Notification[] = [];
    const elements = new WeakMap<Element, string>();
    (globalThis as PageGlobals).seenNotifications = seen;
    const collect = (): void => {
      for (const item of document.querySelectorAll('.notification-toast .notification-list-item')) {
        const message = item.querySelector('.notification-list-item-message')?.textContent.trim() ?? '';
        if (message === '' || elements.get(item) === message) continue;
        elements.set(item, message);
        const icon = item.querySelector('.notification-list-item-icon');
        const severity = (['error', 'warning'] as const).find((name) =>
          icon?.classList.contains(`codicon-${name}`),
        );
        const buttons = [
          ...item.querySelectorAll('.notification-list-item-buttons-container .monaco-button'),
        ];
        seen.push({
          severity: severity ?? 'info',
          message,
          buttons: buttons.map((button) => button.textContent),
        });
      }
    };
    // Cheaper than watching every change of a workbench, and a toast stays for seconds.
    setInterval(collect, 50);
  });
}

/** All notifications since the workbench opened, oldest first, closed ones too. */
export async function readNotifications(page: Page): Promise<readonly Notification[]> {
  return page.evaluate(() => (globalThis as PageGlobals).seenNotifications ?? []);
}

/** The text of the terminal on screen, wrapped lines joined, without trailing blank lines; '' if none is shown. */
export async function readTerminal(page: Page): Promise<string> {
  return page.evaluate(() => {
    const wrappers = [...document.querySelectorAll<XtermElement>('.terminal-wrapper')];
    const shown = wrappers.filter((wrapper) => wrapper.xterm !== undefined && wrapper.clientHeight > 0);
    const wrapper = shown.find(({ classList }) => classList.contains('active')) ?? shown[0];
    const buffer = wrapper?.xterm?.buffer.active;
    if (buffer === undefined) return '';
    let text = '';
    for (let index = 0; index < buffer.length; index++) {
      const line = buffer.getLine(index);
      if (line === undefined) break;
      text += (line.isWrapped || index === 0 ? '' : '\n') + line.translateToString(true);
    }
    return text.trimEnd();
  });
}

/** Class names of the workbench element, which say which theme is on. */
export async function readWorkbenchClasses(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => [...(document.querySelector('.monaco-workbench')?.classList ?? [])]);
}

import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { collectConsoleErrors } from './consoleErrors';
import type { ConsoleError } from './consoleErrors';
import {
  installLocale,
  installNameHelper,
  installNotificationLog,
  readNotifications,
  readTerminal,
  readWorkbenchClasses,
  untilRestored,
} from './pageProbes';
import type { Notification } from './pageProbes';
import { installExtension, suitePayload, uninstallExtensions, useSmokeTestMode } from './extensionUnderTest';
import { waitFor } from './polling';
import { openFileByPath, pickQuickInput, runPaletteCommand } from './quickInput';
import type { Server } from './server';
import { findWebviewFrame } from './webviewFrames';
import type { WebviewMatcher } from './webviewFrames';
import { defaultTheme, findTheme, overlaySettings, writeInitialSettings } from './workbenchSettings';
import type { Settings, Theme } from './workbenchSettings';

export interface WorkbenchOptions {
  /** Folder of the extension under test, the one with its package.json. */
  readonly extensionPath: string;
  /** The folder to open. It is copied, so nothing a test does reaches the original; empty if not given. */
  readonly folder?: string;
  /** More files for the folder: relative path to content. */
  readonly files?: Readonly<Record<string, string>>;
  /** A bundle whose `run()` is to execute in the extension host; see extensionHostSuite.ts. */
  readonly testsPath?: string;
  /** User settings, on top of those that keep VS Code quiet. */
  readonly settings?: Settings;
  /** Name of one of VS Code's own themes. */
  readonly colorTheme?: string;
  /** Language for the extension, e.g. "ko"; the workbench itself stays English. */
  readonly locale?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Called with the page before VS Code loads, e.g. to expose functions to it. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** A VS Code window with the extension in it, and what a user can do and see there. */
export interface Workbench {
  readonly page: Page;
  readonly server: Server;
  /** The open folder: the copy, not the original. */
  readonly folder: string;
  /** Errors printed or thrown since the window opened, in order. */
  readonly consoleErrors: readonly ConsoleError[];
  /** Picks the command with exactly this title from the palette, as it reads there. */
  runCommand(title: string): Promise<void>;
  /** Opens a file of the folder, by its path inside it, and waits until its tab is the active one. */
  openFile(name: string): Promise<void>;
  /** Picks an entry of the quick pick on screen. */
  pick(label: string): Promise<void>;
  /** The document of a webview on screen; waits for it. */
  webviewFrame(matcher: WebviewMatcher, timeoutMs?: number): Promise<Frame>;
  /** The whole text of the terminal on screen, '' if there is none. */
  terminalText(): Promise<string>;
  /** Waits until the terminal's text contains or matches this, and returns the text. */
  terminalShows(expected: string | RegExp, timeoutMs?: number): Promise<string>;
  /** Every notification since the window opened, those that closed again too. */
  notifications(): Promise<readonly Notification[]>;
  /** Waits for a notification whose message contains or matches this. */
  notification(expected: string | RegExp, timeoutMs?: number): Promise<Notification>;
  /** Changes these settings in all open windows of this server, which notice within half a second. */
  changeSettings(settings: Settings): Promise<void>;
  /** Switches to one of VS Code's own themes and waits until it shows. */
  setTheme(name: string): Promise<void>;
  /** Saves test-results/vscode/VERSION/NAME.png and returns its path. */
  screenshot(name: string): Promise<string>;
  /** Closes the window, ends its extension host and what runs in its terminals, and removes the folder's copy. */
  dispose(): Promise<void>;
}

/** Opens a VS Code window and returns once the workbench is ready for input. */
export async function openWorkbench(
  browser: Browser,
  server: Server,
  options: WorkbenchOptions,
): Promise<Workbench> {
  const { locale = 'en', viewport = { width: 1400, height: 880 } } = options;
  const firstTheme = await findTheme(server, options.colorTheme ?? defaultTheme);
  await writeInitialSettings(server, { 'workbench.colorTheme': firstTheme.id, ...options.settings });

  const temp = await mkdtemp(join(server.workspacesFolder, 'w'));
  const folder = await prepareFolder(temp, options);
  const context = await browser.newContext({ viewport, locale });
  const dispose = async (): Promise<void> => {
    await context.close();
    server.killIn(temp);
    await rm(temp, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  const page = await context.newPage();
  const consoleErrors = collectConsoleErrors(page);

  try {
    await installNameHelper(page);
    await installLocale(page, locale);
    await installNotificationLog(page);
    await options.prepare?.(page);
    await page.goto(await prepareExtension(page, server, folder, options));
    await untilRestored(page);
    await untilThemeShows(page, firstTheme);
  } catch (error) {
    await dispose();
    throw error;
  }

  let overlay: Settings = {};
  return {
    page,
    server,
    folder,
    consoleErrors,
    runCommand: (title) => runPaletteCommand(page, title),
    openFile: (name) => openFileByPath(page, join(folder, name), basename(name)),
    pick: (label) => pickQuickInput(page, label),
    webviewFrame: (matcher, timeoutMs) => findWebviewFrame(page, matcher, timeoutMs),
    terminalText: () => readTerminal(page),
    terminalShows: async (expected, timeoutMs = 20_000) =>
      waitFor(
        `${String(expected)} in the terminal`,
        async () => {
          const text = await readTerminal(page);
          return contains(text, expected) && text;
        },
        { timeoutMs, seen: async () => `it shows:\n${await readTerminal(page)}` },
      ),
    notifications: () => readNotifications(page),
    notification: async (expected, timeoutMs = 20_000) =>
      waitFor(
        `a notification ${String(expected)}`,
        async () => (await readNotifications(page)).find(({ message }) => contains(message, expected)),
        { timeoutMs, seen: async () => `there were ${JSON.stringify(await readNotifications(page))}` },
      ),
    changeSettings: async (settings) => {
      overlay = { ...overlay, ...settings };
      await overlaySettings(server, overlay);
    },
    setTheme: async (name) => {
      const theme = await findTheme(server, name);
      overlay = { ...overlay, 'workbench.colorTheme': theme.id };
      await overlaySettings(server, overlay);
      await untilThemeShows(page, theme);
    },
    screenshot: (name) => saveScreenshot(page, server, name),
    dispose,
  };
}

async function untilThemeShows(page: Page, { id, classNames }: Theme): Promise<void> {
  const shows = async (): Promise<boolean> => {
    const classes = await readWorkbenchClasses(page);
    return classNames.every((name) => classes.includes(name));
  };
  const seen = async (): Promise<string> =>
    `the workbench has ${(await readWorkbenchClasses(page)).join(' ')}`;
  await waitFor(`the theme ${id}`, shows, { seen });
}

function contains(text: string, expected: string | RegExp): boolean {
  return typeof expected === 'string' ? text.includes(expected) : new RegExp(expected).test(text);
}

async function prepareFolder(temp: string, { folder, files = {} }: WorkbenchOptions): Promise<string> {
  // The folder's name is in the title bar and the explorer of every screenshot.
  const copy = join(temp, folder === undefined ? 'workspace' : basename(resolve(folder)));
  if (folder === undefined) await mkdir(copy);
  else await cp(folder, copy, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const path = join(copy, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return copy;
}

/** Puts the extension where the window will find it, and returns the window's address. */
async function prepareExtension(
  page: Page,
  server: Server,
  folder: string,
  options: WorkbenchOptions,
): Promise<string> {
  const { extensionPath, testsPath } = options;
  const query = new URLSearchParams({ folder });
  if (testsPath === undefined) {
    await installExtension(server, extensionPath);
  } else {
    await uninstallExtensions(server);
    await useSmokeTestMode(page);
    query.set('payload', suitePayload(server, extensionPath, testsPath));
  }
  return `${server.origin}/?${query.toString()}`;
}

async function saveScreenshot(page: Page, server: Server, name: string): Promise<string> {
  const folder = resolve(__dirname, '..', '..', 'test-results', 'vscode', server.version.vscode);
  const path = join(folder, `${name.replace(/[^\p{L}\p{N}._-]+/gu, '-')}.png`);
  await mkdir(folder, { recursive: true });
  // Whatever changed last is drawn in the frame after the next.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.screenshot({ path, animations: 'disabled' });
  return path;
}

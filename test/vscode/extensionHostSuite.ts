import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './chromium';
import { waitFor } from './polling';
import type { Server } from './server';
import { suiteBanner } from './suite/banner';
import { openWorkbench } from './workbench';
import type { WorkbenchOptions } from './workbench';

export interface ExtensionHostSuiteOptions extends Omit<WorkbenchOptions, 'testsPath' | 'prepare'> {
  readonly server: Server;
  /** The bundle whose exported `run()` is the suite. */
  readonly testsPath: string;
  /** One of its own is launched if not given. */
  readonly browser?: Browser;
  readonly timeoutMs?: number;
}

export interface ExtensionHostVerdict {
  /** 0 when `run()` resolved. */
  readonly code: number;
  /** What the suite printed, now and then with a line of VS Code's own in between. */
  readonly log: string;
}

/**
 * Runs a suite inside a real Node extension host, next to the extension.
 * @throws Error with the output so far when the suite does not end in time
 */
export async function runExtensionHostSuite(
  options: ExtensionHostSuiteOptions,
): Promise<ExtensionHostVerdict> {
  if (options.browser !== undefined) return runIn(options.browser, options);
  const browser = await launchBrowser();
  try {
    return await runIn(browser, options);
  } finally {
    await browser.close();
  }
}

async function runIn(browser: Browser, options: ExtensionHostSuiteOptions): Promise<ExtensionHostVerdict> {
  const { server, timeoutMs = 120_000, ...windowOptions } = options;
  const lines: string[] = [];
  const codes: number[] = [];
  const workbench = await openWorkbench(browser, server, {
    ...windowOptions,
    prepare: (page) => exposeAutomation(page, lines, codes),
  });
  const log = (): string => lines.slice(Math.max(0, lines.indexOf(suiteBanner))).join('\n');
  try {
    const seen = (): string => `it printed:\n${log()}`;
    const code = await waitFor('the suite in the extension host to end', () => codes[0], { timeoutMs, seen });
    return { code, log: log() };
  } finally {
    await workbench.dispose();
  }
}

/** VS Code's web workbench calls these two functions of its page, if they are there, for a suite's output and end. */
async function exposeAutomation(page: Page, lines: string[], codes: number[]): Promise<void> {
  await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
    lines.push(args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))).join(' '));
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => {
    codes.push(code);
  });
}

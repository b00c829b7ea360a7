import type { Browser } from 'playwright-core';
import { resolve } from 'node:path';
import type { ExtensionHostVerdict } from './extensionHostSuite';
import { runExtensionHostSuite } from './extensionHostSuite';
import type { Server } from './server';
import { openWorkbench } from './workbench';
import type { Workbench, WorkbenchOptions } from './workbench';

/** The project's root, which is also the folder of the extension under test. */
export const extensionPath = resolve(__dirname, '..', '..');

interface Context {
  readonly server: Server;
  readonly browser: Browser;
}

let context: Context | undefined;
const open = new Set<Workbench>();

/** Called by run.ts before the specs of a VS Code version run, and with undefined after them. */
export function setContext(next: Context | undefined): void {
  context = next;
}

export function currentServer(): Server {
  return current().server;
}

export function currentBrowser(): Browser {
  return current().browser;
}

/** Opens a window of the VS Code that is being tested, with our extension. What a spec leaves open, run.ts closes. */
export async function openTestWorkbench(options: Partial<WorkbenchOptions> = {}): Promise<Workbench> {
  const workbench = await openWorkbench(currentBrowser(), currentServer(), { extensionPath, ...options });
  const tracked: Workbench = {
    ...workbench,
    dispose: async () => {
      open.delete(tracked);
      await workbench.dispose();
    },
  };
  open.add(tracked);
  return tracked;
}

/** Runs the bundle of test/vscode/suite in the extension host of the VS Code that is being tested. */
export async function runTestSuite(options: Partial<WorkbenchOptions> = {}): Promise<ExtensionHostVerdict> {
  const testsPath = resolve(extensionPath, 'out', 'vscodeTests', 'index.js');
  const { prepare: _prepare, ...rest } = options;
  return runExtensionHostSuite({
    ...{ extensionPath, testsPath, ...rest },
    server: currentServer(),
    browser: currentBrowser(),
  });
}

/** Windows that a spec has opened and not closed. */
export function openWorkbenches(): readonly Workbench[] {
  return [...open];
}

function current(): Context {
  if (context === undefined)
    throw new Error('Start the VS Code specs with test/vscode/run.ts: it provides the server.');
  return context;
}

import { readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import type { Server } from './server';

/**
 * Has the windows that open from now on find this extension installed, as a user has it, yet loaded from its own
 * folder. An extension in development is not an option for looking at: recent versions take one only together with
 * their smoke test mode, which shows no notifications.
 */
export async function installExtension(server: Server, extensionPath: string): Promise<void> {
  const manifest = await readFile(join(extensionPath, 'package.json'), 'utf8');
  const { publisher, name, version } = JSON.parse(manifest) as {
    publisher: string;
    name: string;
    version: string;
  };
  const location = { $mid: 1, scheme: 'file', path: resolve(extensionPath) };
  await writeInstalled(server, [
    { identifier: { id: `${publisher}.${name}` }, version, location, metadata: { isMachineScoped: true } },
  ]);
}

/** Has the windows that open from now on find no extension but those that come with VS Code. */
export async function uninstallExtensions(server: Server): Promise<void> {
  await writeInstalled(server, []);
}

/** The file in which VS Code keeps what is installed in a profile (src/vs/platform/extensionManagement). */
async function writeInstalled(server: Server, entries: readonly unknown[]): Promise<void> {
  const path = join(server.extensionsFolder, 'extensions.json');
  await writeFile(`${path}.partial`, JSON.stringify(entries));
  await rename(`${path}.partial`, path);
}

/**
 * Opens this page in VS Code's smoke test mode, the only one in which a built VS Code runs a suite in its extension
 * host. The server has a flag for it (--enable-smoke-test-driver), which would put every other window in it as well.
 */
export async function useSmokeTestMode(page: Page, server: Server): Promise<void> {
  const before = '&quot;developmentOptions&quot;:{';
  await page.route(`${server.origin}/?*`, async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    if (!html.includes(before))
      throw new Error('VS Code writes its page in another way; see useSmokeTestMode.');
    const body = html.replace(before, `${before}&quot;enableSmokeTestDriver&quot;:true,`);
    await route.fulfill({ response, body });
  });
}

/** The query part that has a window in smoke test mode load an extension and run a suite next to it. */
export function suitePayload(server: Server, extensionPath: string, testsPath: string): string {
  const remote = (path: string): string => `vscode-remote://${new URL(server.origin).host}${resolve(path)}`;
  return JSON.stringify([
    ['extensionDevelopmentPath', remote(extensionPath)],
    ['extensionTestsPath', remote(testsPath)],
  ]);
}

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
 * host. The server has a flag for it (--enable-smoke-test-driver), which would put every other window in it as well:
 * all it does is to write the option into the settings that the page reads from its own HTML. (Changing the HTML on
 * its way does not do: Chromium then takes the page for a foreign one and keeps it from talking to 127.0.0.1.)
 */
export async function useSmokeTestMode(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const original = Reflect.get(Element.prototype, 'getAttribute');
    Element.prototype.getAttribute = function (name) {
      const value = original.call(this, name);
      if (this.id !== 'vscode-workbench-web-configuration' || name !== 'data-settings') return value;
      const settings = JSON.parse(value ?? '') as { developmentOptions?: object };
      const developmentOptions = { ...settings.developmentOptions, enableSmokeTestDriver: true };
      return JSON.stringify({ ...settings, developmentOptions });
    };
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

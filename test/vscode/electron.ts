// The same suite as in the server build, in the desktop VS Code: node --import tsx test/vscode/electron.ts [VERSION]
import { resolve } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { cacheFolder } from './cache';
import { oldestVersion } from './serverVersions';

const extensionDevelopmentPath = resolve(__dirname, '..', '..');
const extensionTestsPath = resolve(extensionDevelopmentPath, 'out', 'vscodeTests', 'index.js');

async function main(version: string): Promise<void> {
  const vscodeExecutablePath = await download(version);
  await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath,
    extensionTestsPath,
    launchArgs: [
      '--disable-extensions',
      '--disable-workspace-trust',
      '--skip-welcome',
      '--skip-release-notes',
    ],
  });
}

async function download(version: string): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({ version, cachePath: resolve(cacheFolder(), 'vscode-desktop') });
  } catch (error) {
    throw new Error(
      `VS Code ${version} for the desktop could not be downloaded. This runner needs the internet; ` +
        `without it, test/vscode/run.ts runs the same suite in the server build.\n${String(error)}`,
      { cause: error },
    );
  }
}

main(process.argv[2] ?? oldestVersion.vscode).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { runCommand } from './command';

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macApplications = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
/** Latin and Korean text, and the symbols VS Code and we draw as text; a bare Chromium shows boxes for them. */
const fontPackages = ['fonts-dejavu-core', 'fonts-noto-core', 'fonts-nanum'];

const wayOut = 'Install Chromium or Chrome, or name one in CHROMIUM_PATH.';

/**
 * Path of a Chromium or Chrome; on Debian and Ubuntu, as root, it is installed if there is none.
 * @throws Error one sentence on what is missing and what to do
 */
export async function ensureChromium(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist. ${wayOut}`);
  }
  const found = findChromium();
  if (found !== undefined) return found;
  if (!canInstall()) throw new Error(`No Chromium was found for the VS Code tests. ${wayOut}`);
  return installChromium();
}

/** A headless browser with a profile of its own, which close() removes. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureChromium(),
    headless: true,
    args: [
      // Chromium refuses to run its sandbox as root, the usual user of a container.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Containers often have a tiny /dev/shm, which crashes pages as large as a workbench.
      '--disable-dev-shm-usage',
    ],
  });
}

function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...onPath, ...(process.platform === 'darwin' ? macApplications : [])].find((path) =>
    existsSync(path),
  );
}

function canInstall(): boolean {
  return (
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    existsSync('/usr/bin/apt-get') &&
    hasDebPackage()
  );
}

/** Ubuntu's "chromium" is a shell around a snap, which a container cannot run. */
function hasDebPackage(): boolean {
  return existsSync('/etc/os-release') && /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

async function installChromium(): Promise<string> {
  console.log('Installing Chromium and fonts for the tests, once (about half a minute) …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await runCommand('apt-get', ['update'], { env });
    await runCommand('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', ...fontPackages], {
      env,
    });
  } catch (error) {
    throw new Error(`Chromium could not be installed with apt-get. ${wayOut}\n${String(error)}`, {
      cause: error,
    });
  }
  const found = findChromium();
  if (found === undefined)
    throw new Error(`apt-get installed Chromium, yet it is not on the PATH. ${wayOut}`);
  return found;
}

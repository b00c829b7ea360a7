// Runs test/vscode/*.e2e.ts against each VS Code version: node --import tsx test/vscode/run.ts [--grep TEXT] [--bail]
import { readdirSync } from 'node:fs';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import Mocha from 'mocha';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './chromium';
import { openWorkbenches, setContext } from './context';
import { startServer } from './server';
import type { Server } from './server';
import { chosenVersions } from './serverVersions';
import type { ServerVersion } from './serverVersions';

interface RunOptions {
  readonly grep: string | undefined;
  readonly bail: boolean;
}

const projectRoot = resolve(__dirname, '..', '..');

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { grep: { type: 'string', short: 'g' }, bail: { type: 'boolean', short: 'b', default: false } },
  });
  const { grep, bail } = values;
  const browser = await launchBrowser();
  try {
    let failures = 0;
    for (const version of chosenVersions()) {
      failures += await runOn(version, browser, { grep, bail });
      if (bail && failures > 0) break;
    }
    return failures > 0 ? 1 : 0;
  } finally {
    await browser.close();
  }
}

async function runOn(version: ServerVersion, browser: Browser, options: RunOptions): Promise<number> {
  const server = await startServer({ version });
  setContext({ server, browser });
  try {
    return await runSpecs(server, options);
  } finally {
    for (const workbench of openWorkbenches()) await workbench.dispose();
    setContext(undefined);
    await server.dispose();
  }
}

async function runSpecs(server: Server, { grep, bail }: RunOptions): Promise<number> {
  // When `npm test` counts, its reporter is a Spec that also appends its totals to the file named there.
  const counted = (process.env['CVIZ_TEST_COUNTS'] ?? '') !== '';
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 120_000,
    slow: 20_000,
    bail,
    forbidOnly: process.env['CI'] !== undefined,
    reporter: counted ? join(projectRoot, '.ci', 'countingReporter.cjs') : 'spec',
    ...(grep === undefined ? {} : { grep }),
  });
  // Emitted for every top-level describe while the files load.
  mocha.suite.on('suite', (suite) => (suite.title = `VS Code ${server.version.vscode}: ${suite.title}`));
  for (const file of specFiles()) mocha.addFile(file);
  mocha.suite.afterEach('show what failed', async function () {
    if (this.currentTest?.state === 'failed') await showFailure(server, this.currentTest.fullTitle());
  });
  return new Promise((resolve) => {
    // So that the specs are loaded anew, with fresh state, for the next version.
    mocha.cleanReferencesAfterRun(true);
    mocha.run((failures) => {
      mocha.unloadFiles();
      resolve(failures);
    });
  });
}

function specFiles(): string[] {
  return readdirSync(__dirname)
    .filter((name) => name.endsWith('.e2e.ts'))
    .sort()
    .map((name) => join(__dirname, name));
}

/** What one wants to see first of a failure on a machine one cannot look at. */
async function showFailure(server: Server, title: string): Promise<void> {
  for (const workbench of openWorkbenches()) {
    // A window that crashed must not hide the failure itself.
    console.log(`      picture: ${await workbench.screenshot(`failed ${title}`).catch(String)}`);
    print(workbench.consoleErrors.map(({ where, text }) => `${where}: ${text}`));
  }
  print((await server.extensionHostLog()).split('\n').filter((line) => line.includes('[error]')));
}

function print(lines: readonly string[]): void {
  for (const line of lines.slice(-5)) console.log(`      ${line}`);
}

// The exit handlers of the servers end what they started; without this a signal would skip them.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(128 + constants.signals[signal]));
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);

// npx tsx test/unit/webview/screenshots.ts FOLDER [SCENARIO…]: pictures of every state of the panel, to be looked at,
// and what axe finds wrong in each.
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { ScenarioName } from './fixtures/scenarios';
import { startPreview, type PreviewServer } from './fixtures/previewServer';

const axePath = createRequire(__filename).resolve('axe-core/axe.min.js');

interface Shot {
  readonly name: string;
  readonly scenario: ScenarioName;
  readonly width?: number;
  readonly height?: number;
  readonly contrast?: boolean;
  readonly light?: boolean;
  readonly prepare?: (page: Page, server: PreviewServer) => Promise<void>;
}

const key =
  (...keys: string[]) =>
  async (page: Page): Promise<void> => {
    await page.focus('.scroller');
    for (const each of keys) await page.keyboard.press(each);
  };
const rowNamed = async (page: Page, text: string): Promise<void> => {
  await page.locator('.row', { hasText: text }).first().locator('.rowIcon').click();
};
const tab =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('tab', { name }).click();
  };

/** A tab, with as much room as the drawer can have. */
const tall =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await tab(name)(page);
    const splitter = (await page.locator('.drawerSplitter').boundingBox())!;
    await page.mouse.move(splitter.x + splitter.width / 2, splitter.y + 3);
    await page.mouse.down();
    await page.mouse.move(splitter.x + splitter.width / 2, splitter.y - 400, { steps: 3 });
    await page.mouse.up();
    await page.mouse.move(2, 2);
  };

const shots: readonly Shot[] = [
  { name: 'live-dark', scenario: 'live' },
  { name: 'live-light', scenario: 'live', light: true },
  { name: 'live-hc', scenario: 'live', contrast: true },
  { name: 'live-hc-light', scenario: 'live', contrast: true, light: true },
  {
    name: 'worker-interval',
    scenario: 'live',
    prepare: async (page) => {
      const box = (await page
        .locator('.row', { hasText: 'worker 2' })
        .first()
        .locator('.laneCell')
        .boundingBox())!;
      await page.mouse.click(box.x + box.width * 0.65, box.y + 12);
      await page.mouse.move(box.x + box.width * 0.7, box.y + 14);
    },
  },
  {
    name: 'zoomed',
    scenario: 'live',
    prepare: async (page) => {
      const box = (await page
        .locator('.row', { hasText: 'worker 3' })
        .first()
        .locator('.laneCell')
        .boundingBox())!;
      await page.mouse.move(box.x + box.width * 0.5, box.y + 12);
      for (let i = 0; i < 8; i++) await page.mouse.wheel(0, -150);
      await page.mouse.move(box.x + box.width * 0.4, box.y + 12);
    },
  },
  { name: 'process-details', scenario: 'live', prepare: (page) => rowNamed(page, 'thumbs.js') },
  { name: 'eval-worker', scenario: 'live', prepare: (page) => rowNamed(page, 'parentPort') },
  { name: 'crashed', scenario: 'ended', prepare: (page) => rowNamed(page, 'flaky.js') },
  {
    name: 'memory',
    scenario: 'live',
    prepare: async (page) => {
      await rowNamed(page, 'resize-pool.js');
      await tab('Memory')(page);
    },
  },
  { name: 'messages-dark', scenario: 'live', height: 1000, prepare: tall('Messages') },
  { name: 'messages-light', scenario: 'ended', light: true, height: 1000, prepare: tall('Messages') },
  { name: 'messages-hc', scenario: 'live', contrast: true, height: 1000, prepare: tall('Messages') },
  { name: 'messages-hc-light', scenario: 'live', contrast: true, light: true, prepare: tall('Messages') },
  { name: 'messages-2000', scenario: 'live', width: 2000, prepare: tall('Messages') },
  { name: 'messages-900', scenario: 'live', width: 900, prepare: tall('Messages') },
  { name: 'messages-600', scenario: 'live', width: 600, prepare: tall('Messages') },
  { name: 'messages-320', scenario: 'live', width: 320, prepare: tall('Messages') },
  { name: 'messages-320-light', scenario: 'ended', width: 320, light: true, prepare: tall('Messages') },
  {
    name: 'messages-selected',
    scenario: 'live',
    prepare: async (page) => {
      await rowNamed(page, 'worker 2');
      await tall('Messages')(page);
    },
  },
  { name: 'messages-none', scenario: 'many', prepare: tall('Messages') },
  { name: 'channels', scenario: 'channels', prepare: tall('Messages') },
  { name: 'hostile', scenario: 'hostile', prepare: tall('Messages') },
  {
    name: 'shared-buffers',
    scenario: 'live',
    prepare: async (page) => {
      await rowNamed(page, 'resize-pool.js');
      await tall('Memory')(page);
    },
  },
  { name: 'shared-buffers-320', scenario: 'live', width: 320, light: true, prepare: tall('Memory') },
  {
    name: 'stuck-worker',
    scenario: 'live',
    prepare: async (page) => {
      await tall('Details')(page);
      await rowNamed(page, 'worker 2');
    },
  },
  {
    name: 'stuck-worker-320',
    scenario: 'live',
    width: 320,
    light: true,
    prepare: async (page) => {
      await tall('Details')(page);
      await rowNamed(page, 'worker 2');
    },
  },
  {
    name: 'terminated-worker',
    scenario: 'ended',
    light: true,
    prepare: async (page) => {
      await tall('Details')(page);
      await rowNamed(page, 'preview');
    },
  },
  { name: 'killed', scenario: 'ended', prepare: (page) => rowNamed(page, 'esbuild') },
  { name: 'unobserved', scenario: 'live', prepare: (page) => rowNamed(page, 'plugin.js') },
  {
    name: 'long-task',
    scenario: 'live',
    prepare: async (page) => {
      const box = (await page
        .locator('.row', { hasText: 'worker 3' })
        .first()
        .locator('.laneCell')
        .boundingBox())!;
      await page.mouse.move(box.x + box.width * 0.8, box.y + 12);
    },
  },
  {
    name: 'facts-dark',
    scenario: 'live',
    height: 1000,
    prepare: async (page) => {
      await tall('Details')(page);
      await rowNamed(page, 'resize-pool.js');
    },
  },
  {
    name: 'facts-light-explained',
    scenario: 'live',
    light: true,
    height: 1000,
    prepare: async (page) => {
      await tall('Details')(page);
      await rowNamed(page, 'resize-pool.js');
      await page.getByRole('button', { name: 'Explain' }).click();
      for (const summary of await page.locator('.drawerBody summary').all()) await summary.click();
    },
  },
  {
    name: 'facts-360',
    scenario: 'live',
    width: 360,
    height: 1400,
    prepare: async (page) => {
      await tall('Details')(page);
      await rowNamed(page, 'resize-pool.js');
    },
  },
  {
    name: 'thread-facts',
    scenario: 'live',
    height: 1000,
    prepare: async (page) => {
      await tall('Details')(page);
      await rowNamed(page, 'worker 2');
      await page.getByRole('button', { name: 'Explain' }).click();
    },
  },
  {
    name: 'facts-refused',
    scenario: 'refused',
    height: 1000,
    prepare: async (page) => {
      await tall('Details')(page);
      await rowNamed(page, 'plugin.js');
    },
  },
  { name: 'run-refused', scenario: 'refused', prepare: tall('Details') },
  {
    name: 'facts-macos',
    scenario: 'macos',
    light: true,
    prepare: async (page) => {
      await tall('Details')(page);
      await rowNamed(page, 'resize-pool.js');
    },
  },
  { name: 'macos', scenario: 'macos' },
  { name: 'windows', scenario: 'windows', light: true },
  {
    name: 'facts-hostile',
    scenario: 'hostile',
    prepare: async (page) => {
      await tall('Details')(page);
      await rowNamed(page, '<img');
      for (const summary of await page.locator('.drawerBody summary').all()) await summary.click();
    },
  },
  {
    name: 'memory-parts',
    scenario: 'live',
    height: 1000,
    prepare: async (page) => {
      await rowNamed(page, 'resize-pool.js');
      await tall('Memory')(page);
    },
  },
  {
    name: 'memory-parts-light-explained',
    scenario: 'live',
    light: true,
    height: 1100,
    prepare: async (page) => {
      await rowNamed(page, 'resize-pool.js');
      await tall('Memory')(page);
      await page.getByRole('button', { name: 'Explain' }).click();
    },
  },
  {
    name: 'memory-parts-hc',
    scenario: 'live',
    contrast: true,
    height: 1000,
    prepare: async (page) => {
      await rowNamed(page, 'resize-pool.js');
      await tall('Memory')(page);
    },
  },
  {
    name: 'memory-parts-360',
    scenario: 'live',
    width: 360,
    height: 1600,
    light: true,
    prepare: async (page) => {
      await rowNamed(page, 'resize-pool.js');
      await tall('Memory')(page);
    },
  },
  {
    name: 'cpu-hover',
    scenario: 'live',
    prepare: async (page) => {
      const box = (await page.locator('.cpuChart').boundingBox())!;
      await page.mouse.move(box.x + box.width * 0.5, box.y + 20);
    },
  },
  { name: 'memory-all', scenario: 'ended', light: true, prepare: tab('Memory') },
  { name: 'ended-light', scenario: 'ended', light: true },
  { name: 'natives', scenario: 'live', prepare: (page) => rowNamed(page, 'native threads') },
  { name: 'narrow-dark', scenario: 'live', width: 500 },
  { name: 'narrow-light', scenario: 'ended', width: 500, light: true, prepare: key('ArrowDown') },
  { name: 'narrow-720', scenario: 'live', width: 720 },
  { name: 'many', scenario: 'many', prepare: key('End') },
  { name: 'many-middle', scenario: 'many', prepare: key('PageDown', 'PageDown', 'PageDown', 'l') },
  { name: 'idle', scenario: 'idle' },
  { name: 'starting', scenario: 'starting', light: true },
  { name: 'failed', scenario: 'failed' },
  { name: 'empty', scenario: 'empty', light: true },
  { name: 'damaged', scenario: 'damaged' },
  { name: 'notices', scenario: 'notices' },
  {
    name: 'lost',
    scenario: 'live',
    prepare: async (page, server) => {
      server.dropStreams();
      await page.getByText('cviz has ended').waitFor();
    },
  },
];

async function main(): Promise<void> {
  const [folder = 'test-results/webview', ...wanted] = process.argv.slice(2);
  mkdirSync(folder, { recursive: true });
  const server = await startPreview();
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
  for (const shot of shots) {
    if (wanted.length === 0 || wanted.includes(shot.name)) await take(shot, browser, server, folder);
  }
  await browser.close();
  server.close();
}

async function take(shot: Shot, browser: Browser, server: PreviewServer, folder: string): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: shot.width ?? 1400, height: shot.height ?? 880 },
    colorScheme: shot.light === true ? 'light' : 'dark',
    contrast: shot.contrast === true ? 'more' : 'no-preference',
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') console.log(shot.name, message.text());
  });
  page.on('pageerror', (error) => console.log(shot.name, error.message));
  await page.goto(server.url(shot.scenario));
  await page.waitForTimeout(400);
  await shot.prepare?.(page, server);
  await page.waitForTimeout(200);
  await page.screenshot({ path: join(folder, `${shot.name}.png`) });
  // As an expression, not as a script element: the page's policy refuses those.
  await page.evaluate(await readFile(axePath, 'utf8'));
  const violations = await page.evaluate('axe.run().then(({ violations }) => violations)');
  for (const { id, help, nodes } of violations as AxeViolation[]) {
    console.log(`${shot.name}: ${id}: ${help}`);
    for (const { html, failureSummary } of nodes.slice(0, 3))
      console.log(`    ${html.slice(0, 160)}\n      ${failureSummary ?? ''}`);
  }
  await context.close();
}

interface AxeViolation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

void main();

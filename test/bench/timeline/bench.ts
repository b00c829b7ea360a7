/**
 * The panel as it is shipped, in a headless Chromium without a GPU, 1600 × 1000, moved by real input.
 * `--long`: also a recording of 10 million records. `--only NAME`: one of the measurements.
 */
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../vscode/chromium';
import { roundsWanted } from '../measure';
import { report } from '../report';
import { framesOf, percentile, type Frames } from './frameClock';
import { MadeRun } from './madeRun';
import { messageRun } from './messageRun';
import { panAndZoom, shake } from './moving';
import { memoryOf, openPanel, productionBundle, type Bundle, type PanelPage, type Show } from './panelPage';

const FRAME = { atMost: 16.7 };
const ROUNDS = roundsWanted(3);

interface Bench {
  readonly browser: Browser;
  readonly bundle: Bundle;
}

/** The p95 of each round is what is judged, the rest is told beside it. */
function reportFrames(name: string, rounds: readonly Frames[]): void {
  const of = (figure: keyof Frames, share: number): number[] =>
    rounds.map((frames) => percentile(frames[figure], share));
  const how = { unit: ' ms', digits: 1 };
  report(`${name}: work a frame, p95`, of('work', 0.95), { ...how, cpu: of('cpu', 0.95), target: FRAME });
  report(`${name}: work a frame, p50`, of('work', 0.5), { ...how, cpu: of('cpu', 0.5) });
  report(`${name}: between frames, p50`, of('intervals', 0.5), how);
  report(`${name}: between frames, p95`, of('intervals', 0.95), how);
}

async function rounds(
  open: () => Promise<PanelPage>,
  move: (panel: PanelPage) => Promise<void>,
): Promise<Frames[]> {
  const panel = await open();
  try {
    await panel.page.locator('.row').nth(1).waitFor({ timeout: 120_000 });
    await panel.page.waitForTimeout(1500);
    const all: Frames[] = [];
    for (let round = -1; round < ROUNDS; round++) {
      const frames = await framesOf(panel, () => move(panel));
      // The first one warms up.
      if (round >= 0) all.push(frames);
    }
    return all;
  } finally {
    await panel.close();
  }
}

const move = ({ page }: PanelPage): Promise<void> => panAndZoom(page);

async function manyLanes({ browser, bundle }: Bench): Promise<void> {
  const run = new MadeRun({ processes: 10, threads: 100, every: 20 }).play(1000).end();
  const show = { bytes: run.take(), ended: true };
  reportFrames('1,000 lanes × 1,000 intervals', await rounds(() => openPanel(browser, bundle, show), move));
}

async function live({ browser, bundle }: Bench): Promise<void> {
  const run = new MadeRun({ processes: 10, threads: 10, every: 20 }).play(1000);
  const bytes = run.take();
  const begin = performance.now();
  const played = run.now;
  const next = (): Uint8Array => {
    while (run.now - played < performance.now() - begin) run.play(1);
    return run.take();
  };
  const show: Show = { bytes, ended: false, live: { interval: 50, next } };
  const open = (): Promise<PanelPage> => openPanel(browser, bundle, show);
  reportFrames('100 lanes, 5,000 records a second', await rounds(open, move));
  // Nobody touches it: what the stream alone costs.
  const watch = ({ page }: PanelPage): Promise<void> => page.waitForTimeout(3000);
  reportFrames('the same, only watched', await rounds(open, watch));
}

async function longLane({ browser, bundle }: Bench): Promise<void> {
  const run = new MadeRun({ processes: 1, threads: 1, every: 1 }).play(1_000_000).end();
  const show = { bytes: run.take(), ended: true };
  reportFrames('a lane of 1,000,000 intervals', await rounds(() => openPanel(browser, bundle, show), move));
}

async function manyArrows({ browser, bundle }: Bench): Promise<void> {
  const show = { bytes: messageRun(2000), ended: false };
  const open = (): Promise<PanelPage> => openPanel(browser, bundle, show);
  reportFrames('2,000 arrows in view', await rounds(open, ({ page }) => shake(page)));
}

async function opening({ browser, bundle }: Bench, millions: number): Promise<void> {
  const run = new MadeRun({ processes: 10, threads: 100, every: 20 }).play(millions * 1000).end();
  const show = { bytes: run.take(), ended: true };
  const firsts: number[] = [];
  const wholes: number[] = [];
  const sizes: number[] = [];
  for (let round = 0; round < (millions > 1 ? 1 : ROUNDS); round++) {
    const panel = await openPanel(browser, bundle, show);
    // Since the navigation began: lanes on screen, and everything read and shown.
    const [first, whole] = await panel.page.evaluate<[number, number]>(
      `new Promise((resolve) => {
        let first = 0;
        const isRead = () => document.querySelector('.toolbar .status')?.textContent.includes('nded');
        const painted = () => setTimeout(() => resolve([first, performance.now()]));
        const look = () => {
          if (first === 0 && document.querySelector('canvas.lanes') !== null) setTimeout(() => (first = performance.now()));
          requestAnimationFrame(isRead() && first > 0 ? painted : look);
        };
        look();
      })`,
    );
    firsts.push(first / 1000);
    wholes.push(whole / 1000);
    sizes.push((await memoryOf(panel)) / 2 ** 20);
    await panel.close();
  }
  const name = `a recording of ${millions} million records`;
  const isSingle = sizes.length === 1;
  const inTime = { atMost: millions > 1 ? 8 : 1 };
  report(`${name}: to the first picture`, firsts, { unit: ' s', isSingle, target: inTime });
  report(`${name}: until all is read and shown`, wholes, { unit: ' s', isSingle });
  const target = { atMost: millions > 1 ? 1024 : 150 };
  report(`${name}: memory of the page`, sizes, { unit: ' MiB', digits: 0, isSingle, target });
}

async function searching({ browser, bundle }: Bench): Promise<void> {
  const run = new MadeRun({ processes: 100, threads: 99, every: 20 }).play(5).end();
  const show = { bytes: run.take(), ended: true };
  const search = async ({ page }: PanelPage): Promise<void> => {
    const box = page.getByRole('search').locator('input');
    await box.fill('');
    await box.focus();
    for (const key of 'task 3') {
      await page.waitForTimeout(300);
      await page.keyboard.type(key);
    }
    await page.waitForTimeout(300);
  };
  const frames = await rounds(() => openPanel(browser, bundle, show), search);
  report(
    'search over 10,000 rows: key to picture, the slowest',
    frames.map(({ work }) => Math.max(...work)),
    { unit: ' ms', digits: 1, target: { atMost: 50 } },
  );
}

function bundleSize({ bundle }: Bench): Promise<void> {
  const kB = gzipSync(bundle.get('main.js') ?? '', { level: 9 }).length / 1000;
  report('webview bundle, minified and gzipped', [kB], {
    unit: ' kB',
    digits: 1,
    isSingle: true,
    target: { atMost: 150 },
  });
  return Promise.resolve();
}

const benches: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  bundleSize,
  manyLanes,
  live,
  longLane,
  manyArrows,
  opening: (bench) => opening(bench, 1),
  searching,
};
const longBenches: typeof benches = { openingLong: (bench) => opening(bench, 10) };

async function main(args: readonly string[]): Promise<void> {
  const all = args.includes('--long') ? { ...benches, ...longBenches } : benches;
  const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined;
  const bundle = productionBundle();
  for (const [name, run] of Object.entries({ ...all, ...longBenches })) {
    if (only === undefined ? !(name in all) : name !== only) continue;
    // Each in a browser of its own: none pays for what another left behind.
    const browser = await launchBrowser();
    try {
      await run({ browser, bundle });
    } finally {
      await browser.close();
    }
  }
}

void main(process.argv.slice(2));

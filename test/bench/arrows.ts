// Spans and arrows of a million messages in headless Chromium without a GPU: 100 workers, 10,000 messages each.
import path from 'node:path';
import { build } from 'esbuild';
import { launchBrowser } from '../vscode/chromium';
import type { ArrowFigures } from './arrowsPage';
import { roundsWanted, spreadOf } from './measure';
import { report } from './report';

const FRAME = { atMost: 16.7 };

async function main(): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [path.join(__dirname, 'arrowsPage.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    minify: true,
    logLevel: 'error',
  });
  const browser = await launchBrowser();
  const page = await browser.newPage();
  // As an expression: it also tells of errors in it.
  await page.evaluate(outputFiles[0]?.text ?? '');
  const figures = await page.evaluate<ArrowFigures>(`measureArrows(${roundsWanted(30)})`);
  await browser.close();
  const { built, firstFrame, count, counted, arrows, spans, full, drawn, summary } = figures;
  console.log(
    `1M messages reduced in ${built.toFixed(0)} ms; counted: ${counted}; whole run: ${summary ?? 'drawn'}`,
  );
  report('first frame of a million messages', [firstFrame], { unit: ' ms', isSingle: true, digits: 0 });
  report('counting a million arrows', count, { unit: ' ms' });
  frames(`${drawn} arrows in view`, full);
  frames('arrows, zoom 1 to 2^20, 36 rows', arrows);
  frames('spans, zoom 1 to 2^20, 36 rows', spans);
}

function frames(name: string, times: readonly number[]): void {
  report(name, times, { unit: ' ms', target: FRAME });
  const sorted = [...times].sort((a, b) => a - b);
  const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? NaN;
  report(`${name}, p95`, [p95], { unit: ' ms', target: FRAME, isSingle: true });
  console.log(`  p50 ${spreadOf(times).median.toFixed(1)} ms, most ${(sorted.at(-1) ?? NaN).toFixed(1)} ms`);
}

void main();

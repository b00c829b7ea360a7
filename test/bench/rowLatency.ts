import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { launchBrowser } from '../vscode/chromium';
import { cliPath, programPath } from '../support/cviz';
import { report } from './report';

const CHILDREN = 30;

/** From a program's call of spawn to the child's row in the panel, in a real browser: milliseconds by the wall clock. */
async function measure(): Promise<number[]> {
  const child = spawn(process.execPath, [
    cliPath,
    'run',
    '--no-open',
    programPath('spawner.js'),
    String(CHILDREN),
  ]);
  const browser = await launchBrowser();
  try {
    const spawned = new Map<string, number>();
    createInterface(child.stdout).on('line', (line) => {
      const [name, time] = line.split(' ');
      if (name !== undefined) spawned.set(name, Number(time));
    });
    const errors = createInterface(child.stderr);
    const url = await new Promise<string>((resolve) => {
      errors.on('line', (line) => {
        const found = /http:\S+/.exec(line)?.[0];
        if (found !== undefined) resolve(found);
      });
    });
    // High enough for all rows: those out of sight are not in the page.
    const page = await browser.newPage({ viewport: { width: 1200, height: 3000 } });
    await page.goto(url);
    // As text: the page has no helpers that a transpiled function might call.
    const seen = await page.evaluate<Record<string, number>>(`new Promise((resolve) => {
      const seen = {};
      const look = () => {
        for (const name of document.body.innerText.match(/child-\\d+/g) ?? []) seen[name] ??= Date.now();
        if (seen['child-${CHILDREN}']) resolve(seen);
        else requestAnimationFrame(look);
      };
      look();
    })`);
    return [...spawned].flatMap(([name, time]) => {
      const shown = seen[name];
      // Children started before the page was open say nothing about latency.
      return shown === undefined || spawned.get('child-3') === undefined || Number(name.slice(6)) < 4
        ? []
        : [shown - time];
    });
  } finally {
    child.kill('SIGKILL');
    await browser.close();
  }
}

void measure().then((latencies) => {
  report('spawn to row on screen', latencies, { unit: ' ms', target: { atMost: 250 } });
  // The hook writes its record within the call, so this is how long a record takes to the screen.
  const p95 = latencies.toSorted((a, b) => a - b)[Math.floor(0.95 * (latencies.length - 1))] ?? NaN;
  report('record written to pixel on screen, live, p95', [p95], {
    unit: ' ms',
    isSingle: true,
    target: { atMost: 150 },
  });
});

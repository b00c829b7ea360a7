import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { unreadableText } from '../../../webview/unreadableTexts';
import { overlaps, usePanel, violations } from './fixtures/panelBrowser';
import { HOSTILE } from './fixtures/hostile';

describe('what cannot be read, in words', () => {
  it('says what, why, and the code', () => {
    assert.equal(
      unreadableText('wchan', 'EACCES'),
      'What its threads sleep in (wchan) cannot be read: permission denied (EACCES).',
    );
    assert.match(unreadableText('processes', 'hidepid'), /hides processes of other users/);
    assert.equal(unreadableText('newFile', 'EWEIRD'), '“newFile” cannot be read: EWEIRD.');
  });

  for (const what of ['syscall', 'smaps', 'smaps_rollup', 'fd', 'schedstat', 'status', 'limits', 'cgroup'])
    it(`has words for ${what}`, () => {
      assert.match(unreadableText(what, 'EPERM'), /^[A-Z].+ cannot be read: not permitted \(EPERM\)\.$/);
    });
});

describe('facts that the system keeps, in the panel', function () {
  this.timeout(60_000);
  const panel = usePanel();
  const { open } = panel;

  const body = (): Locator => panel.page.locator('.drawerBody');
  const section = (title: string | RegExp): Locator =>
    panel.page.locator('.drawerBody section', { has: panel.page.getByRole('heading', { name: title }) });
  const select = async (name: string): Promise<void> => {
    await panel.page.getByRole('tab', { name: 'Details' }).click();
    await panel.page.locator('.row', { hasText: name }).first().locator('.rowIcon').click();
    await panel.page.locator('.row.selected').waitFor();
  };
  const explain = (): Locator => panel.page.getByRole('button', { name: 'Explain' });

  it('are a process control block', async () => {
    await open('live');
    await select('resize-pool.js');
    const block = await section('Process control block').innerText();
    for (const fact of [
      /Process id\s+12801/,
      /Threads\s+5 JavaScript, 7 native/,
      /State\s+S · asleep/,
      /Priority\s+20 · nice 0 · normal/,
      /Allowed CPUs\s+0-7 \(8 CPUs\)/,
      /Cores\s+8 of 16, limited by affinity/,
      /User id\s+1000/,
      /Open files limit\s+1,024, at most 1,048,576/,
      /CPU limit\s+none known/,
      /Memory limit\s+512 MB/,
    ])
      assert.match(block, fact);
    await select('thumbs.js');
    await panel.page.getByText('1.5 of 16, limited by control group').waitFor();
  });

  it('list limits and open descriptors on demand, by the keyboard', async () => {
    await open('live');
    await select('resize-pool.js');
    assert.match(await section(/^Open file descriptors \(12\)/).innerText(), /terminal\s+3\s+file\s+3/);
    await panel.page.getByText('List of 12').focus();
    await panel.page.keyboard.press('Enter');
    const last = panel.page.locator('.descriptorList tbody tr').last();
    assert.match(await last.innerText(), /^11\s+file\s+\/tmp\/resize\.log$/);
    await panel.page.getByText('All 4 limits').focus();
    await panel.page.keyboard.press('Enter');
    assert.match(await section('Process control block').innerText(), /Max stack size\s+8 MB\s+unlimited/);
  });

  it('are explained on demand, and stay explained after a reload', async () => {
    await open('live');
    await select('resize-pool.js');
    const names = section('Process control block').locator('dt');
    const count = await names.count();
    for (const title of await names.evaluateAll((all) => all.map((name) => name.getAttribute('title'))))
      assert.match(title ?? '', /^[A-Z].{20,}\.$/);
    assert.equal(await section('Process control block').locator('.explained').count(), 0);
    await explain().focus();
    await panel.page.keyboard.press('Enter');
    await panel.page.locator('.explainButton[aria-pressed=true]').waitFor();
    assert.equal(await section('Process control block').locator('.explained').count(), count);
    assert.deepEqual(await violations(panel.page), []);
    await panel.page.waitForTimeout(300);
    await panel.page.reload();
    await panel.page.locator('.explainButton[aria-pressed=true]').waitFor();
    await explain().click();
    await panel.page.waitForFunction(
      () => document.querySelector('.detailsColumn .fields .explained') === null,
    );
  });

  it('are those of a thread, with its registers and its stack', async () => {
    await open('live');
    await select('worker 2');
    const block = await section('Thread control block').innerText();
    for (const fact of [
      /Last CPU\s+CPU 3/,
      /Context switches\s+4,105 voluntary, 930 involuntary/,
      /Page faults\s+12,410 in memory, 3 from disk/,
      /Stack pointer\s+0x7f2a[0-9a-f]{8}\s+as of 00:0/,
      /Program counter\s+0x7f2a8f112e40 in \/usr\/lib\/x86_64-linux-gnu\/libc\.so\.6/,
      /Stack\s+100 KB in memory of 8 MB/,
    ])
      assert.match(block, fact);
  });

  it('name the system call that a thread sleeps in', async () => {
    await open('live');
    await panel.page.getByRole('tab', { name: 'Details' }).click();
    const main = panel.page.locator('.row', { hasText: 'main' }).nth(1);
    await main.locator('.rowIcon').click();
    assert.match(await section('Thread control block').innerText(), /Sleeps in\s+wait4 12899/);
    const lane = (await main.locator('.laneCell').boundingBox())!;
    await panel.page.mouse.move(lane.x + lane.width * 0.95, lane.y + 19);
    await panel.page.locator('.tooltip', { hasText: 'Sleeps in wait4 12899' }).waitFor();
    // An earlier interval was another sleep.
    await panel.page.mouse.move(lane.x + lane.width * 0.4, lane.y + 19);
    await panel.page.waitForFunction(
      () => document.querySelector('.tooltip')?.textContent.includes('wait4') === false,
    );
  });

  it('tell what native threads are for', async () => {
    await open('live');
    await panel.page.getByRole('tab', { name: 'Details' }).click();
    const row = panel.page.locator('.row', { hasText: 'native threads' }).first();
    assert.match(await row.locator('.memoryCell').innerText(), /^4 libuv ·\s+2 V8 ·\s+1 other$/);
    await row.locator('.rowIcon').click();
    const groups = await panel.page.locator('.groupRow').allInnerTexts();
    assert.deepEqual(
      groups.map((group) => group.split('\n')[0]?.trim()),
      ['libuv’s pool (4)', 'V8’s platform workers (2)', 'Signal thread (1)'],
    );
    assert.match(groups[0] ?? '', /dns\.lookup, crypto and zlib/);
    await body().getByRole('button', { name: 'SignalInspector' }).click();
    await panel.page.locator('.row.selected', { hasText: 'SignalInspector' }).waitFor();
    assert.match(await section('Thread control block').innerText(), /Role\s+Signal thread Sleeps until/);
    assert.equal(
      await panel.page.locator('.row', { hasText: 'libuv-worker' }).first().locator('.label').innerText(),
      'libuv-worker\nlibuv',
    );
  });

  it('say why they are not known', async () => {
    await open('refused');
    await panel.page.getByRole('tab', { name: 'Details' }).click();
    assert.match(await section('Could not be read of any process').innerText(), /hidepid[\s\S]+schedstat/);
    await select('plugin.js');
    const reasons = await section(/^Could not be read$/).innerText();
    assert.match(reasons, /parts of its memory .*\(smaps\) cannot be read: permission denied \(EACCES\)\./);
    assert.match(await section('Open file descriptors').innerText(), /not readable \(EACCES\)/);
    assert.match(await section('Its first thread').innerText(), /Sleeps in\s+not readable \(EPERM\)/);
    await panel.page.getByRole('tab', { name: 'Memory' }).click();
    assert.match(await section('Its parts').innerText(), /not readable \(EACCES\)/);
  });

  it('say what the system does not have', async () => {
    await open('macos');
    await select('resize-pool.js');
    assert.match(
      await section('Process control block').innerText(),
      /Threads\s+\d+\s+CPU lately\s+\d+ %\s+State\s+S · asleep[^]+Allowed CPUs\s+not available on macOS/,
    );
    await panel.page.getByText(/^\d+ threads as the system lists them$/).click();
    assert.match(await section('Process control block').innerText(), /State\s+CPU time\s+S\s+\d/);
    await panel.page.locator('.figures', { hasText: 'states estimated' }).waitFor();
    await panel.page.getByRole('tab', { name: 'Memory' }).click();
    assert.match(await section('Its parts').innerText(), /not available on macOS/);
    assert.match(
      await section(/^Memory of/).innerText(),
      /RSS\s+60 MB[^]+private and which is shared is not available on macOS/,
    );
    await open('windows');
    await select('resize-pool.js');
    assert.match(await section('Process control block').innerText(), /State\s+not available on Windows/);
    await panel.page.getByRole('tab', { name: 'Memory' }).click();
    assert.match(await section(/^Memory of/).innerText(), /Private bytes\s+78 MB/);
  });

  it('are text, whatever they are', async () => {
    await open('hostile');
    await select('<img');
    await panel.page.evaluate(openDisclosures);
    const text = await body().innerText();
    assert.ok(text.includes(HOSTILE));
    assert.match(text, /\/tmp\/␛\[31mred␇␊\uFFFDgnp\.exe/);
    const native = panel.page.locator('.row', { hasText: 'native threads' });
    await native.locator('.twistie').click();
    const thread = panel.page.locator('.row', { hasText: '31m)' });
    assert.equal(await thread.locator('.name').innerText(), `${HOSTILE}␊␛[31m)`);
    await thread.locator('.rowIcon').click();
    await panel.page
      .locator('.drawerBody h2', { hasText: `${HOSTILE}␊␛[31m)` })
      .first()
      .waitFor();
    await panel.page.locator('.row', { hasText: 'main' }).first().locator('.rowIcon').click();
    await section('Thread control block').getByText(`read ${HOSTILE}␛[2J`).waitFor();
    assert.equal(await panel.page.locator('img').count(), 0);
    assert.notEqual(await panel.page.title(), '1');
  });

  for (const width of [320, 360, 600, 1000, 1400]) {
    it(`fit into ${width} pixels`, async () => {
      await open('live', { viewport: { width, height: 900 } });
      for (const row of ['resize-pool.js', 'worker 2', 'native threads', 'esbuild']) {
        await panel.page.locator('.row', { hasText: row }).first().locator('.rowIcon').click();
        for (const tab of ['Details', 'Memory']) {
          await panel.page.getByRole('tab', { name: tab }).click();
          await panel.page.waitForTimeout(60);
          await panel.page.evaluate(openDisclosures);
          const [inner, outer] = await body().evaluate((it) => [it.scrollWidth, it.clientWidth] as const);
          assert.ok(inner <= outer, `${row}, ${tab}: ${inner} of ${outer} pixels`);
        }
      }
      assert.deepEqual(await panel.page.evaluate(overlaps), []);
    });
  }

  it('of hundreds of processes are there as fast as of one', async () => {
    await open('many');
    await panel.page.getByRole('tab', { name: 'Details' }).click();
    await panel.page.locator('.scroller').focus();
    await panel.page.keyboard.press('End');
    await panel.page.keyboard.press('PageUp');
    await panel.page.locator('.drawerBody', { hasText: 'control block' }).waitFor();
    const times = await panel.page.evaluate(timesOfRenders);
    assert.ok(Math.max(...times) < 500, times.map(Math.round).join(' '));
  });
});

/** Runs in the page. */
function openDisclosures(): void {
  for (const details of document.querySelectorAll('details')) details.open = true;
}

/** How long the page takes to go from row to row, milliseconds; runs in the page. */
async function timesOfRenders(): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < 20; index++) {
    const start = performance.now();
    document
      .querySelector('.scroller')!
      .dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    times.push(performance.now() - start);
  }
  return times;
}

import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { overlaps, usePanel } from './fixtures/panelBrowser';

describe('messages, waits and ends in the panel', function () {
  this.timeout(60_000);
  const panel = usePanel();
  const { open, lane } = panel;

  const messages = (): Locator => panel.page.locator('.messagesTable tbody tr');
  const openMessages = async (): Promise<void> => {
    await panel.page.getByRole('tab', { name: 'Messages' }).click();
    await panel.page.locator('.messages').waitFor();
  };
  const header = (name: string): Locator => panel.page.getByRole('columnheader', { name });

  it('lists who sends how much to whom', async () => {
    await open('live');
    await openMessages();
    const first = await messages().first().innerText();
    assert.match(first, /main\s+→\s+to\s+worker 1 · resize[\s\S]+worker\s+117\s+116\s+1\s/);
    assert.match(first, /≈ \s*estimated\s*2\.4 MB/);
    const all = await panel.page.locator('.messagesTable').innerText();
    assert.match(all, /broadcast progress/);
    assert.match(all, /IPC\s+34\s+30\s+4\s+16 KB/);
    assert.match(all, /3 never delivered/);
    assert.match(all, /IPC\s+6\s+not known\s+not known/);
    assert.match(all, /1 in 16: 2,\d+ only counted/);
    assert.match(
      await panel.page.locator('.messageTotals').innerText(),
      /^13 directions: 3,\d+ sent, .*57 waiting/,
    );
  });

  it('shows at a glance which thread does not get to its messages, and why', async () => {
    await open('live');
    const worker = panel.page.locator('.row', { hasText: 'worker 2' }).first();
    assert.match(await worker.locator('.backlogMark').innerText(), /49/);
    assert.equal(await panel.page.locator('.backlogMark').count(), 1);
    await openMessages();
    assert.match(
      await panel.page.locator('.backlogs').innerText(),
      /worker 2 · resize: 49 messages are waiting for it, the oldest for 1\.9 s\. It is B\s+Blocked for 720 ms: Atomics\.wait on buffer 1, cell 0, no timeout, at resize-worker\.js:18/,
    );
    assert.match(await panel.page.locator('tr.late').innerText(), /49 the oldest for 1\.9 s/);
  });

  it('explains every column of the messages', async () => {
    await open('live', { viewport: { width: 1600, height: 880 } });
    await openMessages();
    for (const title of await panel.page.locator('.messagesTable thead th').evaluateAll(titles)) {
      assert.match(title, /^[A-Z].{30,}\.$|: median \/ longest\.$/);
    }
  });

  it('sorts the messages by a click on a header, or by the keyboard', async () => {
    await open('live');
    await openMessages();
    await header('Waiting').getByRole('button').click();
    await panel.page.locator('th.column-waiting[aria-sort=descending]').waitFor();
    assert.match(await messages().first().innerText(), /49 the oldest/);
    await header('Sent').first().getByRole('button').focus();
    await panel.page.keyboard.press('Enter');
    await panel.page.locator('th.column-sent[aria-sort=descending]').waitFor();
    assert.equal(await panel.page.locator('th:is([aria-sort=ascending], [aria-sort=descending])').count(), 1);
    assert.match(await messages().first().innerText(), /port\s+2,\d+/);
    await panel.page.keyboard.press('Space');
    await panel.page.locator('th.column-sent[aria-sort=ascending]').waitFor();
    assert.match(await messages().first().innerText(), /plugin|permission/);
    // After the last header come the links of the first line.
    const links = messages().first().locator('.link');
    await panel.page.locator('.messagesTable thead button:visible').last().focus();
    await panel.page.keyboard.press('Tab');
    assert.ok(await links.first().evaluate((link) => link === document.activeElement));
    await panel.page.keyboard.press('Enter');
    await panel.page.locator('.row.selected').waitFor();
  });

  it('shows the messages of what is selected, or all', async () => {
    await open('live');
    await openMessages();
    assert.equal(await messages().count(), 13);
    await panel.page.locator('.row', { hasText: 'worker 2' }).first().locator('.name').click();
    await panel.page
      .getByRole('button', { name: /^Selected\s*: worker 2 · resize$/, pressed: true })
      .waitFor();
    assert.equal(await messages().count(), 2);
    await panel.page.getByRole('button', { name: 'All threads' }).click();
    await panel.page.waitForFunction(
      () => document.querySelectorAll('.messagesTable tbody tr').length === 13,
    );
    await panel.page.waitForTimeout(300);
    await panel.page.reload();
    await messages().first().waitFor();
    assert.equal(await messages().count(), 13, 'as it was left');
    await panel.page.locator('.row', { hasText: 'esbuild' }).first().locator('.name').click();
    await panel.page.getByRole('button', { name: /^Selected/ }).click();
    await panel.page.getByText('No messages from or to esbuild').waitFor();
    await panel.page.getByRole('button', { name: 'Show those of all threads' }).click();
    await messages().first().waitFor();
  });

  it('selects a thread and opens a line from the messages', async () => {
    await open('live');
    await openMessages();
    await messages().nth(2).getByRole('button', { name: 'worker 2' }).click();
    await panel.page.locator('.row.selected', { hasText: 'worker 2' }).waitFor();
    await messages().first().getByRole('button', { name: 'resize-pool.js:66' }).click();
    await panel.page.waitForTimeout(200);
    const location = '/home/ada/resize/resize-pool.js:66:20';
    assert.deepEqual(panel.server.posted.at(-1), { type: 'openSource', location });
  });

  it('says what a message is where there is none', async () => {
    await open('many');
    await openMessages();
    await panel.page.getByText('A message is a copy of a value').waitFor();
  });

  it('shows as many directions as anybody asks for', async () => {
    await open('channels');
    await openMessages();
    assert.equal(await messages().count(), 100);
    await panel.page.getByText('100 of 300 directions are shown').waitFor();
    await panel.page.getByRole('button', { name: 'Show 200 more' }).click();
    await panel.page.waitForFunction(
      () => document.querySelectorAll('.messagesTable tbody tr').length === 300,
    );
  });

  it('keeps focus and scroll while the messages change', async () => {
    await open('playing');
    await openMessages();
    await panel.page.locator('.messagesTable tbody tr:nth-child(5)').waitFor();
    await header('Waiting').getByRole('button').click();
    const link = panel.page.locator('.messagesTable tbody').getByRole('button', { name: 'worker 3' }).first();
    await link.focus();
    const body = panel.page.locator('.drawerBody');
    const scrolled = await body.evaluate((it) => {
      it.scrollTop = 40;
      return it.scrollTop;
    });
    assert.ok(scrolled > 0);
    const before = await panel.page.locator('.messageTotals').innerText();
    const changes = await panel.page.evaluate(changesOfTotals);
    assert.ok(changes >= 2 && changes <= 5, `${changes} changes in two seconds`);
    assert.notEqual(await panel.page.locator('.messageTotals').innerText(), before);
    assert.match(await panel.page.evaluate(() => document.activeElement?.textContent ?? ''), /worker 3/);
    // What appears above the line that is looked at moves it, and the browser scrolls along.
    assert.ok(Math.abs((await body.evaluate((it) => it.scrollTop)) - scrolled) < 60);
  });

  it('shows shared buffers, who holds them, and who waits on them', async () => {
    await open('live');
    await panel.page.getByRole('tab', { name: 'Memory' }).click();
    const text = await panel.page.locator('.sharedBuffers').innerText();
    assert.match(text, /buffer 1\s+4 MB\s+SharedArrayBuffer\s+main since 00:00\.4\s+worker 1 · resize since/);
    assert.match(text, /buffer 2\s+1 MB\s+WebAssembly\.Memory/);
    const waits = await panel.page.locator('.waits li').allInnerTexts();
    assert.equal(
      waits[0]?.trim(),
      'worker 2 · resize has been waiting for 720 ms: Atomics.wait on buffer 1, cell 0, no timeout, at resize-worker.js:18',
    );
    assert.match(
      waits[1] ?? '',
      /waited 1\.2 s: .* timeout 5 s, .*woken by worker 3 · resize at resize-worker\.js:24/,
    );
    assert.match(waits[2] ?? '', /timed out/);
  });

  it('tells of a thread what it is stuck in, its messages, long tasks and end', async () => {
    await open('ended');
    await panel.page.getByRole('tab', { name: 'Details' }).click();
    const details = async (name: string): Promise<string> => {
      await panel.page.locator('.row', { hasText: name }).first().locator('.name').click();
      await panel.page.locator('.drawerBody h2', { hasText: name }).first().waitFor();
      return panel.page.locator('.drawerBody').innerText();
    };
    const first = await details('worker 1 · resize');
    assert.match(first, /Messages\s+142 sent, 155 received/);
    assert.match(first, /Long tasks\s+5, the longest at least 140 ms, together 700 ms/);
    assert.match(
      await details('worker 2 · resize'),
      /Atomics\.wait\s+resize-worker\.js:18\s+last woken by main at resize-pool\.js:99\s+2\s+2\.8 s\s+1\.6 s/,
    );
    assert.match(await details('worker 4'), /Terminated by\s+main\s+at resize-pool\.js:84/);
    assert.match(
      await details('esbuild'),
      /Signal sent by\s+main of node resize-pool\.js\s+at resize-pool\.js:71/,
    );
    assert.match(await details('thumbs.js'), /process\.exit at\s+thumbs\.js:60/);
    assert.match(await details('--permission'), /Not observed\s+Runs under Node’s permission model/);
  });

  it('names a long task and a wait under the pointer', async () => {
    await open('live');
    const main = await lane('main');
    await panel.page.mouse.move(main.x + main.width * 0.44, main.y);
    await panel.page.getByText('Long task: the event loop was held up for at least 340 ms').waitFor();
    const worker = await lane('worker 2');
    await panel.page.mouse.move(worker.x + worker.width * 0.65, worker.y);
    await panel.page
      .locator('.tooltip', {
        hasText: 'Atomics.wait on buffer 1, cell 0, timeout 5 s, at resize-worker.js:18',
      })
      .waitFor();
    assert.match(
      await panel.page.locator('.tooltip').innerText(),
      /woken by worker 3 · resize at\s+resize-worker\.js:24/,
    );
  });

  it('shows whatever the program calls itself as text', async () => {
    await open('hostile');
    for (const tab of ['Details', 'Memory', 'Messages']) {
      await panel.page.getByRole('tab', { name: tab }).click();
      await panel.page.waitForTimeout(100);
      assert.equal(await panel.page.locator('img').count(), 0);
    }
    assert.match(await panel.page.locator('.messagesTable').innerText(), /<img src=x onerror=/);
    assert.notEqual(await panel.page.title(), '1');
    const { x, y, width } = await lane('worker 1');
    await panel.page.mouse.move(x + width * 0.8, y);
    await panel.page.locator('.tooltip', { hasText: '<img' }).waitFor();
    assert.equal(await panel.page.locator('img').count(), 0);
  });

  for (const width of [320, 440, 600, 800, 1000, 1180, 1400]) {
    it(`fits the messages, shared buffers and waits into ${width} pixels`, async () => {
      await open('live', { viewport: { width, height: 900 } });
      await panel.page.locator('.row', { hasText: 'worker 2' }).first().locator('.rowIcon').click();
      for (const tab of ['Details', 'Memory', 'Messages']) {
        await panel.page.getByRole('tab', { name: tab }).click();
        await panel.page.waitForTimeout(100);
        const body = panel.page.locator('.drawerBody');
        const [inner, outer] = await body.evaluate((it) => [it.scrollWidth, it.clientWidth] as const);
        assert.ok(inner <= outer, `${tab}: ${inner} of ${outer} pixels`);
      }
      await panel.page.getByRole('button', { name: 'All threads' }).click();
      await panel.page.waitForTimeout(100);
      const [inner, outer] = await panel.page
        .locator('.drawerBody')
        .evaluate((it) => [it.scrollWidth, it.clientWidth] as const);
      assert.ok(inner <= outer, `all messages: ${inner} of ${outer} pixels`);
      assert.deepEqual(await panel.page.evaluate(overlaps), []);
      for (const name of ['From → to', 'Sent', 'Waiting'])
        assert.ok(await header(name).first().isVisible(), name);
    });
  }
});

/** Runs in the page. */
function titles(headers: readonly Element[]): string[] {
  return headers.map((header) => header.getAttribute('title') ?? '');
}

/** How often the totals of the messages change in two seconds; runs in the page. */
async function changesOfTotals(): Promise<number> {
  const totals = document.querySelector('.messageTotals');
  let last = totals?.textContent;
  let changes = 0;
  for (const end = performance.now() + 2000; performance.now() < end;) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (totals?.textContent !== last) changes++;
    last = totals?.textContent;
  }
  return changes;
}

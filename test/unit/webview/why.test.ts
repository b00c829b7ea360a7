import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { announcement } from '../../../webview/why/announcement';
import { listOf } from '../../../webview/why/whyTexts';
import { plainText } from '../../../webview/why/sentence';
import { PanelStore } from '../../../webview/store';
import { overlaps, usePanel, violations } from './fixtures/panelBrowser';
import { scenario } from './fixtures/scenarios';

describe('sentences', () => {
  it('list what they speak of', () => {
    const list = (...words: string[]): string => plainText(listOf(words));
    assert.equal(list('a'), 'a');
    assert.equal(list('a', 'b'), 'a and b');
    assert.equal(list('a', 'b', 'c', 'd'), 'a, b, c and d');
  });
});

describe('what a screen reader is told', () => {
  const store = new PanelStore({
    start: (listener) => scenario('live').forEach((message) => listener.onMessage(message)),
    post: () => undefined,
    loadState: () => null,
    saveState: () => undefined,
  });
  before(() => store.connect());

  const rowOf = (title: string): string => {
    const thread = [...store.model.threads.values()].find(
      ({ threadId, name }) => `${threadId} ${name}` === title,
    );
    return thread?.id ?? assert.fail(title);
  };

  it('is nothing while nothing is selected, and nothing of a row that says it itself', () => {
    assert.equal(announcement(store), '');
    store.select(rowOf('2 resize'));
    assert.equal(announcement(store), '');
  });

  it('is the selected interval in one sentence', () => {
    store.select(rowOf('2 resize'), 3500e6);
    assert.equal(
      announcement(store),
      'worker 2 · resize · Blocked 1.2 s, measured. It waited in Atomics.wait on shared buffer 1, cell 0, called from resize-worker.js:18.',
    );
  });

  it('is the stretch that was selected last', () => {
    store.pick({ from: 1e9, to: 3e9 });
    assert.equal(announcement(store), 'Stretch of 2 s selected.');
    store.select(rowOf('2 resize'), 3500e6);
    assert.match(announcement(store), /Blocked 1.2 s/);
  });
});

describe('the Why tab', function () {
  this.timeout(60_000);
  const panel = usePanel();
  const { open, lane } = panel;
  const answer = (): Locator => panel.page.locator('.whyAnswer');
  const body = (): Locator => panel.page.locator('.drawerBody');
  const selectedRow = (): Promise<string> => panel.page.locator('.row.selected .name').innerText();
  const section = (name: string | RegExp): Locator =>
    panel.page.locator('.drawerBody section', { has: panel.page.getByRole('heading', { name }) });
  /** Two actions: open the panel, choose the longest. */
  const selectLongest = async (): Promise<void> => {
    await panel.page.locator('.whyLongest th button').first().click();
    await answer().getByText('Blocked 1.2 s').waitFor();
  };

  it('says how to begin, and finds the longest Blocked interval in one click', async () => {
    await open('live');
    assert.match(await body().innerText(), /Select an interval of a lane/);
    assert.match(
      await panel.page.locator('.whyLongest tr').first().innerText(),
      /1\.2 s\s+worker 2 · resize\s+Atomics\.wait/,
    );
    await selectLongest();
    assert.equal(await selectedRow(), 'worker 2 · resize');
    const text = await answer().innerText();
    for (const sentence of [
      'worker 2 · resize · Blocked 1.2 s measured',
      'It waited in Atomics.wait on shared buffer 1, cell 0, called from resize-worker.js:18.',
      'worker 3 · resize woke it with Atomics.notify at resize-worker.js:24; 100 µs after that call it ran again.',
      'Meanwhile 30 messages queued up for it, the oldest for 1.2 s.',
    ])
      assert.ok(text.includes(sentence), `${sentence}\n${text}`);
    assert.match(await section('Time in state').innerText(), /Blocked\s+1\.9 s/);
    assert.match(
      await section('Blocked by reason').innerText(),
      /Atomics\.wait resize-worker\.js:18\s+1\.9 s\s+2\s+1\.2 s/,
    );
  });

  it('explains the interval that is clicked', async () => {
    await open('live');
    const { x, y, width } = await lane('sh -c npm run meta');
    await panel.page.mouse.click(x + width * 0.3, y + 4);
    await answer().getByText('It waited for a child process to end').waitFor();
  });

  it('tells a screen reader once', async () => {
    await open('live');
    await selectLongest();
    const live = panel.page.locator('cviz-announcer[aria-live=polite]');
    await live.getByText('Blocked 1.2 s, measured. It waited in Atomics.wait').waitFor({ state: 'attached' });
  });

  it('leads to the source, to who woke it, to the next and back, and to the memory', async () => {
    await open('live');
    await selectLongest();
    await answer().getByRole('button', { name: 'resize-worker.js:18' }).first().click();
    await panel.page.waitForTimeout(200);
    assert.deepEqual(panel.server.posted.at(-1), {
      type: 'openSource',
      location: '/home/ada/resize/resize-worker.js:18:11',
    });
    await answer().getByRole('button', { name: 'next Blocked' }).click();
    await answer().getByText('Nobody has woken it for 720 ms').waitFor();
    await answer().getByRole('button', { name: 'previous Blocked' }).click();
    await answer().getByText('100 µs after that call').waitFor();
    await answer().getByRole('button', { name: 'who woke it' }).click();
    await panel.page.locator('.row.selected', { hasText: 'worker 3' }).waitFor();
    await answer()
      .getByRole('heading', { name: /worker 3/ })
      .waitFor();
    await panel.page.locator('.row', { hasText: 'worker 2' }).first().locator('.name').click();
    await answer().getByText('It is waiting in Atomics.wait').waitFor();
    await answer().getByRole('button', { name: 'shared buffer 1' }).click();
    await panel.page.locator('.tab[aria-selected=true]', { hasText: 'Memory' }).waitFor();
  });

  it('sums up a stretch of time, until it is cleared', async () => {
    await open('live');
    const ruler = await panel.page.locator('.ruler').first().boundingBox();
    assert.ok(ruler !== null);
    const { page } = panel;
    await page.mouse.move(ruler.x + ruler.width * 0.4, ruler.y + 10);
    await page.mouse.down();
    await page.mouse.move(ruler.x + ruler.width * 0.7, ruler.y + 10, { steps: 4 });
    await page.mouse.up();
    await section('Threads, by CPU').waitFor();
    const cpu = await page.locator('.whyThreadsTable tbody tr td:nth-child(2)').allInnerTexts();
    const shares = cpu.map((text) => Number.parseFloat(text.replace('<', '')));
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => b - a),
      'what ran most first',
    );
    assert.match(await section('Blocked by reason').innerText(), /Atomics\.wait/);
    assert.match(await section('Time of messages').innerText(), /\d+ delivered: median/);
    await page.locator('.row', { hasText: 'worker 2' }).first().locator('.name').click();
    await answer().getByRole('button', { name: 'the selected stretch of time' }).click();
    await section('Threads, by CPU').waitFor();
    await page.getByRole('button', { name: 'clear', exact: true }).click();
    await answer().getByText('It is waiting in Atomics.wait').waitFor();
  });

  it('says of a worker that could not begin what to do, and where it was created', async () => {
    await open('live');
    await panel.page.locator('.row', { hasText: '[source text]' }).first().locator('.name').click();
    await answer().getByText('{ eval: true }').waitFor();
    const text = await answer().innerText();
    assert.match(text, /An error ended it: .*worker script/);
    assert.match(text, /had created it at \S+:\d+\./);
    assert.doesNotMatch(text, /nobody saw how/);
  });

  it('explains a message', async () => {
    await open('live');
    await panel.page.locator('.row', { hasText: 'main' }).first().locator('.name').click();
    await answer().getByRole('button', { name: 'who sent it' }).click();
    await answer()
      .getByRole('heading', { name: /^Message: .* → / })
      .waitFor();
    assert.match(await answer().innerText(), /in the receiver’s queue/);
  });

  for (const [name, width] of [
    ['dark', 1400],
    ['light', 500],
  ] as const) {
    it(`is accessible and overlaps nothing (${name}, ${width} pixels)`, async () => {
      await open('live', { viewport: { width, height: 880 }, colorScheme: name });
      assert.deepEqual(await violations(panel.page), []);
      await selectLongest();
      assert.deepEqual(await violations(panel.page), []);
      assert.deepEqual(await panel.page.evaluate(overlaps), []);
      const isCut = await panel.page.evaluate(() => {
        const drawer = document.querySelector('.drawerBody');
        return drawer !== null && drawer.scrollWidth > drawer.clientWidth;
      });
      assert.equal(isCut, false, 'nothing is cut at the right');
    });
  }
});

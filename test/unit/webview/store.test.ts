import assert from 'node:assert/strict';
import { computed, effect } from '@preact/signals-core';
import type { FromWebview, ToWebview } from '../../../src/protocol/messages';
import type { Host, HostListener } from '../../../webview/host';
import { collectNotices } from '../../../webview/notices';
import { PanelStore } from '../../../webview/store';
import { playing, scenario, type ScenarioName } from './fixtures/scenarios';

class FakeHost implements Host {
  readonly posted: FromWebview[] = [];
  saved: unknown = null;
  listener: HostListener | null = null;

  start(listener: HostListener): void {
    this.listener = listener;
  }
  post(message: FromWebview): void {
    this.posted.push(message);
  }
  loadState(): unknown {
    return this.saved;
  }
  saveState(state: unknown): void {
    this.saved = JSON.parse(JSON.stringify(state));
  }
  send(messages: readonly ToWebview[]): void {
    for (const message of messages) this.listener?.onMessage(message);
  }
}

function connected(
  host = new FakeHost(),
  name: ScenarioName = 'live',
): { host: FakeHost; store: PanelStore } {
  const store = new PanelStore(host);
  store.connect();
  host.send(scenario(name));
  return { host, store };
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('the store of the panel', () => {
  it('has the rows of what was sent', () => {
    const { store } = connected();
    assert.equal(store.status.value.state, 'live');
    assert.ok(store.rows.value.length > 10);
    assert.equal(store.range.value.from, 0);
  });

  it('tells those who look when records arrive', () => {
    const host = new FakeHost();
    const store = new PanelStore(host);
    store.connect();
    const seen: number[] = [];
    const count = computed(() => store.rows.value.length);
    effect(() => {
      seen.push(count.value);
    });
    host.send(scenario('live'));
    assert.equal(seen[0], 0);
    assert.equal(seen.at(-1), store.rows.value.length);
  });

  it('drops bytes of another run', () => {
    const { host, store } = connected();
    const before = store.rows.value.length;
    host.send([{ type: 'bytes', runId: 99, bytes: new Uint8Array(64).fill(255) }]);
    assert.equal(store.problem.value, null);
    assert.equal(store.rows.value.length, before);
  });

  it('begins anew when another run is opened', () => {
    const { host, store } = connected();
    store.select('12801');
    store.zoom(0.1, 1e9);
    const [open] = scenario('live');
    host.send([{ ...(open as Extract<ToWebview, { type: 'open' }>), runId: 2 }]);
    assert.equal(store.rows.value.length, 0);
    assert.equal(store.selection.value, null);
    assert.equal(store.view.value.mode, 'fit');
  });

  it('keeps what the user chose when the page is loaded again', async () => {
    const { host, store } = connected();
    store.select('12801', 5);
    store.zoom(0.1, 1e9);
    store.setDrawer({ tab: 'memory', height: 300 });
    await wait(250);
    const again = connected(host).store;
    assert.deepEqual(again.selection.value, { rowId: '12801', time: 5 });
    assert.deepEqual(again.view.value, store.view.value);
    assert.equal(again.drawer.value.tab, 'memory');
  });

  it('shows everything before damage, and says that there is some', () => {
    const { store } = connected(undefined, 'damaged');
    assert.equal(store.problem.value?.problem.kind, 'damaged');
    assert.ok(store.rows.value.length > 10);
    assert.match(collectNotices(store)[0]?.text ?? '', /damaged at byte/);
  });

  it('reads on when the end is told before the last bytes', () => {
    const host = new FakeHost();
    const store = new PanelStore(host);
    store.connect();
    const [open, ...rest] = scenario('ended');
    host.send([open!, rest.at(-1)!, ...rest.slice(0, -1)]);
    assert.equal(store.problem.value, null);
    assert.ok(store.rows.value.length > 10);
  });

  it('takes a few bytes of something else for no recording', () => {
    const host = new FakeHost();
    const store = new PanelStore(host);
    store.connect();
    const [open, ...rest] = scenario('ended');
    host.send([open!, { type: 'bytes', runId: 1, bytes: new Uint8Array(5) }, rest.at(-1)!]);
    assert.equal(store.problem.value?.problem.kind, 'notThisFormat');
  });

  it('opens what hides a thread that is to be shown', () => {
    const { store } = connected();
    store.setExpanded(0, false);
    const crashed = collectNotices(store).find(({ key }) => key.startsWith('crash:'))!;
    store.reveal(crashed.subjectId!);
    assert.equal(store.selectedRow.value?.id, crashed.subjectId);
  });

  it('tells of new figures twice a second at most, and of the last ones at once', async () => {
    const host = new FakeHost();
    const store = new PanelStore(host);
    store.connect();
    const [open] = scenario('live');
    const next = playing();
    let told = 0;
    effect(() => {
      told += Math.sign(store.messageRows.value.length + 1);
    });
    const sent = (): number => store.messageRows.value.reduce((sum, row) => sum + row.sent, 0);
    host.send([open!]);
    const before = told;
    for (let ms = 500; ms <= 1500; ms += 50) host.send([next(ms)]);
    assert.ok(told - before <= 1);
    await wait(700);
    assert.ok(told - before <= 3);
    const soFar = sent();
    assert.ok(soFar > 0);
    host.send([next(3000), { type: 'status', runId: 1, status: { state: 'ended', problem: null } }]);
    assert.ok(sent() > soFar);
  });

  it('folds many failures of a kind into a few lines', () => {
    const { store } = connected();
    const keys = collectNotices(store).map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length);
    assert.ok(keys.length <= 6);
  });
});

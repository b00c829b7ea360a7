import { strict as assert } from 'node:assert';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { Emitter } from '../../../src/base/emitter';
import { RunSession, type SessionOptions, type ShownRun } from '../../../src/panel/runSession';
import type { HostInfo, RunStatus, ToWebview } from '../../../src/protocol/messages';

const host: HostInfo = {
  kind: 'vscode',
  title: 'a.js',
  canStop: true,
  canRestart: true,
  canOpenSource: true,
};

/** A recording that grows in memory; its bytes count up, so a gap or a repetition shows. */
class FakeRun implements ShownRun {
  private readonly emitter = new Emitter<{ offset: number; bytes: Uint8Array }>();
  readonly onBytes = this.emitter.event;
  bytes: number[] = [];
  failure: Error | null = null;

  append(length: number): void {
    const offset = this.bytes.length;
    for (let i = 0; i < length; i++) this.bytes.push((offset + i) & 0xff);
    this.emitter.fire({ offset, bytes: Uint8Array.from(this.bytes.slice(offset)) });
  }

  readonly read = async (from: number, to: number): Promise<Uint8Array> => {
    await nextTurn();
    if (this.failure !== null) throw this.failure;
    assert.ok(to <= this.bytes.length, 'reads only what was announced');
    return Uint8Array.from(this.bytes.slice(from, to));
  };
}

/** What a webview makes of the messages. Loading it anew loses everything, as in VS Code. */
class FakePage {
  runId: number | null = null;
  bytes: number[] = [];
  status: RunStatus | null = null;
  readonly log: ToWebview['type'][] = [];

  receive(message: ToWebview): void {
    this.log.push(message.type);
    if (message.type === 'open') {
      this.runId = message.runId;
      this.bytes = [];
      this.status = null;
    } else if (message.runId === this.runId) {
      if (message.type === 'bytes') this.bytes.push(...message.bytes);
      else this.status = message.status;
    }
  }
}

const noRequests = {
  stop: () => undefined,
  restart: () => undefined,
  openSource: () => undefined,
  chooseScript: () => undefined,
  openExample: () => undefined,
};

function sessionWith(options: Partial<SessionOptions> & Pick<SessionOptions, 'post'>): RunSession {
  let runId = 0;
  return new RunSession({
    requests: noRequests,
    unreadable: (reason) => `Unreadable: ${reason}.`,
    nextRunId: () => ++runId,
    batchMs: 0,
    ...options,
  });
}

async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await nextTurn();
}

describe('a panel session', () => {
  it('says nothing before the page is ready, then opens, and sends what there is and what comes', async () => {
    const page = new FakePage();
    const run = new FakeRun();
    const session = sessionWith({
      post: (message) => {
        page.receive(message);
        return Promise.resolve(true);
      },
    });
    session.show(run, host, { state: 'live' });
    run.append(10);
    await settle();
    assert.deepEqual(page.log, []);
    session.receive({ type: 'ready' });
    await settle();
    assert.deepEqual(page.log, ['open', 'status', 'bytes']);
    run.append(5);
    await settle();
    assert.deepEqual(page.bytes, run.bytes);
  });

  it('says that the run has ended only after its last byte', async () => {
    const page = new FakePage();
    const run = new FakeRun();
    const session = sessionWith({
      pieceBytes: 4,
      post: (message) => {
        page.receive(message);
        return Promise.resolve(true);
      },
    });
    session.show(run, host, { state: 'starting' });
    run.append(11);
    session.setStatus({ state: 'ended', problem: null });
    session.receive({ type: 'ready' });
    await settle();
    assert.deepEqual(page.log, ['open', 'bytes', 'bytes', 'bytes', 'status']);
    assert.deepEqual(page.status, { state: 'ended', problem: null });
  });

  it('sends nothing while the page is hidden, and everything to its successor', async () => {
    let page = new FakePage();
    const run = new FakeRun();
    const session = sessionWith({
      post: (message) => {
        page.receive(message);
        return Promise.resolve(true);
      },
    });
    session.show(run, host, { state: 'live' });
    session.receive({ type: 'ready' });
    run.append(3);
    await settle();
    session.setVisible(false);
    page = new FakePage();
    for (let i = 0; i < 5; i++) run.append(7);
    await settle();
    assert.deepEqual(page.log, []);
    session.setVisible(true);
    session.receive({ type: 'ready' });
    await settle();
    assert.deepEqual(page.bytes, run.bytes);
  });

  it('posts live bytes in batches, the first at once', async () => {
    const times: number[] = [];
    const run = new FakeRun();
    const session = sessionWith({
      batchMs: 40,
      post: (message) => {
        if (message.type === 'bytes') times.push(performance.now());
        return Promise.resolve(true);
      },
    });
    session.show(run, host, { state: 'live' });
    session.receive({ type: 'ready' });
    const begin = performance.now();
    while (performance.now() - begin < 200) {
      run.append(1);
      await sleep(2);
    }
    assert.ok(times.length >= 3 && times.length <= 7, `${times.length} batches in 200 ms`);
    assert.ok((times[0] ?? Infinity) - begin < 35);
    session.dispose();
  });

  it('says so when the recording cannot be read', async () => {
    const page = new FakePage();
    const run = new FakeRun();
    const session = sessionWith({
      post: (message) => {
        page.receive(message);
        return Promise.resolve(true);
      },
    });
    session.show(run, host, { state: 'live' });
    session.receive({ type: 'ready' });
    run.append(3);
    await settle();
    run.failure = new Error('EIO');
    run.append(3);
    await settle();
    assert.deepEqual(page.status, { state: 'failed', problem: 'Unreadable: EIO.' });
    assert.deepEqual(page.bytes, run.bytes.slice(0, 3));
  });

  it('passes on requests, and only those of the protocol', () => {
    const heard: string[] = [];
    const session = sessionWith({
      post: () => Promise.resolve(true),
      requests: {
        stop: () => heard.push('stop'),
        restart: () => heard.push('restart'),
        openSource: (location) => heard.push(location),
        chooseScript: () => heard.push('choose'),
        openExample: (example) => heard.push(example),
      },
    });
    for (const message of [
      { type: 'stop' },
      { type: 'restart' },
      { type: 'openSource', location: '/a.js:1:1' },
      { type: 'openSource', location: 1 },
      { type: 'openExample', example: 'mix' },
      { type: 'openExample', example: '../../x' },
      { type: 'chooseScript' },
      { type: 'dispose' },
      'stop',
      null,
    ]) {
      session.receive(message);
    }
    assert.deepEqual(heard, ['stop', 'restart', '/a.js:1:1', 'mix', 'choose']);
  });
});

/** Everything that may happen to a panel, in any order and at any moment. */
type Step =
  | { readonly do: 'append'; readonly length: number }
  | { readonly do: 'reload' | 'hide' | 'reveal' | 'status' | 'restart' | 'wait' }
  /** From now on deliveries take so many turns of the event loop. */
  | { readonly do: 'slow'; readonly turns: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('append' as const), length: fc.integer({ min: 1, max: 40 }) }),
  },
  { weight: 3, arbitrary: fc.constant<Step>({ do: 'wait' }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('reload' as const, 'hide', 'reveal', 'status', 'restart') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('slow' as const), turns: fc.integer({ min: 0, max: 4 }) }),
  },
);

/** A panel as VS Code runs it: a hidden page is gone, and what is on its way to it is lost. */
class FakePanel {
  page = new FakePage();
  isVisible = true;
  turns = 0;
  run = new FakeRun();
  status: RunStatus = { state: 'starting' };
  readonly session = sessionWith({ post: (message) => this.post(message), pieceBytes: 16 });
  private delivery: Promise<unknown> = Promise.resolve();

  constructor() {
    this.session.show(this.run, host, this.status);
  }

  private post(message: ToWebview): Promise<boolean> {
    const { page, turns } = this;
    // One after the other, as a channel delivers.
    const delivered = this.delivery.then(async () => {
      for (let i = 0; i < turns; i++) await nextTurn();
      if (!this.isVisible || page !== this.page) return false;
      page.receive(message);
      this.check();
      return true;
    });
    this.delivery = delivered;
    return delivered;
  }

  /** At every moment the page has the beginning of the recording it shows, nothing twice and nothing left out. */
  private check(): void {
    if (this.page.runId === null) assert.deepEqual(this.page.bytes, []);
    for (const [index, byte] of this.page.bytes.entries()) assert.equal(byte, index & 0xff);
  }

  async take(next: Step): Promise<void> {
    switch (next.do) {
      case 'append':
        this.run.append(next.length);
        return;
      case 'wait':
        return nextTurn();
      case 'slow':
        this.turns = next.turns;
        return;
      case 'hide':
        this.isVisible = false;
        this.session.setVisible(false);
        return;
      case 'reveal':
        if (!this.isVisible) this.reveal();
        return;
      case 'reload':
        if (this.isVisible) this.reveal();
        return;
      case 'status':
        this.status = { state: 'ended', problem: `${Math.floor(this.run.bytes.length)}` };
        this.session.setStatus(this.status);
        return;
      case 'restart':
        this.run = new FakeRun();
        this.status = { state: 'starting' };
        this.session.show(this.run, host, this.status);
    }
  }

  private reveal(): void {
    this.page = new FakePage();
    this.isVisible = true;
    this.session.setVisible(true);
    this.session.receive({ type: 'ready' });
  }
}

describe('a panel session, whatever happens', () => {
  it('gives the page the whole recording, without gap or repetition', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const panel = new FakePanel();
        panel.session.receive({ type: 'ready' });
        for (const next of steps) await panel.take(next);
        panel.turns = 0;
        await panel.take({ do: 'reveal' });
        await settle();
        await settle();
        await settle();
        assert.deepEqual(panel.page.bytes, panel.run.bytes);
        assert.deepEqual(panel.page.status, panel.status);
        panel.session.dispose();
      }),
      { numRuns: 300 },
    );
  });
});

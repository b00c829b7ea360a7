import { strict as assert } from 'node:assert';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as fc from 'fast-check';
import type { RunStatus, ToWebview } from '../../../src/protocol/messages';
import { FakePage, FakeRun, host, sessionWith, settle } from './sessionFakes';

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

import { strict as assert } from 'node:assert';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Emitter } from '../../../src/base/emitter';
import { RunSession, type SessionOptions, type ShownRun } from '../../../src/panel/runSession';
import type { LocatedEntry } from '../../../src/protocol/locating';
import type { HostInfo, RunStatus, ToWebview } from '../../../src/protocol/messages';

export const host: HostInfo = {
  kind: 'vscode',
  title: 'a.js',
  canStop: true,
  canRestart: true,
  canOpenSource: true,
};

/** A recording that grows in memory; its bytes count up, so a gap or a repetition shows. */
export class FakeRun implements ShownRun {
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
export class FakePage {
  runId: number | null = null;
  bytes: number[] = [];
  status: RunStatus | null = null;
  entries: LocatedEntry[] = [];
  readonly log: ToWebview['type'][] = [];

  receive(message: ToWebview): void {
    this.log.push(message.type);
    if (message.type === 'open') {
      this.runId = message.runId;
      this.bytes = [];
      this.status = null;
    } else if (message.runId === this.runId) {
      if (message.type === 'bytes') this.bytes.push(...message.bytes);
      else if (message.type === 'status') this.status = message.status;
      else this.entries.push(...message.entries);
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

export function sessionWith(options: Partial<SessionOptions> & Pick<SessionOptions, 'post'>): RunSession {
  let runId = 0;
  return new RunSession({
    requests: noRequests,
    locate: () => Promise.resolve([]),
    unreadable: (reason) => `Unreadable: ${reason}.`,
    nextRunId: () => ++runId,
    batchMs: 0,
    ...options,
  });
}

export async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await nextTurn();
}

import assert from 'node:assert/strict';
import type { Report, ThreadReport } from '../../src/model/report';
import { lineOf, ownThreads, programPath, record } from '../support/cviz';

type Channel = Report['channels'][number];
type Wait = Report['waits'][number];
type Buffer = Report['sharedBuffers'][number];

function at(program: string, name: string): string {
  return `${programPath(program)}:${lineOf(program, name)}`;
}

/** What the tests call the threads of a run: by their names, a process's main thread by what the process was given. */
function names(report: Report): Map<string, string> {
  const named = new Map<string, string>();
  for (const [index, process] of report.processes.entries()) {
    for (const thread of ownThreads(process)) {
      const ofProcess = index === 0 ? 'main' : `child ${index}`;
      named.set(thread.id, thread.kind === 'main' ? ofProcess : (thread.name ?? '?'));
    }
  }
  return named;
}

/** `from → to`, sent and received of every direction. */
function counts(report: Report, kind: Channel['kind']): (readonly [string, number, number | null])[] {
  const named = names(report);
  const name = (id: string | null): string => (id === null ? 'unknown' : (named.get(id) ?? id));
  return report.channels
    .filter((channel) => channel.kind === kind)
    .map(({ from, to, sent, received }) => [`${name(from)} → ${name(to)}`, sent, received] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function direction(report: Report, kind: Channel['kind'], ends: string): Channel {
  const named = names(report);
  const found = report.channels.filter(
    ({ kind: its, from, to }) =>
      its === kind && `${named.get(from ?? '') ?? ''} → ${named.get(to ?? '') ?? ''}` === ends,
  );
  assert.equal(found.length, 1, `${kind}: ${ends}`);
  return found[0] as Channel;
}

function thread(report: Report, name: string): ThreadReport {
  const [id] = [...names(report)].find(([, its]) => its === name) ?? [];
  const found = report.processes.flatMap(ownThreads).find((its) => its.id === id);
  assert.ok(found, `thread ${name}`);
  return found;
}

function assertNear(value: number | null, truth: number, share: number, what: string): void {
  assert.ok(
    value !== null && Math.abs(value - truth) <= share * truth,
    `${what}: ${String(value)} is not ${truth}`,
  );
}

describe('what is reported of messages', () => {
  let report: Report;
  before(async () => {
    const recorded = await record([programPath('messages.js')]);
    assert.equal(recorded.stderr, '');
    assert.equal(recorded.code, 0);
    ({ report } = recorded);
  });

  it('counts each direction of each channel to a worker', () => {
    assert.deepEqual(counts(report, 'worker'), [
      ['A → main', 1, 1],
      ['B → main', 2, 2],
      ['C → main', 1, 1],
      ['main → A', 2, 2],
      ['main → B', 3, 3],
      ['main → C', 3, 3],
    ]);
  });

  it('follows ports through several threads, and those in workerData', () => {
    assert.deepEqual(counts(report, 'port'), [
      ['A → B', 1, 1],
      ['A → main', 1, 1],
      // Three of the five were sent before the port moved at all.
      ['B → main', 1, 1],
      ['main → A', 1, 1],
      ['main → B', 5, 5],
      // Read by receiveMessageOnPort, all but one.
      ['main → main', 3, 2],
    ]);
    assert.equal(direction(report, 'port', 'main → B').created, at('messages.js', 'moved channel'));
    assert.equal(direction(report, 'port', 'A → main').created, at('messages.js', 'given channel'));
    assert.equal(direction(report, 'port', 'A → B').created, at('messages.js', 'channel between'));
    assert.equal(direction(report, 'port', 'main → main').waiting, 1);
  });

  it('one entry for each sender of a broadcast, with its receivers', () => {
    const named = names(report);
    const broadcasts = report.channels
      .filter(({ kind }) => kind === 'broadcast')
      .map(({ name, from, sent, receivers }) => {
        const who = receivers.map((receiver) => named.get(receiver.thread)).sort();
        return [name, named.get(from ?? ''), sent, who];
      })
      .sort((a, b) => (String(a) < String(b) ? -1 : 1));
    assert.deepEqual(broadcasts, [
      ['news', 'main', 2, ['A', 'B', 'C']],
      ['replies', 'A', 1, ['B', 'C', 'main']],
      ['replies', 'B', 1, ['A', 'C', 'main']],
      ['replies', 'C', 1, ['A', 'B', 'main']],
    ]);
    const news = report.channels.find(({ name }) => name === 'news');
    assert.ok(news);
    assert.deepEqual(
      news.receivers.map(({ received }) => received),
      [2, 2, 2],
    );
    assert.equal(news.received, 6);
    assert.deepEqual(news.lines, [
      { location: at('messages.js', 'first news'), count: 1 },
      // The line after it.
      { location: `${programPath('messages.js')}:${lineOf('messages.js', 'first news') + 1}`, count: 1 },
    ]);
  });

  it('sizes, transferred things, latencies and lines', () => {
    const long = direction(report, 'worker', 'main → C');
    assertNear(long.bytes, 1_000_000, 0.01, 'bytes');
    // An array buffer's bytes move; they are not copied.
    assert.equal(long.transferred, 1);
    assert.ok(long.lines.some(({ location }) => location === at('messages.js', 'long text')));
    assert.equal(direction(report, 'worker', 'main → A').transferred, 2);
    assert.deepEqual(direction(report, 'port', 'A → B').lines, [
      { location: at('messages.js', 'move to B'), count: 1 },
    ]);
    for (const channel of report.channels.filter(({ kind }) => kind !== 'broadcast')) {
      assert.ok(channel.latencyMsP50 !== null && channel.latencyMsP50 >= 0, `latency of ${channel.id}`);
      assert.ok(channel.bytes !== null && channel.bytes > 0, `bytes of ${channel.id}`);
    }
    // B waited for main's notify before it could take them.
    const late = direction(report, 'port', 'main → B').latencyMsP50 ?? 0;
    assert.ok(late > 300 && late < 2000, `latency ${late}`);
  });

  it('who holds each shared buffer, and no one else', () => {
    const named = names(report);
    const describeBuffer = ({ bytes, wasm, threads }: Buffer): unknown[] => [
      bytes,
      wasm,
      threads.map((id) => named.get(id)).sort(),
    ];
    assert.deepEqual([...report.sharedBuffers].sort((a, b) => a.bytes - b.bytes).map(describeBuffer), [
      [100, false, ['A', 'main']],
      [200, false, ['B', 'main']],
      [300, false, ['A', 'B', 'C', 'main']],
      [65536, true, ['C', 'main']],
    ]);
  });

  it('waits: cell, time limit, how they ended, and who ended them', () => {
    const named = names(report);
    const waitOf = (name: string): Wait | undefined =>
      report.waits.find((wait) => named.get(wait.thread) === name);
    // A wait that finds another value does not wait.
    assert.equal(report.waits.length, 3);
    const [inVain, woken, async] = [waitOf('A'), waitOf('B'), waitOf('C')];
    assert.ok(inVain && woken && async);
    assert.deepEqual(
      [inVain.cell, inVain.byteOffset, inVain.timeoutMs, inVain.result, inVain.async, inVain.notifiedBy],
      [3, 12, 150, 'timed-out', false, null],
    );
    assert.equal(inVain.location, at('messages.js', 'wait in vain'));
    // The view begins in the middle of the buffer.
    assert.deepEqual(
      [woken.cell, woken.byteOffset, woken.timeoutMs, woken.result, woken.async],
      [1, 12, 5000, 'ok', false],
    );
    assert.equal(woken.location, at('messages.js', 'wait'));
    assert.equal(woken.notifiedBy, thread(report, 'main').id);
    assert.equal(woken.notifiedAt, at('messages.js', 'notify'));
    assert.deepEqual([async.cell, async.timeoutMs, async.result, async.async], [4, 100, 'timed-out', true]);
    const sizes = new Map(report.sharedBuffers.map(({ id, bytes }) => [id, bytes]));
    assert.deepEqual(
      [inVain, woken, async].map(({ buffer }) => sizes.get(buffer ?? '')),
      [100, 200, 65536],
    );
    for (const [name, wait] of [
      ['A', inVain],
      ['B', woken],
    ] as const) {
      const waited = (wait.endMs ?? 0) - wait.startMs;
      const { blocked, ready } = thread(report, name).states;
      // Once its time is up, it may have to wait for a core.
      assert.ok(
        Math.abs(blocked - waited) < 20 + ready,
        `${name} was blocked ${blocked} ms and waited ${waited} ms`,
      );
    }
    // An asynchronous wait blocks nobody: the thread idles in its event loop.
    assert.ok(thread(report, 'C').states.waiting > 60);
  });
});

describe('what is reported of IPC', () => {
  for (const [what, why] of [
    ['json', 'both ways'],
    ['advanced', 'both ways, by structured clone'],
    ['late', 'before anybody listened'],
  ] as const) {
    it(`messages ${why}`, async () => {
      const { report, code } = await record([programPath('ipc.js'), what]);
      assert.equal(code, 0);
      assert.deepEqual(counts(report, 'ipc'), [
        ['child 1 → main', 2, 2],
        ['main → child 1', 4, 4],
      ]);
      const down = direction(report, 'ipc', 'main → child 1');
      const up = direction(report, 'ipc', 'child 1 → main');
      for (const { bytesEstimated, latencyMsP50, waiting } of [down, up]) {
        assert.equal(bytesEstimated, false);
        assert.ok(latencyMsP50 !== null && latencyMsP50 >= 0);
        assert.equal(waiting, 0);
      }
      assert.deepEqual(down.lines[0], { location: at('ipc.js', 'ask'), count: 3 });
      assert.deepEqual(up.lines, [{ location: at('ipc.js', 'answer'), count: 2 }]);
      if (what === 'advanced') return;
      const written = ['{"text":"one"}', '{"text":"two"}', '{"text":"drei ü"}', '"end"'];
      assert.equal(down.bytes, Buffer.byteLength(`${written.join('\n')}\n`));
      assert.equal(up.bytes, '{"answer":2}\n{"answer":3}\n'.length);
      // It began to listen 300 ms after it had started.
      if (what === 'late') assert.ok((down.latencyMsP50 ?? 0) > 250, `latency ${String(down.latencyMsP50)}`);
    });
  }
});

describe('what is reported of busy channels', () => {
  for (const [ending, args] of [
    ['that end by themselves', []],
    ['whose worker is terminated right after its last answer', ['terminate']],
  ] as const) {
    it(`150,000 messages one way, 50,000 the other, ${ending}`, async () => {
      const { report, code, stdout, recordingBytes } = await record([programPath('traffic.js'), ...args]);
      assert.equal(code, 0);
      const last = args.length === 0 ? 1 : 0;
      const [up, down] = [...report.channels].sort((a, b) => a.sent - b.sent) as [Channel, Channel];
      assert.equal(report.channels.length, 2);
      assert.deepEqual([down.sent, down.received], [150_000 + last, 150_000 + last]);
      assert.deepEqual([up.sent, up.received], [50_001, 50_001]);
      assertNear(down.bytes, Number(stdout), 0.2, 'bytes');
      assert.ok(down.recorded > 20 && down.latencyMsP50 !== null, 'some have a record of their own');
      assert.ok(recordingBytes < 2e6, `the recording has ${recordingBytes} bytes`);
      assert.deepEqual(report.dropped, { records: 0, bytes: 0 });
    });
  }
});

describe('what is reported of ends that others made', () => {
  it('subprocess.kill: which thread sent the signal', async () => {
    const { report, code } = await record([programPath('deeds.js'), 'subprocessKill']);
    assert.equal(code, 0);
    const [parent, child] = report.processes;
    assert.deepEqual(child?.exit, { code: null, signal: 'SIGKILL' });
    assert.equal(child.killedBy?.thread, parent?.threads[0]?.id);
    assert.equal(child.killedBy?.location, at('deeds.js', 'subprocess.kill'));
  });

  it('subprocess.kill of a program that is not Node', async () => {
    const { report } = await record([programPath('deeds.js'), 'notOurs']);
    const [parent, child] = report.processes;
    assert.deepEqual(child?.exit, { code: null, signal: 'SIGINT' });
    assert.equal(child.killedBy?.thread, parent?.threads[0]?.id);
    assert.equal(child.killedBy?.location, at('deeds.js', 'kill another program'));
  });

  it('process.kill by a sibling', async () => {
    const { report } = await record([programPath('deeds.js'), 'processKill']);
    const killer = report.processes.find(({ args }) => args.includes('kill'));
    const victim = report.processes.find(({ args }) => args.includes('sleep'));
    assert.deepEqual(victim?.exit, { code: null, signal: 'SIGTERM' });
    assert.equal(victim.killedBy?.thread, killer?.threads[0]?.id);
    assert.equal(victim.killedBy?.location, at('deeds.js', 'process.kill'));
    assert.equal(killer?.killedBy, null);
  });

  it('terminate(): which thread called it', async () => {
    const { report } = await record([programPath('deeds.js'), 'terminate']);
    const [main, worker] = report.processes.flatMap(ownThreads);
    assert.ok(main && worker);
    assert.equal(worker.endedBy?.thread, main.id);
    assert.equal(worker.endedBy.location, at('deeds.js', 'terminate'));
    assert.equal(main.endedBy, null);
    assert.equal(worker.exitLocation, null);
  });

  it('process.exit: the line, also in a worker', async () => {
    const { report, code } = await record([programPath('deeds.js'), 'exit']);
    assert.equal(code, 3);
    const [main, worker] = report.processes.flatMap(ownThreads);
    assert.ok(main && worker);
    assert.equal(main.exitLocation, at('deeds.js', 'exit'));
    assert.equal(worker.exitLocation, at('deeds.js', 'exit of the worker'));
    assert.deepEqual([main.exit?.code, worker.exit?.code], [3, 4]);
    assert.equal(worker.endedBy, null);
  });

  it('a message with a handle', async () => {
    const { report, code } = await record([programPath('ipc.js'), 'handle']);
    assert.equal(code, 0);
    assert.deepEqual(counts(report, 'ipc'), [
      ['child 1 → main', 1, 1],
      ['main → child 1', 2, 2],
    ]);
    const down = direction(report, 'ipc', 'main → child 1');
    assert.equal(down.transferred, 1);
    assert.ok(down.lines.some(({ location }) => location === at('ipc.js', 'send handle')));
  });

  it('messages of a cluster, and none of those by which Node runs it', async () => {
    const { report, code } = await record([programPath('ipc.js'), 'cluster']);
    assert.equal(code, 0);
    assert.deepEqual(counts(report, 'ipc'), [
      ['child 1 → main', 2, 2],
      ['child 2 → main', 2, 2],
      ['main → child 1', 1, 1],
      ['main → child 2', 1, 1],
    ]);
  });

  it('a worker out of memory ends with its error', async () => {
    const { report, code } = await record([programPath('deeds.js'), 'outOfMemory']);
    assert.equal(code, 0);
    const [main, worker] = report.processes.flatMap(ownThreads);
    assert.ok(main && worker);
    assert.equal(main.error, null);
    assert.deepEqual(worker.exit, { code: 1, signal: null });
    assert.notEqual(worker.endMs, null);
    assert.equal(worker.error?.code, 'ERR_WORKER_OUT_OF_MEMORY');
  });
});

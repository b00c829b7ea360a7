import assert from 'node:assert/strict';
import fc from 'fast-check';
import { directions } from '../../../src/model/channels';
import { emptyModel } from '../../../src/model/model';
import { reduce } from '../../../src/model/reduce';
import { report } from '../../../src/model/report';
import { rows, stateTimes } from '../../../src/model/select';
import type { Model } from '../../../src/model/types';
import { recordSchemas, type TraceRecord } from '../../../src/trace/records';
import type { FieldType } from '../../../src/trace/schema';
import { anyValue, recordKinds, records, type FieldArbitrary } from '../../support/arbitraryRecords';
import { checkInvariants, checkMessages } from '../../support/invariants';
import { readAll, type SourcedRecord } from '../../support/recordings';
import { recordingOf } from '../../support/traceNotation';

/** Ports, messages and buffers that refer to each other in circles, to themselves, and to nothing. */
const fewOfMessages: Record<string, fc.Arbitrary<unknown>> = {
  port: fc.integer({ min: 0, max: 4 }),
  peer: fc.integer({ min: 0, max: 4 }),
  via: fc.integer({ min: 0, max: 4 }),
  origin: fc.constantFrom(
    'creator',
    'worker',
    'pair',
    'message',
    'message',
    'workerData',
    'ipcParent',
    'ipcChild',
    'broadcast',
    'unknown',
    'nonsense',
  ),
  message: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(0xfffffffe)),
  index: fc.integer({ min: 0, max: 1 }),
  sent: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(0xfffffffe)),
  received: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(0xfffffffe)),
  buffer: fc.integer({ min: 0, max: 3 }),
  same: fc.constantFrom('a:1', 'a:2', 'b:1', 'c:3', 'nonsense'),
  wait: fc.integer({ min: 0, max: 2 }),
  cell: fc.integer({ min: 0, max: 1 }),
  byteOffset: fc.constantFrom(0, 4),
  woken: fc.integer({ min: 0, max: 2 }),
  result: fc.constantFrom('ok', 'ok', 'timed-out', 'not-equal', ''),
  signal: fc.integer({ min: -1, max: 32 }),
  error: fc.constantFrom(0, 0, -3),
};

/** Few values of everything, so that records meet each other in every wrong way. */
const few: Record<string, fc.Arbitrary<unknown>> = {
  pid: fc.integer({ min: 1, max: 4 }),
  ppid: fc.integer({ min: 0, max: 4 }),
  tid: fc.integer({ min: 1, max: 6 }),
  lane: fc.integer({ min: 1, max: 4 }),
  call: fc.integer({ min: 1, max: 3 }),
  ...fewOfMessages,
  threadId: fc.integer({ min: 0, max: 3 }),
  startTicks: fc.integer({ min: 1, max: 3 }),
  processStartTicks: fc.integer({ min: 1, max: 3 }),
  threadStartTicks: fc.integer({ min: 1, max: 3 }),
  log: fc.constantFrom('a', 'b', 'c'),
  spawnToken: fc.constantFrom('a#1', 'a#2', 'b#1', 'c#3', 'nonsense'),
  args: fc.constantFrom('[]', '["a","b"]', '[', '{}', '[[]]', 'null'),
  argv: fc.constantFrom('[]', '["node","x.js"]', ''),
  execArgv: fc.constantFrom('[]', ']'),
  state: fc.constantFrom(...Array.from('RSDTtZX\0', (letter) => letter.charCodeAt(0))),
  waitChannel: fc.constantFrom('do_epoll_wait', 'futex_do_wait', 'do_wait', '', '0', 'x'),
};

/** A few seconds around a moment, at a resolution that makes ties likely. */
const moment = fc.integer({ min: 0, max: 400 }).map((step) => 1e12 + step * 5e6);
const duration = fc.integer({ min: 0, max: 400 }).map((step) => step * 5e6);
const durations = new Set(['cpu', 'runQueue', 'loopIdle', 'cost', 'interval', 'duration']);

const anyText = anyValue(fc.string({ maxLength: 5 }));

const plausibleFields: FieldArbitrary = (type, name, kind) => {
  const value = valueOf(name, type) ?? (isTime(type) ? (durations.has(name) ? duration : moment) : null);
  if (value === null) return anyText(type, name, kind);
  return type.endsWith('?') ? fc.option(value, { nil: null, freq: 4 }) : value;
};

/** A name may stand for a number in one kind of record and for a text in another. */
function valueOf(name: string, type: FieldType): fc.Arbitrary<unknown> | undefined {
  return type.startsWith('str') && numbersElsewhere.has(name) ? undefined : few[name];
}

const numbersElsewhere = new Set(['signal', 'error']);

function isTime(type: FieldType): boolean {
  return type === 'ns' || type === 'ns?';
}

function sequences(field: FieldArbitrary): fc.Arbitrary<SourcedRecord[]> {
  const entry = fc.record({ source: fc.nat({ max: 4 }), record: records(field) }, { noNullPrototype: true });
  return fc.array(entry, { maxLength: 60, size: 'max' });
}

function build(sequence: readonly SourcedRecord[]): Model {
  const model = emptyModel();
  for (const { record, source } of sequence) reduce(model, record, source);
  return model;
}

/** In order of time, as recordings are; records without a time stay where they are. */
function inOrder(sequence: readonly SourcedRecord[]): SourcedRecord[] {
  let last = 0;
  return sequence
    .map((entry) => {
      last = 'time' in entry.record ? entry.record.time : last;
      return { entry, time: last };
    })
    .sort((a, b) => a.time - b.time)
    .map(({ entry }) => entry);
}

/** NaN and the infinities would become null in JSON, which means "not known". */
function checkNumbers(value: unknown): void {
  if (typeof value === 'number') assert.ok(Number.isFinite(value));
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(checkNumbers);
}

describe('records in every wrong order and combination', () => {
  it('never break an invariant of the model', () => {
    fc.assert(
      fc.property(sequences(plausibleFields), fc.boolean(), (sequence, sorted) => {
        checkInvariants(build(sorted ? inOrder(sequence) : sequence));
      }),
      { numRuns: 2000 },
    );
  });

  it('never make selectors throw or answer negative times', () => {
    fc.assert(
      fc.property(sequences(plausibleFields), (sequence) => {
        const model = build(sequence);
        for (const thread of model.threads.values()) {
          for (const time of Object.values(stateTimes(model, thread))) assert.ok(time >= 0);
        }
        const plain = report(model);
        assert.ok(plain.durationMs >= 0);
        checkMessages(model);
        checkNumbers(plain);
      }),
      { numRuns: 500 },
    );
  });

  it('with any values at all never throw', () => {
    fc.assert(
      fc.property(sequences(anyText), (sequence) => {
        const model = build(sequence);
        report(model);
        rows(model, new Map());
        checkMessages(model);
      }),
      { numRuns: 500 },
    );
  });
});

describe('records of messages in every wrong order and combination', () => {
  const kinds = recordKinds.filter((kind) => {
    const { id } = recordSchemas[kind];
    return kind === 'worker' || kind === 'workerExit' || (id >= 50 && id <= 64);
  });
  const start = (log: string, threadId: number): TraceRecord => ({
    ...{ kind: 'threadStart', time: 1e12, log, pid: 1, ppid: 0, processStartTicks: 1, processStart: null },
    ...{ isMain: threadId === 0, threadId, tid: null, threadStartTicks: null, name: null, wallMs: 0 },
    ...{ platform: '', nodeVersion: '', execPath: '', argv: '', execArgv: '', cwd: null },
    ...{ spawnToken: threadId === 0 ? 'c#3' : `a#${threadId}`, cpu: null, runQueue: null },
    kind: 'threadStart',
  });
  const logs: SourcedRecord[] = ['a', 'b', 'c'].map((log, source) => ({
    source,
    record: start(log, source),
  }));
  const entries = fc.record(
    { source: fc.nat({ max: 2 }), record: records(plausibleFields, kinds) },
    { noNullPrototype: true },
  );

  it('keep the counts of messages consistent, however often somebody looks', () => {
    fc.assert(
      fc.property(fc.array(entries, { maxLength: 80, size: 'max' }), fc.boolean(), (sequence, looks) => {
        const model = build(logs);
        for (const { record, source } of sequence) {
          reduce(model, record, source);
          if (looks) directions(model);
        }
        checkMessages(model);
        checkInvariants(model);
        checkNumbers(report(model));
      }),
      { numRuns: 1500 },
    );
  });

  it('come to the same, whether somebody looked in between or not', () => {
    fc.assert(
      fc.property(fc.array(entries, { maxLength: 60, size: 'max' }), (sequence) => {
        const [seen, unseen] = [build(logs), build(logs)];
        for (const { record, source } of sequence) {
          reduce(seen, record, source);
          report(seen);
          reduce(unseen, record, source);
        }
        assert.deepEqual(report(seen), report(unseen));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a recording of absurd size', () => {
  it('with ten thousand processes, each the child of the one before, has its rows', () => {
    const model = emptyModel();
    for (let pid = 1; pid <= 10_000; pid++) {
      const record = {
        kind: 'process',
        time: pid,
        ppid: pid - 1,
        startTicks: pid,
        start: pid,
        comm: '',
        args: '',
      };
      reduce(model, { ...record, kind: 'process', pid }, 1);
    }
    assert.equal(rows(model, new Map()).length, 10_000);
    assert.equal(report(model).processes.length, 10_000);
  });

  /** One thread; `story` has the rest. */
  function begun(): Model {
    const model = emptyModel();
    for (const chunk of readAll([recordingOf('5 main begins pid=100')]).records) {
      reduce(model, chunk.record, 0);
    }
    return model;
  }

  it('with a port moved two hundred thousand times within one thread is one channel', () => {
    const model = begun();
    const count = 200_000;
    const blank = {
      call: null,
      peer: null,
      via: null,
      message: null,
      index: null,
      name: null,
      location: null,
    };
    const pair = { ...blank, kind: 'port', time: 1, origin: 'pair' } as const;
    for (const port of [0, 1]) reduce(model, { ...pair, port, peer: 1 - port }, 0);
    reduce(model, { ...pair, port: 2, peer: 3 }, 0);
    // The last move first, so that all are placed at one stroke.
    for (let message = count; message >= 1; message--) {
      const port = message + 3;
      const moved = {
        kind: 'portMoved',
        time: 1,
        via: 0,
        call: null,
        index: 0,
        sent: 1,
        received: 0,
      } as const;
      reduce(model, { ...moved, port: message === 1 ? 2 : port - 1, message }, 0);
      const origin = { ...blank, via: 1, message, index: 0 };
      reduce(model, { ...origin, kind: 'port', time: 1, port, origin: 'message' }, 0);
    }
    const [direction] = directions(model);
    assert.equal(direction?.sent, count);
    assert.equal(direction.sender.holders.length, count + 1);
  });

  it('with a message of an absurd number takes no more room for it', () => {
    const model = begun();
    const receive = { kind: 'receive', time: 2, port: 1, duration: null } as const;
    reduce(model, { ...receive, message: 0xfffffffe }, 0);
    reduce(model, { ...receive, message: 1 }, 0);
    const [direction] = directions(model);
    assert.deepEqual([direction?.received, direction?.recorded], [0xfffffffe, 2]);
  });

  it('with a thousand members of a broadcast, all talking, says who sent how much', () => {
    const model = begun();
    const origin = { call: null, peer: null, via: null, message: null, index: null, location: null };
    for (let port = 1; port <= 1000; port++) {
      reduce(model, { ...origin, kind: 'port', time: 1, port, origin: 'broadcast', name: 'x' }, 0);
      const sizes = { bytes: 1, transferred: 0, transferredBytes: 0, duration: 0, location: null };
      reduce(model, { ...sizes, kind: 'send', time: 2, port, message: 1 }, 0);
    }
    const all = directions(model);
    assert.equal(all.length, 1000);
    assert.ok(all.every(({ sent, to, received }) => sent === 1 && to === null && received === null));
  });
});

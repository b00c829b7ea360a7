import assert from 'node:assert/strict';
import fc from 'fast-check';
import { emptyModel } from '../../../src/model/model';
import { reduce } from '../../../src/model/reduce';
import { report } from '../../../src/model/report';
import { rows, stateTimes } from '../../../src/model/select';
import type { Model } from '../../../src/model/types';
import type { FieldType } from '../../../src/trace/records';
import { anyValue, records, type FieldArbitrary } from '../../support/arbitraryRecords';
import { checkInvariants } from '../../support/invariants';
import type { SourcedRecord } from '../../support/recordings';

/** Few values of everything, so that records meet each other in every wrong way. */
const few: Record<string, fc.Arbitrary<unknown>> = {
  pid: fc.integer({ min: 1, max: 4 }),
  ppid: fc.integer({ min: 0, max: 4 }),
  tid: fc.integer({ min: 1, max: 6 }),
  lane: fc.integer({ min: 1, max: 4 }),
  call: fc.integer({ min: 1, max: 3 }),
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
const durations = new Set(['cpu', 'runQueue', 'loopIdle', 'cost', 'interval']);

const anyText = anyValue(fc.string({ maxLength: 5 }));

const plausibleFields: FieldArbitrary = (type, name, kind) => {
  const value = few[name] ?? (isTime(type) ? (durations.has(name) ? duration : moment) : null);
  if (value === null) return anyText(type, name, kind);
  return type.endsWith('?') ? fc.option(value, { nil: null, freq: 4 }) : value;
};

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
      }),
      { numRuns: 500 },
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
});

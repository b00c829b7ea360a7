import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mappingsSharedBy, memoryParts, sumOfParts } from '../../../src/model/memoryView';
import { sharedMappings } from '../../../src/model/sharedMappings';
import { segmentKinds, type Segment, type SegmentKind } from '../../../src/model/systemTypes';
import type { Process } from '../../../src/model/types';
import { poolModel } from '../webview/fixtures/poolModel';

const sizes = fc.record({ private: fc.maxSafeNat(), shared: fc.maxSafeNat() });
const segment = sizes.map(({ private: own, shared }): Segment => {
  return { mappings: 1, size: own + shared, rss: own + shared, pss: own, private: own, shared, swap: 0 };
});

describe('the parts of a process’s memory', () => {
  const pool = (): Process => poolModel(5120).processes.get('12801')!;

  it('and the remainder add up to the kernel’s totals', () => {
    const { parts, totals, remainder } = memoryParts(pool())!;
    assert.equal(parts.length, segmentKinds.length);
    const sums = sumOfParts([...parts, remainder!]);
    for (const name of ['rss', 'private', 'shared', 'pss'] as const)
      assert.ok(Math.abs(sums[name] - totals![name]) < 1, name);
    assert.equal(Math.round(remainder!.private), 12 * 1024);
  });

  it('add up whatever they are', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...segmentKinds), segment), sizes, (given, total) => {
        const process = pool();
        const parts = new Map(Object.entries(given) as [SegmentKind, Segment][]);
        process.segments = { time: 5, parts };
        const rss = total.private + total.shared;
        process.memory.push({ time: 5, ...total, rss, pss: rss });
        const view = memoryParts(process)!;
        const none = { rss: 0, pss: 0, private: 0, shared: 0 };
        const sums = sumOfParts([...view.parts, view.remainder ?? none]);
        // Sums of many large numbers are not exact.
        assert.ok(Math.abs(sums.rss - rss) <= (rss + sumOfParts(view.parts).rss) * 1e-12);
      }),
    );
  });

  it('has no remainder where the kernel’s totals were not read at the same moment', () => {
    const process = pool();
    process.segments = { ...process.segments!, time: 1 };
    const { totals, remainder } = memoryParts(process)!;
    assert.deepEqual([totals, remainder], [null, null]);
  });

  it('tells V8’s share of what belongs to no file, as far as it fits in', () => {
    const process = pool();
    const { anonymous, parts } = memoryParts(process)!;
    const whole = parts.find(({ kind }) => kind === 'anonymous')!.rss;
    assert.ok(anonymous!.v8 > 0 && anonymous!.other > 0);
    assert.equal(anonymous!.v8 + anonymous!.other, whole);
    for (const thread of process.threads)
      if (thread.heapSpaces !== null) thread.heapSpaces = { ...thread.heapSpaces, physical: 1e12 };
    assert.deepEqual(memoryParts(process)!.anonymous, { v8: whole, other: 0 });
    for (const thread of process.threads) {
      thread.heapSpaces = null;
      thread.heap.length = 0;
    }
    assert.equal(memoryParts(process)!.anonymous, null);
  });

  it('are shared with those that were there at the same time', () => {
    const model = poolModel(5120);
    const [root, thumbs] = ['12801', '12830'].map((id) => model.processes.get(id)!);
    const shared = mappingsSharedBy(root!, sharedMappings(model));
    assert.deepEqual(
      shared.map(({ name, others }) => [name.replace(/.*\//, ''), others.map((other) => other.process.id)]),
      [
        ['node', ['12830']],
        ['libc.so.6', ['12830']],
        ['libstdc++.so.6.0.30', ['12830']],
      ],
    );
    thumbs!.start = 5;
    thumbs!.end = 6;
    assert.deepEqual(mappingsSharedBy(root!, sharedMappings(model)), []);
  });
});

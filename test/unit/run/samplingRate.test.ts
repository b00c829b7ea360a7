import assert from 'node:assert/strict';
import { SamplingRate } from '../../../src/run/samplingRate';

/** Intervals and the share of a core that passes of this cost come to, one after the other, ms. */
function run(costs: readonly number[]): { readonly intervals: number[]; readonly share: number } {
  const rate = new SamplingRate();
  const intervals: number[] = [];
  let spent = 0;
  let time = 0;
  for (const cost of costs) {
    intervals.push(rate.interval);
    time += rate.interval + cost;
    spent += cost;
    rate.add(cost);
  }
  return { intervals, share: spent / time };
}

const repeated = (cost: number, count: number): number[] => Array<number>(count).fill(cost);

describe('the rate of sampling', () => {
  it('is 50 a second for small programs, however long they run', () => {
    const { intervals } = run(repeated(0.2, 10_000));
    assert.ok(intervals.every((interval) => interval <= 20));
  });

  it('goes down until the budget is kept', () => {
    for (const cost of [0.5, 2, 10]) {
      const { intervals, share } = run(repeated(cost, 20_000));
      assert.ok(share < 0.021, `${share} for passes of ${cost} ms`);
      assert.ok((intervals.at(-1) ?? 0) > cost / 0.021, `${intervals.at(-1)}`);
    }
  });

  it('stays high while a program starts, though first passes cost more', () => {
    const { intervals } = run([7, 4, 4, 1, ...repeated(0.2, 100)]);
    assert.ok(Math.max(...intervals) < 130, String(Math.max(...intervals)));
    assert.ok((intervals.at(-1) ?? 0) < 30, String(intervals.at(-1)));
  });

  it('is at least one a second, whatever it costs', () => {
    const { intervals } = run(repeated(500, 100));
    assert.equal(Math.max(...intervals), 1000);
  });
});

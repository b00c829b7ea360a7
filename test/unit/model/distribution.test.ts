import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Distribution, LARGEST_PLAUSIBLE } from '../../../src/model/distribution';

function of(values: readonly number[]): Distribution {
  const distribution = new Distribution();
  for (const value of values) distribution.add(value);
  return distribution;
}

describe('Distribution', () => {
  it('of nothing has no quantiles', () => {
    assert.equal(of([]).quantile(0.5), null);
  });

  it('of few values is exact', () => {
    const five = of([5, 1, 4, 2, 3]);
    assert.deepEqual(
      [0, 0.5, 0.95, 1].map((share) => five.quantile(share)),
      [1, 3, 5, 5],
    );
    assert.deepEqual([five.count, five.sum, five.max], [5, 15, 5]);
  });

  it('of many values is off by little more than one per cent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 1e12, noNaN: true }), {
          minLength: 300,
          maxLength: 600,
          size: 'max',
        }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, share) => {
          const sorted = values.toSorted((a, b) => a - b);
          const exact = sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? NaN;
          const told = of(values).quantile(share) ?? NaN;
          assert.ok(Math.abs(told - exact) <= exact * 0.0115, `${told} instead of ${exact}`);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('put together from parts is that of all values', () => {
    const values = fc.array(fc.nat({ max: 1000 }), { maxLength: 400, size: 'max' });
    fc.assert(
      fc.property(values, values, (one, other) => {
        const parts = of(one);
        parts.addAll(of(other));
        const all = of([...one, ...other]);
        for (const share of [0.1, 0.5, 0.95]) assert.equal(parts.quantile(share), all.quantile(share));
        assert.deepEqual([parts.count, parts.sum, parts.max], [all.count, all.sum, all.max]);
      }),
      { numRuns: 200 },
    );
  });

  it('takes nothing for less than zero or beyond all reason', () => {
    const absurd = of([-5, Number.MAX_VALUE, Infinity]);
    assert.deepEqual([absurd.quantile(0), absurd.max], [0, LARGEST_PLAUSIBLE]);
    assert.ok(Number.isFinite(absurd.sum));
  });
});

import assert from 'node:assert/strict';
import { SamplingRate } from '../../../src/run/samplingRate';

/** Looks for so long, each pass at this cost, and answers what it has taken of a core. */
function share(rate: SamplingRate, cost: number, milliseconds: number): number {
  let elapsed = 0;
  let spent = 0;
  while (elapsed < milliseconds) {
    rate.add(cost);
    spent += cost;
    elapsed += cost + rate.interval;
  }
  return spent / elapsed;
}

describe('SamplingRate', () => {
  it('starts at once with the shortest interval', () => {
    assert.equal(new SamplingRate().interval, 20);
  });

  for (const cost of [0.05, 0.4, 1, 3, 7, 25]) {
    it(`passes of ${cost} ms take no more than 3 % of a core`, () => {
      const rate = new SamplingRate();
      share(rate, cost, 2000);
      assert.ok(share(rate, cost, 60_000) <= 0.03);
    });
  }

  it('names states within 250 ms as long as a pass costs up to 6 ms', () => {
    const rate = new SamplingRate();
    share(rate, 6, 60_000);
    assert.ok(rate.interval > 200 && rate.interval <= 250, `${rate.interval}`);
  });

  it('looks at least once a second, whatever it costs', () => {
    const rate = new SamplingRate();
    share(rate, 500, 60_000);
    assert.equal(rate.interval, 1000);
  });

  it('one expensive pass hardly matters', () => {
    const rate = new SamplingRate();
    share(rate, 0.2, 10_000);
    rate.add(20);
    assert.ok(rate.interval < 100, `${rate.interval}`);
    share(rate, 0.2, 2000);
    assert.ok(rate.interval <= 21, `${rate.interval}`);
  });

  it('is fast again soon after a large program has ended', () => {
    const rate = new SamplingRate();
    share(rate, 25, 60_000);
    share(rate, 0.2, 3000);
    assert.ok(rate.interval <= 21, `${rate.interval}`);
  });
});

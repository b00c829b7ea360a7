import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LoadHistory } from '../../../src/model/loadHistory';

const SECOND = 1e9;
const stretch = fc.record({
  start: fc.integer({ min: 0, max: 3600 }).map((seconds) => 1e12 + seconds * SECOND),
  duration: fc.integer({ min: 1, max: 100 * SECOND }),
  running: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe('the load of a program', () => {
  it('loses no time: the sum over any range that holds all of it is what was added', () => {
    fc.assert(
      fc.property(fc.array(stretch, { minLength: 1, maxLength: 30 }), (stretches) => {
        const load = new LoadHistory();
        let sum = 0;
        for (const { start, duration, running } of stretches) {
          load.add(start, start + duration, running * duration, (1 - running) * duration);
          sum += duration;
        }
        const [from, to] = [1e12 - SECOND, 1e12 + 4000 * SECOND];
        const { running, ready } = load.between(from, to);
        const seen = (running + ready) * (to - from);
        assert.ok(Math.abs(seen - sum) <= 1e-6 * sum, `${seen} of ${sum}`);
      }),
    );
  });

  it('is the number of threads that ran at a time', () => {
    const load = new LoadHistory();
    load.add(SECOND, 3 * SECOND, 2 * SECOND, 0);
    load.add(SECOND, 3 * SECOND, SECOND, SECOND);
    const { running, ready } = load.between(1.5 * SECOND, 2.5 * SECOND);
    assert.ok(Math.abs(running - 1.5) < 1e-9, String(running));
    assert.ok(Math.abs(ready - 0.5) < 1e-9, String(ready));
    assert.deepEqual(load.between(10 * SECOND, 11 * SECOND), { running: 0, ready: 0 });
  });

  it('takes back what turned out to be another thread', () => {
    const load = new LoadHistory();
    load.add(SECOND, 2 * SECOND, SECOND / 2, SECOND / 4);
    load.add(SECOND, 2 * SECOND, -SECOND / 2, -SECOND / 4);
    const { running, ready } = load.between(0, 3 * SECOND);
    assert.ok(Math.abs(running) < 1e-12 && Math.abs(ready) < 1e-12);
  });

  it('covers days, with coarser bins', () => {
    const load = new LoadHistory();
    const day = 86_400 * SECOND;
    for (let hour = 0; hour < 72; hour++) {
      const start = (hour * day) / 24;
      load.add(start, start + SECOND, SECOND, 0);
    }
    const { running } = load.between(0, 3 * day);
    assert.ok(Math.abs(running * 3 * day - 72 * SECOND) < SECOND * 1e-3);
  });

  it('survives the times of a hostile recording', () => {
    const load = new LoadHistory();
    load.add(0, 1, 1, 0);
    load.add(1e300, 1.1e300, 1e299, 0);
    load.add(-1e300, 1e300, 1, 1);
    load.add(NaN, 1, 1, 1);
    assert.ok(Number.isFinite(load.between(0, 1e301).running));
  });
});

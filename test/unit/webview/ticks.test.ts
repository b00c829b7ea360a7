import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ticks, tickStep } from '../../../webview/timeline/ticks';

const S = 1e9;
const labels = (from: number, to: number, width = 1000): string[] =>
  ticks({ from, to }, width, 100).map(({ label }) => label);

describe('ruler marks', () => {
  it('step by 1, 2 or 5 of a decimal below a minute', () => {
    assert.deepEqual(labels(0, 10 * S).slice(0, 4), ['0', '1 s', '2 s', '3 s']);
    assert.deepEqual(labels(0, 2.4 * S).slice(0, 3), ['0', '0.5 s', '1.0 s']);
    assert.deepEqual(labels(0, 900e6).slice(0, 3), ['0', '100 ms', '200 ms']);
    assert.deepEqual(labels(0, 40e3).slice(0, 3), ['0', '5 µs', '10 µs']);
    assert.deepEqual(labels(0, 400).slice(0, 3), ['0', '50 ns', '100 ns']);
  });

  it('step by parts of a minute and of an hour above', () => {
    assert.deepEqual(labels(0, 600 * S).slice(0, 3), ['0', '01:00', '02:00']);
    assert.deepEqual(labels(0, 250 * S).slice(0, 3), ['0', '00:30', '01:00']);
    assert.deepEqual(labels(0, 7 * 3600 * S).slice(0, 3), ['0', '1:00:00', '2:00:00']);
  });

  it('tell neighbours apart at every zoom', () => {
    assert.deepEqual(labels(10.24 * S, 10.2401 * S).slice(0, 2), ['10.24000 s', '10.24001 s']);
  });

  it('begin with the run, not before', () => {
    assert.equal(labels(-5 * S, 5 * S)[0], '0');
  });

  it('keep their distance and are few, in any range', () => {
    const range = fc.record({
      from: fc.double({ min: -1e13, max: 1e13, noNaN: true }),
      width: fc.double({ min: 1e3, max: 1e17, noNaN: true }),
    });
    fc.assert(
      fc.property(range, ({ from, width }) => {
        const found = ticks({ from, to: from + width }, 1000, 90);
        assert.ok(found.length <= 13, String(found.length));
        for (const { time } of found) assert.ok(time >= from - 1e-6 * width - 1 && time <= from + width);
        assert.ok(tickStep({ from, to: from + width }, 1000, 90) >= (width / 1000) * 90 * (1 - 1e-6));
      }),
    );
  });
});

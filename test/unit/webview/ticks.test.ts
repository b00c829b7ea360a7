import assert from 'node:assert/strict';
import fc from 'fast-check';
import { labelWidth, ruler, ticks, tickStep } from '../../../webview/timeline/ticks';

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

  it('are distances from a moment that is written once, where times would share all but their last digits', () => {
    const near = ruler({ from: 12.403_100_2 * S, to: 12.403_102_4 * S }, 1000, 90);
    assert.equal(near.base?.label, '12.40310 s');
    assert.deepEqual(near.ticks.map(({ label }) => label).slice(0, 3), ['+ 0.2 µs', '+ 0.4 µs', '+ 0.6 µs']);
    const nearer = ruler({ from: 12.403_100_2 * S, to: 12.403_100_9 * S }, 1000, 90);
    assert.equal(nearer.base?.label, '12.403100 s');
    assert.equal(nearer.ticks[0]?.label, '+ 200 ns');
    const late = ruler({ from: 75.403_1 * S, to: 75.403_2 * S }, 1000, 90);
    assert.equal(late.base?.label, '01:15.4031');
    assert.deepEqual(labels(10.24 * S, 10.2401 * S).slice(0, 3), ['10.2400 s', '+ 10 µs', '+ 20 µs']);
  });

  it('keep the clock with parts of a second beyond a minute', () => {
    assert.deepEqual(labels(75 * S, 77 * S).slice(0, 3), ['01:15.0', '01:15.2', '01:15.4']);
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

  it('have labels that differ, tell the right time, and do not touch, in any range', () => {
    const range = fc.record({
      from: fc.double({ min: 0, max: 4e12, noNaN: true }),
      zoom: fc.double({ min: 0, max: 9.5, noNaN: true }),
      width: fc.integer({ min: 120, max: 3000 }),
    });
    fc.assert(
      fc.property(range, ({ from, zoom, width }) => {
        const to = from + 1000 * 10 ** zoom;
        const { base, ticks: marks } = ruler({ from, to }, width, 90);
        const texts = marks.map(({ label }) => label);
        assert.equal(new Set(texts).size, texts.length, texts.join(' | '));
        const step = (marks[1]?.time ?? Infinity) - (marks[0]?.time ?? 0);
        marks.forEach(({ time, label }, index) => {
          const told = timeOf(label) + (label.startsWith('+') ? (base?.time ?? NaN) : 0);
          assert.ok(Math.abs(told - time) < Math.max(step / 2, 1), `${label} at ${time}`);
          assert.ok(index === 0 || time > (marks[index - 1]?.time ?? time));
        });
        const pixels = (step / (to - from)) * width;
        if (marks.length > 1) assert.ok(Math.max(...texts.map(labelWidth)) < pixels, texts.join(' | '));
      }),
      { numRuns: 2000 },
    );
  });
});

/** Nanoseconds that a label tells. */
function timeOf(label: string): number {
  const clock = /^(?:(\d+):)?(\d\d):(\d\d(?:\.\d+)?)$/.exec(label);
  if (clock !== null) return (Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3])) * S;
  const [, number, unit = ''] = /^(?:\+ )?([\d.]+) ?(\D*)$/.exec(label) ?? [];
  return Number(number) * ({ ns: 1, µs: 1e3, ms: 1e6, s: S }[unit] ?? 0);
}

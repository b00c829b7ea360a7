import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  following,
  panned,
  revealing,
  shown,
  timeAt,
  visibleRange,
  withMargin,
  xOf,
  zoomed,
  type View,
} from '../../../webview/timeline/range';

const S = 1e9;
const fit: View = { mode: 'fit' };

describe('the visible range', () => {
  it('fits the whole run and grows with it', () => {
    assert.equal(visibleRange(fit, 2 * S).from, 0);
    assert.ok(visibleRange(fit, 2 * S).to > 2 * S);
    assert.ok(visibleRange(fit, 4 * S).to > 4 * S);
  });

  it('keeps the live end in view while following', () => {
    const view = following(fit, 60 * S);
    const { from, to } = visibleRange(view, 70 * S);
    assert.ok(to > 70 * S && from > 55 * S);
  });

  it('zooms around the cursor', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 0.8, noNaN: true }),
        fc.double({ min: 0.05, max: 0.9, noNaN: true }),
        (x, factor) => {
          const before = visibleRange(fit, 10 * S);
          const anchor = timeAt(x * 1000, before, 1000);
          const view = zoomed(fit, factor, anchor, 10 * S);
          assert.equal(view.mode, 'free');
          assert.ok(Math.abs(xOf(anchor, visibleRange(view, 10 * S), 1000) - x * 1000) < 1e-6);
        },
      ),
    );
  });

  it('is the whole run again when zoomed out far enough', () => {
    const near: View = { mode: 'free', from: 1 * S, to: 2 * S };
    assert.deepEqual(zoomed(near, 100, 1.5 * S, 10 * S), fit);
  });

  it('keeps following while zooming near the live end or away from it, and lets go when moved back', () => {
    const view = following(fit, 60 * S);
    const { to } = visibleRange(view, 60 * S);
    assert.equal(zoomed(view, 0.5, to - 0.1 * S, 60 * S).mode, 'follow');
    assert.equal(zoomed(view, 2, to - 9 * S, 60 * S).mode, 'follow');
    assert.equal(panned(view, -S, 60 * S).mode, 'free');
    assert.equal(panned(view, S, 60 * S).mode, 'follow');
  });

  it('lets go of the live end when the user looks closer at something older', () => {
    const view = following(fit, 60 * S);
    const near = zoomed(view, 0.5, 55 * S, 60 * S);
    assert.equal(near.mode, 'free');
    const before = xOf(55 * S, visibleRange(view, 60 * S), 1000);
    assert.ok(Math.abs(xOf(55 * S, visibleRange(near, 60 * S), 1000) - before) < 1e-6);
  });

  it('can be zoomed until a pixel is a nanosecond', () => {
    let view: View = { mode: 'free', from: 12.4 * S, to: 12.5 * S };
    for (let count = 0; count < 200; count++) view = zoomed(view, 0.7, 12.403_100_2 * S, 60 * S);
    const { from, to } = visibleRange(view, 60 * S);
    assert.ok(to - from <= 1000.1 && to - from >= 999.9);
    assert.ok(from < 12.403_100_2 * S && to > 12.403_100_2 * S);
  });

  it('shows a stretch of time with room around it, and the whole run where that is less', () => {
    assert.deepEqual(withMargin({ from: 1 * S, to: 5 * S }), { from: 0.5 * S, to: 5.5 * S });
    assert.deepEqual(shown({ from: 1 * S, to: 2 * S }, 10 * S), { mode: 'free', from: 1 * S, to: 2 * S });
    assert.deepEqual(shown({ from: -50 * S, to: 50 * S }, 10 * S), fit);
  });

  it('moves no further than it must to show a stretch of time', () => {
    const range = { from: 10 * S, to: 20 * S };
    assert.equal(revealing({ from: 12 * S, to: 13 * S }, range), range);
    assert.deepEqual(revealing({ from: 21 * S, to: 22 * S }, range), { from: 13 * S, to: 23 * S });
    assert.deepEqual(revealing({ from: 5 * S, to: 6 * S }, range), { from: 4 * S, to: 14 * S });
    // What is longer than the view: its beginning, or its end when that is nearer.
    assert.deepEqual(revealing({ from: 25 * S, to: 95 * S }, range), { from: 23 * S, to: 33 * S });
    assert.deepEqual(revealing({ from: -80 * S, to: 5 * S }, range), { from: -3 * S, to: 7 * S });
    assert.equal(revealing({ from: 11 * S, to: 95 * S }, range), range);
  });

  it('is never empty, backwards or endless, whatever is asked for', () => {
    const number = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, 0, 1e17, -1e17));
    const anyView: fc.Arbitrary<View> = fc.oneof(
      fc.constant(fit),
      fc.record({ mode: fc.constant('free' as const), from: number, to: number }),
    );
    fc.assert(
      fc.property(
        anyView,
        number,
        number,
        fc.double({ min: 0, max: 1e15, noNaN: true }),
        (view, a, b, duration) => {
          for (const each of [
            view,
            shown({ from: a, to: b }, duration),
            zoomed(view, a, b, duration),
            panned(view, a, duration),
          ]) {
            const { from, to } = visibleRange(each, duration);
            assert.ok(
              Number.isFinite(from) && Number.isFinite(to) && to >= from,
              JSON.stringify([each, from, to]),
            );
          }
        },
      ),
    );
  });

  it('never leaves the run altogether', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), (by) => {
        const { from, to } = visibleRange(panned({ mode: 'free', from: S, to: 2 * S }, by, 10 * S), 10 * S);
        assert.ok(to > 0 && from < 10 * S);
        assert.ok(Math.abs(to - from - S) < 1);
      }),
    );
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  following,
  panned,
  timeAt,
  visibleRange,
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

  it('keeps following while zooming, and lets go when moved', () => {
    const view = following(fit, 60 * S);
    assert.equal(zoomed(view, 0.5, 0, 60 * S).mode, 'follow');
    assert.equal(panned(view, -S, 60 * S).mode, 'free');
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

import assert from 'node:assert/strict';
import { luminance, parseColor, readableOn, toCss } from '../../../webview/color';

describe('colours', () => {
  it('are read in each of the forms that browsers compute', () => {
    assert.equal(toCss(parseColor('rgb(137, 209, 133)')), 'rgb(137, 209, 133)');
    assert.equal(toCss(parseColor('rgba(1, 2, 3, 0.5)')), 'rgb(1, 2, 3)');
    assert.equal(toCss(parseColor('color(srgb 0.2 0.4 1)')), 'rgb(51, 102, 255)');
    assert.equal(toCss(parseColor('color(srgb 1e-7 0 0 / 0.5)')), 'rgb(0, 0, 0)');
  });

  it('get text of at least 4.5 : 1 on them', () => {
    for (const color of [
      'rgb(137, 209, 133)',
      'rgb(56, 138, 52)',
      'rgb(229, 20, 0)',
      'rgb(101, 45, 144)',
      'rgb(128, 128, 128)',
    ]) {
      const back = luminance(parseColor(color));
      const text = readableOn(parseColor(color)) === '#ffffff' ? 1 : 0;
      const ratio = (Math.max(back, text) + 0.05) / (Math.min(back, text) + 0.05);
      assert.ok(ratio >= 4.5, `${color}: ${ratio}`);
    }
  });
});

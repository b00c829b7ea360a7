import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  formatAddress,
  formatBytes,
  formatBytesPair,
  formatClock,
  formatDuration,
  formatMoment,
  formatPercent,
  printable,
  shortLocation,
} from '../../../webview/format';

function table<Input>(
  name: string,
  format: (input: Input) => string,
  cases: readonly (readonly [Input, string])[],
): void {
  describe(name, () => {
    for (const [input, expected] of cases) {
      it(expected, () => {
        assert.equal(format(input), expected);
      });
    }
  });
}

table('a clock', formatClock, [
  [0, '00:00.0'],
  [12_449e6, '00:12.4'],
  [59_990e6, '00:59.9'],
  [3_725_100e6, '1:02:05.1'],
  [-5, '00:00.0'],
]);

table('a duration', formatDuration, [
  [850, '850 ns'],
  [999.7, '1 µs'],
  [4_700, '4.7 µs'],
  [412e6, '412 ms'],
  [999.6e6, '1 s'],
  [4.74e9, '4.7 s'],
  [12.4e9, '12 s'],
  [59.97e9, '1 min 00 s'],
  [63e9, '1 min 03 s'],
  [7_500e9, '2 h 05 min'],
]);

table('a moment', (input: readonly [number, number]) => formatMoment(...input), [
  [[2.5e9, 20e6], '00:02.500'],
  [[2.500_013e9, 40e3], '00:02.500 013'],
  [[59.9999e9, 20e6], '01:00.000'],
]);

table('a size', formatBytes, [
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1 KB'],
  [9.5 * 2 ** 20, '9.5 MB'],
  [1023.8 * 2 ** 20, '1 GB'],
]);

table('two sizes', (input: readonly [number, number]) => formatBytesPair(...input), [
  [[38 * 2 ** 20, 22 * 2 ** 20], '38 | 22 MB'],
  [[2 ** 20, 512 * 2 ** 10], '1 | 0.5 MB'],
]);

table('a share', formatPercent, [
  [0, '0 %'],
  [0.0004, '< 0.1 %'],
  [0.006, '0.6 %'],
  [0.0996, '10 %'],
  [0.38, '38 %'],
  [2.14, '214 %'],
]);

table('a place in the source', shortLocation, [
  ['/home/ada/lock.js:18:5', 'lock.js:18'],
  ['/home/ada/lock.js:18', 'lock.js:18'],
  ['C:\\work\\lock.js:18:5', 'lock.js:18'],
  ['file:///home/ada/a%20b.mjs:3:1', 'a%20b.mjs:3'],
  ['[eval]:1:5', '[eval]:1'],
]);

table('an address', formatAddress, [
  [0x7f28_ccf3_3540, '0x7f28ccf33540'],
  [0, '0x0'],
]);

table('text of strangers', printable, [
  ['worker – ✓ 日本', 'worker – ✓ 日本'],
  ['a\n\u001b[31mb\u007f', 'a␊␛[31mb␡'],
  ['\u202egnp.exe', '\uFFFDgnp.exe'],
]);

describe('text of strangers', () => {
  it('has no control characters left, and is as long as before', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.doesNotMatch(printable(text), /\p{Cc}/u);
        assert.equal(printable(text).length, text.length);
      }),
    );
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DisposableStore } from '../../../src/base/disposable';
import { Emitter } from '../../../src/base/emitter';
import { err, ok } from '../../../src/base/result';
import { nsToMs } from '../../../src/base/units';
import { decodeUtf8, encodeUtf8 } from '../../../src/base/utf8';

describe('DisposableStore', () => {
  it('disposes everything once, the newest first', () => {
    const order: number[] = [];
    const store = new DisposableStore();
    for (const index of [1, 2, 3]) store.addCallback(() => order.push(index));
    store.dispose();
    store.dispose();
    assert.deepEqual(order, [3, 2, 1]);
    assert.equal(store.isDisposed, true);
  });

  it('disposes at once what is added after its end', () => {
    const store = new DisposableStore();
    store.dispose();
    let disposed = 0;
    store.add({ dispose: () => disposed++ });
    assert.equal(disposed, 1);
  });

  it('disposes what is added while it disposes', () => {
    const store = new DisposableStore();
    let disposed = false;
    store.addCallback(() => {
      store.addCallback(() => (disposed = true));
    });
    store.dispose();
    assert.equal(disposed, true);
  });
});

describe('Emitter', () => {
  it('calls listeners in order, and the same function as often as it was added', () => {
    const emitter = new Emitter<string>();
    const heard: string[] = [];
    const listener = (value: string): void => {
      heard.push(value);
    };
    const first = emitter.event(listener);
    emitter.event((value) => heard.push(`${value}!`));
    emitter.event(listener);
    emitter.fire('a');
    first.dispose();
    emitter.fire('b');
    assert.deepEqual(heard, ['a', 'a!', 'a', 'b!', 'b']);
  });

  it('does not call what a listener adds meanwhile', () => {
    const emitter = new Emitter<number>();
    const heard: string[] = [];
    emitter.event(() => {
      heard.push('first');
      emitter.event(() => heard.push('late'));
    });
    emitter.fire(1);
    assert.deepEqual(heard, ['first']);
  });

  it('is silent after its end', () => {
    const emitter = new Emitter<number>();
    let calls = 0;
    emitter.event(() => calls++);
    emitter.dispose();
    emitter.fire(1);
    assert.equal(calls, 0);
  });
});

describe('small things', () => {
  it('results', () => {
    assert.deepEqual(
      [ok(1), err('no')],
      [
        { ok: true, value: 1 },
        { ok: false, error: 'no' },
      ],
    );
  });

  it('units', () => assert.equal(nsToMs(1_500_000), 1.5));

  it('UTF-8 there and back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(decodeUtf8(encodeUtf8(text)), text)),
    );
  });

  it('UTF-8 of bytes that are none is shown as replacement characters', () => {
    assert.equal(decodeUtf8(new Uint8Array([0x61, 0xff, 0xc3, 0x28])), 'a\ufffd\ufffd(');
  });
});

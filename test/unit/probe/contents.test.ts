import assert from 'node:assert/strict';
import { examine, MESSAGE_BOUND } from '../../../src/probe/contents';

const look = (value: unknown): ReturnType<typeof examine> => examine(value, MESSAGE_BOUND, () => false);

/** The size is V8's, within a fifth. */
function assertAbout(bytes: number, expected: number): void {
  assert.ok(Math.abs(bytes - expected) < expected / 5, `${bytes} is not about ${expected}`);
}

describe('a look at what a message holds', () => {
  it('tells the size of long lists and large objects from a part of them', () => {
    assertAbout(look('x'.repeat(1000)).bytes, 1000);
    assertAbout(look(new Uint8Array(5000)).bytes, 5000);
    assertAbout(look(Array.from({ length: 10_000 }, () => 'y'.repeat(100))).bytes, 1_040_000);
    const names = Array.from({ length: 10_000 }, (_, index) => [`key${10_000 + index}`, 'z'.repeat(50)]);
    assertAbout(look(Object.fromEntries(names)).bytes, 620_000);
    assertAbout(look(new Map(names as [string, string][])).bytes, 660_000);
  });

  it('is at no more values than its bound, however many there are', () => {
    let visited = 0;
    const values = Array.from({ length: 1000 }, () => ({ inner: [{}, {}] }));
    examine(values, MESSAGE_BOUND, () => {
      visited++;
      return false;
    });
    assert.ok(visited > 10 && visited <= MESSAGE_BOUND, `${visited} objects`);
  });

  it('finds shared buffers wherever they are, each once, in the order of the structure', () => {
    const [first, second] = [new SharedArrayBuffer(8), new SharedArrayBuffer(16)];
    const { buffers, bytes } = look({
      deep: new Map([['list', [{ view: new Int32Array(second) }, second]]]),
      first,
      again: new Set([first]),
    });
    assert.deepEqual(
      buffers.map(({ buffer }) => buffer),
      [first, second],
    );
    assert.ok(bytes < 200, 'shared memory is not copied');
  });

  it('calls nothing of the program', () => {
    const refuse = (): never => {
      throw new Error('called');
    };
    const trap = new Proxy(
      {},
      { get: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse, getPrototypeOf: refuse },
    );
    class Sized extends Map<number, number> {
      override get size(): number {
        return refuse();
      }
      override entries(): never {
        return refuse();
      }
    }
    const value = { trap, sized: new Sized().set(1, 2) };
    Object.defineProperty(value, 'getter', { enumerable: true, get: refuse });
    assert.ok(look(value).bytes > 0);
  });

  it('counts the names it lists, however few of their values it looks at', () => {
    const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key${index}`, index]));
    assert.equal(look({ wide }).names, 5001);
    assert.equal(look([1, 2, 3]).names, 0);
  });

  it('ends with cycles', () => {
    const value: Record<string, unknown> = {};
    value['self'] = [value, new Map([[value, value]])];
    assert.ok(look(value).bytes > 0);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ReceiveColumns, SendColumns } from '../../../src/model/messageColumns';

function numbers(columns: SendColumns | ReceiveColumns): number[] {
  return Array.from({ length: columns.length }, (_, place) => columns.number(place));
}

describe('columns of messages', () => {
  it('keep what was added, in the order of numbers', () => {
    const columns = new SendColumns();
    for (const number of [1, 2, 5, 4, 9])
      columns.add(number, number * 10, number * 100, number / 2, number + 1);
    assert.deepEqual(numbers(columns), [1, 2, 4, 5, 9]);
    assert.deepEqual(
      [columns.time(2), columns.bytes(2), columns.duration(2), columns.location(2)],
      [40, 400, 2, 5],
    );
    assert.deepEqual([columns.time(3), columns.location(3), columns.rewrites], [50, 6, 1]);
  });

  it('stay in order and without doubles, whatever is added', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 300, size: 'max' }), (given) => {
        const columns = new ReceiveColumns();
        const kept = new Set(given.filter((number) => columns.add(number, number, number)));
        assert.deepEqual(
          numbers(columns),
          [...kept].sort((a, b) => a - b),
        );
        for (let place = 0; place < columns.length; place++) {
          assert.equal(columns.duration(place), columns.number(place));
        }
      }),
    );
  });

  it('refuse a number that is there, and one from long ago', () => {
    const columns = new ReceiveColumns();
    for (let number = 10; number <= 100; number++) assert.equal(columns.add(number, 0, null), true);
    assert.equal(columns.add(100, 0, null), false);
    assert.equal(columns.add(60, 0, null), false);
    assert.equal(columns.add(1, 0, null), false);
  });

  it('learn how long handlers took, once', () => {
    const columns = new ReceiveColumns();
    columns.add(1, 10, null);
    columns.add(2, 20, 7);
    assert.equal(columns.finish(1, 15), 5);
    assert.deepEqual(
      [columns.finish(1, 99), columns.finish(2, 99), columns.finish(3, 99)],
      [null, null, null],
    );
    assert.deepEqual([columns.duration(0), columns.duration(1)], [5, 7]);
  });

  it('find places by number and time', () => {
    const columns = new ReceiveColumns();
    for (const number of [2, 4, 6]) columns.add(number, number * 10, null);
    assert.deepEqual(
      [1, 4, 5, 9].map((number) => columns.placeOfNumber(number)),
      [0, 1, 2, 3],
    );
    assert.deepEqual(
      [20, 41, 99].map((time) => columns.placeOfTime(time)),
      [0, 2, 3],
    );
  });
});

import assert from 'node:assert/strict';
import { waitReason } from '../../../src/model/waitChannel';

describe("Windows' wait reasons", () => {
  for (const [channel, main, native] of [
    ['win:EventPairLow', 'eventLoop', 'idlePool'],
    ['win:Unknown', 'lock', 'idlePool'],
    ['win:ExecutionDelay', 'sleep', 'sleep'],
    ['win:PageIn', 'pageFault', 'pageFault'],
    ['win:Suspended', 'stopped', 'stopped'],
    ['win:UserRequest', 'other', 'other'],
    [null, 'unknown', 'unknown'],
  ] as const) {
    it(`${channel ?? 'none'} is ${main}`, () => {
      assert.equal(waitReason('S', channel, 'main'), main);
      assert.equal(waitReason('S', channel, 'native'), native);
    });
  }
});

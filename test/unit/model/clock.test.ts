import assert from 'node:assert/strict';
import { NS_PER_MS } from '../../../src/base/units';
import { modelOf } from '../../support/traceNotation';
import { STORY_START } from '../../support/storyLine';

const start = `
  0   run starts "node main.js"
  0   run root 100
  0   main begins pid=100 cpu=0`;

describe('odd clocks', () => {
  it('are told where there is not one record for long, though somebody looked', () => {
    const { clock } = modelOf(`${start}
      41      os tick
      20000   os tick
      3620000 os tick
      3640000 os tick`);
    const at = (ms: number): number => STORY_START + ms * NS_PER_MS;
    assert.deepEqual(clock, { gaps: [{ start: at(20_000), end: at(3_620_000) }], gapCount: 1, backwards: 0 });
  });

  it('are not suspected of a program that merely says nothing', () => {
    const { clock } = modelOf(`${start}
      3620000 main ends code=0 cpu=20`);
    assert.deepEqual(clock, { gaps: [], gapCount: 0, backwards: 0 });
  });

  it('are told where records speak of times long past', () => {
    const model = modelOf(`${start}
      41      os tick
      3620000 os tick
      60      os tick
      61      os tick`);
    assert.equal(model.clock.backwards, 2);
    assert.equal(model.now - STORY_START, 3_620_000 * NS_PER_MS);
  });
});

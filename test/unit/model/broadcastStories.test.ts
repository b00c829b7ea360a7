import assert from 'node:assert/strict';
import { NS_PER_MS } from '../../../src/base/units';
import { channelViews } from '../../../src/model/channels';
import { channelOutline, directionOf, messageOutline } from '../../support/messageOutline';
import { modelOf } from '../../support/traceNotation';
import { twoWorkers } from '../../support/workerStories';

describe('broadcasts', () => {
  const members = `${twoWorkers}
    12  main holds 3 broadcast name=news at=main.js:5:1
    12  w holds 2 broadcast name=news
    20  v holds 2 broadcast name=news`;

  it('go from each sender to each other member', () => {
    const model = modelOf(`${members}
      30  main sends 3 1 bytes=4 at=main.js:6:1
      31  v sends 2 1 bytes=6
      32  main sends 3 2 bytes=4
      33  w gets 2 1 took=1
      34  w gets 2 2 took=2
      36  w gets 2 3 took=3
      33  v gets 2 1
      39  main gets 3 1`);
    const id = 'broadcast:100:news';
    assert.deepEqual(channelOutline(model), [
      `${id} main:3>v:2: 100/0 -> 100/2 sent 2 received 1 waiting 1`,
      `${id} main:3>w:2: 100/0 -> 100/1 sent 2 received 2 waiting 0`,
      `${id} v:2>main:3: 100/2 -> 100/0 sent 1 received 1 waiting 0`,
      `${id} v:2>w:2: 100/2 -> 100/1 sent 1 received 1 waiting 0`,
    ]);
    assert.deepEqual(messageOutline(model, `${id} main:3>w:2`), ['1 30..33 +1', '2 32..36 +3']);
    assert.deepEqual(messageOutline(model, `${id} v:2>w:2`), ['1 31..34 +2']);
    assert.deepEqual(messageOutline(model, `${id} main:3>w:2`, 35, 40), ['2 32..36 +3']);
    const view = channelViews(model).find(({ kind }) => kind === 'broadcast');
    assert.deepEqual([view?.name, view?.created], ['news', 'main.js:5:1']);
    assert.equal(directionOf(model, `${id} v:2>w:2`).handle?.sum, 2 * NS_PER_MS);
  });

  it('before a member joined are none of its messages', () => {
    const model = modelOf(`${members}
      15  main sends 3 1
      16  w gets 2 1
      30  main sends 3 2
      33  w gets 2 2
      34  v gets 2 1`);
    assert.deepEqual(messageOutline(model, 'broadcast:100:news main:3>v:2'), ['2 30..34']);
    assert.equal(directionOf(model, 'broadcast:100:news main:3>v:2').waiting, 0);
  });

  it('too dense to be recorded, of one sender: all received are its own', () => {
    const model = modelOf(`${members}
      30  main sends 3 1
      31  main counts 3 sent=90 bytes=900 every=100
      32  w counts 2 received=80 every=100`);
    const direction = directionOf(model, 'broadcast:100:news main:3>w:2');
    assert.deepEqual([direction.sent, direction.received, direction.bytes], [90, 80, 900]);
  });

  it('too dense to be recorded, of two senders: nobody knows whose were received', () => {
    const model = modelOf(`${members}
      30  main sends 3 1
      31  main counts 3 sent=90 bytes=900 every=100
      31  v sends 2 1
      32  w counts 2 received=80 every=100`);
    const direction = directionOf(model, 'broadcast:100:news main:3>w:2');
    assert.deepEqual([direction.sent, direction.received], [90, null]);
  });

  it('of which more came than the senders could tell are not attributed either', () => {
    const model = modelOf(`${members}
      30  main sends 3 1
      31  v sends 2 1
      40  w gets 2 1
      41  w gets 2 2
      42  w gets 2 3`);
    assert.equal(directionOf(model, 'broadcast:100:news main:3>w:2').received, null);
    assert.equal(directionOf(model, 'broadcast:100:news main:3>v:2').received, 0);
  });

  it('with nobody there are sent all the same', () => {
    const model = modelOf(`
      5   main begins pid=100
      6   main holds 1 broadcast name=news
      7   main sends 1 1`);
    assert.deepEqual(channelOutline(model), [
      'broadcast:100:news main:1>: 100/0 -> ? sent 1 received 0 waiting 0',
    ]);
  });

  it('of one name in two processes are two channels', () => {
    const model = modelOf(`
      5   main begins pid=100
      6   main holds 1 broadcast name=news
      7   other begins pid=101
      8   other holds 1 broadcast name=news
      9   main sends 1 1
      9   other sends 1 1`);
    assert.deepEqual(
      channelViews(model).map(({ id }) => id),
      ['broadcast:100:news', 'broadcast:101:news'],
    );
  });
});

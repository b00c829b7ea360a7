import assert from 'node:assert/strict';
import { NS_PER_MS } from '../../../src/base/units';
import { channelViews, directions } from '../../../src/model/channels';
import { emptyModel } from '../../../src/model/model';
import { reduce } from '../../../src/model/reduce';
import { channelOutline, directionOf, messageOutline } from '../../support/messageOutline';
import { readAll } from '../../support/recordings';
import { modelOf, recordingOf } from '../../support/traceNotation';
import { twoWorkers, workerPair } from '../../support/workerStories';

describe('messages between a thread and its worker', () => {
  const pingPong = modelOf(`${workerPair}
    10  main sends 1 1 bytes=100 took=1 at=main.js:4:3
    13  w gets 1 1 took=2
    14  w sends 1 1 bytes=10 at=w.js:1:1
    15  main gets 1 1
    16  main handled 1 1
    20  main sends 1 2 bytes=50 took=3 transferred=2 transferredBytes=4096 at=main.js:4:3
    24  main sends 1 3 bytes=50 took=2
    30  w gets 1 2 took=4`);
  const there = directionOf(pingPong, 'worker:main#1 0>1');
  const back = directionOf(pingPong, 'worker:main#1 1>0');

  it('are counted each way', () => {
    assert.deepEqual(channelOutline(pingPong), [
      'worker:main#1 0>1: 100/0 -> 100/1 sent 3 received 2 waiting 1',
      'worker:main#1 1>0: 100/1 -> 100/0 sent 1 received 1 waiting 0',
    ]);
    assert.equal(there.bytes, 200);
    assert.equal(there.bytesEstimated, true);
    assert.deepEqual([there.transferred, there.transferredBytes], [2, 4096]);
    assert.deepEqual([there.recorded, there.unrecorded], [3, 0]);
  });

  it('know how long they took to be written, waited, and were handled', () => {
    const ms = (ns: number | undefined): number => (ns ?? NaN) / NS_PER_MS;
    assert.deepEqual([there.latency?.p50, there.latency?.max].map(ms), [3, 10]);
    assert.deepEqual([there.queue?.p50, there.queue?.max].map(ms), [2, 7]);
    assert.deepEqual([there.serialize?.sum, there.serialize?.p50].map(ms), [6, 2]);
    assert.deepEqual([there.handle?.sum, there.handle?.p50, there.handle?.max].map(ms), [6, 2, 4]);
    assert.equal(ms(back.handle?.sum), 1);
  });

  it('know their lines, and the channel its own', () => {
    assert.deepEqual(there.lines, [{ location: 'main.js:4:3', count: 2 }]);
    assert.equal(channelViews(pingPong)[0]?.created, 'main.js:2:9');
    assert.deepEqual(channelViews(pingPong)[0]?.threads, ['100/0', '100/1']);
  });

  it('can be visited one by one, in a stretch of time', () => {
    assert.deepEqual(messageOutline(pingPong, there.id), ['1 10..13 +2', '2 20..30 +4', '3 24..']);
    assert.deepEqual(messageOutline(pingPong, there.id, 15.5, 19), [], 'between two messages');
    assert.deepEqual(messageOutline(pingPong, there.id, 14, 14), ['1 10..13 +2'], 'being handled');
    assert.deepEqual(messageOutline(pingPong, there.id, 22, 23), ['2 20..30 +4'], 'on its way');
    assert.deepEqual(messageOutline(pingPong, there.id, 90, 99), ['3 24..'], 'still on its way');
  });

  it('go on where they were when more is read', () => {
    const model = modelOf(`${workerPair}
      10  main sends 1 1
      11  w gets 1 1`);
    assert.equal(directionOf(model, there.id).latency?.count, 1);
    const whole = modelOf(`${workerPair}
      10  main sends 1 1
      11  w gets 1 1
      12  main sends 1 2
      14  w gets 1 2`);
    assert.equal(directionOf(whole, there.id).latency?.max, 2 * NS_PER_MS);
  });

  it('are known from one side alone, when the other thread is never heard of', () => {
    const model = modelOf(`
      5   main begins pid=100
      6   main creates 1 ./w.js at=main.js:2:9
      6   main holds 1 creator call=1
      7   main created 1 worker=1
      10  main sends 1 1
      15  main gets 1 1 took=1`);
    assert.deepEqual(channelOutline(model), [
      'worker:main#1 0>1: 100/0 -> 100/1 sent 1 received 0 waiting 1',
      'worker:main#1 1>0: 100/1 -> 100/0 sent 1 received 1 waiting 0',
    ]);
    assert.equal(directionOf(model, 'worker:main#1 1>0').bytes, null, 'nobody said what was sent');
  });

  it('are paired anew when one that came out of turn belongs among them', () => {
    const sends = Array.from({ length: 100 }, (_, index) => `10 main sends 1 ${index + 1}`).join('\n');
    const { records } = readAll([
      recordingOf(`${workerPair}\n${sends}
      12  w gets 1 99 took=1
      11  w gets 1 98 took=4`),
    ]);
    const model = emptyModel();
    const counts = records.map(({ record, source }) => {
      reduce(model, record, source);
      return directions(model)[0]?.latency?.count ?? 0;
    });
    assert.deepEqual(counts.slice(-3), [0, 1, 2]);
  });

  it('delivered while another one is handled are told in the order in which handlers returned', () => {
    const model = modelOf(`${workerPair}
      10  main sends 1 1
      11  main sends 1 2
      14  w gets 1 2 took=1
      12  w gets 1 1 took=5`);
    assert.deepEqual(messageOutline(model, there.id), ['1 10..12 +5', '2 11..14 +1']);
    assert.deepEqual(directionOf(model, there.id).queue?.max, 3 * NS_PER_MS);
  });
});

describe('a port that moves', () => {
  /** Main makes a pair of ports 3 and 4 and posts port 4 to the first worker. */
  const given = `${twoWorkers}
    20  main holds 3 pair peer=4 at=main.js:9:1
    20  main holds 4 pair peer=3 at=main.js:9:1
    21  main moves 4 via=1 message=1 index=0
    21  main sends 1 1
    22  w holds 2 message via=1 message=1 index=0
    22  w gets 1 1`;

  it('goes on as the same channel in the other thread', () => {
    const model = modelOf(`${given}
      30  main sends 3 1
      31  w gets 2 1 took=1
      32  w sends 2 1
      34  main gets 3 1 took=1`);
    assert.deepEqual(channelOutline(model), [
      'port:main:3:4 0>1: 100/0 -> 100/1 sent 1 received 1 waiting 0',
      'port:main:3:4 1>0: 100/1 -> 100/0 sent 1 received 1 waiting 0',
      'worker:main#1 0>1: 100/0 -> 100/1 sent 1 received 1 waiting 0',
    ]);
    assert.equal(channelViews(model).find(({ kind }) => kind === 'port')?.created, 'main.js:9:1');
  });

  /** The first worker uses the port, then hands it on over main's port 2 … by way of main, which never reads it. */
  const chain = `${given}
    30  main sends 3 1
    30  main sends 3 2
    31  w gets 2 1
    31  w sends 2 1
    32  w moves 2 via=1 message=1 index=0 sent=1 received=1
    32  w sends 1 1
    33  main holds 5 message via=1 message=1 index=0
    33  main gets 1 1
    34  main moves 5 via=2 message=1 index=0
    34  main sends 2 1
    35  v holds 2 message via=1 message=1 index=0
    35  v gets 1 1
    36  v gets 2 1
    37  v sends 2 1
    38  main gets 3 1
    39  main gets 3 2`;

  it('over three threads numbers its messages on', () => {
    const model = modelOf(chain);
    assert.deepEqual(messageOutline(model, 'port:main:3:4 0>1'), ['1 30..31', '2 30..36']);
    assert.deepEqual(messageOutline(model, 'port:main:3:4 1>0'), ['1 31..38', '2 37..39']);
    assert.deepEqual(
      channelOutline(model).filter((line) => line.startsWith('port')),
      [
        'port:main:3:4 0>1: 100/0 -> 100/2 sent 2 received 2 waiting 0',
        'port:main:3:4 1>0: 100/2 -> 100/0 sent 2 received 2 waiting 0',
      ],
    );
    assert.deepEqual(channelViews(model).find(({ kind }) => kind === 'port')?.threads, ['100/0', '100/2']);
  });

  it('has no more messages than it had when it left, whatever a record says', () => {
    const model = modelOf(`${given}
      31  w sends 2 1
      32  w moves 2 via=1 message=1 index=0 sent=1
      32  w sends 1 1
      33  w sends 2 2
      33  main holds 5 message via=1 message=1 index=0
      34  main sends 5 1`);
    assert.deepEqual(messageOutline(model, 'port:main:3:4 1>0'), ['1 31..', '2 34..']);
  });

  it('in workerData is found by the call that made the worker', () => {
    const model = modelOf(`
      5   main begins pid=100
      5   main holds 1 pair peer=2
      5   main holds 2 pair peer=1
      5   main sends 2 1
      6   main creates 1 ./w.js at=main.js:2:9
      6   main moves 2 call=1 index=1 sent=1
      7   main created 1 worker=1
      9   w begins pid=100 worker=1 tid=107 call=main#1
      9   w holds 1 workerData index=0
      9   w holds 2 workerData index=1
      10  w sends 2 1
      11  main gets 1 1
      12  main gets 1 2`);
    assert.deepEqual(messageOutline(model, 'port:main:1:2 1>0'), ['1 5..11', '2 10..12']);
    assert.deepEqual(channelOutline(model), [
      'port:main:1:2 1>0: 100/1 -> 100/0 sent 2 received 2 waiting 0',
    ]);
  });

  it('by a message that only the receiver told of stays an end of its own', () => {
    const model = modelOf(`${workerPair}
      22  w holds 2 message via=1 message=7 index=0
      23  w sends 2 1
      24  w gets 2 1`);
    assert.deepEqual(channelOutline(model), [
      'unknown:w:2 0>1: 100/1 -> ? sent 1 received 0 waiting 1',
      'unknown:w:2 1>0: ? -> 100/1 sent 1 received 1 waiting 0',
    ]);
  });

  it('carried by a port that moved itself is found by the number of the whole channel', () => {
    const model = modelOf(`${given}
      30  main sends 3 1
      31  w gets 2 1
      32  w moves 2 via=1 message=1 index=0 received=1
      32  w sends 1 1
      33  main holds 5 message via=1 message=1 index=0
      34  main holds 6 pair peer=7
      34  main holds 7 pair peer=6
      35  main moves 7 via=3 message=2 index=0
      35  main sends 3 2
      36  main holds 8 message via=5 message=1 index=0
      36  main gets 5 1
      37  main sends 6 1
      38  main gets 8 1`);
    assert.deepEqual(messageOutline(model, 'port:main:6:7 0>1'), ['1 37..38']);
  });
});

describe('other channels', () => {
  it('of an unknown origin have an unknown other end', () => {
    const model = modelOf(`
      5   main begins pid=100
      6   main holds 1 unknown
      7   main sends 1 1 bytes=5`);
    assert.deepEqual(channelOutline(model), ['unknown:main:1 0>1: 100/0 -> ? sent 1 received 0 waiting 1']);
  });

  const ipc = `
    5   main begins pid=100 ticks=7
    6   main calls 1 fork "node child.js" at=main.js:3:5
    6   main holds 1 ipcParent call=1
    7   main started 1 pid=101 ticks=8
    10  main sends 1 1 bytes=21 took=1`;

  it('to a child process', () => {
    const model = modelOf(`${ipc}
      20  child begins pid=101 ppid=100 ticks=8 call=main#1
      20  child holds 1 ipcChild
      21  child gets 1 1 took=2
      22  child sends 1 1 bytes=9
      25  main gets 1 1`);
    assert.deepEqual(channelOutline(model), [
      'ipc:main#1 0>1: 100/0 -> 101/0 sent 1 received 1 waiting 0',
      'ipc:main#1 1>0: 101/0 -> 100/0 sent 1 received 1 waiting 0',
    ]);
    assert.equal(directionOf(model, 'ipc:main#1 0>1').bytesEstimated, false);
    assert.equal(channelViews(model)[0]?.created, 'main.js:3:5');
  });

  it('to a child that is not Node lead to its process, though it says nothing', () => {
    const model = modelOf(`${ipc}
      25  main gets 1 1 took=1`);
    assert.deepEqual(channelOutline(model), [
      'ipc:main#1 0>1: 100/0 -> 101/0 sent 1 received 0 waiting 1',
      'ipc:main#1 1>0: 101/0 -> 100/0 sent 1 received 1 waiting 0',
    ]);
  });
});

describe('traffic too dense to be recorded one by one', () => {
  const model = modelOf(`${workerPair}
    10  main sends 1 1 bytes=10 took=1
    12  w gets 1 1 took=1
    20  main sends 1 100 bytes=10 took=1
    22  w gets 1 100 took=3
    30  main counts 1 sent=150 bytes=3000 every=100
    30  w counts 1 received=140 every=100
    31  main sends 1 151 bytes=7
    32  main sends 1 152 bytes=7`);
  const direction = directionOf(model, 'worker:main#1 0>1');

  it('is counted by its totals, and by the records after them', () => {
    assert.deepEqual(
      [direction.sent, direction.received, direction.waiting, direction.bytes],
      [152, 140, 12, 3014],
    );
    assert.deepEqual([direction.recorded, direction.unrecorded], [4, 148]);
  });

  it('is not counted again by a record that comes late', () => {
    const late = modelOf(`${workerPair}
      30  main counts 1 sent=150 bytes=3000 every=100
      30  main sends 1 150 bytes=10`);
    assert.equal(directionOf(late, 'worker:main#1 0>1').bytes, 3000);
  });

  it('pairs the messages that have records on both sides', () => {
    assert.equal(direction.latency?.count, 2);
    assert.equal(direction.latency.p50, 2 * NS_PER_MS);
  });
});

describe('a sender that was killed before it could write its last messages', () => {
  it('is known to have sent what was received', () => {
    const model = modelOf(`${workerPair}
      10  w sends 1 1 bytes=10
      11  main gets 1 1
      12  main gets 1 2
      13  main gets 1 3
      14  main lost 1 worker=1 code=1`);
    assert.deepEqual(channelOutline(model), [
      'worker:main#1 1>0: 100/1 -> 100/0 sent 3 received 3 waiting 0',
    ]);
    const direction = directionOf(model, 'worker:main#1 1>0');
    assert.deepEqual([direction.bytes, direction.recorded], [10, 3]);
    assert.deepEqual(messageOutline(model, direction.id), ['1 10..11', '2 ..12', '3 ..13']);
  });
});

describe('a worker that was stopped before its last words', () => {
  it('has its counts from its creator, who found them', () => {
    const model = modelOf(`
      1   main begins pid=100
      2   main creates 1 ./w.js
      3   w begins pid=100 worker=1 call=main#1
      4   main holds 1 creator call=1
      4   w holds 1 worker
      5   main sends 1 1
      6   w gets 1 1
      7   main counts 1 sent=500 received=300 every=64
      8   w counts 1 sent=290 received=480 every=64
      9   main found 1 sent=310 received=490`);
    assert.deepEqual(
      directions(model).map(({ from, sent, received, waiting }) => ({ from, sent, received, waiting })),
      [
        { from: '100/0', sent: 500, received: 490, waiting: 10 },
        { from: '100/1', sent: 310, received: 300, waiting: 10 },
      ],
    );
  });
});

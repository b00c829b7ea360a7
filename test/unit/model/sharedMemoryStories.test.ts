import assert from 'node:assert/strict';
import { threadOutline } from '../../support/outline';
import { bufferOutline, waitOutline } from '../../support/messageOutline';
import { modelOf } from '../../support/traceNotation';

const threads = `
  5   main begins pid=100 cpu=0
  6   main creates 1 ./w.js at=main.js:2:9
  6   main holds 1 creator call=1
  7   main created 1 worker=1
  9   w begins pid=100 worker=1 tid=107 call=main#1 cpu=3
  9   w holds 1 worker
  10  main creates 2 ./v.js at=main.js:3:9
  10  main holds 2 creator call=2
  10  main created 2 worker=2
  11  v begins pid=100 worker=2 tid=108 call=main#2 cpu=1
  11  v holds 1 worker`;

describe('shared buffers', () => {
  it('are one over two hops and back', () => {
    const model = modelOf(`${threads}
      20  main shares 1 1024 at=main.js:9:1
      20  main passes 1 via=1 message=1
      21  w shares 1 1024 via=1 message=1 index=0 at=w.js:1:1
      22  w passes 1 via=1 message=1 index=1
      23  main shares 2 1024 via=1 message=1 index=1
      24  main passes 2 via=2 message=1
      25  v shares 1 1024 via=1 message=1 index=0`);
    assert.deepEqual(bufferOutline(model), [
      'main:1 1024 bytes: 100/0 since 20, 100/1 since 21, 100/2 since 25',
    ]);
  });

  it('in workerData are named by their creator', () => {
    const model = modelOf(`${threads}
      12  w shares 1 64 same=main:1
      20  main shares 1 64 wasm=yes at=main.js:1:1
      20  main shares 2 32`);
    assert.deepEqual(bufferOutline(model), [
      'w:1 64 bytes wasm: 100/1 since 12, 100/0 since 20',
      'main:2 32 bytes: 100/0 since 20',
    ]);
  });

  it('are told apart within one message, and from those of other messages', () => {
    const model = modelOf(`${threads}
      20  main shares 1 8
      20  main shares 2 16
      20  main shares 3 24
      20  main passes 1 via=1 message=1 index=0
      20  main passes 2 via=1 message=1 index=1
      20  main passes 3 via=1 message=2 index=0
      21  w shares 1 8 via=1 message=1 index=0
      22  w shares 2 24 via=1 message=2 index=0
      23  w shares 3 16 via=1 message=1 index=1`);
    assert.deepEqual(bufferOutline(model), [
      'main:1 8 bytes: 100/0 since 20, 100/1 since 21',
      'main:2 16 bytes: 100/0 since 20, 100/1 since 23',
      'main:3 24 bytes: 100/0 since 20, 100/1 since 22',
    ]);
  });

  it('that went by a port which had moved before', () => {
    const model = modelOf(`${threads}
      20  main holds 3 pair peer=4
      20  main holds 4 pair peer=3
      21  main sends 3 1
      21  main moves 4 via=1 message=1 index=0 received=1
      22  w holds 2 message via=1 message=1 index=0
      23  main shares 1 8
      23  main passes 1 via=3 message=2
      24  w shares 1 8 via=2 message=1 index=0`);
    assert.deepEqual(bufferOutline(model), ['main:1 8 bytes: 100/0 since 23, 100/1 since 24']);
  });

  it('that a thread got twice are held since the first time, whichever was matched first', () => {
    const model = modelOf(`${threads}
      20  main shares 1 8
      25  w shares 1 8 via=1 message=1 index=0
      30  w shares 2 8 same=main:1
      35  main passes 1 via=1 message=1`);
    assert.deepEqual(bufferOutline(model), ['main:1 8 bytes: 100/0 since 20, 100/1 since 25']);
  });

  it('that grow have their largest size', () => {
    const model = modelOf(`${threads}
      20  main shares 1 8
      21  w shares 1 64 same=main:1`);
    assert.deepEqual(bufferOutline(model), ['main:1 64 bytes: 100/0 since 20, 100/1 since 21']);
  });
});

const shared = `${threads}
  20  main shares 1 1024
  20  w shares 1 1024 same=main:1
  20  v shares 1 1024 same=main:1`;

describe('waits', () => {
  it('block their thread, from the call to its return', () => {
    const model = modelOf(`${shared}
      30  w waits 1 1 2 timeout=50 at=w.js:3:1
      60  w wakes 1 timed-out
      65  w ends code=0 cpu=8 queue=0
      65  main lost 1 worker=1 code=0`);
    assert.deepEqual(waitOutline(model), ['100/1 30..60 timed-out main:1+8']);
    assert.deepEqual(
      model.threads.get('100/1')?.blockedSpans.map(({ reason, location }) => [reason, location]),
      [['atomicsWait', 'w.js:3:1']],
    );
    assert.equal(
      threadOutline(model, '100/1'),
      '100/1 worker 1 6..65 code 0: running 8, waiting 21, blocked 30',
    );
  });

  it('of waitAsync are told, but block nobody', () => {
    const model = modelOf(`${shared}
      30  w waits 1 1 0 async=yes
      60  w wakes 1 ok`);
    assert.deepEqual(waitOutline(model), ['100/1 30..60 ok main:1+0']);
    assert.deepEqual(model.threads.get('100/1')?.blockedSpans, []);
  });

  it('end with their thread, without a result', () => {
    const model = modelOf(`${shared}
      30  w waits 1 1 0
      31  w waits 2 1 0 async=yes
      60  main lost 1 worker=1 code=1`);
    assert.deepEqual(waitOutline(model), ['100/1 30..60 - main:1+0', '100/1 31..60 - main:1+0']);
  });

  it('that go on have no end', () => {
    const model = modelOf(`${shared}
      30  w waits 1 1 0`);
    assert.deepEqual(waitOutline(model), ['100/1 30.. - main:1+0']);
  });

  it('ended before their thread did, though that was read first', () => {
    const model = modelOf(`${shared}
      60  main lost 1 worker=1 code=1
      30  w waits 1 1 0
      40  w wakes 1 ok`);
    assert.deepEqual(waitOutline(model), ['100/1 30..40 ok main:1+0']);
  });
});

describe('who woke a wait', () => {
  it('is certain where as many were woken as were waiting there', () => {
    const model = modelOf(`${shared}
      30  w waits 1 1 0
      31  v waits 1 1 0
      40  main notifies 1 0 2 at=main.js:7:1
      41  w wakes 1 ok
      42  v wakes 1 ok`);
    assert.deepEqual(waitOutline(model), [
      '100/1 30..41 ok main:1+0 by 100/0 at 40',
      '100/2 31..42 ok main:1+0 by 100/0 at 40',
    ]);
  });

  it('is who had waited longest, where fewer are woken than wait', () => {
    const model = modelOf(`${shared}
      30  w waits 1 1 0
      31  v waits 1 1 0
      40  main notifies 1 0 1
      41  w wakes 1 ok
      50  main notifies 1 0 1
      51  v wakes 1 ok`);
    assert.deepEqual(waitOutline(model), [
      '100/1 30..41 ok main:1+0 by 100/0 at 40',
      '100/2 31..51 ok main:1+0 by 100/0 at 50',
    ]);
  });

  it('is not told where the one that said so first may have begun to wait last', () => {
    const model = modelOf(`${shared}
      30  w waits 1 1 0
      31  v waits 1 1 0
      40  main notifies 1 0 1
      41  v wakes 1 ok
      50  main notifies 1 0 1
      51  w wakes 1 ok`);
    assert.deepEqual(waitOutline(model), [
      '100/1 30..51 ok main:1+0 by 100/0 at 50',
      '100/2 31..41 ok main:1+0',
    ]);
  });

  it('is not told where the one whose turn it was timed out', () => {
    const model = modelOf(`${shared}
      29  main waits 1 1 0
      30  w waits 1 1 0
      31  v waits 1 1 0
      40  v notifies 1 0 1
      41  w wakes 1 ok
      42  main wakes 1 timed-out
      50  main notifies 1 0 1
      51  v wakes 1 ok`);
    assert.match(waitOutline(model).join('\n'), /100\/1 30\.\.41 ok main:1\+0$/m);
  });

  it('is none of those that notified another place, or those that timed out', () => {
    const model = modelOf(`${shared}
      25  main shares 2 1024
      30  w waits 1 1 0
      31  v waits 1 1 1
      40  main notifies 1 1 1
      40  main notifies 2 0 1
      41  v wakes 1 ok
      45  main notifies 1 0 1
      50  w wakes 1 timed-out`);
    assert.deepEqual(waitOutline(model), [
      '100/1 30..50 timed-out main:1+0',
      '100/2 31..41 ok main:1+4 by 100/0 at 40',
    ]);
  });

  it('is one call for one wait: a thread that waits again was woken by the next', () => {
    const model = modelOf(`${shared}
      30  w waits 1 1 0
      40  main notifies 1 0 1
      41  w wakes 1 ok
      42  w waits 2 1 0
      50  v notifies 1 0 1
      53  w wakes 2 ok`);
    assert.deepEqual(waitOutline(model), [
      '100/1 30..41 ok main:1+0 by 100/0 at 40',
      '100/1 42..53 ok main:1+0 by 100/2 at 50',
    ]);
  });

  it('is told apart where a second call came before the first woken one got to run', () => {
    const model = modelOf(`${shared}
      30  w waits 1 1 0
      40  main notifies 1 0 1
      41  v waits 1 1 0
      42  main notifies 1 0 1
      43  w wakes 1 ok
      44  v wakes 1 ok`);
    assert.deepEqual(waitOutline(model), [
      '100/1 30..43 ok main:1+0 by 100/0 at 40',
      '100/2 41..44 ok main:1+0 by 100/0 at 42',
    ]);
  });
});

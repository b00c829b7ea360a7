import assert from 'node:assert/strict';
import { outline } from '../../support/outline';
import { testStories } from '../../support/stories';
import { modelOf } from '../../support/traceNotation';

describe('workers', () => {
  testStories([
    {
      name: 'a worker from its creation to its end',
      story: `
        5   main begins pid=100 cpu=0
        10  main creates 1 ./w.js at=main.js:2:9
        11  main created 1 worker=1
        30  w begins pid=100 worker=1 tid=107 cpu=12 queue=3
        50  w ends code=0 cpu=20 queue=3 idle=10
        52  main lost 1 worker=1 code=0`,
      threads: { '100/1': 'worker 1 10..52 code 0: new 5, ready 3, running 22, waiting 12' },
    },
    {
      name: 'its constructor threw',
      story: `
        5   main begins pid=100
        10  main creates 1 "const { x } = 1" at=main.js:2:9
        12  main created 1 error="no such file" errorCode=ERR_WORKER_PATH
        20  main ends code=1`,
      threads: { '100/1': 'worker 10..12: new 2' },
    },
    {
      name: 'ended by its creator before it began',
      story: `
        5   main begins pid=100
        10  main creates 1 ./w.js at=main.js:2:9
        11  main created 1 worker=1
        14  main lost 1 worker=1 code=1`,
      threads: { '100/1': 'worker 1 10..14 code 1: new 4' },
    },
    {
      name: 'ends by an error: the creator is told of it',
      story: `
        5   main begins pid=100
        10  main creates 1 ./w.js at=main.js:2:9
        11  main created 1 worker=1
        30  w begins pid=100 worker=1 tid=107 cpu=20
        40  w throws "x is not a function" name=TypeError
        41  w ends code=1 cpu=31
        42  main lost 1 worker=1 code=1`,
      threads: { '100/1': 'worker 1 10..42 code 1: running 32' },
    },
    {
      name: 'its process is killed',
      story: `
        5   main begins pid=100
        10  main creates 1 ./w.js at=main.js:2:9
        11  main created 1 worker=1
        30  w begins pid=100 worker=1 tid=107 cpu=20
        60  run exit 100 signal=SIGKILL`,
      processes: ['100 5..60 SIGKILL: node main.js'],
      threads: { '100/1': 'worker 1 10..60: running 50' },
    },
    {
      name: 'seen by the sampler before it spoke: one row, and the kernel figures from the beginning',
      story: `
        5   main begins pid=100
        10  main creates 1 ./w.js at=main.js:2:9
        11  main created 1 worker=1
        15  os thread 100/107 ticks=9 since=10 name=node
        15  os sees 100/107 R cpu=4 queue=1
        16  os tick
        30  w begins pid=100 worker=1 tid=107 threadTicks=9 cpu=15 queue=1
        35  os sees 100/107 S do_epoll_wait cpu=17 queue=1
        36  os tick
        55  os tick
        60  os misses 100/107`,
      threads: { '100/1': 'worker 1 10..60: new 4, ready 1, running 17, waiting 28' },
    },
    {
      name: 'seen by the sampler after it spoke',
      story: `
        5   main begins pid=100
        10  main creates 1 ./w.js at=main.js:2:9
        11  main created 1 worker=1
        30  w begins pid=100 worker=1 tid=107 threadTicks=9 cpu=15 queue=5
        35  os thread 100/107 ticks=9 since=10 name=node
        35  os sees 100/107 R cpu=20 queue=5
        40  os misses 100/107`,
      threads: { '100/1': 'worker 1 10..40: ready 5, running 25' },
    },
    {
      name: 'speaks before its creator says which worker it is',
      story: `
        5   main begins pid=100
        10  main creates 1 ./w.js at=main.js:2:9
        30  w begins pid=100 worker=1 tid=107 call=main#1 cpu=20
        31  main created 1 worker=1
        50  main lost 1 worker=1 code=0`,
      threads: { '100/1': 'worker 1 10..50 code 0: running 40' },
    },
    {
      name: 'that nobody of the program created (a loader thread)',
      story: `
        5   main begins pid=100
        30  w begins pid=100 worker=1 tid=107 cpu=20`,
      threads: { '100/1': 'worker 1 30..: ' },
    },
  ]);

  it('created by workers keep their calls apart', () => {
    const model = modelOf(`
      5   main begins pid=100
      10  main creates 1 ./outer.js at=main.js:2:9
      11  main created 1 worker=1
      30  outer begins pid=100 worker=1 tid=107
      40  outer creates 1 ./inner.js at=outer.js:7:1
      41  outer created 1 worker=2
      60  inner begins pid=100 worker=2 tid=108
      80  outer lost 1 worker=2 code=7`);
    assert.equal(model.calls.get(model.threads.get('100/2')!.callToken!)?.location, 'outer.js:7:1');
    assert.deepEqual(model.threads.get('100/1')?.exit, null);
    assert.deepEqual(model.threads.get('100/2')?.exit, { code: 7, signal: null });
  });

  it('created by two threads at once are told apart when both speak before their creators', () => {
    const model = modelOf(`
      5   main begins pid=100
      10  main creates 1 ./one.js at=main.js:1:1
      11  main created 1 worker=1
      30  one begins pid=100 worker=1 tid=107
      40  main creates 2 ./two.js at=main.js:2:2
      41  one creates 1 ./three.js at=one.js:3:3
      60  three begins pid=100 worker=3 tid=109 call=one#1
      61  two begins pid=100 worker=2 tid=108 call=main#2
      62  main created 2 worker=2
      62  one created 1 worker=3`);
    const origin = (threadId: number): string | null | undefined => {
      const worker = [...model.threads.values()].find((thread) => thread.threadId === threadId);
      return worker?.callToken == null ? undefined : model.calls.get(worker.callToken)?.location;
    };
    assert.equal(origin(2), 'main.js:2:2');
    assert.equal(origin(3), 'one.js:3:3');
  });
});

describe('threads of a process that ended during a pass', () => {
  // The parent's word is older than the end of the pass, so it precedes the sampler's chunk in the recording.
  const story = `
    5   main begins pid=100 ticks=7
    6   main calls 1 spawn "node child.js" at=main.js:3:5
    7   main started 1 pid=101 ticks=8
    30  main heard 1 pid=101 code=0
    29  os process 101 ppid=100 ticks=8 since=6 args="node child.js"
    29  os thread 101/101 ticks=8 processTicks=8 since=6
    29  os thread 101/102 ticks=8 processTicks=8 since=6 name=node
    29  os sees 101/102 S futex_do_wait cpu=1
    32  os tick
    50  os buries 101 ticks=8
    99  run ends`;

  it('have ended, too', () => {
    assert.deepEqual(
      [...modelOf(story).threads.values()]
        .filter(({ end, processId }) => processId === '101' && end === null)
        .map(({ id }) => id),
      [],
      outline(modelOf(story)).join('\n'),
    );
  });
});

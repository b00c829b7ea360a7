import assert from 'node:assert/strict';
import { NS_PER_MS } from '../../../src/base/units';
import { explain } from '../../../src/model/explain';
import type { LifeExplanation, Part } from '../../../src/model/explainTypes';
import type { Model } from '../../../src/model/types';
import { STORY_START } from '../../support/storyLine';
import { modelOf } from '../../support/traceNotation';

const at = (ms: number): number => STORY_START + ms * NS_PER_MS;
const ms = (ns: number | null): number | null => (ns === null ? null : Math.round(ns / 1e5) / 10);

/** A machine of two cores with main 100/0, workers 100/1 and 100/2, and their channels to main. */
const pool = `
  0   run starts "node main.js"
  0   os starts
  0   run root 100
  0   os thread 100/100 since=0
  0   main begins pid=100 cpu=0
  1   main creates 1 ./w.js at=main.js:2:9
  1   main holds 1 creator call=1
  1   main created 1 worker=1
  1   main creates 2 ./v.js at=main.js:3:9
  1   main holds 2 creator call=2
  1   main created 2 worker=2
  2   os thread 100/107 since=2
  2   os thread 100/108 since=2
  9   w begins pid=100 worker=1 tid=107 call=main#1 cpu=0
  9   w holds 1 worker
  9   v begins pid=100 worker=2 tid=108 call=main#2 cpu=0
  9   v holds 1 worker`;

function lifeOf(model: Model, id: string, time: number): LifeExplanation {
  const thread = model.threads.get(id) ?? assert.fail(id);
  const explanation = explain(model, thread, at(time));
  assert.equal(explanation?.kind, 'life');
  return explanation;
}

function partOf<State extends Part['state']>(
  { parts }: LifeExplanation,
  state: State,
): Extract<Part, { state: State }> {
  const found = parts.find((part) => part.state === state);
  return (found ?? assert.fail(`no part ${state}`)) as Extract<Part, { state: State }>;
}

describe('why a thread was Blocked', () => {
  const shared = `${pool}
    10  main shares 1 1024
    11  w shares 1 1024 same=main:1
    11  v shares 1 1024 same=main:1
    20  os sees 100/107 R cpu=11
    20  os sees 100/108 R cpu=11
    20  os sees 100/100 S do_epoll_wait cpu=5
    21  os tick
    30  w waits 1 1 0 at=lock.js:18:3 timeout=500
    45  main sends 1 1 at=main.js:9:1
    50  main sends 1 2 at=main.js:9:1`;

  it('is the wait, who ended it, from which line, and how long it then took', () => {
    const model = modelOf(`${shared}
      90  v notifies 1 0 1 at=lock.js:31:3
      99  w wakes 1 ok
      100 w gets 1 1 took=1
      102 w gets 1 2 took=1
      110 os sees 100/107 R cpu=30
      110 os sees 100/108 R cpu=100
      110 os sees 100/100 R cpu=94
      111 os tick`);
    const explanation = lifeOf(model, '100/1', 60);
    const { stretch } = explanation;
    assert.deepEqual([ms(stretch.start - STORY_START), ms(stretch.end - STORY_START)], [30, 99]);
    assert.equal(stretch.isPure, true);
    const { wait, location, queued } = partOf(explanation, 'blocked');
    assert.equal(location, 'lock.js:18:3');
    assert.deepEqual([wait?.cell, wait?.timeoutMs, wait?.result], [0, 500, 'ok']);
    assert.deepEqual([wait?.wokenBy?.threadId, wait?.wokenBy?.location], ['100/2', 'lock.js:31:3']);
    assert.equal(ms(wait?.wakeLatency ?? null), 9);
    assert.deepEqual(
      wait?.competition?.runners.map(({ threadId }) => threadId).sort(),
      ['100/0', '100/2'],
      'both cores were taken when it was woken',
    );
    assert.deepEqual([queued.count, ms((queued.oldest ?? 0) - STORY_START)], [2, 45]);
    assert.deepEqual(explanation.next?.kind, 'state');
  });

  it('goes on while nobody wakes it', () => {
    const model = modelOf(`${shared}
      110 os sees 100/108 S do_epoll_wait cpu=12
      111 os tick`);
    const explanation = lifeOf(model, '100/1', 100);
    assert.equal(explanation.stretch.isOpen, true);
    assert.equal(explanation.next, null);
    assert.equal(partOf(explanation, 'blocked').wait?.end, null);
  });

  it('does not name one who may not have been it', () => {
    const model = modelOf(`${shared}
      31  v waits 1 1 0
      90  main notifies 1 0 1
      91  main notifies 1 0 1
      92  v wakes 1 ok
      96  w wakes 1 ok
      110 os sees 100/107 S do_epoll_wait cpu=30
      111 os tick`);
    const { wait } = partOf(lifeOf(model, '100/1', 60), 'blocked');
    assert.deepEqual([wait?.result, wait?.wokenBy], ['ok', null]);
  });

  it('is the child process it waited for', () => {
    const model = modelOf(`${pool}
      10  os sees 100/100 R cpu=10
      20  main calls 1 execSync "git status" at=main.js:5:1
      22  os process 101 ppid=100 args="git status"
      80  main started 1 pid=101
      80  main heard 1 pid=101 code=3
      90  os sees 100/100 R cpu=30
      91  os tick`);
    const { child, reason } = partOf(lifeOf(model, '100/0', 50), 'blocked');
    assert.equal(reason, 'childProcess');
    assert.equal(child?.call.location, 'main.js:5:1');
    assert.deepEqual(child.process?.exit, { code: 3, signal: null });
  });
});

describe('why a thread was Ready', () => {
  it('is who had the cores', () => {
    const model = modelOf(`${pool}
      20  os sees 100/107 R cpu=10
      20  os sees 100/108 R cpu=10
      20  os sees 100/100 S do_epoll_wait cpu=10
      21  os tick
      120 os sees 100/107 R cpu=12 queue=98
      120 os sees 100/108 R cpu=110
      120 os sees 100/100 R cpu=108
      121 os tick`);
    const { competition } = partOf(lifeOf(model, '100/1', 70), 'ready');
    assert.equal(competition.cores?.count, 2);
    assert.equal(competition.isProgramsOwn, true);
    assert.deepEqual(
      competition.runners.map(({ threadId }) => threadId),
      ['100/2', '100/0'],
    );
    assert.ok((competition.runners[0]?.share ?? 0) > 0.97);
  });

  it('is not this program where that left a core free', () => {
    const model = modelOf(`${pool}
      20  os sees 100/107 R cpu=10
      20  os sees 100/108 S do_epoll_wait cpu=10
      20  os sees 100/100 S do_epoll_wait cpu=10
      21  os tick
      120 os sees 100/107 R cpu=12 queue=98
      121 os tick`);
    const { competition } = partOf(lifeOf(model, '100/1', 70), 'ready');
    assert.equal(competition.isProgramsOwn, false);
    assert.ok(competition.used < 0.3);
  });
});

describe('why a thread was Waiting', () => {
  const idle = `${pool}
    20  os sees 100/107 S do_epoll_wait cpu=10
    21  os tick
    41  os tick
    50  main sends 1 1 at=main.js:9:1`;

  it('ends with the message that came at its end', () => {
    const model = modelOf(`${idle}
      50.5 w gets 1 1 took=9
      60  os sees 100/107 R cpu=19.7
      61  os tick
      80  os sees 100/107 S do_epoll_wait cpu=20
      81  os tick`);
    const explanation = lifeOf(model, '100/1', 35);
    assert.equal(explanation.stretch.state, 'waiting');
    const { endedBy } = partOf(explanation, 'waiting');
    assert.equal(endedBy?.kind, 'message');
    assert.equal(endedBy.delivery.from, '100/0');
    assert.equal(endedBy.delivery.location, 'main.js:9:1');
    assert.equal(endedBy.delivery.arrow, 'message worker:main#1 0>1 1');
  });

  it('says that nothing is known of its end otherwise', () => {
    const model = modelOf(`${idle}
      60  os sees 100/107 R cpu=19.7
      61  os tick`);
    assert.equal(partOf(lifeOf(model, '100/1', 35), 'waiting').endedBy?.kind, 'unknown');
  });

  it('has not ended while it lasts', () => {
    const explanation = lifeOf(modelOf(idle), '100/1', 35);
    assert.equal(explanation.stretch.isOpen, true);
    assert.equal(partOf(explanation, 'waiting').endedBy, null);
  });
});

describe('why a thread was Running', () => {
  it('is the message it handled, and how long the event loop was held up', () => {
    const model = modelOf(`${pool}
      20  os sees 100/107 S do_epoll_wait cpu=1
      21  os tick
      48  main sends 1 1 at=main.js:9:1 took=1
      50  w gets 1 1 took=60
      111 w stalls since=50
      115 os sees 100/107 R cpu=66
      116 os tick`);
    const { deliveries, longTask, isStartUp } = partOf(lifeOf(model, '100/1', 80), 'running');
    assert.equal(deliveries.count, 1);
    assert.deepEqual([deliveries.main?.from, deliveries.main?.location], ['100/0', 'main.js:9:1']);
    assert.equal(ms(deliveries.main?.queue ?? null), 1);
    assert.equal(ms(longTask), 61);
    assert.equal(isStartUp, false);
  });

  it('is its start-up as long as its event loop was not idle', () => {
    const model = modelOf(`${pool}
      20  os sees 100/107 R cpu=11
      21  os tick
      40  os sees 100/107 R cpu=31
      41  os tick`);
    assert.equal(partOf(lifeOf(model, '100/1', 15), 'running').isStartUp, true);
  });
});

describe('the beginning and the end of a thread', () => {
  it('have the lines that made and ended it', () => {
    const model = modelOf(`${pool}
      20  os sees 100/107 R cpu=11
      21  os tick
      50  main terminates 1 at=main.js:20:5
      60  main lost 1 worker=1 code=1`);
    const { call } = partOf(lifeOf(model, '100/1', 4), 'new');
    assert.deepEqual([call?.threadId, call?.location], ['100/0', 'main.js:2:9']);
    const thread = model.threads.get('100/1') ?? assert.fail();
    const end = explain(model, thread, at(80));
    assert.equal(end?.kind, 'end');
    assert.deepEqual([end.exit?.code, end.endedBy?.location], [1, 'main.js:20:5']);
    assert.equal(explain(model, thread, at(-50)), null, 'before it was there');
  });
});

import assert from 'node:assert/strict';
import { report } from '../../../src/model/report';
import { emptyModel } from '../../../src/model/model';
import { modelOf } from '../../support/traceNotation';

describe('report()', () => {
  it('of a run of which nothing is known', () => {
    assert.deepEqual(report(emptyModel()), {
      version: 1,
      durationMs: 0,
      processes: [],
      channels: [],
      sharedBuffers: [],
      waits: [],
      longTasks: [],
      sharedMappings: [],
      cores: null,
      sampler: null,
      findings: [],
      dropped: { records: 0, bytes: 0 },
    });
  });

  it('has the documented shape, and null for what is not known', () => {
    const model = modelOf(`
      0   run starts "node main.js"
      5   main begins pid=100 ticks=7 cpu=4 queue=1
      6   main calls 1 spawn "git status" at=/p/main.js:3:5
      7   main started 1 pid=101 ticks=8
      8   main creates 2 ./w.js at=/p/main.js:9:1
      10  main created 2 error=boom errorCode=ERR_X
      20  os weighs 100 3000 1000
      30  main heap 500
      40  main ends code=0 cpu=20 queue=2
      41  run exit 100 code=0`);
    const [main, child] = report(model).processes;
    assert.deepEqual(main, {
      id: '100',
      pid: 100,
      parentId: null,
      spawnedAt: null,
      spawnedBy: null,
      command: '/usr/bin/node',
      args: ['/project/main.js'],
      nodeVersion: 'v20.20.2',
      startMs: 0,
      endMs: 36,
      exit: { code: 0, signal: null },
      killedBy: null,
      unobserved: null,
      memory: { privateBytes: 3000, sharedBytes: 1000, pssBytes: 3500, rssBytes: 4000 },
      segments: null,
      facts: null,
      descriptors: null,
      unreadable: {},
      threads: [
        {
          id: '100/0',
          kind: 'main',
          role: null,
          threadId: 0,
          tid: 100,
          name: 'main',
          spawnedAt: null,
          startMs: 0,
          endMs: 36,
          exit: { code: 0, signal: null },
          exitLocation: null,
          endedBy: null,
          error: null,
          cpuMs: 20,
          states: { new: 0, ready: 2.091, running: 20.909, waiting: 13, blocked: 0 },
          blockedBy: [],
          estimatedMs: 1,
          sleepCountedAsReadyMs: 0,
          heap: { usedBytes: 500, totalBytes: 1000, externalBytes: 0, arrayBuffersBytes: 0 },
          heapSpaces: null,
          facts: null,
        },
        {
          id: '100/1',
          kind: 'worker',
          role: null,
          threadId: null,
          tid: null,
          name: 'worker · w.js',
          spawnedAt: '/p/main.js:9',
          startMs: 3,
          endMs: 5,
          exit: null,
          exitLocation: null,
          endedBy: null,
          error: { name: null, message: 'boom', code: 'ERR_X' },
          cpuMs: null,
          states: { new: 2, ready: 0, running: 0, waiting: 0, blocked: 0 },
          blockedBy: [],
          estimatedMs: 2,
          sleepCountedAsReadyMs: 0,
          heap: null,
          heapSpaces: null,
          facts: null,
        },
      ],
    });
    assert.deepEqual(
      { ...child, threads: [] },
      {
        id: '101',
        pid: 101,
        parentId: '100',
        spawnedAt: '/p/main.js:3',
        spawnedBy: 'spawn',
        command: 'git',
        args: ['status'],
        nodeVersion: null,
        startMs: 1,
        endMs: null,
        exit: null,
        killedBy: null,
        unobserved: null,
        memory: null,
        segments: null,
        facts: null,
        descriptors: null,
        unreadable: {},
        threads: [],
      },
    );
  });

  /** A worker that is talked to, shares memory, waits and is terminated; a child process that is killed. */
  const busy = `
    5   main begins pid=100 ticks=7
    6   main creates 1 ./w.js at=/p/main.js:2:9
    6   main holds 1 creator call=1
    7   main created 1 worker=1
    9   w begins pid=100 ticks=7 worker=1 tid=107 call=main#1
    9   w holds 1 worker
    10  main shares 1 1024 at=/p/main.js:3:1
    10  main sends 1 1 bytes=100 took=1 at=/p/main.js:4:3
    11  main passes 1 via=1 message=2
    11  main sends 1 2 bytes=50 took=1 transferred=1 at=/p/main.js:4:20
    12  w shares 1 1024 via=1 message=2 index=0
    13  w gets 1 1 took=2
    20  main sends 1 3 bytes=50 took=4 at=/p/main.js:5:3
    30  main sends 1 101 bytes=50 took=2
    30  main counts 1 sent=200 bytes=9000 every=100
    31  w gets 1 2 took=4
    32  w waits 1 1 2 timeout=500 at=/p/w.js:7:1
    40  main notifies 1 2 1 at=/p/main.js:6:1
    41  w wakes 1 ok
    50  main stalls since=42
    51  main calls 2 spawn "sleep 9" at=/p/main.js:8:1
    52  main started 2 pid=101 ticks=8
    52  main misses 2 notNode
    60  main kills 101 15 at=/p/main.js:9:1
    61  main heard 2 pid=101 signal=SIGTERM
    70  main terminates 1 at=/p/main.js:10:1
    71  main lost 1 worker=1 code=1
    80  main ends code=3 at=/p/main.js:11:1`;

  it('has an entry for each direction of a channel that carried anything', () => {
    assert.deepEqual(report(modelOf(busy)).channels, [
      {
        id: 'worker:main#1 0>1',
        channel: 'worker:main#1',
        kind: 'worker',
        from: '100/0',
        to: '100/1',
        sent: 200,
        received: 2,
        bytes: 9000,
        latencyMsP50: 3,
        name: null,
        bytesEstimated: true,
        transferred: 1,
        recorded: 4,
        waiting: 198,
        serializeMs: 400,
        handleMs: 6,
        timesEstimated: true,
        handleMsP50: 2,
        queueMsP50: 2,
        queueMsMax: 19,
        lines: [
          { location: '/p/main.js:4', count: 2 },
          { location: '/p/main.js:5', count: 1 },
        ],
        created: '/p/main.js:2',
        receivers: [],
      },
    ]);
  });

  it('has one entry for each sender of a broadcast, so that entries add up', () => {
    const model = modelOf(`
      1   main begins pid=100
      2   main creates 1 ./w.js
      3   w begins pid=100 worker=1 call=main#1
      4   v begins pid=100 worker=2
      5   main holds 1 broadcast name=news
      5   w holds 1 broadcast name=news
      5   v holds 1 broadcast name=news
      6   main sends 1 1
      7   w gets 1 1
      8   v gets 1 1`);
    const entries = report(model).channels.map(({ from, to, sent, received, waiting, receivers }) => ({
      from,
      to,
      sent,
      received,
      waiting,
      receivers,
    }));
    assert.deepEqual(entries, [
      {
        from: '100/0',
        to: null,
        sent: 1,
        received: 2,
        waiting: 0,
        receivers: [
          { thread: '100/1', received: 1 },
          { thread: '100/2', received: 1 },
        ],
      },
    ]);
  });

  it('tells of shared memory, of waits and of who woke them', () => {
    const { sharedBuffers, waits, longTasks } = report(modelOf(busy));
    assert.deepEqual(sharedBuffers, [
      {
        id: 'main:1',
        bytes: 1024,
        threads: ['100/0', '100/1'],
        wasm: false,
        holders: [
          { thread: '100/0', sinceMs: 5, location: '/p/main.js:3' },
          { thread: '100/1', sinceMs: 7, location: null },
        ],
      },
    ]);
    assert.deepEqual(waits, [
      {
        thread: '100/1',
        buffer: 'main:1',
        cell: 2,
        byteOffset: 8,
        startMs: 27,
        endMs: 36,
        timeoutMs: 500,
        result: 'ok',
        async: false,
        location: '/p/w.js:7',
        notifiedBy: '100/0',
        notifiedAt: '/p/main.js:6',
      },
    ]);
    assert.deepEqual(longTasks, [{ thread: '100/0', startMs: 37, endMs: 45 }]);
  });

  it('tells by whom a process and a worker were ended, and where a program exits', () => {
    const [main, child] = report(modelOf(busy)).processes;
    assert.deepEqual(child?.killedBy, { thread: '100/0', location: '/p/main.js:9', atMs: 55 });
    assert.equal(child.unobserved, 'notNode');
    assert.deepEqual(main?.threads[1]?.endedBy, { thread: '100/0', location: '/p/main.js:10', atMs: 65 });
    assert.equal(main.threads[0]?.exitLocation, '/p/main.js:11');
  });

  it('counts what the probes had to drop', () => {
    const model = modelOf(`
      5   main begins pid=100
      6   main drops 3 90
      7   main drops 5 150
      8   w begins pid=100 worker=1
      9   w drops 2 20`);
    assert.deepEqual(report(model).dropped, { records: 7, bytes: 170 });
  });
});

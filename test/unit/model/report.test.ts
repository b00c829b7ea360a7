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
      memory: { privateBytes: 3000, sharedBytes: 1000, pssBytes: 3500, rssBytes: 4000 },
      threads: [
        {
          id: '100/0',
          kind: 'main',
          threadId: 0,
          tid: 100,
          name: 'main',
          spawnedAt: null,
          startMs: 0,
          endMs: 36,
          exit: { code: 0, signal: null },
          error: null,
          cpuMs: 20,
          states: { new: 0, ready: 2.091, running: 20.909, waiting: 13, blocked: 0 },
          estimatedMs: 1,
          heap: { usedBytes: 500, totalBytes: 1000, externalBytes: 0, arrayBuffersBytes: 0 },
        },
        {
          id: '100/1',
          kind: 'worker',
          threadId: null,
          tid: null,
          name: 'worker · w.js',
          spawnedAt: '/p/main.js:9',
          startMs: 3,
          endMs: 5,
          exit: null,
          error: { name: null, message: 'boom', code: 'ERR_X' },
          cpuMs: null,
          states: { new: 2, ready: 0, running: 0, waiting: 0, blocked: 0 },
          estimatedMs: 2,
          heap: null,
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
        memory: null,
        threads: [],
      },
    );
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

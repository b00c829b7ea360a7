import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseArgs } from '../../../src/model/parseArgs';
import { baseName, lacksEvalOption, processTitle, threadTitle } from '../../../src/model/select';
import { isBlocking, waitReasons } from '../../../src/model/states';
import { waitReason } from '../../../src/model/waitChannel';
import { modelOf } from '../../support/traceNotation';

describe('parseArgs', () => {
  it('reads what JSON.stringify wrote', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (args) => assert.deepEqual(parseArgs(JSON.stringify(args)), args)),
    );
  });

  it('never throws, and loses nothing of a text that is no list', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const args = parseArgs(text);
        assert.ok(args.every((argument) => typeof argument === 'string'));
      }),
    );
    assert.deepEqual(parseArgs('["a","b…'), ['["a","b…']);
    assert.deepEqual(parseArgs(''), []);
    assert.deepEqual(parseArgs('['.repeat(8000)), ['['.repeat(8000)]);
    assert.equal(parseArgs(`${'['.repeat(4000)}${']'.repeat(4000)}`).length, 1);
  });
});

describe('waitReason', () => {
  const cases = [
    ['S', 'do_epoll_wait', 'main', 'eventLoop'],
    ['S', 'ep_poll', 'worker', 'eventLoop'],
    ['S', 'futex_do_wait', 'main', 'lock'],
    ['S', 'futex_wait_queue', 'worker', 'lock'],
    ['S', 'futex_wait_queue_me', 'worker', 'lock'],
    ['S', 'futex_do_wait', 'native', 'idlePool'],
    ['S', 'do_wait', 'main', 'childProcess'],
    ['S', 'anon_pipe_read', 'main', 'pipe'],
    ['S', 'pipe_read', 'main', 'pipe'],
    ['S', 'hrtimer_nanosleep', 'main', 'sleep'],
    ['S', 'n_tty_read', 'main', 'terminal'],
    ['S', 'unix_stream_read_generic', 'main', 'socket'],
    ['S', 'poll_schedule_timeout.constprop.0', 'main', 'eventLoop'],
    ['D', 'folio_wait_bit_common', 'native', 'disk'],
    ['D', null, 'main', 'disk'],
    ['S', null, 'main', 'unknown'],
    ['S', '0', 'main', 'unknown'],
    ['T', 'do_signal_stop', 'main', 'stopped'],
    ['t', 'ptrace_stop', 'main', 'traced'],
    ['S', 'some_new_function', 'main', 'other'],
  ] as const;
  for (const [state, channel, kind, expected] of cases) {
    it(`${state} in ${String(channel)} on a ${kind} thread: ${expected}`, () => {
      assert.equal(waitReason(state, channel, kind), expected);
    });
  }

  it('answers a reason for any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (state, channel) => {
        assert.ok(waitReasons.includes(waitReason(state, channel, 'main')));
      }),
    );
  });

  it('calls waiting what is idle or unknown, blocked all else', () => {
    assert.deepEqual(
      waitReasons.filter((reason) => !isBlocking(reason)),
      ['unknown', 'eventLoop', 'idlePool'],
    );
  });
});

describe('titles', () => {
  it('of processes leave the folders out', () => {
    const model = modelOf(`
      0  os process 1 args="/usr/bin/node /home/me/server.js /etc/x"
      0  os process 2 comm=kworker
      0  os process 3 args="C:\\\\Program\\\\node.exe x.js"`);
    assert.deepEqual([...model.processes.values()].map(processTitle), [
      'node server.js /etc/x',
      'kworker',
      'node.exe x.js',
    ]);
  });

  it('of workers name number and file', () => {
    const model = modelOf(`
      0  main begins pid=1
      1  main creates 1 /p/a.js
      1  main created 1 worker=1
      1  main creates 2 code eval=yes
      1  main created 2 worker=2
      1  main creates 3 /p/a.js name=mine`);
    assert.deepEqual([...model.threads.values()].map(threadTitle), [
      'main',
      'worker 1 · a.js',
      'worker 2 · [eval]',
      'worker · mine',
    ]);
  });

  it('base names never throw and are no longer than the path', () => {
    fc.assert(fc.property(fc.string(), (path) => assert.ok(baseName(path).length <= path.length)));
  });
});

describe('the missing { eval: true }', () => {
  for (const [file, expected] of [
    ["const { parentPort } = require('worker_threads');", true],
    ['parentPort.postMessage(1);\nfoo()', true],
    ["import x from 'y'", true],
    ['() => 1', true],
    ['/home/me/my worker.js', false],
    ['./missing.mjs', false],
    ['file:///p/x.js', false],
  ] as const) {
    it(`${expected ? 'is' : 'is not'} the likely cause for ${JSON.stringify(file)}`, () => {
      const model = modelOf(`
        0  main begins pid=1
        1  main creates 1 ${JSON.stringify(file)}
        1  main created 1 error=boom errorCode=ERR_WORKER_PATH`);
      assert.equal(lacksEvalOption(model.threads.get('1/1')!), expected);
    });
  }
});

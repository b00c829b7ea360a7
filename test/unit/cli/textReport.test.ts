import assert from 'node:assert/strict';
import fc from 'fast-check';
import { textReport } from '../../../src/cli/textReport';
import { emptyModel } from '../../../src/model/model';
import { reduce } from '../../../src/model/reduce';
import { modelOf } from '../../support/traceNotation';

describe('textReport', () => {
  it('shows the tree with times, memory and ends', () => {
    const text = textReport(
      modelOf(`
        0   run starts "node main.js"
        0   run root 100
        0   main begins pid=100 cpu=0 args="/usr/bin/node /project/main.js"
        0   os thread 100/107 since=0 name=libuv-worker
        5   main calls 1 fork "node child.js" at=/project/main.js:3:5
        5   main started 1 pid=101 ticks=8
        10  main creates 2 ./w.js name=crunch at=/project/main.js:9:1
        10  main created 2 worker=1
        12  os weighs 100 9437184 5242880
        20  child begins pid=101 ppid=100 ticks=8 call=main#1 cpu=10
        30  main heard 1 pid=101 signal=SIGKILL
        40  w begins pid=100 worker=1 tid=108 cpu=30
        50  main lost 2 worker=1 code=0
        60  main ends code=3 cpu=60
        60  run exit 100 code=3
        61  run notes logDamaged detail="a log is damaged"
        62  main drops 4 400`),
    );
    assert.deepEqual(text.split('\n'), [
      'node main.js (pid 100)  60.0 ms  exit code 3  private 9.0 MB, shared 5.0 MB',
      '  main (tid 100)  running 60.0 ms',
      '  worker 1 · crunch (tid 108)  running 40.0 ms',
      '  native threads: 1',
      '  node child.js (pid 101)  25.0 ms  killed by SIGKILL  by fork at /project/main.js:3:5',
      '    main (tid 101)  new 5.0 ms, running 20.0 ms',
      'note: a log is damaged',
      'dropped: 4 records, 400 bytes',
      '',
    ]);
  });

  it('says what went wrong with a worker, and the likely fix', () => {
    const text = textReport(
      modelOf(`
        0   main begins pid=100
        1   main creates 1 "const x = 1;\\nfoo()"
        1   main created 1 error="Cannot find module" errorCode=ERR_WORKER_PATH`),
    );
    assert.match(
      text,
      /error: Cannot find module {2}Node took the source text for a file name: pass \{ eval: true \}/,
    );
  });

  it('tells what the threads had to do with each other', () => {
    const text = textReport(
      modelOf(`
        0   main begins pid=100 cpu=0 args="/usr/bin/node /project/main.js"
        1   main creates 1 ./w.js name=crunch at=/p/main.js:2:9
        1   main holds 1 creator call=1
        1   main created 1 worker=1
        2   w begins pid=100 worker=1 tid=107 call=main#1 cpu=1
        2   w holds 1 worker
        3   main shares 1 65536 at=/p/main.js:3:1
        3   main passes 1 via=1 message=1
        4   main sends 1 1 bytes=100 at=/p/main.js:4:3
        6   w shares 1 65536 via=1 message=1 index=0
        6   w gets 1 1 took=1
        7   main sends 1 2 bytes=2000 at=/p/main.js:5:3
        8   w sends 1 1 bytes=8
        9   main gets 1 1
        10  w waits 1 1 0 at=/p/w.js:3:1
        20  w wakes 1 timed-out
        21  w waits 2 1 0 at=/p/w.js:3:1
        25  w wakes 2 timed-out
        40  main stalls since=30
        41  main calls 2 spawn "sleep 9" at=/p/main.js:8:1
        42  main started 2 pid=101 ticks=8
        42  main misses 2 notNode
        43  main kills 101 15 at=/p/main.js:9:1
        44  main heard 2 pid=101 signal=SIGTERM
        45  main terminates 1 at=/p/main.js:10:1
        46  main lost 1 worker=1 code=1
        50  main ends code=3 cpu=50 at=/p/main.js:11:1`),
    );
    assert.deepEqual(text.split('\n').slice(1), [
      '  main (tid 100)  running 50.0 ms  process.exit at /p/main.js:11:1',
      '  worker 1 · crunch (tid 107)  running 31.0 ms, blocked 14.0 ms  terminated by main of 100 at /p/main.js:10:1',
      '  sleep 9 (pid 101)  3.0 ms  killed by SIGTERM  signal sent by main of 100 at /p/main.js:9:1' +
        '  not observed from inside: notNode  by spawn at /p/main.js:8:1',
      'messages:',
      '  main of 100 → worker 1 · crunch of 100  worker  sent 2  received 1  waiting 1  ~2.1 kB   ' +
        'latency 2.0 ms, at most 2.0 ms  at /p/main.js:4:3 and 1 more',
      '  worker 1 · crunch of 100 → main of 100  worker  sent 1  received 1             ~8 bytes  ' +
        'latency 1.0 ms, at most 1.0 ms',
      'shared buffers:',
      '  64.0 kB  held by main of 100, worker 1 · crunch of 100  at /p/main.js:3:1',
      'waits:',
      '  Atomics.wait at /p/w.js:3:1 in worker 1 · crunch of 100  2 times, 14.0 ms in all, 10.0 ms at most',
      'long tasks:',
      '  main of 100  once, 10.0 ms in all, 10.0 ms at most',
      '',
    ]);
  });

  it('of nothing says so', () => {
    assert.equal(textReport(emptyModel()), 'No process was seen.\n');
  });

  it('lets nothing steer the terminal, wherever the program put it', () => {
    const text = fc.string({
      unit: fc.constantFrom('\u001b', '[', '2', 'J', '\n', '\r', '\b', '\u009b', '\u0000', 'a'),
    });
    fc.assert(
      fc.property(text, text, text, (name, message, signal) => {
        const model = emptyModel();
        const pid = { pid: 1, startTicks: 1 };
        const process = {
          time: 1,
          ...pid,
          ppid: 0,
          start: 1,
          comm: name,
          args: JSON.stringify([name, message]),
        };
        reduce(model, { kind: 'process', ...process }, 1);
        reduce(model, { kind: 'notice', time: 1, code: name, detail: message }, 1);
        reduce(model, { kind: 'processGone', time: 2, ...pid, code: null, signal }, 1);
        const report = textReport(model);
        // eslint-disable-next-line no-control-regex -- what this is about
        assert.doesNotMatch(report, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
        assert.equal(report.split('\n').length, 3, 'a line for the process, one for the notice, and the end');
      }),
    );
  });
});

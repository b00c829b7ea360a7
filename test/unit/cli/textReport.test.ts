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

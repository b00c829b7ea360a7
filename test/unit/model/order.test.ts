import assert from 'node:assert/strict';
import fc from 'fast-check';
import { report } from '../../../src/model/report';
import { outline } from '../../support/outline';
import { cutAt } from '../../support/recordings';
import { chunksOf, modelFrom, recordingFrom, recordingOf } from '../../support/traceNotation';

/** A bit of everything. */
const story = `
  0   run starts "node main.js"
  1   run root 100
  2   os starts
  2   os process 100 ppid=50 ticks=7 since=1 comm=node
  2   os thread 100/100 ticks=7 processTicks=7 since=1 name=node
  2   os sees 100/100 R cpu=1
  3   os tick
  5   main begins pid=100 ppid=50 ticks=7 since=1 cpu=3
  5   main heap 4000000
  6   main calls 1 exec "/bin/sh -c x" at=main.js:3:5
  7   main started 1 pid=101 ticks=8
  8   main creates 2 ./w.js name=crunch at=main.js:4:1
  9   main created 2 worker=1
  20  os process 101 ppid=100 ticks=8 since=6 args="/bin/sh -c x"
  20  os process 102 ppid=101 ticks=9 since=8 args="node child.js"
  20  os thread 100/107 ticks=9 processTicks=7 since=9 name=node
  20  os sees 100/107 R cpu=4 queue=2
  20  os sees 100/100 S do_epoll_wait cpu=9
  21  os tick
  25  w begins pid=100 worker=1 tid=107 threadTicks=9 cpu=8 queue=2 call=main#2
  30  child begins pid=102 ppid=101 ticks=9 since=8 call=main#1 cpu=12
  30  child below 101 ppid=100 ticks=8 args="/bin/sh -c x"
  31  child calls 1 spawnSync "git log" at=child.js:1:1
  40  os process 103 ppid=102 ticks=11 since=31 args="git log"
  40  os weighs 100 9000000 5000000
  41  os tick
  50  child started 1 pid=103
  50  child heard 1 pid=103 code=0
  55  child throws "x is undefined" name=TypeError
  56  child ends code=1 cpu=20
  57  os buries 102 ticks=9 code=1
  58  main heard 1 pid=101 code=1
  60  w ends code=0 cpu=30 queue=3
  61  main lost 2 worker=1 code=0
  70  main drops 3 99
  71  main ends code=0 cpu=19
  72  run exit 100 code=0
  73  run notes logDamaged detail=x.log
  74  run ends`;

describe('the same records', () => {
  it('give the same model, however their bytes arrive', () => {
    const bytes = recordingOf(story);
    const whole = report(modelFrom([bytes]));
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 30 }), (places) => {
        assert.deepEqual(report(modelFrom(cutAt(bytes, places))), whole);
      }),
    );
  });
});

describe('chunks of sources that do not wait for each other', () => {
  /** Everything that a source may say before another one is heard: lines moved up by these many places. */
  const moves = [
    ["a child speaks before its parent's spawn call returned", 'child begins', 'main started 1'],
    ["a worker speaks before its creator's `new Worker` returned", 'w begins', 'main created 2'],
    ['a worker speaks before the sampler has found it', 'w begins', 'os thread 100/107'],
    ['the sampler finds a process before the call that made it is read', 'os process 101', 'main calls 1'],
    ['a shell and its child are found the other way round', 'os process 102', 'os process 101'],
    ['the root speaks before anybody has named it', 'main begins', 'run root'],
    ['the root is sampled before anybody has named it', 'os process 100', 'run root'],
    ['the zombie is found before its own last word is read', 'os buries 102', 'child ends'],
  ] as const;

  for (const [name, mover, target] of moves) {
    it(name, () => {
      const chunks = chunksOf(story);
      const at = (part: string): number => chunks.findIndex(({ line }) => line.includes(part));
      const from = at(mover);
      const to = at(target);
      assert.ok(from > to && to >= 0);
      const [moved] = chunks.splice(from, 1);
      chunks.splice(to, 0, moved!);
      assert.deepEqual(
        processesOf(outline(modelFrom([recordingFrom(chunks)]))),
        processesOf(outline(modelFrom([recordingOf(story)]))),
      );
    });
  }
});

/** Who there is, whose child, from when to when; the states may differ by what was known at the time. */
function processesOf(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/^(\s*\S+\/\d+ .*): .*$/, '$1'));
}

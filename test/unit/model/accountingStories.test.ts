import { testStories } from '../../support/stories';

/** A sleeping thread gives no samples: a pass every second, for an hour. */
const hourOfTicks = Array.from({ length: 3600 }, (_, second) => `${(second + 1) * 1000 + 11} os tick`).join(
  '\n',
);

/** Looks at a thread that stays in the run queue; the kernel counts the wait only when it is over. */
function queuedUntil(end: number): string {
  const looks: string[] = [];
  for (let time = 40; time < end; time += 20) {
    looks.push(`${time} os sees 100/100 R cpu=10`, `${time + 1} os tick`);
  }
  return looks.join('\n');
}

/** Passes in which nobody is seen to have run. */
function ticksUntil(end: number): string {
  const ticks: string[] = [];
  for (let time = 40; time < end; time += 20) ticks.push(`${time + 1} os tick`);
  return ticks.join('\n');
}

const start = `
  0   run starts "node main.js"
  0   run root 100
  0   os thread 100/100 since=0
  0   main begins pid=100 cpu=0`;

describe('time accounting', () => {
  testStories([
    {
      name: 'busy all the time',
      story: `${start}
        20  os sees 100/100 R cpu=20
        40  os sees 100/100 R cpu=40
        60  main ends code=0 cpu=60
        60  run exit 100 code=0`,
      threads: { '100/0': 'main 0..60 code 0: running 60' },
    },
    {
      name: "running, ready and waiting are the kernel's figures",
      story: `${start}
        20  os sees 100/100 R cpu=12 queue=8
        40  os sees 100/100 S do_epoll_wait cpu=20 queue=10
        41  os tick
        60  main ends code=0 cpu=21 queue=10
        60  run exit 100 code=0`,
      threads: { '100/0': 'main 0..60 code 0: ready 10, running 21, waiting 29' },
    },
    {
      name: 'asleep for an hour with nothing but ticks',
      story: `${start}
        10  os sees 100/100 S do_epoll_wait cpu=10
        11  os tick
        ${hourOfTicks}
        3600012 os sees 100/100 R cpu=11
        3600020 main ends code=0 cpu=19
        3600020 run exit 100 code=0`,
      threads: { '100/0': 'main 0..3600020 code 0: running 19, waiting 3600001' },
    },
    {
      name: 'asleep until now, as far as anybody looked',
      story: `${start}
        10  os sees 100/100 S do_epoll_wait cpu=10
        11  os tick
        ${hourOfTicks}`,
      threads: { '100/0': 'main 0..: running 10, waiting 3600001' },
    },
    {
      name: 'asleep, then never seen again: it went on sleeping',
      story: `${start}
        10  os sees 100/100 S do_epoll_wait cpu=10
        11  os tick
        30  os tick
        90  run exit 100 signal=SIGKILL`,
      threads: { '100/0': 'main 0..90 SIGKILL: running 10, waiting 80' },
    },
    {
      name: 'stuck in a synchronous call',
      story: `${start}
        10  os sees 100/100 R cpu=10
        12  main calls 1 execSync "sleep 1" at=main.js:1:1
        30  os sees 100/100 S do_poll cpu=12
        31  os tick
        112 main started 1 pid=101
        112 main heard 1 pid=101 code=0
        120 os sees 100/100 R cpu=20
        120 run exit 100 code=0`,
      threads: { '100/0': 'main 0..120 code 0: running 20, blocked 100' },
    },
    {
      name: 'still stuck in a synchronous call',
      story: `${start}
        12  main calls 1 execSync "sleep 1" at=main.js:1:1
        12  os sees 100/100 S do_poll cpu=12
        13  os tick
        90  os tick`,
      threads: { '100/0': 'main 0..: running 12, blocked 78' },
    },
    {
      name: 'stuck on a lock (Atomics.wait)',
      story: `${start}
        10  os sees 100/100 S futex_do_wait cpu=10
        11  os tick
        90  os tick`,
      threads: { '100/0': 'main 0..: running 10, blocked 80' },
    },
    {
      name: 'a pool thread without work is idle, not stuck',
      story: `${start}
        10  os thread 100/105 since=0 name=libuv-worker
        10  os sees 100/105 S futex_do_wait cpu=1
        11  os tick
        90  os tick`,
      threads: { '100/1': 'native 0..: running 1, waiting 89' },
    },
    {
      name: 'a native thread in the disk is stuck',
      story: `${start}
        10  os thread 100/105 since=0 name=libuv-worker
        10  os sees 100/105 D folio_wait_bit cpu=1
        11  os tick
        90  os tick`,
      threads: { '100/1': 'native 0..: running 1, blocked 89' },
    },
    {
      name: 'stopped by a signal',
      story: `${start}
        10  os sees 100/100 T do_signal_stop cpu=10
        11  os tick
        90  os tick`,
      threads: { '100/0': 'main 0..: running 10, blocked 80' },
    },
    {
      name: 'New until its JavaScript begins',
      story: `
        0   run starts "node main.js"
        0   os process 100 since=0
        0   os thread 100/100 since=0
        10  os sees 100/100 S futex_do_wait cpu=4
        11  os tick
        30  main begins pid=100 cpu=14
        40  main ends code=0 cpu=24
        40  run exit 100 code=0`,
      threads: { '100/0': 'main 0..40 code 0: new 16, running 24' },
    },
  ]);
});

describe('threads that wait for a CPU, with run-queue counters that come late', () => {
  testStories([
    {
      name: 'while it still waits, it is Ready',
      story: `${start}
        20  os sees 100/100 R cpu=10 queue=10
        40  os sees 100/100 R cpu=10 queue=10
        41  os tick`,
      threads: { '100/0': 'main 0..: ready 31, running 10' },
    },
    {
      name: 'a tenth of a second',
      story: `${start}
        20  os sees 100/100 R cpu=10 queue=10
        ${queuedUntil(120).replaceAll('cpu=10', 'cpu=10 queue=10')}
        120 os sees 100/100 R cpu=15 queue=105
        120 run exit 100 code=0`,
      threads: { '100/0': 'main 0..120 code 0: ready 105, running 15' },
    },
    {
      name: 'a whole second: nobody saw it sleep',
      story: `${start}
        20  os sees 100/100 R cpu=10 queue=10
        ${queuedUntil(1020).replaceAll('cpu=10', 'cpu=10 queue=10')}
        1020 os sees 100/100 R cpu=15 queue=1005
        1020 run exit 100 code=0`,
      threads: { '100/0': 'main 0..1020 code 0: ready 1005, running 15' },
    },
    {
      name: 'not while it was asleep, whatever the kernel counts',
      story: `${start}
        20  os sees 100/100 S pipe_read cpu=10 queue=10
        ${ticksUntil(1020)}
        1020 os sees 100/100 R cpu=15 queue=1010
        1040 os sees 100/100 R cpu=25 queue=1020
        1040 run exit 100 code=0`,
      // It may have been woken after the last look that made sure: a third of a second at most.
      threads: { '100/0': 'main 0..1040 code 0: ready 339, running 25, blocked 676' },
    },
    {
      name: 'killed while it waits: it waited to the end, as far as anybody knows',
      story: `${start}
        20  os sees 100/100 R cpu=10 queue=10
        40  os sees 100/100 R cpu=10 queue=10
        41  os tick
        60  run exit 100 signal=SIGKILL`,
      threads: { '100/0': 'main 0..60 SIGKILL: ready 50, running 10' },
    },
  ]);
});

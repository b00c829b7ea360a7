import { testStories } from '../../support/stories';

describe('pids that are used again', () => {
  testStories([
    {
      name: 'the second process with a pid is another process',
      story: `
        5   main begins pid=100 ticks=7
        6   main calls 1 spawn one at=main.js:1:1
        7   main started 1 pid=101 ticks=8
        9   main heard 1 pid=101 code=0
        16  main calls 2 spawn two at=main.js:2:1
        17  main started 2 pid=101 ticks=9
        20  main heard 2 pid=101 code=2`,
      processes: [
        '100 5..: node main.js',
        '  101 6..9 code 0 by spawn main.js:1:1: one',
        '  101.2 16..20 code 2 by spawn main.js:2:1: two',
      ],
    },
    {
      name: 'a late word about the first one does not touch the second',
      story: `
        5   main begins pid=100 ticks=7
        6   main calls 1 spawn one at=main.js:1:1
        7   main started 1 pid=101 ticks=8
        16  main calls 2 spawn two at=main.js:2:1
        17  main started 2 pid=101 ticks=9
        18  os buries 101 ticks=8 signal=SIGTERM
        19  main heard 1 pid=101 signal=SIGTERM`,
      processes: [
        '100 5..: node main.js',
        '  101 6..16 SIGTERM by spawn main.js:1:1: one',
        '  101.2 16.. by spawn main.js:2:1: two',
      ],
    },
    {
      name: 'known by their pids alone, as synchronous calls tell them',
      story: `
        5   main begins pid=100 ticks=7
        6   main calls 1 spawnSync one at=main.js:1:1
        8   main started 1 pid=101
        8   main heard 1 pid=101 code=0
        106 main calls 2 spawnSync two at=main.js:2:1
        108 main started 2 pid=101
        108 main heard 2 pid=101 code=0`,
      processes: [
        '100 5..: node main.js',
        '  101 6..8 code 0 by spawnSync main.js:1:1: one',
        '  101.2 106..108 code 0 by spawnSync main.js:2:1: two',
      ],
    },
    {
      name: 'a child of the second one is not the child of the first',
      story: `
        5   main begins pid=100 ticks=7
        9   os process 101 ppid=100 ticks=8 since=6 args=one
        12  os buries 101 ticks=8
        900 os process 101 ppid=100 ticks=90 since=890 args=two
        950 os process 102 ppid=101 ticks=95 since=940 args=three`,
      processes: ['100 5..: node main.js', '  101 6..12: one', '  101.2 890..: two', '    102 940..: three'],
    },
  ]);
});

import { testStories } from '../../support/stories';

describe('processes', () => {
  testStories([
    {
      name: 'a script and the command it spawned',
      story: `
        0   run starts "node main.js"
        1   run root 100
        2   os process 100 ppid=50 ticks=7 since=1 comm=node
        5   main begins pid=100 ppid=50 ticks=7 since=1
        6   main calls 1 spawn "git status" at=main.js:3:5
        7   main started 1 pid=101 ticks=8
        30  main heard 1 pid=101 code=0
        40  main ends code=0
        41  run exit 100 code=0`,
      processes: ['100 1..41 code 0: node main.js', '  101 6..30 code 0 by spawn main.js:3:5: git status'],
    },
    {
      name: 'a program that cannot be started leaves no process, only a call with its error',
      story: `
        5   main begins pid=100
        6   main calls 1 spawn nonsense at=main.js:3:5
        7   main started 1 error=ENOENT
        9   main ends code=0
        10  run ends`,
      processes: ['100 5..9 code 0: node main.js'],
    },
    {
      name: 'a killed child',
      story: `
        5   main begins pid=100
        6   main calls 1 fork "node child.js" at=main.js:3:5
        7   main started 1 pid=101 ticks=8
        20  child begins pid=101 ppid=100 ticks=8 call=main#1
        30  main heard 1 pid=101 signal=SIGKILL`,
      processes: ['100 5..: node main.js', '  101 6..30 SIGKILL by fork main.js:3:5: node child.js'],
    },
    {
      name: 'a child whose exit was announced, then told otherwise: the parent knows best',
      story: `
        5   main begins pid=100
        6   main calls 1 fork "node child.js" at=main.js:3:5
        7   main started 1 pid=101 ticks=8
        20  child begins pid=101 ppid=100 ticks=8 call=main#1
        25  child ends code=0
        26  os buries 101 ticks=8 signal=SIGSEGV
        30  main heard 1 pid=101 signal=SIGSEGV`,
      processes: ['100 5..: node main.js', '  101 6..26 SIGSEGV by fork main.js:3:5: node child.js'],
    },
    {
      name: "an 'exit' listener that changes the code: the last word counts",
      story: `
        5   main begins pid=100
        20  main ends code=0
        21  main ends code=3
        25  run ends`,
      processes: ['100 5..21 code 3: node main.js'],
    },
    {
      name: 'a zombie whose parent has not asked for its exit status yet',
      story: `
        1   run root 100
        2   os process 100 ppid=50 ticks=7 since=1 args="node main.js"
        9   os process 101 ppid=100 ticks=8 since=6 args="sleep 1"
        9   os thread 101/101 ticks=8 processTicks=8 since=6
        10  os sees 101/101 S hrtimer_nanosleep cpu=1
        10  os tick
        30  os buries 101 ticks=8 code=7`,
      processes: ['100 1..: node main.js', '  101 6..30 code 7: sleep 1'],
      threads: { '101/0': 'main 6..30 code 7: running 1, blocked 23' },
    },
    {
      name: 'a process that vanishes without a word',
      story: `
        1   run root 100
        2   os process 100 ppid=50 ticks=7 since=1 args="node main.js"
        9   os process 101 ppid=100 ticks=8 since=6 args="sleep 1"
        30  os buries 101 ticks=8
        50  run exit 100 signal=SIGKILL`,
      processes: ['100 1..50 SIGKILL: node main.js', '  101 6..30: sleep 1'],
    },
    {
      name: 'a process that announced its end, where nobody else saw it',
      story: `
        5   main begins pid=100
        6   main calls 1 spawn "node child.js" at=main.js:3:5 detached=yes
        7   main started 1 pid=101 ticks=8
        10  main ends code=0
        20  child begins pid=101 ppid=1 ticks=8 call=main#1
        60  child ends code=4
        90  run ends`,
      processes: ['100 5..10 code 0: node main.js', '  101 6..60 code 4 by spawn main.js:3:5: node child.js'],
    },
    {
      name: 'a program replaces itself by another one (exec): the same process under its new name',
      story: `
        1   run root 100
        2   os process 100 ppid=50 ticks=7 since=1 args="sh run.sh"
        8   os process 100 ppid=50 ticks=7 since=1 args="sleep 5"`,
      processes: ['100 1..: sleep 5'],
    },
    {
      name: 'seen by the sampler before the spawn call was read',
      story: `
        5   main begins pid=100 ticks=7
        9   os process 101 ppid=100 ticks=8 since=0 args="git status"
        9   main calls 1 spawn "git status" at=main.js:3:5
        10  main started 1 pid=101 ticks=8`,
      processes: ['100 5..: node main.js', '  101 9.. by spawn main.js:3:5: git status'],
    },
  ]);
});

describe('shells and other programs in between', () => {
  const chain = `
    5   main begins pid=100 ticks=7
    6   main calls 1 exec "/bin/sh -c \\"npm run x\\"" at=main.js:3:5
    7   main started 1 pid=101 ticks=8
    40  child begins pid=103 ppid=102 ticks=12 call=main#1
    40  child below 102 ppid=101 ticks=10 args="npm run x"
    40  child below 101 ppid=100 ticks=8 args="/bin/sh -c"`;
  const tree = [
    '100 5..: node main.js',
    '  101 6.. by exec main.js:3:5: sh -c',
    '    102 40.. by exec main.js:3:5: npm run x',
    '      103 40.. by exec main.js:3:5: node child.js',
  ];
  testStories([
    {
      name: 'told by the ancestors that the grandchild saw',
      story: chain.replace('/bin/sh -c \\"npm run x\\"', '/bin/sh -c'),
      processes: tree,
    },
    {
      name: 'told by the sampler first',
      story: `
        5   main begins pid=100 ticks=7
        6   main calls 1 exec "/bin/sh -c" at=main.js:3:5
        7   main started 1 pid=101 ticks=8
        9   os process 102 ppid=101 ticks=10 since=9 args="npm run x"
        12  os process 103 ppid=102 ticks=12 since=12 args="node child.js"
        40  child begins pid=103 ppid=102 ticks=12 call=main#1`,
      processes: [
        '100 5..: node main.js',
        '  101 6.. by exec main.js:3:5: sh -c',
        '    102 9.. by exec main.js:3:5: npm run x',
        '      103 12.. by exec main.js:3:5: node child.js',
      ],
    },
    {
      name: 'gone before anybody looked: the grandchild hangs on the call',
      story: `
        5   main begins pid=100 ticks=7
        6   main calls 1 exec "/bin/sh -c" at=main.js:3:5
        7   main started 1 pid=101 ticks=8
        9   main heard 1 pid=101 code=0
        40  child begins pid=103 ppid=1 ticks=12 since=35 call=main#1`,
      processes: [
        '100 5..: node main.js',
        '  101 6..9 code 0 by exec main.js:3:5: sh -c',
        '  103 35.. by exec main.js:3:5: node child.js',
      ],
    },
  ]);
});

describe('a child of a synchronous call', () => {
  testStories([
    {
      name: 'is linked while the call still runs',
      story: `
        5   main begins pid=100 ticks=7
        6   main calls 1 execSync "/bin/sh -c" at=main.js:3:5
        9   os process 101 ppid=100 ticks=8 since=0 args="/bin/sh -c"`,
      processes: ['100 5..: node main.js', '  101 6.. by execSync main.js:3:5: sh -c'],
    },
    {
      name: 'is one process when the call is over',
      story: `
        5   main begins pid=100 ticks=7
        6   main calls 1 execSync "/bin/sh -c" at=main.js:3:5
        9   os process 101 ppid=100 ticks=8 since=0 args="/bin/sh -c"
        30  main started 1 pid=101
        30  main heard 1 pid=101 code=0`,
      processes: ['100 5..: node main.js', '  101 6..30 code 0 by execSync main.js:3:5: sh -c'],
    },
    {
      name: 'is one process when the sampler saw it in a pass that ended after the call',
      story: `
        5   main begins pid=100 ticks=7
        6   main calls 1 execSync "/bin/sh -c" at=main.js:3:5
        30  main started 1 pid=101
        30  main heard 1 pid=101 code=0
        29  os process 101 ppid=100 ticks=8 since=0 args="/bin/sh -c"
        29  os thread 101/101 ticks=8 processTicks=8 since=0
        31  os tick
        50  os buries 101 ticks=8`,
      processes: ['100 5..: node main.js', '  101 6..30 code 0 by execSync main.js:3:5: sh -c'],
    },
    {
      name: 'is one process when its probe speaks before the call is over',
      story: `
        5   main begins pid=100 ticks=7
        6   main calls 1 execFileSync "node child.js" at=main.js:3:5
        20  child begins pid=101 ppid=100 ticks=8 since=7 call=main#1
        25  child ends code=5
        30  main started 1 pid=101
        30  main heard 1 pid=101 code=5`,
      processes: ['100 5..: node main.js', '  101 6..30 code 5 by execFileSync main.js:3:5: node child.js'],
    },
    {
      name: 'is not confused with a child that another call left running',
      story: `
        5   main begins pid=100 ticks=7
        6   main calls 1 spawn "sleep 9" at=main.js:1:1
        7   main started 1 pid=101 ticks=8
        8   main calls 2 spawnSync "sleep 1" at=main.js:2:1
        9   os process 101 ppid=100 ticks=8 since=6 args="sleep 9"
        9   os process 102 ppid=100 ticks=9 since=8 args="sleep 1"`,
      processes: [
        '100 5..: node main.js',
        '  101 6.. by spawn main.js:1:1: sleep 9',
        '  102 8.. by spawnSync main.js:2:1: sleep 1',
      ],
    },
  ]);
});

describe('orphans', () => {
  testStories([
    {
      name: 'keep their first parent when init adopts them',
      story: `
        5   main begins pid=100 ticks=7
        9   os process 101 ppid=100 ticks=8 since=6 args="sh x"
        12  os process 102 ppid=101 ticks=9 since=10 args="sleep 9"
        20  os buries 101 ticks=8
        30  os process 102 ppid=1 ticks=9 since=10 args="sleep 9"`,
      processes: ['100 5..: node main.js', '  101 6..20: sh x', '    102 10..: sleep 9'],
    },
    {
      name: 'found by their environment alone stand beside the root',
      story: `
        5   main begins pid=100 ticks=7
        30  os process 102 ppid=1 ticks=9 since=10 args="sleep 9"`,
      processes: ['100 5..: node main.js', '102 10..: sleep 9'],
    },
  ]);
});

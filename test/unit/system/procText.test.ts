import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parseLimits } from '../../../src/system/linux/limits';
import {
  parseCommandLine,
  parseExitStatus,
  parseNewestPid,
  parseRunnable,
  parseSchedStat,
  parseSmapsRollup,
  parseStat,
  parseStatus,
  stateIn,
} from '../../../src/system/linux/procText';

/** Captured on Linux 6.18. */
const stats = {
  node: '5161 (node) S 5156 5161 5156 34816 5161 4194304 12163 4022 0 0 61 13 3 1 20 0 11 0 1289561 1099923456 15233 18446744073709551615 4194304 90034185 140725411226368 0 0 0 0 16781312 134300162 0 0 0 17 1 0 0 0 0 0 92131512 92250864 1024372736 140725411231470 140725411231505 140725411231505 140725411233717 0\n',
  kernelThread:
    '11 (kworker/u8:0-events_unbound) I 2 0 0 0 -1 69238880 0 0 0 0 0 4 0 0 20 0 1 0 4 0 0 18446744073709551615 0 0 0 0 0 0 0 2147483647 0 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n',
  zombie:
    '7302 (sh) Z 7301 7301 5156 34816 7301 4227084 90 0 0 0 0 0 0 0 20 0 1 0 1290001 0 0 18446744073709551615 0 0 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 1792\n',
  killedZombie:
    '7303 (sleep) Z 7301 7301 5156 34816 7301 4227084 90 0 0 0 0 0 0 0 20 0 1 0 1290002 0 0 18446744073709551615 0 0 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 9\n',
};

function statNamed(name: string): string {
  return stats.node.replace('(node)', `(${name})`);
}

describe('parseStat', () => {
  it('of a Node process', () => {
    assert.deepEqual(parseStat(stats.node), {
      name: 'node',
      state: 'S',
      ppid: 5156,
      group: 5161,
      session: 5156,
      minorFaults: 12163,
      majorFaults: 0,
      cpuTicks: 61 + 13,
      priority: 20,
      nice: 0,
      threads: 11,
      startTicks: 1289561,
      cpuNumber: 1,
      policy: 'normal',
      exitStatus: 0,
    });
  });

  it('of a kernel thread', () => {
    const stat = parseStat(stats.kernelThread);
    assert.equal(stat?.name, 'kworker/u8:0-events_unbound');
    assert.deepEqual([stat.state, stat.ppid, stat.startTicks, stat.cpuTicks], ['I', 2, 4, 4]);
  });

  it('of a real-time thread', () => {
    const stat = parseStat(
      stats.node.replace(' 20 0 11 0 ', ' -51 -5 11 0 ').replace(' 17 1 0 0 ', ' 17 1 50 1 '),
    );
    assert.deepEqual([stat?.priority, stat?.nice, stat?.policy], [-51, -5, 'fifo']);
  });

  it('of zombies, with their exit status', () => {
    assert.deepEqual(parseExitStatus(parseStat(stats.zombie)!.exitStatus), { code: 7 });
    assert.deepEqual(parseExitStatus(parseStat(stats.killedZombie)!.exitStatus), { signal: 9 });
  });

  for (const name of [
    'a b',
    'a) S 1',
    '((',
    '))',
    ') R 1 (',
    'line\nbreak',
    '',
    ' ',
    'tab\there',
    '\u00e9\u{1f600}',
  ]) {
    it(`of a program that calls itself ${JSON.stringify(name)}`, () => {
      assert.deepEqual(parseStat(statNamed(name)), { ...parseStat(stats.node)!, name });
    });
  }

  it('of a program that calls itself anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 15 }), (name) => {
        assert.equal(parseStat(statNamed(name))?.name, name);
        assert.equal(parseStat(statNamed(name))?.startTicks, 1289561);
      }),
    );
  });

  it('of this machine: every process has a state and a start', () => {
    for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      let text: string;
      try {
        text = readFileSync(`/proc/${pid}/stat`, 'utf8');
      } catch {
        continue;
      }
      const stat = parseStat(text);
      assert.match(stat?.state ?? '', /^[RSDTtZXIW]$/);
      assert.ok(Number.isInteger(stat!.startTicks) && Number.isInteger(stat!.ppid));
    }
  });

  it('of a text that was cut is null, or complete', () => {
    for (let length = 0; length < stats.node.length; length++) {
      const stat = parseStat(stats.node.slice(0, length));
      if (stat !== null) assert.equal(stat.ppid, 5156);
    }
  });
});

describe('parseSchedStat', () => {
  it('of a thread', () => {
    assert.deepEqual(parseSchedStat('674512345 12345678 901\n'), { cpu: 674512345, runQueue: 12345678 });
  });

  it('of a thread that has not run yet', () => {
    assert.deepEqual(parseSchedStat('0 0 0\n'), { cpu: 0, runQueue: 0 });
  });

  it('of nothing', () => {
    assert.equal(parseSchedStat(''), null);
    assert.equal(parseSchedStat('123'), null);
    assert.equal(parseSchedStat('a b c'), null);
  });
});

describe('parseSmapsRollup', () => {
  const text = `00400000-7ffd2c5f5000 ---p 00000000 00:00 0                                  [rollup]
Rss:               60932 kB
Pss:               43317 kB
Pss_Dirty:         19284 kB
Pss_Anon:          19284 kB
Pss_File:          24033 kB
Pss_Shmem:             0 kB
Shared_Clean:      24108 kB
Shared_Dirty:          4 kB
Private_Clean:     17532 kB
Private_Dirty:     19284 kB
Referenced:        60932 kB
Anonymous:         19284 kB
KSM:                   0 kB
LazyFree:              0 kB
AnonHugePages:         0 kB
Shared_Hugetlb:        0 kB
Private_Hugetlb:       4 kB
Swap:                  0 kB
SwapPss:               0 kB
Locked:                0 kB
`;

  it('of a Node process', () => {
    const kB = 1024;
    assert.deepEqual(parseSmapsRollup(text), {
      rss: 60932 * kB,
      pss: 43317 * kB,
      private: (17532 + 19284 + 4) * kB,
      shared: (24108 + 4) * kB,
    });
  });

  it('of a kernel thread or a zombie, which have none', () => {
    assert.equal(parseSmapsRollup(''), null);
  });
});

describe('parseStatus', () => {
  const text = `Name:\tnode\\nUid:\t1\t1
State:\tS (sleeping)
Tgid:\t12830
Pid:\t12831
Uid:\t1000\t33\t0\t0
RssAnon:\t    6824 kB
RssFile:\t   35216 kB
RssShmem:\t       0 kB
Cpus_allowed:\tf
Cpus_allowed_list:\t0-2,8
voluntary_ctxt_switches:\t12
nonvoluntary_ctxt_switches:\t1
`;

  it('of a process', () => {
    assert.deepEqual(parseStatus(text), {
      processId: 12830,
      uid: 33,
      affinity: '0-2,8',
      voluntarySwitches: 12,
      involuntarySwitches: 1,
      rssAnon: 6824 * 1024,
      rssFile: 35216 * 1024,
      rssShmem: 0,
    });
  });

  it('of nothing knows nothing', () => {
    assert.ok(Object.values(parseStatus('')).every((value) => value === null));
  });
});

describe('parseLimits', () => {
  it('of a process', () => {
    const text = `Limit                     Soft Limit           Hard Limit           Units     
Max cpu time              unlimited            unlimited            seconds   
Max stack size            8388608              unlimited            bytes     
Max nice priority         0                    0                    
`;
    assert.deepEqual(
      [...parseLimits(text)],
      [
        ['Max cpu time', [null, null]],
        ['Max stack size', [8388608, null]],
        ['Max nice priority', [0, 0]],
      ],
    );
  });
});

describe('parseCommandLine', () => {
  for (const [text, args] of [
    ['node\0server.js\0', ['node', 'server.js']],
    ['node\0\0x\0', ['node', '', 'x']],
    ['', []],
    ['\0', ['']],
    ['nginx: worker process', ['nginx: worker process']],
    ['a\0b', ['a', 'b']],
  ] as const) {
    it(JSON.stringify(text), () => assert.deepEqual(parseCommandLine(text), args));
  }

  it('reads what the kernel writes', () => {
    const argument = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0'));
    fc.assert(
      fc.property(fc.array(argument, { minLength: 1 }), (args) => {
        assert.deepEqual(parseCommandLine(args.map((value) => `${value}\0`).join('')), args);
      }),
    );
  });
});

describe('stateIn', () => {
  it('finds the state behind any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 15 }), (name) => {
        const bytes = Buffer.from(statNamed(name));
        assert.equal(stateIn(bytes, bytes.length), 'S'.charCodeAt(0));
      }),
    );
    assert.equal(stateIn(Buffer.from('nothing'), 7), -1);
  });
});

describe('parseRunnable', () => {
  it('of /proc/loadavg', () => assert.equal(parseRunnable('1.52 1.71 1.44 3/214 30567\n'), 3));
  it('of nothing is no number', () => assert.ok(Number.isNaN(parseRunnable('x'))));
});

describe('parseNewestPid', () => {
  it('of /proc/loadavg', () => assert.equal(parseNewestPid('1.52 1.71 1.44 3/214 30567\n'), 30567));
  it('of nothing is no pid', () => assert.ok(Number.isNaN(parseNewestPid('x'))));
});

describe('all parsers', () => {
  it('never throw, whatever the text', () => {
    const words = fc
      .array(
        fc.oneof(
          fc.constantFrom('(', ')', ' ', '\n', '\0', 'Rss:', ' kB\n', 'S'),
          fc.string(),
          fc.nat().map(String),
        ),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(words, (text) => {
        const figures = parseSmapsRollup(text);
        if (figures !== null) assert.ok(Object.values(figures).every((value) => value >= 0));
        const stat = parseStat(text);
        if (stat !== null) assert.ok(Number.isFinite(stat.startTicks) && Number.isFinite(stat.ppid));
        const times = parseSchedStat(text);
        if (times !== null) assert.ok(Number.isFinite(times.cpu) && Number.isFinite(times.runQueue));
        assert.ok(Object.values(parseStatus(text)).every((value) => value === null || value !== ''));
        for (const limits of parseLimits(text).values())
          assert.ok(limits.every((limit) => limit === null || limit >= 0));
        parseCommandLine(text);
        parseNewestPid(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('of any wait status is a code or a signal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), (status) => {
        const exit = parseExitStatus(status);
        if ('code' in exit) assert.ok(exit.code >= 0 && exit.code <= 255);
        else assert.ok(exit.signal >= 1 && exit.signal <= 127);
      }),
    );
  });
});

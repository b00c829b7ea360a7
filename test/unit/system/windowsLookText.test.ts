import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitCommandLine } from '../../../src/system/windows/commandLine';
import { FIRST_LINES, lookLine } from '../../../src/system/windows/lookScript';
import { parseLookLine, type LookLine } from '../../../src/system/windows/lookText';
import { captured } from '../../support/samplerRecords';

const files = ['lookWindows10.txt', 'lookWindows11.txt', 'lookWindowsServer.txt'];

function linesOf(file: string): (LookLine | null)[] {
  return captured(file).trim().split('\n').map(parseLookLine);
}

function words(file: string): (string | undefined)[] {
  return linesOf(file).map((line) => line?.word);
}

describe('parseLookLine', () => {
  it('knows every line of the captured answers', () => {
    const look = ['found', 'process', 'end'];
    assert.deepEqual(words('lookWindows10.txt'), [...look, 'lost', ...look]);
    assert.deepEqual(words('lookWindows11.txt'), [...look, 'process', 'end']);
    const server = ['found', undefined, 'unreadable', 'end', 'failed', 'end', 'failed'];
    assert.deepEqual(words('lookWindowsServer.txt'), server);
  });

  it('reads processes whether PowerShell gives a list, a single one or a wrapped list', () => {
    const found = (file: string, index: number) => {
      const line = linesOf(file)[index];
      return line?.word === 'found' ? line.processes : assert.fail('no such line');
    };
    assert.equal(found('lookWindows10.txt', 0).length, 4);
    assert.deepEqual(found('lookWindows10.txt', 0)[3], {
      pid: 5120,
      ppid: 900,
      startMs: 1_700_000_000_123,
      comm: 'node.exe',
      args: [String.raw`C:\Program Files\nodejs\node.exe`, 'main.js', 'two words', '--path=C:\\'],
      isZombie: false,
    });
    assert.deepEqual(
      found('lookWindows10.txt', 4).map(({ pid }) => pid),
      [6000],
    );
    assert.deepEqual(
      found('lookWindowsServer.txt', 0).map(({ pid }) => pid),
      [5120],
    );
  });

  it('reads the dates of PowerShell 5.1 and of 7 alike, and does without', () => {
    const starts = files.flatMap((file) =>
      linesOf(file).flatMap((line) =>
        line?.word === 'found'
          ? line.processes.flatMap(({ pid, startMs }) => (pid === 5120 ? [startMs] : []))
          : [],
      ),
    );
    assert.deepEqual(starts, [1_700_000_000_123, 1_700_000_000_123, 1_700_000_000_123]);
    const [first] = linesOf('lookWindows10.txt');
    assert.ok(first?.word === 'found');
    assert.equal(first.processes[0]?.startMs, null);
    assert.deepEqual(first.processes[1]?.args, ['System'], 'no command line: the name');
  });

  it('reads threads, their states and what they wait for', () => {
    const line = linesOf('lookWindows11.txt')[1];
    assert.ok(line?.word === 'process');
    assert.deepEqual(
      line.process.threads.map(({ tid, state, waitChannel }) => [tid, state, waitChannel]),
      [
        [5124, 'R', null],
        [5130, 'S', 'win:UserRequest'],
        [5131, 'S', 'win:ExecutionDelay'],
      ],
      'without the one that has ended',
    );
    assert.deepEqual(line.process.threads[0], {
      tid: 5124,
      state: 'R',
      waitChannel: null,
      cpu: 1_562_500,
      priority: 8,
      startMs: 1_700_000_000_124,
    });
    const { pid, cpu, workingSet, privateBytes, priority } = line.process;
    assert.deepEqual(
      [pid, cpu, workingSet, privateBytes, priority],
      [5120, 3_125_000, 48_234_496, 31_457_280, 8],
    );
  });

  it('throws over no text', () => {
    const lines = files.flatMap((file) => captured(file).split('\n'));
    const damaged = fc
      .tuple(fc.constantFrom(...lines), fc.nat(400), fc.nat(400))
      .map(([line, from, to]) => line.slice(0, from) + line.slice(to));
    const word = fc.constantFrom('found', 'lost', 'process', 'unreadable', 'failed', 'end');
    const worded = fc.tuple(word, fc.json()).map(([first, json]) => `${first} ${json}`);
    fc.assert(
      fc.property(fc.oneof(fc.string(), damaged, worded), (line) => {
        const parsed = parseLookLine(line);
        if (parsed?.word === 'process')
          assert.ok(parsed.process.threads.every(({ tid }) => Number.isFinite(tid)));
        if (parsed?.word === 'found') assert.ok(parsed.processes.every(({ pid }) => Number.isFinite(pid)));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('splitCommandLine', () => {
  for (const [text, args] of [
    ['', []],
    ['node  main.js\t-x ', ['node', 'main.js', '-x']],
    [String.raw`"C:\Program Files\node.exe" a\b`, [String.raw`C:\Program Files\node.exe`, String.raw`a\b`]],
    [String.raw`a\\\"b c`, [String.raw`a\"b`, 'c']],
    [String.raw`"a\\" b`, ['a\\', 'b']],
    ['a "" b', ['a', '', 'b']],
    ['"a""b" c', ['a"b', 'c']],
    ['cmd /c "dir', ['cmd', '/c', 'dir']],
  ] as const) {
    it(`splits ${JSON.stringify(text)}`, () => {
      assert.deepEqual(splitCommandLine(text), args);
    });
  }

  it('gives back what was quoted by the rules', () => {
    const quoted = (argument: string): string =>
      `"${argument.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
    const argument = fc.string({ unit: fc.constantFrom('a', ' ', '\\', '"', '\t') });
    fc.assert(
      fc.property(fc.array(argument, { minLength: 1 }), (args) => {
        assert.deepEqual(splitCommandLine(args.map(quoted).join(' ')), args);
      }),
    );
  });
});

describe('the script for PowerShell', () => {
  it('is one statement a line, with balanced brackets and quotes', () => {
    const lines = FIRST_LINES.split('\r\n');
    assert.equal(lines.length, 3);
    assert.equal(lines[2], '');
    for (const line of lines) {
      const code = line.replace(/'[^']*'/g, '');
      assert.ok(!code.includes("'") && !code.includes('"') && !code.includes('#'));
      const open: string[] = [];
      for (const bracket of code.match(/[()[\]{}]/g) ?? []) {
        if ('([{'.includes(bracket)) open.push(bracket);
        else assert.equal(`${open.pop() ?? ''}${bracket}`.match(/^(\(\)|\[\]|\{\})$/)?.length, 2);
      }
      assert.deepEqual(open, []);
      // Written on one line, what follows a block needs a semicolon; only these may follow one directly.
      for (const [, next] of code.matchAll(/\} (\S+)/g)) {
        assert.match(next ?? '', /^(catch|else|\}|\))/);
      }
    }
  });

  it('is asked with numbers alone', () => {
    assert.equal(lookLine([1, 22]), 'Get-Look @(1,22)\r\n');
    assert.equal(lookLine([]), 'Get-Look @()\r\n');
  });
});

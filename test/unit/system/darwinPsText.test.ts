import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseProcessList, parseThreadList, parseTime } from '../../../src/system/darwin/psText';
import { captured } from '../../support/samplerRecords';

function listed(file: string) {
  return new Map(parseProcessList(captured(file)).map((process) => [process.pid, process]));
}

describe('parseProcessList', () => {
  for (const [file, count] of [
    ['psListMacos12.txt', 9],
    ['psListMacos13.txt', 6],
    ['psListMacos15.txt', 5],
  ] as const) {
    it(`reads every line of ${file}`, () => {
      assert.equal(captured(file).trim().split('\n').length, count);
      assert.equal(listed(file).size, count);
    });
  }

  it('reads all columns', () => {
    assert.deepEqual(listed('psListMacos12.txt').get(4404), {
      pid: 4404,
      ppid: 4402,
      startMs: Date.UTC(2023, 10, 14, 22, 13, 21),
      comm: 'node',
      args: ['/usr/local/bin/node', '--max-old-space-size=4096', '/Users/me/My', 'Project/worker.js'],
      isZombie: false,
      state: 'S',
      priority: 20,
      policy: 'normal',
      nice: 10,
      uid: 501,
      rss: 38120 * 1024,
      cpuMs: 754_560,
    });
  });

  it('names states and policies as Linux does', () => {
    const of = (file: string, pid: number) => {
      const { state, policy, isZombie } = listed(file).get(pid)!;
      return [state, policy, isZombie];
    };
    assert.deepEqual(of('psListMacos12.txt', 131), ['S', 'rr', false]);
    assert.deepEqual(of('psListMacos12.txt', 4402), ['R', 'normal', false]);
    assert.deepEqual(of('psListMacos12.txt', 4403), ['Z', 'normal', true]);
    assert.deepEqual(of('psListMacos12.txt', 4405), ['D', 'normal', false]);
    assert.deepEqual(of('psListMacos13.txt', 777), ['T', 'normal', false]);
    assert.deepEqual(of('psListMacos13.txt', 778), ['R', 'rr', false]);
    assert.deepEqual(of('psListMacos13.txt', 779), [null, null, false]);
    assert.deepEqual(of('psListMacos13.txt', 780), ['S', 'normal', false]);
    assert.deepEqual(of('psListMacos15.txt', 9003), ['Z', null, true]);
  });

  it('knows leap days, negative user numbers and nice values', () => {
    const macos13 = listed('psListMacos13.txt');
    assert.equal(macos13.get(777)?.startMs, Date.UTC(2024, 1, 29, 23, 59, 59));
    assert.equal(macos13.get(780)?.uid, -2);
    assert.equal(macos13.get(778)?.nice, -5);
  });

  it('keeps what a command contains', () => {
    const { args } = listed('psListMacos15.txt').get(9002)!;
    assert.deepEqual(args.slice(2), ['naïve', '漢字', String.raw`line\012break`]);
  });

  it('makes nothing of other text, and throws over none', () => {
    assert.deepEqual(parseProcessList('ps: illegal option -- M\nusage: ps [-AaCcEefhjlMmrSTvwXx]\n'), []);
    const lines = captured('psListMacos12.txt').split('\n');
    const line = fc.oneof(fc.string(), fc.constantFrom(...lines), mangled(lines));
    fc.assert(
      fc.property(fc.array(line), (parts) => {
        for (const { pid, rss, cpuMs } of parseProcessList(parts.join('\n'))) {
          assert.ok([pid, rss, cpuMs].every(Number.isFinite));
        }
      }),
    );
  });
});

describe('parseThreadList', () => {
  it('reads a line for each thread, the main thread first', () => {
    const threads = parseThreadList(captured('psThreadsMacos12.txt'));
    const of = (pid: number) =>
      threads.filter((thread) => thread.pid === pid).map(({ state, cpuMs }) => [state, cpuMs]);
    assert.deepEqual(of(4401), [['S', 30]]);
    assert.deepEqual(of(4402), [
      ['R', 20_290],
      ['S', 0],
      ['S', 20],
      ['S', 20],
      ['D', 20],
      ['S', 20],
      ['S', 0],
    ]);
    assert.deepEqual(of(4403), [['Z', 0]]);
  });

  it('copes with wide columns, and commands that look like a thread', () => {
    const threads = parseThreadList(captured('psThreadsMacos15.txt'));
    assert.deepEqual(
      threads.map(({ pid, cpuMs }) => [pid, cpuMs]),
      [
        [428, (33 * 60 + 8) * 1000 + 120 + (2230 * 60 + 54) * 1000 + 680],
        [428, 2690],
        [428, 510],
        [9001, 310],
        [9001, 3990],
      ],
    );
  });

  it('throws over no text', () => {
    const lines = captured('psThreadsMacos12.txt').split('\n');
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), mangled(lines))), (parts) => {
        for (const { pid, cpuMs } of parseThreadList(parts.join('\n')))
          assert.ok(Number.isFinite(pid + cpuMs));
      }),
    );
  });

  it('is not held up by a hostile command', () => {
    const begin = process.hrtime.bigint();
    parseThreadList(`a${' '.repeat(100_000)}b\n${'1 '.repeat(50_000)}`);
    parseProcessList(`1 ${' '.repeat(100_000)}b`);
    assert.ok(process.hrtime.bigint() - begin < 2_000_000_000n);
  });
});

describe('parseTime', () => {
  for (const [text, milliseconds] of [
    ['0:00.03', 30],
    ['12:34.56', 754_560],
    ['12:34,56', 754_560],
    ['2230:54.68', 133_854_680],
    ['1:02:03', 3_723_000],
    ['1-02:03:04', 93_784_000],
    ['0:00.5', 500],
    ['', null],
    ['-', null],
    ['soon', null],
  ] as const) {
    it(`reads ${JSON.stringify(text)}`, () => {
      assert.equal(parseTime(text), milliseconds);
    });
  }
});

/** A line with a piece of it cut out or doubled. */
function mangled(lines: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...lines), fc.nat(200), fc.nat(200))
    .map(([line, from, to]) => line.slice(0, from) + line.slice(to));
}

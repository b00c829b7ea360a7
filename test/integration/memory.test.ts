import assert from 'node:assert/strict';
import type { RecordOf } from '../../src/trace/records';
import { cviz, programPath } from '../support/cviz';
import {
  Comparison,
  describeOnLinux,
  kilobyteFields,
  mappingsOf,
  python,
  recordsIn,
  toldLines,
  type MappedPart,
} from '../support/groundTruth';
import { temporaryFolder } from '../support/temporaryFolder';

/** What the kernel says of a process's memory, in the words of our `memory` records. Bytes. */
interface Figures {
  readonly rss: number;
  readonly pss: number;
  readonly private: number;
  readonly shared: number;
}

interface Look extends Figures {
  readonly pid: number;
  readonly time: number;
}

const figureNames = ['rss', 'pss', 'private', 'shared'] as const;
const LOOK_INTERVAL_MS = 25;
/** Looks this near to a record bound what was there at its time. */
const NEAR_NS = 150e6;

describeOnLinux('memory is what smaps_rollup says', () => {
  const folder = temporaryFolder();

  it('private, shared, proportional and resident, and segments that add up to it', async () => {
    const file = folder.file('x.cviz');
    const looks: Look[] = [];
    const parts = new Map<number, readonly MappedPart[]>();
    let stdout = '';
    const ended = await cviz(['record', '-o', file, '--', programPath('states/settled.js'), python ?? ''], {
      limitMs: 30_000,
      during: (child) => {
        child.stdout.on('data', (text: string) => (stdout += text));
        const timer = setInterval(() => {
          try {
            for (const pid of settledPids(stdout)) {
              looks.push(lookAt(pid));
              if (!parts.has(pid)) parts.set(pid, mappingsOf(pid));
            }
          } catch (error) {
            // The program has ended, and all of it at about the same time.
            assert.match(String((error as NodeJS.ErrnoException).code), /^(ESRCH|ENOENT)$/);
            clearInterval(timer);
          }
        }, LOOK_INTERVAL_MS);
        child.on('close', () => {
          clearInterval(timer);
        });
      },
    });
    assert.equal(ended.code, 0, ended.stderr);
    const pids = settledPids(stdout);
    assert.equal(pids.length, python === null ? 1 : 3);
    const records = { memory: recordsIn(file, 'memory'), segment: recordsIn(file, 'segment') };
    const compare = new Comparison();
    for (const pid of pids) {
      const memory = ofPid(records.memory, pid);
      const own = looks.filter((look) => look.pid === pid);
      const compared = memory.filter((record) => compareWithLooks(compare, record, own));
      compare.check(`there are figures of ${pid} to compare`, compared.length > 0);
      compareSegments(compare, memory, ofPid(records.segment, pid), parts.get(pid) ?? []);
    }
    compare.conclude();
  });
});

function settledPids(stdout: string): readonly number[] {
  return toldLines<{ pids: number[] }>(stdout, 'settled')[0]?.pids ?? [];
}

function lookAt(pid: number): Look {
  const fields = kilobyteFields(`/proc/${pid}/smaps_rollup`);
  const sum = (...names: string[]): number =>
    names.reduce((total, name) => total + (fields.get(name) ?? 0), 0);
  return {
    pid,
    time: Number(process.hrtime.bigint()),
    rss: sum('Rss'),
    pss: sum('Pss'),
    private: sum('Private_Clean', 'Private_Dirty', 'Private_Hugetlb'),
    shared: sum('Shared_Clean', 'Shared_Dirty', 'Shared_Hugetlb'),
  };
}

function ofPid<T extends { readonly pid: number }>(records: readonly T[], pid: number): T[] {
  return records.filter((record) => record.pid === pid);
}

/**
 * False if we did not look at that time. The looks before and after bound the truth: how a page is shared changes with
 * every other process of the machine that maps the same file.
 */
function compareWithLooks(compare: Comparison, record: RecordOf<'memory'>, looks: readonly Look[]): boolean {
  const near = looks.filter(({ time }) => Math.abs(time - record.time) <= NEAR_NS);
  if (!near.some(({ time }) => time < record.time) || !near.some(({ time }) => time > record.time))
    return false;
  for (const name of figureNames) {
    const seen = near.map((look) => look[name]);
    compare.between(`${record.pid} ${name}`, record[name], Math.min(...seen), Math.max(...seen));
  }
  return true;
}

function compareSegments(
  compare: Comparison,
  memory: readonly RecordOf<'memory'>[],
  segments: readonly RecordOf<'segment'>[],
  truth: readonly MappedPart[],
): void {
  const times = [...new Set(segments.map(({ time }) => time))];
  const [{ pid } = assert.fail('there is a memory record')] = memory;
  compare.check(`${pid} has segments`, times.length > 0);
  for (const time of times) {
    const total = memory.find((record) => record.time === time);
    compare.check(`segments of ${pid} have a memory record of their time`, total !== undefined);
    const parts = segments.filter((segment) => segment.time === time);
    for (const name of figureNames) {
      const sum = parts.reduce((bytes, part) => bytes + part[name], 0);
      compare.check(`${pid} segments ${name} ${sum} = ${total?.[name]}`, sum === total?.[name]);
    }
  }
  const last = segments.filter(({ time }) => time === times.at(-1));
  const rssOf = (kind: string): number => last.find(({ segment }) => segment === kind)?.rss ?? 0;
  const seen = (matches: (part: MappedPart) => boolean): number =>
    truth.filter(matches).reduce((sum, { rss }) => sum + rss, 0);
  compare.close(
    `${pid} brk`,
    rssOf('brk'),
    seen(({ name }) => name === '[heap]'),
  );
  compare.close(
    `${pid} shared`,
    rssOf('shared'),
    seen(({ mode }) => mode.endsWith('s')),
  );
  const isFile = ({ name }: MappedPart): boolean => name.startsWith('/');
  compare.close(
    `${pid} text`,
    rssOf('text'),
    seen((part) => isFile(part) && part.mode.startsWith('r-x')),
  );
  const anonymous = seen(({ name, mode }) => name === '' && !mode.endsWith('s'));
  const ours = rssOf('anonymous') + rssOf('jit') + rssOf('stack') + rssOf('data');
  compare.check(`${pid} anonymous memory ${ours} is at least ${anonymous}`, ours >= 0.99 * anonymous);
}

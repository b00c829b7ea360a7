import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { ProcessReport, Report, ThreadReport } from '../../src/model/report';
import type { RecordOf } from '../../src/trace/records';
import { cviz, makeTemporaryDirectory, programPath } from '../support/cviz';
import { describeOnLinux, processOf, recordsIn, toldLines, works } from '../support/groundTruth';

interface Mapping {
  readonly start: bigint;
  readonly end: bigint;
  readonly name: string;
}

/** What /proc and ps say of the settled process. */
interface Truth {
  readonly descriptors: ReadonlyMap<number, string>;
  readonly nice: number;
  readonly priority: number;
  readonly affinity: string;
  readonly group: number;
  readonly session: number;
  readonly threads: number;
  readonly openFiles: readonly string[];
  /** Of each hierarchy: there may be several. */
  readonly cgroups: readonly string[];
  readonly mappings: readonly Mapping[];
}

/** Thread id, voluntary and involuntary switches. */
type Switches = readonly (readonly [number, number, number])[];

const kindPatterns: readonly (readonly [RegExp, string])[] = [
  [/^socket:/, 'socket'],
  [/^pipe:/, 'pipe'],
  [/^anon_inode:\[eventfd\]/, 'eventfd'],
  [/^anon_inode:\[eventpoll\]/, 'epoll'],
];

describeOnLinux('what the system keeps of a process and its threads', () => {
  let folder = '';
  let files: readonly string[];
  let isPinned: boolean;
  let truth: Truth;
  let observed: ProcessReport;
  let ofMain: readonly RecordOf<'threadFacts'>[];
  let workers: readonly { readonly role: string; readonly tid: number }[];
  let settled: Switches;
  let last: Switches;

  // One run for all: it takes seconds, and everything is about the same process.
  before(async () => {
    folder = makeTemporaryDirectory();
    isPinned = works('taskset', ['-c', firstCpu(), 'true']);
    files = ['a', 'b (deleted)', 'c\nd'].map((name) => path.join(folder, name));
    const pin = isPinned ? ['taskset', '-c', firstCpu()] : [];
    const command = ['nice', '-n', '5', ...pin, process.execPath, programPath('states/facts.js'), ...files];
    const seen: Truth[] = [];
    let printed = '';
    const recording = path.join(folder, 'x.cviz');
    const limited = ['sh', '-c', 'ulimit -n 512; exec "$@"', 'sh', ...command];
    await cviz(['record', '-o', recording, '--', ...limited], {
      during: (child) => {
        child.stdout.on('data', (text: string) => {
          printed += text;
          const [line] = toldLines<{ pid: number }>(printed, 'settled');
          if (line !== undefined && seen.length === 0) seen.push(truthOf(line.pid));
        });
      },
    });
    const [line] = toldLines<{ pid: number; switches: Switches }>(printed, 'settled');
    assert.ok(line !== undefined, 'it has settled');
    truth = seen[0] ?? assert.fail('it was looked at');
    settled = line.switches;
    last = toldLines<{ switches: Switches }>(printed, 'last')[0]?.switches ?? [];
    workers = toldLines<{ role: string; tid: number }>(printed, 'worker');
    assert.equal(workers.length, 4);
    const { stdout: report } = await cviz(['report', '--json', recording]);
    observed = processOf(JSON.parse(report) as Report, line.pid);
    const lane = recordsIn(recording, 'thread').find(({ tid }) => tid === line.pid)?.lane;
    ofMain = recordsIn(recording, 'threadFacts').filter((facts) => facts.lane === lane);
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('priority, affinity, ids, limits and group are those of ps and /proc', () => {
    const facts = observed.facts ?? assert.fail('there are facts');
    const { nice, priority, affinity, group, session, threads, cgroups, openFiles } = truth;
    assert.equal(nice, 5);
    assert.deepEqual(
      {
        nice: facts.nice,
        priority: facts.priority,
        affinity: facts.affinity,
        group: facts.group,
        session: facts.session,
        threads: facts.threads,
      },
      { nice, priority, affinity, group, session, threads },
    );
    assert.equal(facts.policy, 'normal');
    assert.ok(cgroups.includes(facts.cgroup ?? 'none'), `${facts.cgroup} is one of ${cgroups.join(' ')}`);
    assert.equal(facts.uid, process.getuid?.());
    if (isPinned) assert.equal(facts.cores?.count, 1);
    const { soft, hard } = facts.limits['Max open files'] ?? {};
    assert.equal(soft, 512);
    assert.deepEqual([soft, hard].map(String), openFiles);
  });

  it('V8’s heap by space, which holds at least what is used', function () {
    if (!('getBuiltinModule' in process)) this.skip();
    const { heap, heapSpaces } = observed.threads[0] ?? {};
    assert.ok(heap != null && heapSpaces != null, 'the main thread lives for seconds');
    const { youngBytes, oldBytes, codeBytes, largeBytes, otherBytes, physicalBytes } = heapSpaces;
    const sum = youngBytes + oldBytes + codeBytes + largeBytes + otherBytes;
    assert.ok(youngBytes > 0 && oldBytes > 0 && codeBytes > 0, JSON.stringify(heapSpaces));
    assert.ok(
      sum >= heap.usedBytes && physicalBytes > 0 && physicalBytes <= 1.5 * sum,
      `${sum} ${physicalBytes}`,
    );
  });

  it('open descriptors, their kinds and names', () => {
    const descriptors = observed.descriptors ?? assert.fail('there are descriptors');
    assert.equal(descriptors.total, truth.descriptors.size);
    for (const [, kind] of kindPatterns) assert.equal(descriptors.byKind[kind] ?? 0, countOf(kind), kind);
    const sum = Object.values(descriptors.byKind).reduce((total, count) => total + count, 0);
    assert.equal(sum, descriptors.total);
    for (const file of files) {
      const found: { kind: string; number: number } | undefined = descriptors.list.find(
        ({ name }) => name === file,
      );
      assert.equal(found?.kind, 'file', file);
      assert.equal(truth.descriptors.get(found.number), file);
    }
  });

  it('voluntary and involuntary switches, priority and CPU of each thread', () => {
    for (const { role, tid } of workers) {
      const facts = threadWith(tid).facts ?? assert.fail(`there are facts of ${role}`);
      assert.deepEqual([facts.nice, facts.priority, facts.affinity], [5, 25, truth.affinity], role);
      if (isPinned) assert.equal(String(facts.cpuNumber), truth.affinity, role);
      const low = switchesIn(settled, tid);
      const high = switchesIn(last, tid);
      const { voluntarySwitches, involuntarySwitches } = facts;
      assertWithin(`voluntary switches of ${role}`, voluntarySwitches, low.voluntary, high.voluntary);
      assertWithin(`involuntary switches of ${role}`, involuntarySwitches, low.involuntary, high.involuntary);
      if (role === 'nap') assert.ok((voluntarySwitches ?? 0) > low.voluntary, 'naps again and again');
      if (role === 'spin' && isPinned)
        assert.ok((involuntarySwitches ?? 0) > low.involuntary, 'its CPU is taken from it');
    }
  });

  it('the stack pointer and program counter of a sleeping thread lie in a stack and in code', () => {
    // The main thread wakes now and then: a look that finds it running can't tell.
    const pointers = ofMain.flatMap(({ stackPointer }) => stackPointer ?? []);
    assert.ok(pointers.length > 0, 'it was seen asleep');
    for (const pointer of pointers) assert.equal(mappingAt(pointer)?.name, '[stack]');
    const { tid } = workers.find(({ role }) => role === 'sleep') ?? assert.fail('one sleeps');
    const facts = threadWith(tid).facts ?? assert.fail('there are facts');
    const stack = mappingAt(facts.stackPointer) ?? assert.fail(`${facts.stackPointer} is mapped`);
    assert.equal(stack.name, '');
    assert.equal(facts.stackSizeBytes, Number(stack.end - stack.start));
    assertWithin('resident stack', facts.stackResidentBytes, 4096, facts.stackSizeBytes);
    const code = mappingAt(facts.programCounter) ?? assert.fail(`${facts.programCounter} is mapped`);
    assert.ok(code.name.endsWith(facts.programCounterIn ?? '?'), `${facts.programCounterIn} is ${code.name}`);
  });

  function countOf(kind: string): number {
    const pattern = kindPatterns.find(([, name]) => name === kind)?.[0] ?? /^$/;
    return [...truth.descriptors.values()].filter((name) => pattern.test(name)).length;
  }

  function threadWith(tid: number): ThreadReport {
    return observed.threads.find((thread) => thread.tid === tid) ?? assert.fail(`there is a thread ${tid}`);
  }

  function mappingAt(address: string | number | null): Mapping | undefined {
    if (address === null) return undefined;
    const at = BigInt(address);
    return truth.mappings.find(({ start, end }) => at >= start && at < end);
  }
});

function switchesIn(
  switches: Switches,
  tid: number,
): { readonly voluntary: number; readonly involuntary: number } {
  const [, voluntary, involuntary] = switches.find(([id]) => id === tid) ?? assert.fail(`${tid} is counted`);
  return { voluntary, involuntary };
}

function assertWithin(what: string, value: number | null, low: number, high: number): void {
  assert.ok(value !== null && value >= low && value <= high, `${what}: ${value} is not ${low} to ${high}`);
}

function firstCpu(): string {
  return /^Cpus_allowed_list:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
}

function truthOf(pid: number): Truth {
  const read = (name: string): string => readFileSync(`/proc/${pid}/${name}`, 'utf8');
  const status = (name: string): string =>
    new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(read('status'))?.[1] ?? '';
  const stat = read('stat')
    .replace(/^.*\) /s, '')
    .split(' ')
    .map(Number);
  const [, soft = '', hard = ''] = /^Max open files\s+(\S+)\s+(\S+)/m.exec(read('limits')) ?? [];
  const descriptors = readdirSync(`/proc/${pid}/fd`).map((fd): [number, string] => [
    Number(fd),
    readlinkSync(`/proc/${pid}/fd/${fd}`),
  ]);
  return {
    descriptors: new Map(descriptors),
    nice: Number(execFileSync('ps', ['-o', 'ni=', '-p', String(pid)], { encoding: 'utf8' })),
    priority: stat[15] ?? NaN,
    group: stat[2] ?? NaN,
    session: stat[3] ?? NaN,
    affinity: status('Cpus_allowed_list'),
    threads: Number(status('Threads')),
    openFiles: [soft, hard],
    cgroups: [...read('cgroup').matchAll(/^\d+:[^:]*:(.*)$/gm)].map(([, name = '']) => name),
    mappings: [...read('maps').matchAll(/^(\w+)-(\w+) \S+ \S+ \S+ \d+ *(.*)$/gm)].map(
      ([, start = '', end = '', name = '']) => ({
        start: BigInt(`0x${start}`),
        end: BigInt(`0x${end}`),
        name,
      }),
    ),
  };
}

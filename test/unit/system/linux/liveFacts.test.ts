import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { parseSmapsRollup } from '../../../../src/system/linux/procText';
import type { RecordOf } from '../../../../src/trace/records';
import { Sampling } from '../../../support/sampling';
import { temporaryFolder } from '../../../support/temporaryFolder';

const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

function makeFifo(path: string): void {
  spawnSync('sh', ['-c', 'mkfifo "$0"', path]);
}

function exists(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
}

describeOnLinux('LinuxSampler on real programs', () => {
  const folder = temporaryFolder();
  let sampling: Sampling;
  beforeEach(() => {
    sampling = new Sampling(folder.path);
  });
  afterEach(() => {
    sampling.dispose();
  });

  function start(...[command, options]: Parameters<Sampling['start']>) {
    const child = sampling.start(command, options);
    sampling.sampler.addRoot(child.pid!);
    return child;
  }

  /** A Node program that says when it is ready, and then waits for ever. */
  async function startNode(program: string): Promise<number> {
    const text = `${program}\nconsole.log('ready'); setInterval(() => {}, 1e6);`;
    const child = sampling.start([process.execPath, '-e', text], { stdio: ['pipe', 'pipe', 'inherit'] });
    await new Promise((resolve) => child.stdout!.once('data', resolve));
    sampling.sampler.addRoot(child.pid!);
    return child.pid!;
  }

  /** The parts of the first look at memory that has begun after `time`. */
  async function memoryParts(
    time = 0,
  ): Promise<{ memory: RecordOf<'memory'>; parts: RecordOf<'segment'>[] }> {
    const first = await sampling.until('segment', (record) => record.time > time);
    const parts = sampling.of('segment').filter((record) => record.time === first.time);
    const memory = sampling.of('memory').find((record) => record.time === first.time);
    assert.ok(memory !== undefined, 'with the sum');
    return { memory, parts };
  }

  const sum = (parts: readonly RecordOf<'segment'>[], figure: 'rss' | 'pss' | 'private' | 'shared'): number =>
    parts.reduce((total, part) => total + part[figure], 0);

  it('the parts of memory add up to its total, which is that of smaps_rollup', async () => {
    const pid = await startNode(`const { Worker } = require('node:worker_threads');
      new Worker('setInterval(() => {}, 1e6)', { eval: true }).once('online', () => {});`);
    // So that nothing changes between the two reads.
    process.kill(pid, 'SIGSTOP');
    const { memory, parts } = await memoryParts();
    for (const figure of ['rss', 'pss', 'private', 'shared'] as const)
      assert.equal(sum(parts, figure), memory[figure], figure);
    const truth = parseSmapsRollup(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    assert.ok(truth !== null);
    assert.deepEqual([memory.rss, memory.private, memory.shared], [truth.rss, truth.private, truth.shared]);
    // The kernel rounds each mapping's share to whole kilobytes; that of others may change.
    const mappings = parts.reduce((total, part) => total + part.mappings, 0);
    const others = Math.max(mappings * 1024, memory.shared * 0.5);
    assert.ok(Math.abs(memory.pss - truth.pss) <= others, `${memory.pss} against ${truth.pss}`);
    const segments = new Set(parts.map(({ segment }) => segment));
    for (const segment of ['text', 'data', 'brk', 'anonymous', 'stack'])
      assert.ok(segments.has(segment), segment);
  });

  it('finds the stack of each thread', async () => {
    await startNode('require("node:fs").stat(".", () => {});');
    const lanes = new Map<number, RecordOf<'threadFacts'>>();
    await sampling.until('threadFacts', (record) => {
      if (record.stackResident !== null) lanes.set(record.lane, record);
      return lanes.size > 0 && lanes.size === sampling.sampler.threadCount;
    });
    const stacks = new Set([...lanes.values()].map(({ stackPointer }) => stackPointer));
    assert.equal(stacks.size, lanes.size, 'each its own');
    for (const facts of lanes.values()) {
      assert.ok(facts.stackResident! > 0 && facts.stackResident! <= facts.stackSize!);
      assert.ok(facts.programCounterIn !== '');
      assert.ok(facts.voluntarySwitches! > 0);
    }
    assert.ok(
      [...lanes.values()].some(({ programCounterIn }) => /libc|musl|vdso/.test(programCounterIn ?? '')),
    );
    const { parts } = await memoryParts();
    assert.equal(parts.find(({ segment }) => segment === 'stack')?.mappings, lanes.size);
  });

  it('a mapping is told with its object, the same in all processes', async () => {
    start(['sh', '-c', 'sleep 1000 & sleep 1000; true']);
    const names = new Map<string, Set<number>>();
    await sampling.until('mapping', ({ object, pid, rss, private: own, shared }) => {
      assert.equal(own + shared, rss);
      assert.match(object, /^[0-9a-f]+:[0-9a-f]+:\d+$/);
      names.set(object, (names.get(object) ?? new Set()).add(pid));
      return [...names.values()].some((pids) => pids.size >= 3);
    });
  });

  it('names a thread that reads a FIFO, in a pass or two', async () => {
    makeFifo(folder.file('fifo'));
    const { pid } = start(['sh', '-c', `exec 3<>'${folder.file('fifo')}'; read line <&3`]);
    while (!readFileSync(`/proc/${pid!}/wchan`, 'utf8').includes('pipe')) await delay(5);
    for (let pass = 0; pass < 2; pass++) sampling.pass();
    const last = sampling.of('threadSample').at(-1);
    assert.match(last?.waitChannel ?? '', /pipe/);
    assert.match(last?.systemCall ?? '', /^read .*fifo$/);
  });

  it('names a thread that reads a pipe', async () => {
    start(['sh', '-c', 'sleep 1000 | (read line; true)']);
    const sample = await sampling.until('threadSample', ({ waitChannel }) => /pipe/.test(waitChannel ?? ''));
    assert.match(sample.systemCall ?? '', /^read pipe:\[\d+\]$/);
  });

  it('names a thread that opens a FIFO', async () => {
    makeFifo(folder.file('fifo'));
    start(['sh', '-c', `read line < '${folder.file('fifo')}'`]);
    const sample = await sampling.until('threadSample', ({ systemCall }) => systemCall === 'openat');
    assert.match(sample.waitChannel ?? '', /wait_for_partner|fifo/);
  });

  it('names what a blocking read of a socket or a terminal waits for', async function () {
    if (!exists('python3')) this.skip();
    const program = `import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen()
c = socket.create_connection(s.getsockname()); c.recv(1)`;
    start(['python3', '-c', program]);
    const sample = await sampling.until(
      'threadSample',
      ({ systemCall }) => systemCall?.startsWith('recv') === true,
    );
    assert.match(sample.systemCall ?? '', /^recvfrom socket:\[\d+\]$/);
    // The kernel's own word is wait_woken, which is also that of terminals.
    assert.equal(sample.waitChannel, 'sk_wait_data');
  });

  it('needs no system call for a program that only sleeps', async () => {
    start(['sleep', '1000']);
    const sample = await sampling.until('threadSample', ({ waitChannel }) =>
      /nanosleep/.test(waitChannel ?? ''),
    );
    assert.equal(sample.systemCall, null);
    assert.equal(sample.state, 'S'.charCodeAt(0));
  });

  it('tells the open files of a program by kind', async () => {
    const file = JSON.stringify(folder.file('file'));
    const pid = await startNode(`
      const fs = require('node:fs'), net = require('node:net'), { execFileSync } = require('node:child_process');
      execFileSync('mkfifo', [${file} + '.fifo']);
      fs.openSync(${file}, 'w'); fs.openSync(${JSON.stringify(folder.path)}); fs.openSync('/dev/null');
      fs.openSync(${file} + '.fifo', 'r+'); fs.watch(${JSON.stringify(folder.path)}, () => {});
      const server = net.createServer().listen(0, '127.0.0.1');
      const socket = net.createServer().listen(${file} + '.socket');`);
    const has = (list: string): boolean => list.includes('listening') && list.includes('.socket');
    const found = await sampling.until('descriptors', ({ list }) => has(list));
    assert.equal(found.pid, pid);
    const list = JSON.parse(found.list) as [number, string, string][];
    const kindOf = (name: RegExp): string[] =>
      list.filter((item) => name.test(item[2])).map(([, kind]) => kind);
    assert.deepEqual(kindOf(/\/file$/), ['file']);
    assert.deepEqual(kindOf(/\.fifo$/), ['pipe']);
    assert.equal(kindOf(/^\/dev\/null$/)[0], 'device');
    assert.deepEqual(kindOf(/^tcp 127\.0\.0\.1:\d+ listening$/), ['socket']);
    assert.deepEqual(kindOf(/^unix .*\.socket$/), ['socket']);
    assert.ok(kindOf(/cviz test-[^/]*$/).includes('directory'));
    const counts = JSON.parse(found.byKind) as Record<string, number>;
    for (const kind of ['epoll', 'eventfd', 'inotify', 'pipe']) assert.ok((counts[kind] ?? 0) > 0, kind);
    assert.equal(
      Object.values(counts).reduce((total, count) => total + count, 0),
      found.total,
    );
  });

  it('tells the facts of a process, and when they change', async function () {
    const { pid } = start(['sh', '-c', 'while :; do :; done']);
    const before = await sampling.until('processFacts', ({ threads }) => threads === 1);
    const limits = JSON.parse(before.limits ?? '') as Record<string, [number | null, number | null]>;
    assert.ok('Max open files' in limits);
    assert.deepEqual([before.uid, before.policy], [process.getuid?.(), 'normal']);
    assert.match(before.cgroup ?? '', /^\//);
    const higher = before.nice! + 3;
    try {
      setPriority(pid!, higher);
    } catch {
      this.skip();
    }
    const after = await sampling.until('processFacts', ({ nice }) => nice === higher);
    assert.equal(after.priority, 20 + higher);
    assert.equal(sampling.of('processFacts').length, 2, 'only when something has changed');
  });

  it('tells the CPUs that a process may run on', async function () {
    if (!exists('taskset')) this.skip();
    start(['taskset', '-c', '0', 'sleep', '1000']);
    const facts = await sampling.until('processFacts', ({ affinity }) => affinity === '0');
    assert.equal(facts.threads, 1);
  });

  it('the last figures of a program are those that the kernel had for it at its end', async () => {
    // The shell's place is taken by a program that never asks for its children's ends: they stay zombies.
    const child = start([
      'sh',
      '-c',
      'sh -c "i=0; while [ \\$i -lt 100000 ]; do i=\\$((i+1)); done" & exec sleep 1000',
    ]);
    const gone = await sampling.until('processGone', ({ pid }) => pid !== child.pid);
    const lane = sampling.of('thread').find(({ tid }) => tid === gone.pid)?.lane;
    const last = sampling
      .of('threadSample')
      .filter((sample) => sample.lane === lane)
      .at(-1);
    const [cpu, runQueue] = readFileSync(`/proc/${gone.pid}/task/${gone.pid}/schedstat`, 'utf8').split(' ');
    assert.deepEqual([last?.cpu, last?.runQueue], [Number(cpu), Number(runQueue)]);
    assert.equal(last?.state, 'Z'.charCodeAt(0));
  });
});

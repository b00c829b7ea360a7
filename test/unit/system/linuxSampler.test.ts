import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { argumentsIn, kill, Sampling } from '../../support/sampling';
import { temporaryFolder } from '../../support/temporaryFolder';

const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

/** Waits for a line on its standard input. */
const SH_READ = 'read line';

describeOnLinux('LinuxSampler', () => {
  const folder = temporaryFolder();
  let sampling: Sampling;
  beforeEach(() => {
    sampling = new Sampling(folder.path);
  });
  afterEach(() => {
    sampling.dispose();
  });

  function startRoot(...[command, options]: Parameters<Sampling['start']>): number {
    const { pid } = sampling.start(command, options);
    assert.ok(pid !== undefined);
    sampling.sampler.addRoot(pid);
    return pid;
  }

  it('finds a program and what it starts, also what is not Node', async () => {
    const root = startRoot(['sh', '-c', 'sleep 1000 & sleep 1001; true']);
    for (const seconds of ['1000', '1001']) {
      const child = await sampling.until('process', (record) => record.args === `["sleep","${seconds}"]`);
      assert.equal(child.ppid, root);
      assert.ok(sampling.sampler.livePids().includes(child.pid));
    }
    assert.ok(sampling.of('process').every(({ pid, ppid }) => pid === root || ppid === root));
  });

  it('tells each process, thread and life apart by pid and start', async () => {
    const root = startRoot(['sleep', '1000']);
    const found = await sampling.until('process', ({ args }) => args.includes('1000'));
    const thread = await sampling.until('thread');
    assert.equal(found.pid, root);
    assert.equal(thread.pid, root);
    assert.equal(thread.tid, root);
    assert.equal(thread.processStartTicks, found.startTicks);
    const now = Number(process.hrtime.bigint());
    assert.ok(found.start !== null && found.start <= now && found.start > now - 60e9);
  });

  it('sees what a thread does, and says nothing while it does nothing', async () => {
    startRoot(['sleep', '1000']);
    // On its way it may sleep for other reasons: a page to be read, a lock of the loader.
    await sampling.until('threadSample', ({ waitChannel }) => waitChannel?.includes('nanosleep') === true);
    // The figures of that sample may have been read a moment before it fell asleep.
    sampling.pass();
    const samples = sampling.of('threadSample').length;
    for (let pass = 0; pass < 5; pass++) sampling.pass();
    assert.equal(sampling.of('threadSample').length, samples);
    assert.ok(sampling.of('tick').length > 5);
  });

  it('follows a busy thread', async () => {
    startRoot(['sh', '-c', 'while :; do :; done']);
    const first = await sampling.until('threadSample', ({ cpu }) => cpu > 0);
    await sampling.until('threadSample', ({ cpu }) => cpu > first.cpu + 20e6);
    const samples = sampling.of('threadSample');
    for (const [index, { cpu, time }] of samples.entries()) {
      const before = samples[index - 1];
      assert.ok(before === undefined || (cpu >= before.cpu && time > before.time));
    }
  });

  it('reads memory once the program is up', async () => {
    const root = startRoot(['sleep', '1000']);
    const memory = await sampling.until('memory');
    assert.equal(memory.pid, root);
    assert.ok(memory.rss > 0 && memory.pss > 0 && memory.pss <= memory.rss);
    assert.equal(memory.private + memory.shared, memory.rss);
  });

  it('tells when a process becomes another program by exec', async () => {
    const { stdin, pid } = sampling.start(['sh', '-c', `${SH_READ}; exec sleep 1000`], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    sampling.sampler.addRoot(pid!);
    const before = await sampling.until('process', (record) => record.comm === 'sh');
    stdin!.end('\n');
    const after = await sampling.until('process', (record) => record.comm === 'sleep');
    assert.deepEqual([after.pid, after.startTicks], [before.pid, before.startTicks]);
    assert.deepEqual(argumentsIn(after), ['sleep', '1000']);
  });

  it('finds an orphan by its environment, whoever adopted it', async () => {
    const parent = sampling.start(['sh', '-c', '(sleep 1002 &) ; true'], { marked: true });
    await new Promise((resolve) => parent.once('exit', resolve));
    const orphan = await sampling.until('process', ({ args }) => args === '["sleep","1002"]');
    assert.notEqual(orphan.ppid, parent.pid);
  });

  it('leaves everybody else alone', async () => {
    const stranger = sampling.start(['sleep', '1003']);
    const root = startRoot(['sleep', '1004']);
    await sampling.until('memory');
    const pids = new Set(sampling.of('process').map(({ pid }) => pid));
    assert.deepEqual([...pids], [root]);
    assert.ok(!pids.has(stranger.pid!) && !pids.has(process.pid));
  });

  for (const [how, end, expected] of [
    ['with a code', 'exit 7', { code: 7, signal: null }],
    ['by a signal', 'kill -SEGV $$', { code: null, signal: 'SIGSEGV' }],
  ] as const) {
    it(`reads the exit status of a zombie that ended ${how}`, async function () {
      // The shell's place is taken by a program that never asks for its children's ends.
      const { stdio, pid } = sampling.start(
        ['sh', '-c', `sh -c '${SH_READ} <&3; ${end}' & exec sleep 1000`],
        {
          stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
        },
      );
      sampling.sampler.addRoot(pid!);
      const child = await sampling.until(
        'process',
        ({ ppid, args }) => ppid === pid && args.includes(SH_READ),
      );
      stdio[3]!.destroy();
      const gone = await sampling.until('processGone');
      assert.deepEqual([gone.pid, gone.startTicks], [child.pid, child.startTicks]);
      // Other users' systems may hide the status: then it is not known, which is not zero.
      const isHidden = gone.code === null && gone.signal === null && process.getuid?.() !== 0;
      if (!isHidden) assert.deepEqual({ code: gone.code, signal: gone.signal }, expected);
      assert.ok(!sampling.sampler.livePids().includes(child.pid));
    });
  }

  it('says once that a process is gone, and does not take it up again', async () => {
    const root = startRoot(['sleep', '1000']);
    await sampling.until('thread');
    kill(root);
    await sampling.until('processGone');
    for (let pass = 0; pass < 5; pass++) sampling.pass();
    assert.equal(sampling.of('processGone').length, 1);
    assert.deepEqual(sampling.sampler.livePids(), []);
    assert.equal(sampling.sampler.threadCount, 0);
  });

  it('sees threads come and go', async () => {
    const program = `
      const { Worker } = require('node:worker_threads');
      const worker = new Worker('setInterval(() => {}, 1000)', { eval: true });
      worker.once('online', () => console.log('online'));
      process.stdin.once('data', () => worker.terminate());`;
    const { stdin, stdout, pid } = sampling.start([process.execPath, '-e', program], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    await new Promise((resolve) => stdout!.once('data', resolve));
    sampling.sampler.addRoot(pid!);
    await sampling.until('thread');
    const lanes = new Set(sampling.of('thread').map(({ lane }) => lane));
    assert.equal(lanes.size, sampling.sampler.threadCount, 'a lane for each');
    stdin!.write('\n');
    const gone = await sampling.until('threadGone');
    assert.ok(lanes.has(gone.lane));
    assert.equal(sampling.of('processGone').length, 0);
  });

  it('gives back its file descriptors', async () => {
    sampling.pass();
    const before = readdirSync('/proc/self/fd').length;
    const root = startRoot(['sleep', '1000']);
    await sampling.until('threadSample');
    kill(root);
    await sampling.until('processGone');
    assert.ok(readdirSync('/proc/self/fd').length <= before, 'those of ended threads');
    startRoot(['sleep', '1000']);
    await sampling.until('threadSample', ({ lane }) => lane > 1);
    sampling.sampler.dispose();
    assert.ok(readdirSync('/proc/self/fd').length < before, 'all of them');
  });

  it('a program that is gone before it is first looked at leaves no trace', () => {
    sampling.sampler.addRoot(0x3fffff);
    sampling.pass();
    assert.deepEqual(sampling.sampler.livePids(), []);
    assert.equal(sampling.of('process').length, 0);
  });
});

import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { FileCalls } from '../../../../src/system/linux/procFiles';
import { threadCpuTime } from '../../../../src/system/threadCpuTime';
import { FakeProc } from '../../../support/fakeProc';
import { Sampling } from '../../../support/sampling';
import { temporaryFolder } from '../../../support/temporaryFolder';

const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;
const PID = 500;

describeOnLinux('LinuxSampler on a /proc whose processes come and go', () => {
  const folder = temporaryFolder();
  let proc: FakeProc;
  let sampling: Sampling;
  beforeEach(() => {
    proc = new FakeProc(folder.file('proc'));
  });
  afterEach(() => {
    sampling.sampler.dispose();
  });

  function start(calls: Partial<FileCalls> = {}): void {
    sampling = new Sampling(folder.path, {
      procRoot: proc.root,
      cgroupRoot: folder.file('cgroup'),
      calls: { ...fs, ...calls },
    });
    sampling.sampler.addRoot(PID);
    sampling.pass();
  }

  /** Files of a real /proc say that their process is gone even while they are open, those of a folder do not. */
  function keepNothingOpen(): void {
    proc.write('self/limits', 'Max open files            0                    0                    files\n');
  }

  const told = (): string[] => sampling.of('unreadable').map(({ what, reason }) => `${what} ${reason}`);

  it('finds what was created since the last pass without looking at all others again', () => {
    proc.addProcess(PID);
    for (let pid = 1; pid < 50; pid++) proc.addProcess(pid);
    const opened: string[] = [];
    start({
      openSync: (file, ...rest) => {
        opened.push(String(file));
        return fs.openSync(file, ...rest);
      },
    });
    sampling.pass();
    opened.length = 0;
    proc.write('loadavg', `0.00 0.00 0.00 1/100 ${PID}\n`);
    sampling.pass();
    proc.addProcess(PID + 3, { ppid: PID });
    proc.addThread(PID, PID + 4, { threads: 2 });
    proc.writeStat(PID, { threads: 2 });
    // A thread can be looked up by its number like a process.
    proc.write(`${PID + 4}/status`, `Name:\tx\nTgid:\t${PID}\n`);
    proc.write('loadavg', `0.00 0.00 0.00 1/100 ${PID + 4}\n`);
    opened.length = 0;
    sampling.pass();
    assert.deepEqual(sampling.sampler.livePids(), [PID, PID + 3]);
    assert.equal(sampling.sampler.threadCount, 3);
    assert.deepEqual(
      opened.filter((file) => /\/proc\/\d{1,2}\//.test(file)),
      [],
    );
  });

  for (const [runnable, states] of [
    [1000, ['S', 'R']],
    [1, ['S']],
  ] as const) {
    it(`with ${runnable} threads wanting to run, asks a thread that has not run whether it wants to: ${states.at(-1)}`, () => {
      proc.addProcess(PID);
      start();
      proc.writeStat(PID, { state: 'R' });
      proc.write('loadavg', `0.00 0.00 0.00 ${runnable}/2000 101\n`);
      sampling.pass();
      const seen = sampling.of('threadSample').map(({ state }) => String.fromCharCode(state));
      assert.deepEqual(seen, states);
    });
  }

  it('tells a new process from an old one that had the same pid', () => {
    keepNothingOpen();
    proc.addProcess(PID, { startTicks: 1 });
    start();
    proc.remove(String(PID));
    proc.addProcess(PID, { startTicks: 2, ppid: 1 });
    proc.write(`${PID}/environ`, `CVIZ_RUN=${folder.path}\0`);
    proc.write(`${PID}/task/${PID}/schedstat`, '2000 0 1\n');
    for (let pass = 0; pass < 3; pass++) sampling.pass();
    const gone = sampling.of('processGone').map(({ startTicks }) => startTicks);
    const found = sampling.of('process').map(({ startTicks }) => startTicks);
    assert.deepEqual([gone, found], [[1], [1, 2]]);
  });

  it('tells a new thread from an old one that had the same tid', () => {
    keepNothingOpen();
    proc.addProcess(PID, { threads: 2 });
    proc.addThread(PID, PID + 1, { startTicks: 5, threads: 2 });
    start();
    proc.remove(`${PID}/task/${PID + 1}`);
    proc.addThread(PID, PID + 1, { startTicks: 9, threads: 2 });
    proc.write(`${PID}/task/${PID + 1}/schedstat`, '10 0 1\n');
    sampling.pass();
    sampling.pass();
    const threads = sampling.of('thread').map(({ tid, startTicks }) => [tid, startTicks]);
    assert.deepEqual(threads, [
      [PID, 1],
      [PID + 1, 5],
      [PID + 1, 9],
    ]);
    assert.deepEqual(
      sampling.of('threadGone').map(({ lane }) => lane),
      [2],
    );
  });

  it('a stranger whose pid is given again, to one of ours, is found', () => {
    proc.addProcess(PID);
    proc.addProcess(PID + 5, { ppid: 1 });
    start();
    assert.deepEqual(sampling.sampler.livePids(), [PID]);
    proc.remove(String(PID + 5));
    proc.addProcess(PID + 5, { ppid: PID, startTicks: 3 });
    proc.write('loadavg', `0.00 0.00 0.00 1/100 ${PID + 6}\n`);
    sampling.pass();
    assert.deepEqual(sampling.sampler.livePids(), [PID, PID + 5]);
  });

  it('says when it may not see the program at all', () => {
    proc.addProcess(PID);
    start();
    sampling.sampler.addRoot(process.pid);
    sampling.sampler.addRoot(process.ppid);
    sampling.pass();
    assert.deepEqual(
      sampling.of('unreadable').map(({ pid, what, reason }) => [pid, what, reason]),
      [[null, 'processes', 'hidepid']],
    );
  });

  it('out of file descriptors takes nobody for dead', () => {
    proc.addProcess(PID);
    let isOut = false;
    start({
      openSync: (...args) => {
        if (isOut) throw Object.assign(new Error('too many'), { code: 'EMFILE' });
        return fs.openSync(...args);
      },
    });
    isOut = true;
    proc.addNews();
    for (let pass = 0; pass < 3; pass++) sampling.pass();
    assert.deepEqual(sampling.sampler.livePids(), [PID]);
    assert.deepEqual(told(), []);
  });

  for (const [limit, most] of [
    [0, 0],
    [20, 10],
  ] as const) {
    it(`of ${limit} allowed file descriptors keeps at most ${most} open`, () => {
      proc.write(
        'self/limits',
        `Max open files            ${limit}                   ${limit}           files\n`,
      );
      proc.addProcess(PID, { threads: 40 });
      for (let tid = PID + 1; tid < PID + 40; tid++) proc.addThread(PID, tid, { threads: 40 });
      // Opens what it keeps for the thread, not for a sampler.
      threadCpuTime();
      const before = fs.readdirSync('/proc/self/fd').length;
      start();
      sampling.pass();
      assert.equal(sampling.sampler.threadCount, 40);
      const more = fs.readdirSync('/proc/self/fd').length - before;
      assert.ok(more <= most && more >= most - 1, `${more} more`);
    });
  }
});

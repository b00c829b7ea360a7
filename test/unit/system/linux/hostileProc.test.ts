import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { FileCalls } from '../../../../src/system/linux/procFiles';
import { FakeProc } from '../../../support/fakeProc';
import { Sampling } from '../../../support/sampling';
import { temporaryFolder } from '../../../support/temporaryFolder';

const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;
const PID = 500;

describeOnLinux('LinuxSampler on a /proc that misbehaves', () => {
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

  /** Files whose path ends so are not for us. */
  function refusing(...names: string[]): Partial<FileCalls> {
    return {
      openSync: (file, ...rest) => {
        if (names.some((name) => String(file).endsWith(`/${name}`)))
          throw Object.assign(new Error('no'), { code: 'EACCES' });
        return fs.openSync(file, ...rest);
      },
    };
  }

  /** Files of a real /proc say that their process is gone even while they are open, those of a folder do not. */
  function keepNothingOpen(): void {
    proc.write('self/limits', 'Max open files            0                    0                    files\n');
  }

  const told = (): string[] => sampling.of('unreadable').map(({ what, reason }) => `${what} ${reason}`);

  for (const name of [
    'a) R 1 (',
    'line\nbreak',
    '\u001b[31mred\u001b]0;title\u0007',
    '<img src=x onerror=alert(1)>',
    '',
    '\u202eright to left',
    '$(reboot)',
  ]) {
    it(`takes ${JSON.stringify(name)} for a name like any other`, () => {
      proc.addProcess(PID, { name });
      start();
      assert.equal(sampling.of('process')[0]?.comm, name);
      assert.equal(sampling.of('thread')[0]?.name, name);
      assert.equal(sampling.of('threadSample')[0]?.state, 'S'.charCodeAt(0));
    });
  }

  it('reads all that it can of a thread', () => {
    proc.addProcess(PID);
    start();
    const [sample] = sampling.of('threadSample');
    assert.deepEqual(
      { ...sample, time: 0 },
      {
        kind: 'threadSample',
        time: 0,
        lane: 1,
        cpu: 1000,
        runQueue: 100,
        state: 'S'.charCodeAt(0),
        waitChannel: 'do_epoll_wait',
        systemCall: null,
        majorFaults: 22,
        cpuNumber: 3,
      },
    );
    assert.deepEqual(told(), []);
  });

  it('asks again for a wait channel that was not there yet', () => {
    proc.addProcess(PID);
    proc.write(`${PID}/task/${PID}/wchan`, '0');
    start();
    assert.equal(sampling.of('threadSample').length, 1);
    sampling.pass();
    assert.equal(sampling.of('threadSample').length, 1, 'still nothing to tell');
    proc.write(`${PID}/task/${PID}/wchan`, 'anon_pipe_read');
    sampling.pass();
    const samples = sampling.of('threadSample');
    assert.deepEqual(
      samples.map(({ waitChannel, cpu }) => [waitChannel, cpu]),
      [
        [null, 1000],
        ['anon_pipe_read', 1000],
      ],
    );
    for (let pass = 0; pass < 5; pass++) sampling.pass();
    assert.equal(sampling.of('threadSample').length, 2);
  });

  it('takes the system call where the kernel never tells the wait channel', function () {
    if (process.arch !== 'x64' && process.arch !== 'arm64') this.skip();
    proc.addProcess(PID);
    proc.write(`${PID}/task/${PID}/wchan`, '0');
    const read = process.arch === 'x64' ? 0 : 63;
    proc.write(`${PID}/task/${PID}/syscall`, `${read} 0x5 0x1 0x2 0x0 0x0 0x0 0x7ffc00001000 0x401000\n`);
    fs.symlinkSync('pipe:[77]', proc.file(`${PID}/fd/5`));
    start();
    for (let pass = 0; pass < 5; pass++) sampling.pass();
    const last = sampling.of('threadSample').at(-1);
    assert.equal(last?.waitChannel, 'pipe_read');
    assert.equal(last.systemCall, 'read pipe:[77]');
    assert.deepEqual(told(), ['wchan ENODATA']);
  });

  it('says once what it may not read, and goes on with the rest', () => {
    proc.addProcess(PID);
    start(refusing('wchan', 'syscall', 'status', 'limits', 'smaps', 'smaps_rollup', 'cgroup'));
    for (let pass = 0; pass < 5; pass++) sampling.pass();
    const expected = ['cgroup EACCES', 'limits EACCES', 'status EACCES', 'syscall EACCES', 'wchan EACCES'];
    assert.deepEqual(told().sort(), expected);
    const [facts] = sampling.of('processFacts');
    assert.equal(facts?.nice, 0);
    assert.deepEqual([facts.uid, facts.limits, facts.cgroup, facts.affinity], [null, null, null, null]);
    assert.equal(sampling.of('threadSample').at(-1)?.waitChannel, null);
  });

  it('without its mappings still tells how large a process is', async () => {
    proc.addProcess(PID);
    proc.write(`${PID}/status`, 'Name:\tx\nRssAnon:\t  4 kB\nRssFile:\t  8 kB\nRssShmem:\t  16 kB\n');
    start(refusing('smaps', 'smaps_rollup'));
    const resident = await sampling.until('residentMemory');
    assert.equal(resident.rss, 28 * 1024);
    assert.equal(sampling.of('memory').length, 0);
    assert.deepEqual(told().sort(), ['smaps EACCES', 'smaps_rollup EACCES']);
  });

  it('without smaps_rollup adds up the mappings', async () => {
    proc.addProcess(PID);
    proc.remove(`${PID}/smaps_rollup`);
    proc.write(
      `${PID}/smaps`,
      '00400000-00401000 r-xp 00000000 fe:00 5 /bin/x\nPss: 4 kB\nPrivate_Clean: 4 kB\n',
    );
    start();
    const memory = await sampling.until('memory');
    assert.equal(memory.rss, 4096);
    assert.deepEqual(told(), ['smaps_rollup ENOENT']);
  });

  it('takes CPU time in ticks where a thread has no schedstat', () => {
    proc.addProcess(PID, { cpuTicks: 3 });
    proc.replaceByFolder(`${PID}/task/${PID}/schedstat`);
    start();
    assert.equal(sampling.of('threadSample')[0]?.cpu, 30e6);
    assert.deepEqual(told(), ['schedstat EISDIR']);
  });

  for (const [how, text] of [
    ['without schedstat', null],
    ['whose schedstat is all zero', '0 0 0\n'],
  ] as const) {
    it(`counts in ticks on a kernel ${how}`, () => {
      if (text === null) proc.remove('self/schedstat');
      else proc.write('self/schedstat', text);
      proc.addProcess(PID, { cpuTicks: 3, state: 'R' });
      start();
      proc.writeStat(PID, { cpuTicks: 5 });
      sampling.pass();
      sampling.pass();
      assert.equal(sampling.of('samplerStart')[0]?.precision, 'ticks');
      assert.deepEqual(
        sampling
          .of('threadSample')
          .map(({ cpu, runQueue, state }) => [cpu, runQueue, String.fromCharCode(state)]),
        [
          [30e6, 0, 'R'],
          [50e6, 0, 'S'],
        ],
      );
      assert.deepEqual(told(), []);
    });
  }

  it('in ticks sees by the wait channel that a thread has run a little', () => {
    proc.remove('self/schedstat');
    proc.addProcess(PID);
    start();
    proc.write(`${PID}/task/${PID}/wchan`, 'futex_do_wait');
    for (let pass = 0; pass < 3; pass++) sampling.pass();
    assert.deepEqual(
      sampling.of('threadSample').map(({ waitChannel }) => waitChannel),
      ['do_epoll_wait', 'futex_do_wait'],
    );
  });

  it('writes the last figures of a zombie before its end', () => {
    proc.addProcess(PID);
    start();
    proc.write(`${PID}/task/${PID}/schedstat`, '5000 600 2\n');
    proc.writeStat(PID, { state: 'Z' });
    sampling.pass();
    const kinds = sampling.records
      .map(({ kind }) => kind)
      .filter((kind) => kind !== 'tick')
      .slice(-3);
    assert.deepEqual(kinds, ['threadSample', 'threadGone', 'processGone']);
    const last = sampling.of('threadSample').at(-1);
    assert.deepEqual([last?.cpu, last?.runQueue, last?.state], [5000, 600, 'Z'.charCodeAt(0)]);
    assert.deepEqual([sampling.of('processGone')[0]?.code, sampling.sampler.livePids()], [0, []]);
  });

  it('goes on with a process whose first thread has ended', () => {
    proc.addProcess(PID, { threads: 2 });
    proc.addThread(PID, PID + 1, { threads: 2 });
    start();
    proc.write(`${PID}/task/${PID}/schedstat`, '5000 600 2\n');
    proc.writeStat(PID, { state: 'Z', threads: 2 });
    for (let pass = 0; pass < 3; pass++) sampling.pass();
    assert.deepEqual(sampling.sampler.livePids(), [PID]);
    assert.equal(sampling.sampler.threadCount, 1);
    assert.equal(sampling.of('threadGone').length, 1);
  });

  it('a process that dies while it is looked at is no news of what cannot be read', () => {
    keepNothingOpen();
    proc.addProcess(PID);
    let isDead = false;
    start({
      openSync: (file, ...rest) => {
        if (String(file).endsWith('/smaps_rollup')) {
          proc.remove(String(PID));
          isDead = true;
        }
        return fs.openSync(file, ...rest);
      },
    });
    return sampling.until('processGone').then(() => {
      assert.ok(isDead);
      assert.deepEqual(told(), []);
    });
  });

  it('on a folder of nonsense writes nothing but that it looked', () => {
    for (const name of ['stat', 'cmdline', 'environ', 'task/500/stat'])
      proc.write(`${PID}/${name}`, '\u0000)(\n');
    start();
    for (let pass = 0; pass < 3; pass++) sampling.pass();
    assert.deepEqual(sampling.sampler.livePids(), []);
    assert.equal(sampling.of('tick').length, 4);
  });
});

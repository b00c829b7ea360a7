import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { err, ok, type Result } from '../../../src/base/result';
import { DarwinSampler } from '../../../src/system/darwin/darwinSampler';
import { LIST_ARGUMENTS, parseProcessList } from '../../../src/system/darwin/psText';
import { runCommand } from '../../../src/system/runCommand';
import { SamplerRecords } from '../../support/samplerRecords';

describe('runCommand', () => {
  function run(file: string, args: readonly string[]): Promise<Result<string>> {
    return new Promise((resolve) => {
      runCommand(file, args, { PATH: process.env['PATH'] ?? '' }, resolve);
    });
  }

  it('hands over what the program prints', async () => {
    assert.deepEqual(await run(process.execPath, ['-e', 'console.log("naïve")']), ok('naïve\n'));
  });

  it('tells of a program that does not exist, fails or is killed', async () => {
    assert.deepEqual(await run('/nowhere/ps', []), err('ENOENT'));
    assert.deepEqual(await run(process.execPath, ['-e', 'process.exit(3)']), err('EXIT_3'));
    assert.deepEqual(await run(process.execPath, ['-e', 'process.kill(process.pid, 9)']), err('EKILLED'));
    // A NUL makes Node throw instead.
    assert.deepEqual(await run('a\0b', []), err('ERR_INVALID_ARG_VALUE'));
  });

  it('keeps nobody alive, and says nothing once disposed of', async () => {
    const program = `
      const { runCommand } = require(${JSON.stringify(require.resolve('../../../src/system/runCommand'))});
      runCommand(process.execPath, ['-e', 'process.stdin.resume()'], {}, () => console.log('done'));`;
    const child = spawn(process.execPath, ['--import', 'tsx', '-e', program], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    const [code] = (await once(child, 'close')) as [number];
    assert.deepEqual([code, printed], [0, '']);
    let isDone = false;
    runCommand(process.execPath, ['-e', 'process.stdin.resume()'], {}, () => (isDone = true)).dispose();
    await delay(100);
    assert.equal(isDone, false);
  });
});

const describeWithPs = process.platform === 'win32' ? describe.skip : describe;

describeWithPs('a real ps', () => {
  it('prints what the parser reads', async () => {
    const outcome = await new Promise<Result<string>>((resolve) => {
      runCommand('/bin/ps', LIST_ARGUMENTS, { LANG: 'C', TZ: 'UTC' }, resolve);
    });
    assert.ok(outcome.ok, 'ps ran');
    const own = parseProcessList(outcome.value).find(({ pid }) => pid === process.pid);
    assert.ok(own !== undefined, 'this process is listed');
    assert.equal(own.ppid, process.ppid);
    assert.equal(own.uid, process.getuid?.());
    assert.ok(own.rss > 10e6 && own.cpuMs >= 0);
    const age = Date.now() - own.startMs!;
    assert.ok(Math.abs(age - process.uptime() * 1000) < 5000, `${age} ms old`);
    assert.equal(outcome.value.trim().split('\n').length, parseProcessList(outcome.value).length);
  });

  it('shows a real program to the sampler', async () => {
    const child = spawn('sh', ['-c', 'sleep 1000 & echo started; read line; kill $!'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    await once(child.stdout, 'data');
    const root = child.pid!;
    const records = new SamplerRecords('darwin');
    const sampler = new DarwinSampler(records.writer);
    const until = async (isTrue: () => boolean): Promise<void> => {
      for (let pass = 0; pass < 2000 && !isTrue(); pass++) {
        sampler.pass();
        records.take();
        await delay(10);
      }
      assert.ok(isTrue(), 'in time');
    };
    sampler.addRoot(root);
    try {
      await until(() => records.of('tick').length >= 2);
      const shown = [...records.model.processes.values()].map(({ ppid, args }) => [ppid, args.join(' ')]);
      assert.deepEqual(shown.slice(1), [[root, 'sleep 1000']]);
      assert.ok(sampler.livePids().includes(root) && sampler.livePids().length === 2);
      assert.ok(records.of('residentMemory').every(({ rss }) => rss > 100_000));
      assert.ok(records.of('tick').every(({ cost }) => cost > 0));
      child.stdin.end('\n');
      await until(() => sampler.livePids().length === 0);
      assert.equal(records.of('processGone').length, 2);
    } finally {
      sampler.dispose();
      child.stdin.destroy();
    }
  });
});

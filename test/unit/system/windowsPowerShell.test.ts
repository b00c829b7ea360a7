import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { powerShells, startLineChild, type LineChild } from '../../../src/system/windows/powerShell';
import { isAlive } from '../../../src/system/isAlive';

/** A child that runs this JavaScript; its lines and its end can be waited for. */
class Started {
  readonly lines: string[] = [];
  readonly ended: Promise<string>;
  readonly child: LineChild;
  private onLine = (): void => undefined;

  constructor(program: string, file = process.execPath) {
    let onEnd: (reason: string) => void = () => undefined;
    this.ended = new Promise((resolve) => (onEnd = resolve));
    this.child = startLineChild(file, ['-e', program], {
      onLine: (line) => {
        this.lines.push(line);
        this.onLine();
      },
      onEnd: (reason) => {
        onEnd(reason);
      },
    });
  }

  async until(count: number): Promise<void> {
    while (this.lines.length < count) await new Promise<void>((resolve) => (this.onLine = resolve));
  }
}

describe('startLineChild', () => {
  it('writes to it and reads lines, however the output is cut', async () => {
    const started = new Started(`
      require('node:readline').createInterface(process.stdin).on('line', async (line) => {
        for (const byte of Buffer.from('naïve ' + line + '\\r\\nlast\\n')) {
          process.stdout.write(Buffer.of(byte));
          await new Promise(setImmediate);
        }
      });`);
    started.child.write('one\r\n');
    await started.until(2);
    started.child.write('two\n');
    await started.until(4);
    assert.deepEqual(started.lines, ['naïve one', 'last', 'naïve two', 'last']);
    started.child.dispose();
  });

  it('takes a line of megabytes', async () => {
    const started = new Started(`console.log('x'.repeat(8 << 20)); console.log('end');`);
    await started.until(2);
    assert.equal(started.lines[0]?.length, 8 << 20);
    assert.equal(started.lines[1], 'end');
    assert.equal(await started.ended, 'EXIT_0');
  });

  for (const [what, file, program, reason] of [
    ['does not exist', '/nowhere/powershell.exe', '', 'ENOENT'],
    ['has a name that cannot be', 'a\0b', '', 'ERR_INVALID_ARG_VALUE'],
    ['fails', process.execPath, 'process.exit(3)', 'EXIT_3'],
    ['is killed', process.execPath, 'process.kill(process.pid, 9)', 'EKILLED'],
  ] as const) {
    it(`tells of a program that ${what}, and takes what is still written to it`, async () => {
      const started = new Started(program, file);
      started.child.write('Get-Look\n');
      assert.equal(await started.ended, reason);
      started.child.write('Get-Look\n');
      started.child.dispose();
      await delay(20);
    });
  }

  it('is ended for good when it is disposed of, and says nothing more', async () => {
    const started = new Started(`console.log(process.pid); setInterval(() => console.log('more'), 1);`);
    await started.until(1);
    started.child.dispose();
    const count = started.lines.length;
    const pid = Number(started.lines[0]);
    while (isAlive(pid)) await delay(5);
    await delay(20);
    assert.equal(started.lines.length, count);
    assert.equal(await Promise.race([started.ended, delay(1, 'silent')]), 'silent');
  });

  it('keeps nobody alive', async () => {
    const program = `
      const { startLineChild } = require(${JSON.stringify(require.resolve('../../../src/system/windows/powerShell'))});
      startLineChild(process.execPath, ['-e', 'process.stdin.resume()'], { onLine() {}, onEnd() {} }).write('x');`;
    const child = spawn(process.execPath, ['--import', 'tsx', '-e', program], { stdio: 'ignore' });
    const [code] = (await once(child, 'exit')) as [number];
    assert.equal(code, 0);
  });
});

describe('powerShells', () => {
  it('are the one of the system by its full path, then version 7', () => {
    const own = String.raw`System32\WindowsPowerShell\v1.0\powershell.exe`;
    assert.deepEqual(powerShells(String.raw`D:\Win`), [`D:\\Win\\${own}`, 'pwsh.exe']);
    assert.equal(powerShells(undefined)[0], `C:\\Windows\\${own}`);
  });
});

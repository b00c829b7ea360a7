import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ToWebview } from '../../src/protocol/messages';
import { FrameReader } from '../../src/protocol/streamFrames';
import { cliPath, cviz, makeTemporaryDirectory, programPath, record } from '../support/cviz';

let directory: string;

beforeEach(() => {
  directory = makeTemporaryDirectory();
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function runFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => /^cviz-\d+-/.test(name));
}

describe('cviz record', () => {
  it('hands on input, output and errors', async () => {
    const { stdout, stderr, code } = await record([programPath('echo.js')], { input: 'hello' });
    assert.deepEqual({ stdout, stderr, code }, { stdout: 'HELLO', stderr: 'done\n', code: 0 });
  });

  it('runs commands as well as scripts, and passes arguments on untouched', async () => {
    const { stdout, report } = await record(['sh', '-c', 'echo "$0 $1"', '--json', '-o x']);
    assert.equal(stdout, '--json -o x\n');
    assert.equal(report.processes[0]?.command, 'sh');
  });

  it('ends by the signal that ended the program', async () => {
    const { signal } = await record([programPath('ends.js'), 'kill']);
    assert.equal(signal, 'SIGKILL');
  });

  it('passes a SIGTERM on to the program', async () => {
    const { signal, report } = await record([programPath('sleeper.js')], {
      during: (child) => child.stdout.once('data', () => child.kill('SIGTERM')),
    });
    assert.equal(signal, 'SIGTERM');
    assert.deepEqual(report.processes[0]?.exit, { code: null, signal: 'SIGTERM' });
  });

  const mistakes: readonly (readonly [string, string[], RegExp])[] = [
    ['a missing script', ['no-such-script.js'], /does not exist/],
    ['a missing command', ['no-such-command-anywhere'], /was not found/],
    ['a folder', [`${tmpdir()}/x.js/..`], /may not be executed|was not found|not a file/],
  ];
  for (const [name, command, sentence] of mistakes) {
    it(`says one sentence about ${name}`, async () => {
      const { code, stderr } = await cviz(['record', '-o', path.join(directory, 'x.cviz'), '--', ...command]);
      assert.notEqual(code, 0);
      assert.match(stderr, sentence);
      assert.equal(stderr.trim().split('\n').length, 1);
    });
  }

  it('says so when the recording cannot be written', async () => {
    const { code, stderr } = await cviz([
      'record',
      '-o',
      '/nonexistent/x.cviz',
      '--',
      programPath('echo.js'),
    ]);
    assert.notEqual(code, 0);
    assert.match(stderr, /cannot be written/);
  });

  it('leaves no folder behind, also when its run folder is deleted midway', async () => {
    const before = new Set(runFolders());
    await record([programPath('nested.js')]);
    const { report, code } = await record([programPath('nested.js')], {
      during: () => {
        const timer = setInterval(() => {
          const mine = runFolders().filter((name) => !before.has(name));
          if (mine.length === 0) return;
          clearInterval(timer);
          setTimeout(() => {
            for (const name of mine) rmSync(path.join(tmpdir(), name), { recursive: true, force: true });
          }, 150);
        }, 10);
      },
    });
    assert.equal(code, 0);
    assert.ok(report.processes.length >= 1, 'what was known before is still shown');
    assert.deepEqual(
      runFolders().filter((name) => !before.has(name)),
      [],
    );
  });
});

describe('cviz report and dump', () => {
  async function makeRecording(): Promise<string> {
    const file = path.join(directory, 'x.cviz');
    await cviz(['record', '-o', file, '--', programPath('nested.js')]);
    return file;
  }

  it('reads what is left of a cut recording, and says that it is cut', async () => {
    const file = await makeRecording();
    truncateSync(file, Math.floor(readFileSync(file).length / 2));
    const { code, stdout } = await cviz(['report', file]);
    assert.equal(code, 0);
    assert.match(stdout, /nested\.js/);
  });

  it('shows everything before the damage, and says where it is', async () => {
    const file = await makeRecording();
    const bytes = readFileSync(file);
    bytes.fill(0xab, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 64);
    writeFileSync(file, bytes);
    const { code, stdout, stderr } = await cviz(['report', file]);
    assert.equal(code, 0);
    assert.match(stdout, /nested\.js/);
    assert.match(stderr, /damaged at byte \d+/);
  });

  const strangers: readonly (readonly [string, Buffer, RegExp])[] = [
    ['an empty file', Buffer.alloc(0), /is empty/],
    [
      'random bytes',
      Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251)),
      /not a cviz recording/,
    ],
    ['a recording of the future', futureRecording(), /newer version/],
  ];
  for (const [name, bytes, sentence] of strangers) {
    it(`says one sentence about ${name}`, async () => {
      const file = path.join(directory, 'x.cviz');
      writeFileSync(file, bytes);
      for (const command of [['report'], ['report', '--json'], ['dump'], ['open', '--no-open']]) {
        const { code, stderr } = await cviz([...command, file]);
        assert.equal(code, 1);
        assert.match(stderr, sentence);
      }
    });
  }

  it('dump prints one record a line', async () => {
    const { stdout } = await cviz(['dump', await makeRecording()]);
    const lines = stdout.trim().split('\n');
    assert.match(lines[0] ?? '', /^0 runStart \{/);
    assert.match(lines.at(-1) ?? '', /^0 runEnd \{/);
    assert.ok(lines.every((line) => /^\d+ [a-zA-Z]+ \{.*\}$/.test(line)));
  });
});

function futureRecording(): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.write('cviz-rec');
  bytes.writeUInt32LE(999, 8);
  return bytes;
}

describe('cviz run', () => {
  let child: ChildProcessWithoutNullStreams | null = null;

  function start(): ChildProcessWithoutNullStreams {
    child = spawn(process.execPath, [cliPath, 'run', '--no-open', programPath('sleeper.js')]);
    return child;
  }

  afterEach(() => {
    child?.kill('SIGKILL');
  });

  it('serves the panel behind a token, streams the recording live, stops the program on request', async () => {
    const child = start();
    let errors = '';
    const url = await new Promise<string>((resolve) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        errors += text;
        const found = /http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\//.exec(errors)?.[0];
        if (found !== undefined) resolve(found);
      });
    });
    const page = await fetch(url);
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    const wrong = url.replace(/[0-9a-f]{32}/, '0'.repeat(32));
    for (const path of [
      wrong,
      `${wrong}stream`,
      new URL('/', url).href,
      `${url}../package.json`,
      `${url}..%2f..%2fpackage.json`,
    ]) {
      assert.equal((await fetch(path)).status, 404, path);
    }
    const messages: ToWebview[] = [];
    const reader = new FrameReader((message) => messages.push(message));
    let asked = false;
    for await (const bytes of (await fetch(`${url}stream`)).body as unknown as AsyncIterable<Uint8Array>) {
      reader.push(bytes);
      const seen = messages.filter((message) => message.type === 'bytes').length;
      if (!asked && seen > 3) {
        asked = true;
        const answer = await fetch(`${url}message`, { method: 'POST', body: '{"type":"stop"}' });
        assert.equal(answer.status, 204);
      }
      if (messages.some((message) => message.type === 'status' && message.status.state === 'ended')) break;
    }
    assert.equal(messages[0]?.type, 'open');
    assert.match(errors, /sleeper\.js \(pid \d+\).*killed by SIGTERM/);
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    await exited;
  });
});

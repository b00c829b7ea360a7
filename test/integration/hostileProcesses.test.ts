import assert from 'node:assert/strict';
import { chmodSync, chownSync, copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { cviz, cliPath, programPath, record, runCommand, statesError } from '../support/cviz';
import type { Report } from '../../src/model/report';
import {
  Comparison,
  describeOnLinux,
  hearExitStats,
  processOf,
  python,
  threadOf,
  toldLines,
  works,
} from '../support/groundTruth';
import { temporaryFolder } from '../support/temporaryFolder';

const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

/** At most 15 bytes each, as the kernel keeps them. */
const hostileNames = [
  'a) Z 1 (b',
  '\n) R 0 0 (',
  '\x1b[31m\x1b[2J',
  '<img src=x>',
  '\t \u{1f9f5} %s',
  ') ) ) ) (',
];

describeOnLinux('hostile processes', () => {
  const folder = temporaryFolder();

  async function recordToFile(command: readonly string[]): Promise<string> {
    const file = folder.file('x.cviz');
    const { code, stdout, stderr } = await cviz(['record', '-o', file, '--', ...command]);
    assert.equal(code, 0, stderr);
    return stdout;
  }

  async function reportOfFile(): Promise<Report> {
    return JSON.parse((await cviz(['report', '--json', folder.file('x.cviz')])).stdout) as Report;
  }

  it('names with newlines, parentheses, terminal escapes and HTML', async function () {
    if (python === null) this.skip();
    const stdout = await recordToFile([
      python,
      programPath('states/renamed.py'),
      JSON.stringify(hostileNames),
    ]);
    const report = await reportOfFile();
    const told = toldLines<{ pid: number; tid: number; name: string; cpu: number }>(stdout, 'named');
    assert.equal(told.length, hostileNames.length);
    const compare = new Comparison();
    for (const { pid, tid, name, cpu } of told) {
      const thread = threadOf(report, pid, tid);
      if (thread.kind === 'native') assert.equal(thread.name, name);
      // After it told, a thread has hardly anything to do; the main thread has to end the interpreter. If it was seen
      // awake last, how long it went on is an estimate.
      const most = thread.kind === 'native' ? cpu / 1e6 + thread.estimatedMs : Infinity;
      compare.between(`${JSON.stringify(name)} running`, thread.states.running, cpu / 1e6, most, 2);
    }
    compare.conclude();
    const text = (await cviz(['report', folder.file('x.cviz')])).stdout;
    assert.match(text, /<img src=x>/);
    // eslint-disable-next-line no-control-regex -- what a terminal would obey
    assert.doesNotMatch(text, /[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
  });

  it('a thousand processes that are gone at once', async () => {
    const { report, code } = await record([
      'sh',
      '-c',
      'i=0; while [ $i -lt 1000 ]; do /bin/true; i=$((i+1)); done; exit 7',
    ]);
    assert.equal(code, 7);
    const [root, ...rest] = report.processes;
    assert.deepEqual(root?.exit, { code: 7, signal: null });
    for (const process of rest) {
      assert.equal(process.parentId, root.id, process.id);
      assert.notEqual(process.endMs, null, process.id);
    }
    for (const thread of report.processes.flatMap(({ threads }) => threads))
      assert.ok(statesError(report, thread) <= 0.01, thread.id);
  });

  it('a hundred threads that come and go', async function () {
    if (python === null) this.skip();
    const exitStats = await hearExitStats();
    const { report, stdout } = await record([python, programPath('states/manyThreads.py')]);
    const final = (await exitStats?.stop()) ?? null;
    const [told] = toldLines<{ pid: number; lives: [number, number][] }>(stdout, 'threads');
    assert.equal(told?.lives.length, 100);
    for (const [tid, ns] of told.lives) {
      const thread = threadOf(report, told.pid, tid);
      const life = (thread.endMs ?? Infinity) - thread.startMs;
      // Of one that was awake when it was last seen, the end is an estimate.
      assert.ok(life + thread.estimatedMs >= ns / 1e6, `${tid} lived for ${life} ms, not ${ns / 1e6}`);
      // Starts are counted in ticks of 10 ms; an end is seen by the next look.
      const most = final === null ? Infinity : (final.get(tid)?.lifeMs ?? 0) + 10 + 250;
      assert.ok(life <= most, `${tid} lived for ${life} ms, not up to ${most}`);
      assert.ok(statesError(report, thread) <= 0.01, thread.id);
    }
  });

  it('a process that is stopped is Blocked, and says why', async () => {
    const { report, stdout } = await record([programPath('states/stopped.js')]);
    type Told = Readonly<Record<'pid' | 'before' | 'stopped' | 'until' | 'over', number>>;
    const [told] = toldLines<Told>(stdout, 'stopped');
    assert.ok(told !== undefined);
    const [main] = processOf(report, told.pid).threads;
    const stopped = main?.blockedBy.find(({ reason }) => reason === 'stopped')?.ms ?? 0;
    const [least, most] = [(told.until - told.stopped) / 1e6 - 250, (told.over - told.before) / 1e6];
    assert.ok(stopped >= least && stopped <= most, `stopped for ${stopped}, not ${least} to ${most} ms`);
  });

  it('a zombie has ended when it died, and its exit code is known', async function () {
    if (python === null) this.skip();
    const { report, stdout } = await record([python, programPath('states/zombie.py')]);
    const [told] = toldLines<{ pid: number }>(stdout, 'dead');
    assert.ok(told !== undefined);
    const zombie = processOf(report, told.pid);
    assert.deepEqual(zombie.exit, { code: 3, signal: null });
    const life = (zombie.endMs ?? Infinity) - zombie.startMs;
    assert.ok(life > 190 && life < 200 + 500, `it lived for ${life} ms, and then was a zombie for a second`);
  });

  it('a process of another user', async function () {
    if (!isRoot) this.skip();
    const { report, stdout } = await record([programPath('states/foreign.js'), 'sleep', String(NOBODY)]);
    const [{ pid }] = toldLines<{ pid: number }>(stdout, 'child') as [{ pid: number }];
    const child = processOf(report, pid);
    assert.equal(child.facts?.uid, NOBODY);
    assert.deepEqual(child.exit, { code: 0, signal: null });
    assert.notEqual(child.memory, null);
    const [main] = child.threads;
    assert.ok(main !== undefined && main.states.blocked > 800, JSON.stringify(main));
  });

  it('a process that we may not look into: fewer facts, and why', async function () {
    const sleep = folder.file('sleep');
    const home = folder.file('home');
    copyFileSync('/bin/sleep', sleep);
    const asNobody = ['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups'];
    if (!isRoot || !works('setpriv', [...asNobody, process.execPath, cliPath, '--help'])) this.skip();
    chmodSync(folder.path, 0o755);
    chmodSync(sleep, 0o4755);
    mkdirSync(home);
    chownSync(home, NOBODY, NOBODY);
    const file = `${home}/x.cviz`;
    const command = [programPath('states/foreign.js'), sleep];
    let uid: string | undefined;
    const ended = await runCommand(
      'setpriv',
      [...asNobody, process.execPath, cliPath, 'record', '-o', file, '--', ...command],
      {
        env: { ...process.env, HOME: home, TMPDIR: home },
        during: (child) => {
          child.stdout.once('data', (text: string) => {
            const [told] = toldLines<{ pid: number }>(text, 'child');
            void delay(300).then(() => (uid = effectiveUid(told?.pid ?? 0)));
          });
        },
      },
    );
    assert.equal(ended.code, 0, ended.stderr);
    // A file system may forbid a file to make somebody another user.
    if (uid !== '0') this.skip();
    const report = JSON.parse((await cviz(['report', '--json', file])).stdout) as Report;
    const [{ pid }] = toldLines<{ pid: number }>(ended.stdout, 'child') as [{ pid: number }];
    const child = processOf(report, pid);
    // Its resident size anybody may read, not what it shares with whom.
    assert.equal(child.memory?.privateBytes ?? null, null);
    assert.equal(child.memory?.pssBytes ?? null, null);
    assert.equal(child.descriptors, null);
    assert.deepEqual(child.exit, { code: 0, signal: null });
    const reasons = Object.values(child.unreadable);
    assert.ok(reasons.length >= 2, JSON.stringify(child.unreadable));
    assert.deepEqual(
      [...new Set(reasons)].filter((reason) => !/^(EACCES|EPERM)$/.test(reason)),
      [],
    );
    const [main] = child.threads;
    assert.ok(main !== undefined && statesError(report, main) <= 0.01);
    assert.ok(main.cpuMs !== null && main.states.running < 100, JSON.stringify(main.states));
  });
});

function effectiveUid(pid: number): string | undefined {
  return /^Uid:\s+\d+\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
}

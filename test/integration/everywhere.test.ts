import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { ProcessReport, Report } from '../../src/model/report';
import {
  otherNodes,
  ownEnvironment,
  ownThreads,
  programPath,
  record,
  runCommand,
  type Recorded,
} from '../support/cviz';

/** Lines of several threads and processes, whose order is nobody's promise. */
function lines(text: string): string[] {
  return text
    .replace(/\b\d{3,7}\b/g, 'N')
    .split('\n')
    .sort();
}

/** Runs a command as it is and under `cviz record`: the program's output and end must be its own. */
async function recordedAsBare(command: readonly string[], extra: NodeJS.ProcessEnv = {}): Promise<Recorded> {
  const env = { ...ownEnvironment(), ...extra };
  const [file, ...args] = command as [string, ...string[]];
  const options = { env, limitMs: 20_000 };
  const [bare, recorded] = await Promise.all([runCommand(file, args, options), record(command, options)]);
  assert.deepEqual(lines(recorded.stdout), lines(bare.stdout));
  assert.deepEqual(lines(recorded.stderr), lines(bare.stderr));
  assert.deepEqual([recorded.code, recorded.signal], [bare.code, bare.signal]);
  return recorded;
}

function root(report: Report): ProcessReport {
  return report.processes[0] as ProcessReport;
}

function started(report: Report, argument: string): ProcessReport {
  // A shell has it within the text it was given.
  const found = report.processes.filter(({ args }) => args.includes(argument));
  assert.equal(found.length, 1, argument);
  return found[0] as ProcessReport;
}

/** What the option is called in this version of Node. */
function permissionOption(): string {
  const { allowedNodeEnvironmentFlags: known } = process;
  return known.has('--permission') ? '--permission' : '--experimental-permission';
}

const stripsTypes = (process as { features: { typescript?: unknown } }).features.typescript === 'strip';
const hasPython = spawnSync('python3', ['--version']).status === 0;

describe('observed wherever it is', function () {
  this.timeout(60_000);

  describe('workers and children of every form', () => {
    let report: Report;
    before(async () => {
      const other = otherNodes().join(path.delimiter);
      const command = [process.execPath, programPath('everywhere.js')];
      ({ report } = await recordedAsBare(command, { OTHER_NODES: other }));
    });

    it('every worker, with its messages and its end', () => {
      const workers = ownThreads(root(report)).filter(({ kind }) => kind === 'worker');
      assert.deepEqual(
        workers.map(({ name }) => name),
        [
          'file',
          'URL',
          'source text',
          'data URL',
          'environment',
          'empty environment',
          'shared environment',
          'Node’s options',
          'no options of Node’s',
          'arguments',
          'input',
          'limits',
          'untracked',
        ],
      );
      for (const { id, name, tid, exit, spawnedAt } of workers) {
        // Its own thread says so: it was observed from inside.
        assert.ok(tid !== null && tid > 0, `thread id of ${String(name)}`);
        assert.equal(exit?.code, 0, `exit of ${String(name)}`);
        assert.match(spawnedAt ?? '', /everywhere\.js:\d+$/);
        const sent = report.channels.filter(({ kind, from }) => kind === 'worker' && from === id);
        const expected = name === 'input' ? 2 : 1;
        assert.deepEqual(
          sent.map((channel) => [channel.sent, channel.received]),
          [[expected, expected]],
          `messages of ${String(name)}`,
        );
      }
    });

    it('every child that runs Node, whatever its environment', () => {
      for (const name of ['detached', 'own options', 'no environment', 'fork', ...otherNodes()]) {
        const child = started(report, name);
        assert.notEqual(child.nodeVersion, null, `${name} is observed`);
        assert.equal(child.unobserved, null);
        assert.equal(child.parentId, root(report).id);
        assert.match(child.spawnedAt ?? '', /everywhere\.js:\d+$/);
        assert.deepEqual(child.exit, { code: 0, signal: null });
      }
    });

    it('the child of a shell', () => {
      const child = started(report, 'shell');
      assert.notEqual(child.nodeVersion, null);
      // Some shells become the command they run.
      const shell = report.processes.find(({ id }) => id === child.parentId);
      if (shell?.id !== root(report).id) assert.equal(shell?.parentId, root(report).id);
      assert.match(child.spawnedAt ?? '', /everywhere\.js:\d+$/);
    });

    it('a child that is another program', () => {
      const shell = started(report, 'sleep 0.3; echo hello; exit 5');
      assert.equal(shell.nodeVersion, null);
      assert.equal(shell.unobserved, null);
      assert.deepEqual(shell.exit, { code: 5, signal: null });
      assert.equal(ownThreads(shell).length, 1);
    });
  });

  it('ES modules, imported in every way', async () => {
    const { report } = await recordedAsBare([process.execPath, programPath('everywhere.mjs')]);
    const workers = ownThreads(root(report)).filter(({ kind }) => kind === 'worker');
    assert.deepEqual(
      workers.map(({ name, exit }) => [name, exit?.code]),
      [0, 1, 2, 3].map((index) => [`way ${index}`, 0]),
    );
    assert.equal(report.channels.filter(({ kind }) => kind === 'worker').length, 8);
    const ipc = report.channels.filter(({ kind }) => kind === 'ipc');
    assert.deepEqual(
      ipc.map(({ sent, received }) => [sent, received]),
      [
        [1, 1],
        [1, 1],
      ],
    );
    for (const { lines: sentFrom } of report.channels)
      assert.match(sentFrom[0]?.location ?? '', /^\/.*everywhere\.mjs:\d+$/);
  });

  function assertTyped({ report, stdout }: Recorded): void {
    assert.deepEqual(lines(stdout), ['', 'from the child', 'from the worker']);
    assert.ok(ownThreads(root(report)).some(({ name }) => name === 'typed'));
    assert.notEqual(started(report, 'child').nodeVersion, null);
    const channels = report.channels.filter(({ sent, kind }) => sent === 1 && kind !== 'port');
    assert.deepEqual(channels.map(({ kind }) => kind).sort(), ['ipc', 'worker']);
  }

  it('TypeScript by tsx', async () => {
    assertTyped(await recordedAsBare([process.execPath, '--import', 'tsx', programPath('typed.mts')]));
  });

  it('TypeScript by Node itself', async function () {
    if (!stripsTypes) this.skip();
    assertTyped(await recordedAsBare([process.execPath, programPath('typed.mts')]));
  });

  it('a program that is Python’s', async function () {
    if (!hasPython) this.skip();
    const { report } = await recordedAsBare(['python3', '-c', 'print("hello"); raise SystemExit(3)']);
    assert.equal(root(report).nodeVersion, null);
    assert.deepEqual(root(report).exit, { code: 3, signal: null });
  });

  describe('under the permission model', () => {
    const program = programPath('permission.js');
    const model = permissionOption();
    const readAll = '--allow-fs-read=*';
    const writeAll = '--allow-fs-write=*';
    const both = [model, readAll, writeAll, '--allow-worker', '--allow-child-process'];
    const some = [model, `--allow-fs-read=${path.dirname(program)}/*`, '--allow-worker'];
    /** Whether it can be observed: who may not read the probe or write a log cannot. */
    const cases: readonly (readonly [string, readonly string[], boolean])[] = [
      ['which allows no file', [model], false],
      ['which allows reading', [model, readAll], false],
      ['which allows reading some', some, false],
      ['which allows writing', [model, writeAll], false],
      ['which allows both', both, true],
    ];

    for (const [name, options, isObserved] of cases) {
      it(`a child ${name}`, async () => {
        const { report } = await recordedAsBare([process.execPath, program], {
          CHILD_OPTIONS: JSON.stringify(options),
        });
        const child = report.processes.find(({ parentId }) => parentId === root(report).id);
        assert.ok(child);
        assert.equal(child.unobserved, isObserved ? null : 'permission');
        assert.equal(child.nodeVersion !== null, isObserved);
        assert.equal(child.spawnedBy, 'spawn');
        assert.notEqual(child.exit, null);
      });

      it(`the program itself, ${name}`, async () => {
        const { report } = await recordedAsBare([process.execPath, ...options, program]);
        assert.equal(root(report).nodeVersion !== null, isObserved);
        assert.notEqual(root(report).exit, null);
      });
    }
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { takeSettings } from '../../../src/probe/settings';
import { programEnvironment } from '../../../src/run/programEnvironment';
import { observe } from '../../support/observed';
import { temporaryFolder } from '../../support/temporaryFolder';

const text = fc.oneof(fc.string(), fc.constantFrom(' ', '"', '\\', '\\"', 'é😀', '--require "x"'));
const base = fc.dictionary(
  fc
    .oneof(fc.string({ minLength: 1 }), fc.constantFrom('NODE_OPTIONS', 'PATH'))
    .filter((name) => name !== '__proto__'),
  fc.option(text, { nil: undefined }),
  { noNullPrototype: true },
);

describe('programEnvironment', () => {
  it('is what the probe expects: it takes its part out and leaves the rest', () => {
    fc.assert(
      fc.property(base, text, text, (variables, folder, probe) => {
        fc.pre(folder !== '');
        const probePath = `/${probe}/probe.js`;
        const given = Object.freeze({ ...variables });
        const env: NodeJS.ProcessEnv = programEnvironment(given, folder, probePath);
        const settings = takeSettings(env, probePath);
        assert.equal(settings?.directory, folder);
        assert.equal(settings.spawnToken, null);
        const expected = Object.entries(variables).filter(([, value]) => value !== undefined);
        assert.deepEqual(new Map(Object.entries(env)), new Map(expected));
      }),
    );
  });

  it('keeps every variable, whatever its name', () => {
    const base = Object.fromEntries([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    const env = programEnvironment(base, '/run', '/p/probe.js');
    assert.deepEqual(Object.keys(env).sort(), ['CVIZ_RUN', 'NODE_OPTIONS', '__proto__', 'constructor']);
  });

  it('of a run inside a run belongs to the inner one', () => {
    const outer = programEnvironment({ A: '1' }, '/outer', '/p/probe.js');
    const inner: NodeJS.ProcessEnv = programEnvironment(
      { ...outer, CVIZ_CALL: 'x#1' },
      '/inner',
      '/p/probe.js',
    );
    assert.deepEqual(takeSettings(inner, '/p/probe.js'), {
      directory: '/inner',
      spawnToken: null,
      processStartTicks: null,
      preload: '--require "/p/probe.js"',
    });
    assert.deepEqual(inner, { A: '1' });
  });
});

describe('a probe in a folder called', () => {
  const folder = temporaryFolder();

  const program = `
    const { Worker } = require('node:worker_threads');
    const { spawnSync } = require('node:child_process');
    new Worker('', { eval: true });
    new Worker('', { eval: true, env: { A: '1' } });
    spawnSync(process.execPath, ['-e', '0']);
    const { CVIZ_RUN, CVIZ_CALL, NODE_OPTIONS } = process.env;
    console.log(JSON.stringify([CVIZ_RUN, CVIZ_CALL, NODE_OPTIONS, process.title]));`;

  for (const name of [
    'plain',
    'with space',
    `"quoted" 'twice'`,
    'back\\slash\\',
    'é 日本 😀',
    '$HOME `x` #%20',
    '--require',
    'new\nline',
  ]) {
    it(`${JSON.stringify(name)} is loaded into processes and workers, and stays out of sight`, () => {
      const theirs = '--title="a b" --trace-warnings';
      const { stdout, stderr, logs } = observe(program, folder.file(name), { nodeOptions: theirs });
      assert.equal(stderr, '');
      assert.deepEqual(JSON.parse(stdout), [null, null, theirs, 'a b']);
      const threads = logs.map(([first]) => (first?.kind === 'threadStart' ? first.threadId : null));
      assert.deepEqual(threads.sort(), [0, 0, 1, 2], 'a log for each of two processes and two workers');
    });
  }
});

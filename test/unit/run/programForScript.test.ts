import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isScript, nodeVersion, programForScript } from '../../../src/run/program';
import { temporaryFolder } from '../../support/temporaryFolder';

describe('programForScript', () => {
  const folder = temporaryFolder();

  function write(name: string, text = '', mode = 0o644): string {
    const file = folder.file(name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, mode);
    return file;
  }

  /** An executable that answers --version with a text and an exit code. */
  function fakeNode(answer: string, code = 0): string {
    return write('fake node', `#!/bin/sh\necho '${answer}'\nexit ${code}\n`, 0o755);
  }

  function resolve(script: string, nodePath: string | null, args: readonly string[] = []) {
    return programForScript(script, args, { nodePath, cwd: folder.path });
  }

  async function sentence(script: string, nodePath: string | null): Promise<string> {
    const program = await resolve(script, nodePath);
    assert.equal(program.ok, false);
    assert.match(program.error, /^[^\n]+\.$/, 'one sentence, or two, on one line');
    return program.error;
  }

  it('a script runs by its absolute path, with its arguments', async () => {
    const file = write('my script.js');
    assert.deepEqual(await resolve('my script.js', process.execPath, ['--x', 'y z']), {
      ok: true,
      value: { file: process.execPath, args: [file, '--x', 'y z'], title: 'my script.js' },
    });
  });

  it('Node is looked for on PATH when no path is given', async () => {
    write('a.mjs');
    const program = await resolve('a.mjs', null);
    assert.ok(program.ok);
    assert.equal(program.value.file, 'node');
  });

  it('a missing script', async () => {
    const message = await sentence('nothing.js', process.execPath);
    assert.equal(
      message,
      `The script ${folder.file('nothing.js')} does not exist. Check the path and run it again.`,
    );
  });

  it('a folder', async () => {
    mkdirSync(folder.file('folder.js'));
    assert.match(await sentence('folder.js', process.execPath), /folder\.js is not a file\. Give the path/);
  });

  for (const [what, answer, code, expected] of [
    [
      'an old Node',
      'v16.20.2',
      0,
      /v16\.20\.2, which is too old to be observed\. Use Node\.js 18 or newer\./,
    ],
    ['an ancient Node', 'v0.10.48', 0, /too old/],
    ['another program', 'Python 3.11', 0, /is not Node\.js/],
    ['a program that says nothing', '', 0, /is not Node\.js/],
    ['a program that fails', 'v20.0.0', 1, /was not found .*it ended with code 1/],
  ] as const) {
    it(`${what} instead of Node`, async () => {
      write('a.js');
      assert.match(await sentence('a.js', fakeNode(answer, code)), expected);
    });
  }

  it('a Node that is not there', async () => {
    write('a.js');
    const message = await sentence('a.js', folder.file('no such node'));
    assert.match(
      message,
      /Node\.js was not found .*no such program.*Install Node\.js 18 or newer, or set its path\./,
    );
  });

  it('a Node that is not executable', async () => {
    write('a.js');
    assert.match(await sentence('a.js', write('plain', '#!/bin/sh\necho v20.0.0\n')), /EACCES/);
  });

  it('a Node that is a folder', async () => {
    write('a.js');
    assert.match(await sentence('a.js', folder.path), /EACCES/);
  });

  for (const nodePath of ['', 'with\0nul']) {
    it(`a path of Node that none can be: ${JSON.stringify(nodePath)}`, async () => {
      write('a.js');
      assert.match(await sentence('a.js', nodePath), /Node\.js was not found/);
    });
  }

  describe('TypeScript', () => {
    for (const [version, flags] of [
      ['v22.18.0', []],
      ['v23.6.0', []],
      ['v24.1.0', []],
      ['v26.10.0', []],
      ['v22.6.0', ['--experimental-strip-types']],
      ['v22.17.1', ['--experimental-strip-types']],
      ['v23.0.0', ['--experimental-strip-types']],
      ['v23.5.9', ['--experimental-strip-types']],
    ] as const) {
      it(`on ${version}: ${flags.length === 0 ? 'as it is' : flags.join(' ')}`, async () => {
        const file = write('a.ts');
        const node = fakeNode(version);
        assert.deepEqual(await resolve('a.ts', node, ['x']), {
          ok: true,
          value: { file: node, args: [...flags, file, 'x'], title: 'a.ts' },
        });
      });
    }

    for (const version of ['v18.20.4', 'v20.0.0', 'v22.5.1']) {
      it(`on ${version} without tsx: what to do about it`, async () => {
        write('a.mts');
        assert.match(
          await sentence('a.mts', fakeNode(version)),
          new RegExp(
            `Node\\.js ${version} cannot run TypeScript\\. Use Node\\.js 22\\.18 or newer, or install tsx`,
          ),
        );
      });
    }

    for (const project of ['plain', 'with space', 'c# 100%25 what?', 'é€😀']) {
      it(`on an older Node by the tsx of the project in a folder ${project}`, async () => {
        write(`${project}/node_modules/tsx/package.json`, '{ "name": "tsx", "main": "loader.js" }');
        write(`${project}/node_modules/tsx/loader.js`, "console.log('loaded');");
        write(`${project}/a.js`, "console.log('ran');");
        write(`${project}/a.ts`);
        const program = await resolve(`${project}/a.ts`, fakeNode('v20.11.0'));
        assert.ok(program.ok);
        // This Node knows no TypeScript: the flags are tried on JavaScript beside it.
        const args = program.value.args.map((argument) => argument.replace(/a\.ts$/, 'a.js'));
        assert.equal(execFileSync(process.execPath, args, { encoding: 'utf8' }), 'loaded\nran\n');
      });
    }
  });
});

describe('isScript', () => {
  for (const [file, expected] of [
    ['a.js', true],
    ['a.mjs', true],
    ['a.cjs', true],
    ['a.ts', true],
    ['a.mts', true],
    ['a.cts', true],
    ['a.tsx', false],
    ['a.json', false],
    ['js', false],
    ['a.js.map', false],
  ] as const) {
    it(`${file}: ${expected}`, () => assert.equal(isScript(file), expected));
  }
});

describe('nodeVersion', () => {
  it('of this Node', async () => {
    const version = await nodeVersion(process.execPath);
    assert.ok(version.ok);
    assert.equal(version.value.text, process.version);
  });
});

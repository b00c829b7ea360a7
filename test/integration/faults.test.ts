import assert from 'node:assert/strict';
import { ownEnvironment, programPath, runBareAndProbed, type BareAndProbed } from '../support/cviz';

/** Lines of several threads and processes, whose order is nobody's promise. */
function lines(text: string): string[] {
  return text.split('\n').sort();
}

function assertSame({ bare, probed }: BareAndProbed): void {
  assert.deepEqual(lines(probed.stdout), lines(bare.stdout));
  assert.equal(probed.stderr, bare.stderr);
  assert.deepEqual([probed.code, probed.signal], [bare.code, bare.signal]);
}

const groups = [
  'arrays',
  'iterators',
  'collections',
  'objects',
  'json',
  'reflect',
  'functions',
  'promises',
  'strings',
  'numbers',
  'regularExpressions',
  'times',
  'process',
  'files',
  'errors',
  'buffers',
  'views',
  'atomics',
  'util',
];

describe('a hostile program sees nothing and breaks nothing', function () {
  this.timeout(60_000);
  const run = (name: string, env: NodeJS.ProcessEnv = {}, before: string[] = []): Promise<BareAndProbed> =>
    runBareAndProbed([...before, programPath(`hostile/${name}.js`)], {
      env: { ...ownEnvironment(), ...env },
      limitMs: 15_000,
    });

  for (const group of groups) {
    it(`functions of the language patched: ${group}`, async () => {
      const counted = await run('patchedBuiltins', { GROUP: group });
      const calls = [...counted.bare.stdout.matchAll(/^"calls" "\w+" "([^"]+)"/gm)].map(([, label]) => label);
      // First that nothing breaks, which is worse than that something is seen.
      assertSame(await run('patchedBuiltins', { GROUP: group, CALLED: JSON.stringify(calls) }));
      assertSame(counted);
      assert.equal(counted.logs, 3);
    });
  }

  const frozen = ['worker', 'ports', 'broadcast', 'atomics', 'process', 'childProcess'];
  for (const what of [...frozen, 'events', 'error', 'language', 'everything']) {
    it(`frozen: ${what}`, async () => {
      assertSame(await run('frozen', { FREEZE: what }));
    });
  }

  const removable = ['Atomics', 'Buffer', 'setTimeout', 'URL', 'BroadcastChannel', 'Proxy', 'Promise'];
  for (const names of [
    ...removable,
    'WebAssembly',
    'Object',
    'Reflect',
    'Error',
    'process,Array',
    'performance,queueMicrotask',
    'JSON,Math,Number,String,Symbol,BigInt',
  ]) {
    it(`globals removed: ${names}`, async () => {
      assertSame(await run('frozen', { REMOVE: names }));
    });
  }

  it('names that are hard to write down', async () => {
    assertSame(await run('names'));
  });

  it('values that are hard to look at', async () => {
    assertSame(await run('values'));
  });

  it('modules loaded anew, other realms, faked timers, subclasses', async () => {
    assertSame(await run('resets'));
  });

  const preload = ['--require', programPath('hostile/patchApi.js')];
  it('Node’s functions wrapped by the program', async () => {
    assertSame(await run('patchedApi', { PATCH: 'itself' }));
  });
  it('Node’s functions wrapped by what is preloaded', async () => {
    assertSame(await run('patchedApi', {}, preload));
  });
  it('Node’s functions wrapped twice', async () => {
    assertSame(await run('patchedApi', { PATCH: 'itself' }, preload));
  });
});

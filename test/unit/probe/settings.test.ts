import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  joinNodeOptions,
  preloadOption,
  removePreload,
  takeSettings,
  withoutPreload,
  withProbe,
  type ProbeSettings,
} from '../../../src/probe/settings';

/** Paths as users have them, and worse. */
const probePath = fc
  .array(fc.oneof(fc.constantFrom(' ', '"', '\\', "'", '/', 'é', '$', '\n', '--require '), fc.string()))
  .map((parts) => `/${parts.join('')}/probe.js`);
const settings: fc.Arbitrary<ProbeSettings> = fc
  .tuple(fc.string({ minLength: 1 }), probePath)
  .map(([directory, path]) => ({
    directory,
    spawnToken: null,
    processStartTicks: null,
    preload: preloadOption(path),
  }));
const nodeOptions = fc.oneof(
  fc.constantFrom('', ' ', '--require ./x.js', '--max-old-space-size=100  --no-warnings', '-r "a b"', '"'),
  fc.string(),
);

const name = fc.string({ minLength: 1 }).filter((text) => !text.includes('='));
const pair = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(name, fc.string()).map(([key, value]) => `${key}=${value}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('PATH=/bin', 'CVIZ_CALL=x#1', 'CVIZ_RUNS=1', 'node_options=a', '=', 'x', ''),
  },
);
const pairs = fc
  .tuple(fc.array(pair), fc.option(nodeOptions, { nil: null }), fc.nat())
  .map(([list, options, place]) =>
    options === null ? list : list.toSpliced(place % (list.length + 1), 0, `NODE_OPTIONS=${options}`),
  )
  .filter((list) => list.filter((entry) => entry.startsWith('NODE_OPTIONS=')).length < 2);

function ofPairs(list: readonly string[], key: string): string[] {
  return list.filter((entry) => entry.startsWith(`${key}=`)).map((entry) => entry.slice(key.length + 1));
}

const OURS = /^(NODE_OPTIONS|CVIZ_RUN|CVIZ_CALL)=/;

describe('NODE_OPTIONS', () => {
  it('are what the user set once our part is taken out again', () => {
    fc.assert(
      fc.property(probePath, fc.option(nodeOptions, { nil: undefined }), (path, theirs) => {
        const preload = preloadOption(path);
        assert.equal(withoutPreload(joinNodeOptions(preload, theirs), preload), theirs);
      }),
    );
  });

  it('that are not ours stay as they are', () => {
    fc.assert(
      fc.property(probePath, nodeOptions, (path, theirs) => {
        assert.equal(withoutPreload(theirs, preloadOption(path)), theirs);
      }),
    );
  });

  it('of another probe stay, too', () => {
    assert.equal(
      withoutPreload('--require "/a/probe.js"', preloadOption('/b/probe.js')),
      '--require "/a/probe.js"',
    );
    assert.equal(
      withoutPreload('--require "/a/probe.js"x', preloadOption('/a/probe.js')),
      '--require "/a/probe.js"x',
    );
  });
});

describe("a child's environment", () => {
  it('has our part, and the rest unchanged and in order', () => {
    fc.assert(
      fc.property(pairs, settings, (list, own) => {
        const given = Object.freeze([...list]);
        const result = withProbe(given, own, 'log#7');
        assert.deepEqual(
          result.filter((entry) => !OURS.test(entry)),
          list.filter((entry) => !OURS.test(entry)),
        );
        assert.deepEqual(ofPairs(result, 'CVIZ_RUN'), [own.directory]);
        assert.deepEqual(ofPairs(result, 'CVIZ_CALL'), ['log#7']);
        const [options, ...more] = ofPairs(result, 'NODE_OPTIONS');
        assert.deepEqual(more, []);
        assert.equal(withoutPreload(options!, own.preload), ofPairs(list, 'NODE_OPTIONS')[0]);
      }),
    );
  });

  it('is the same when it is made twice: a copied environment does not load us twice', () => {
    fc.assert(
      fc.property(pairs, settings, (list, own) => {
        const once = withProbe(list, own, 'log#7');
        assert.deepEqual(withProbe(once, own, 'log#7'), once);
      }),
    );
  });

  it('that is meant for another run (an observed program starts cviz itself) stays as it is', () => {
    const own: ProbeSettings = {
      directory: '/outer',
      spawnToken: null,
      processStartTicks: null,
      preload: preloadOption('/p.js'),
    };
    const inner = ['A=1', 'NODE_OPTIONS=--require "/p.js"', 'CVIZ_RUN=/inner'];
    assert.deepEqual(withProbe(inner, own, 'b#1'), inner);
  });

  it('tells of the newest call', () => {
    const own: ProbeSettings = {
      directory: '/run',
      spawnToken: 'a#1',
      processStartTicks: null,
      preload: preloadOption('/p.js'),
    };
    assert.deepEqual(withProbe(withProbe(['A=1'], own, 'b#1'), own, 'c#2'), [
      'A=1',
      'NODE_OPTIONS=--require "/p.js"',
      'CVIZ_RUN=/run',
      'CVIZ_CALL=c#2',
    ]);
  });
});

describe('takeSettings', () => {
  it('reads what a parent gave, and leaves no trace of it', () => {
    const variables = fc.dictionary(
      name.filter((key) => !OURS.test(`${key}=`)),
      fc.string(),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(
        variables,
        fc.option(nodeOptions, { nil: null }),
        settings,
        probePath,
        (base, theirs, own, path) => {
          const given = theirs === null ? base : { ...base, NODE_OPTIONS: theirs };
          const list = Object.entries(given).map(([key, value]) => `${key}=${value}`);
          const child = { ...own, preload: preloadOption(path) };
          const env: NodeJS.ProcessEnv = Object.fromEntries(
            withProbe(list, child, 'log#3').map((entry) => [
              entry.slice(0, entry.indexOf('=')),
              entry.slice(entry.indexOf('=') + 1),
            ]),
          );
          assert.deepEqual(takeSettings(env, path), {
            directory: own.directory,
            spawnToken: 'log#3',
            processStartTicks: null,
            preload: child.preload,
          });
          assert.deepEqual(new Map(Object.entries(env)), new Map(Object.entries(given)));
        },
      ),
    );
  });

  it('is null in a process that nobody observes, and changes nothing', () => {
    for (const given of [{}, { CVIZ_RUN: '' }, { CVIZ_CALL: 'x#1', NODE_OPTIONS: '--require "/p.js"' }]) {
      const env: NodeJS.ProcessEnv = { ...given };
      assert.equal(takeSettings(env, '/p.js'), null);
      assert.deepEqual(env, given);
    }
  });

  it('without a call in the first process', () => {
    const env: NodeJS.ProcessEnv = { CVIZ_RUN: '/run', NODE_OPTIONS: '--require "/p.js"' };
    assert.equal(takeSettings(env, '/p.js')?.spawnToken, null);
    assert.deepEqual(env, {});
  });
});

describe('removePreload', () => {
  it('leaves an unset variable unset', () => {
    const env: NodeJS.ProcessEnv = {};
    removePreload(env, preloadOption('/p.js'));
    assert.deepEqual(env, {});
  });
});

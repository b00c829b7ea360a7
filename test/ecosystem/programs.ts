import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ChannelExpectation } from './channels';
import type { TreeExpectation } from './tree';

/** Somebody else's program, and what is to be seen of it. */
export interface Program {
  readonly name: string;
  /** Its project in fixtures/. */
  readonly project: string;
  /** `node` stands for the running Node; `node_modules/…` is found in the installed packages. */
  readonly command: readonly string[];
  /** Lines come in another order from run to run. */
  readonly unordered?: boolean;
  /** Only with --all. */
  readonly slow?: boolean;
  readonly tree: TreeExpectation;
  /** Between which kinds of ends at least how many messages go; null: none that we could count on. */
  readonly channels: ChannelExpectation | null;
}

const fixtures = path.join(__dirname, 'fixtures');
/** More than the probe writes one by one, so that it has to batch and to summarise. */
const load = 5000;

function pools(tasks: number, slow: boolean): Program[] {
  const title = slow ? `, ${tasks} tasks` : '';
  // A task goes there and its result comes back.
  const messages = 2 * tasks;
  const count = String(tasks);
  return [
    {
      name: `piscina${title}`,
      project: 'pools',
      command: ['node', 'piscina.mjs', count],
      slow,
      tree: { workers: { count: 2, at: /node_modules\/piscina\// } },
      channels: { kinds: ['worker', 'port'], atLeast: messages },
    },
    {
      name: `tinypool, worker threads${title}`,
      project: 'pools',
      command: ['node', 'tinypool.mjs', 'worker_threads', count],
      slow,
      tree: { workers: { count: 2, at: /node_modules\/tinypool\// } },
      channels: { kinds: ['worker', 'port'], atLeast: messages },
    },
    {
      name: `tinypool, child processes${title}`,
      project: 'pools',
      command: ['node', 'tinypool.mjs', 'child_process', count],
      slow,
      tree: { processes: { count: 2, by: 'fork', at: /node_modules\/tinypool\// } },
      channels: { kinds: ['ipc'], atLeast: messages },
    },
    {
      name: `workerpool, threads${title}`,
      project: 'pools',
      command: ['node', 'workerpool.js', 'thread', count],
      slow,
      tree: { workers: { count: 2, at: /node_modules\/workerpool\// } },
      channels: { kinds: ['worker'], atLeast: messages },
    },
    {
      name: `workerpool, processes${title}`,
      project: 'pools',
      command: ['node', 'workerpool.js', 'process', count],
      slow,
      tree: { processes: { count: 2, by: 'fork', at: /node_modules\/workerpool\// } },
      channels: { kinds: ['ipc'], atLeast: messages },
    },
  ];
}

function clusterServer(requests: number, slow: boolean): Program {
  return {
    name: `a cluster of HTTP servers, ${requests} requests`,
    project: 'cluster',
    command: ['node', 'server.js', String(requests)],
    slow,
    tree: {
      processes: { count: 2, by: 'cluster.fork', at: lineOf('cluster/server.js', 'fork') },
    },
    channels: { kinds: ['ipc'], atLeast: requests },
  };
}

const testRunners: readonly Program[] = [
  {
    name: 'jest, processes',
    project: 'testRunners/jest',
    command: ['node', 'node_modules/jest/bin/jest.js', '--maxWorkers=2'],
    unordered: true,
    // Two that look for the files, two that run them.
    tree: { processes: { count: 4, by: 'fork', at: /node_modules\/jest-worker\// } },
    channels: { kinds: ['ipc'], atLeast: 4 },
  },
  {
    name: 'jest, worker threads',
    project: 'testRunners/jest',
    command: ['node', 'node_modules/jest/bin/jest.js', '--maxWorkers=2', '--workerThreads'],
    unordered: true,
    tree: { workers: { count: 4, at: /node_modules\/jest-worker\// } },
    channels: { kinds: ['worker'], atLeast: 4 },
  },
  {
    name: 'vitest, threads',
    project: 'testRunners/vitest',
    command: ['node', 'node_modules/vitest/vitest.mjs', 'run', '--pool', 'threads'],
    unordered: true,
    tree: { workers: { count: 2, at: /node_modules\/vitest\// } },
    channels: { kinds: ['worker', 'port'], atLeast: 4 },
  },
  {
    name: 'vitest, forks',
    project: 'testRunners/vitest',
    command: ['node', 'node_modules/vitest/vitest.mjs', 'run', '--pool', 'forks'],
    unordered: true,
    tree: { processes: { count: 2, by: 'fork', at: /node_modules\/vitest\// } },
    channels: { kinds: ['ipc'], atLeast: 4 },
  },
  {
    name: 'mocha --parallel',
    project: 'testRunners/mocha',
    command: [
      'node',
      'node_modules/mocha/bin/mocha.js',
      '--parallel',
      '--jobs=2',
      '--slow=60000',
      '*.spec.js',
    ],
    unordered: true,
    tree: { processes: { count: 2, by: 'fork', at: /node_modules\/workerpool\// } },
    channels: { kinds: ['ipc'], atLeast: 4 },
  },
  {
    name: 'node --test',
    project: 'testRunners/nodeTest',
    command: ['node', '--test', 'one.spec.mjs', 'two.spec.mjs'],
    // The call is Node's own: no line of anybody's program.
    tree: { processes: { count: 2, by: 'spawn', at: null } },
    channels: null,
  },
];

const buildTools: readonly Program[] = [
  {
    name: 'webpack with terser-webpack-plugin in parallel',
    project: 'webpack',
    command: ['node', 'build.js'],
    // It leaves one core to the main thread.
    tree: { workers: { count: [1, 2], at: /node_modules\/jest-worker\// } },
    channels: { kinds: ['worker'], atLeast: 6 },
  },
  {
    name: 'esbuild',
    project: 'esbuild',
    command: ['node', 'build.js'],
    tree: {
      workers: { count: 1, at: /node_modules\/esbuild\// },
      // One serves the asynchronous calls, one the worker behind the synchronous ones.
      others: { count: 2, by: 'spawn', at: /node_modules\/esbuild\// },
    },
    channels: { kinds: ['worker', 'port'], atLeast: 1 },
  },
  {
    name: 'npm run, scripts that call scripts',
    project: 'npmRun',
    command: ['npm', 'start'],
    tree: {
      processes: { count: 4, by: 'spawn', at: /\/npm\/|promise-spawn/ },
      // The shell of each of the three scripts.
      others: { count: 3, by: 'spawn', at: /\/npm\/|promise-spawn/ },
    },
    channels: null,
  },
  {
    name: 'tsx, a TypeScript program with a worker',
    project: 'tsx',
    command: ['node', 'node_modules/tsx/dist/cli.mjs', 'main.ts'],
    tree: {
      processes: { count: 1, by: 'spawn', at: /node_modules\/tsx\// },
      // The program's own; tsx has esbuild's and, by the version of Node, that of the module hooks beside it.
      workers: { count: 1, at: /\/tsx\/main\.ts:/, amongOthers: true },
    },
    channels: { kinds: ['worker'], atLeast: 2 },
  },
];

export const programs: readonly Program[] = [
  ...pools(6, false),
  clusterServer(300, false),
  ...testRunners,
  ...buildTools,
  ...pools(load, true),
  clusterServer(load, true),
];

/** What a link to the line of a fixture that ends in `// line: NAME` looks like, wherever the fixture lies. */
function lineOf(file: string, name: string): RegExp {
  const lines = readFileSync(path.join(fixtures, file), 'utf8').split('\n');
  const index = lines.findIndex((line) => line.endsWith(`// line: ${name}`));
  if (index < 0) throw new Error(`${file} has no line named ${name}`);
  return new RegExp(`/${path.basename(file).replace('.', '\\.')}:${index + 1}$`);
}

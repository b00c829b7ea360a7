// npm run conformance -- [--node BIN | --node-version V] [--tests DIR] [--pattern RE] [--jobs N] [--fast] [--timeout S]
// Node's own tests, bare and under the probe: prints each file whose verdict differs, then one line.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { compareAll, compareTestFile } from './compareTestFile';
import type { Comparison } from './compareTestFile';
import { expectedDifferences } from './expectedDifferences';
import { fastFiles } from './fastFiles';
import { findSubject } from './subject';
import type { Subject } from './subject';
import { defaultPattern, findTestFiles } from './testFiles';
import { skipReason } from './unavailable';

const { values: options } = parseArgs({
  options: {
    node: { type: 'string' },
    'node-version': { type: 'string' },
    tests: { type: 'string' },
    pattern: { type: 'string', default: defaultPattern },
    jobs: { type: 'string', default: String(availableParallelism()) },
    timeout: { type: 'string', default: '60' },
    probe: { type: 'string', default: path.join(__dirname, '..', '..', 'dist', 'probe.js') },
    fast: { type: 'boolean', default: false },
  },
});

function describeProblem({ file, result, probed }: Comparison): string {
  if (result === 'unobserved') return `UNOBSERVED ${file.name}: passed, but the probe wrote no log`;
  const { verdict = '', end = '', output = '' } = probed ?? {};
  const lines = output.trimEnd().split('\n').slice(-25);
  return [`DIFFERS ${file.name}: passes bare, ${verdict} under the probe (${end})`, ...lines].join('\n    ');
}

async function compareAllOf(subject: Subject): Promise<Comparison[]> {
  const probePath = path.resolve(options.probe);
  if (!existsSync(probePath)) throw new Error(`${probePath} is missing; build it first: npm run build`);
  const bench = { ...subject, probePath, timeoutMs: Number(options.timeout) * 1000 };
  const files = options.fast
    ? fastFiles(subject.testFolder)
    : findTestFiles(subject.testFolder, options.pattern);
  const expected = expectedDifferences(subject.nodeVersion);
  const comparisons: Comparison[] = [];
  const progress = (): void => {
    if (process.stdout.isTTY) process.stdout.write(`\r${comparisons.length} of ${files.length} `);
  };
  const compare = (file: (typeof files)[number]): Promise<Comparison> => compareTestFile(bench, file);
  await compareAll(files, Number(options.jobs), compare, (comparison) => {
    comparisons.push(comparison);
    progress();
    const reason = expected.get(comparison.file.name)?.reason;
    const isProblem = comparison.result === 'differs' || comparison.result === 'unobserved';
    if (isProblem && reason === undefined) console.log(describeProblem(comparison));
    if (comparison.result === 'same' && reason !== undefined)
      console.log(`NO LONGER DIFFERS ${comparison.file.name}, expected because: ${reason}`);
    if (comparison.shaky && comparison.result === 'same')
      console.log(`SHAKY ${comparison.file.name}: passed under the probe only when tried again`);
  });
  return comparisons;
}

async function main(): Promise<void> {
  let subject;
  try {
    subject = await findSubject({
      nodePath: options.node,
      nodeVersion: options['node-version'],
      testFolder: options.tests,
    });
  } catch (error) {
    console.log(`Skipped: ${skipReason(error)}`);
    return;
  }
  const comparisons = await compareAllOf(subject);
  const expected = expectedDifferences(subject.nodeVersion);
  const count = (test: (comparison: Comparison) => boolean): number => comparisons.filter(test).length;
  const isExpected = ({ file }: Comparison): boolean => expected.has(file.name);
  const bad = count((one) => (one.result === 'differs' || one.result === 'unobserved') && !isExpected(one));
  const parts = [
    `${comparisons.length} files`,
    `${count(({ bare }) => bare?.verdict === 'skipped')} skip bare`,
    `${count(({ bare }) => bare?.verdict === 'failed')} fail bare`,
    `${count(({ result }) => result === 'same')} the same under the probe`,
    `${count((one) => one.result === 'differs' && isExpected(one))} differ as expected`,
    `${bad} differ`,
  ];
  console.log(`Node ${subject.nodeVersion}, tests of ${subject.testsVersion}: ${parts.join(', ')}`);
  process.exitCode = bad > 0 || comparisons.length === 0 ? 1 : 0;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});

// npm test [-- --only PART] [--all] [mocha options]: install, build, then all the tests; with --all the slow ones too.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addCount, readCounts, sum } from './counts.mjs';
import { projectRoot } from './paths.mjs';
import { ensureInstalled } from './setup.mjs';
import { runNode } from './spawn.mjs';

const parts = ['unit', 'integration', 'conformance', 'ecosystem', 'vscode'];

function takeOnly(args) {
  const at = args.indexOf('--only');
  if (at < 0) return { chosen: parts, rest: args };
  const only = args[at + 1];
  if (!parts.includes(only)) throw new Error(`--only takes one of ${parts.join(', ')}`);
  return { chosen: [only], rest: [...args.slice(0, at), ...args.slice(at + 2)] };
}

function takeAll(args) {
  if (!args.includes('--all')) return args;
  process.env['CVIZ_TEST_ALL'] = '1';
  return args.filter((argument) => argument !== '--all');
}

/** What to run for a part, or null while the part has no tests. */
function commandOf(part, rest) {
  if (part === 'vscode') {
    const script = 'test/vscode/run.ts';
    return existsSync(join(projectRoot, script)) ? ['--import', 'tsx', script, ...rest] : null;
  }
  const folder = join(projectRoot, 'test', part);
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true }) : [];
  if (!files.some((file) => file.endsWith('.test.ts'))) return null;
  return ['node_modules/mocha/bin/mocha.js', ...rest];
}

/** Runs one part and leaves at least one line in the counts: a run that died is a failure, never a silence. */
async function runPart(part, rest, countsFile) {
  const command = commandOf(part, rest);
  if (command === null) {
    console.log(`\n${part}: no tests`);
    return;
  }
  console.log(`\n── ${part} ──`);
  const before = readCounts(countsFile).length;
  const env = { ...process.env, CVIZ_TEST_COUNTS: countsFile, CVIZ_TEST_PART: part };
  const code = await runNode(command, { env });
  const reported = readCounts(countsFile).slice(before);
  if (code !== 0 && sum(reported).failed === 0) {
    console.error(`${part}: ended with exit code ${code} without naming a failed test`);
    addCount(countsFile, { part, failed: 1 });
  } else if (reported.length === 0) {
    console.error(`${part}: ended well but reported no results; does it use .ci/countingReporter.cjs?`);
    addCount(countsFile, { part, failed: 1 });
  }
}

function printTotals(counts) {
  console.log('\n── totals ──');
  for (const part of new Set(counts.map((count) => count.part))) {
    printTotal(part, sum(counts.filter((count) => count.part === part)));
  }
  printTotal('all', sum(counts));
}

function printTotal(label, { passed, failed, pending }) {
  console.log(`${label}: ${passed} passed, ${failed} failed${pending > 0 ? `, ${pending} pending` : ''}`);
}

async function main(args) {
  const { chosen, rest } = takeOnly(takeAll(args));
  await ensureInstalled();
  const scratch = mkdtempSync(join(tmpdir(), 'cviz-test-'));
  const countsFile = process.env['CVIZ_TEST_COUNTS'] || join(scratch, 'counts');
  try {
    const before = readCounts(countsFile).length;
    // A broken bundle must not hide what the unit tests have to say about it.
    const built = await runNode(['esbuild.js', '--quiet']);
    if (built !== 0) addCount(countsFile, { part: 'build', failed: 1 });
    for (const part of chosen) await runPart(part, rest, countsFile);
    const counts = readCounts(countsFile).slice(before);
    printTotals(counts);
    const total = sum(counts);
    if (total.passed + total.failed + total.pending === 0) console.error('No test ran.');
    return total.failed > 0 || total.passed + total.pending === 0 ? 1 : 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

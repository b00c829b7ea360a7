// Built-ins only. The test runs append one JSON line each to a file: {"part","passed","failed","pending"} and,
// where something failed, "failures": [{"title","why"}].
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

export function readCounts(file) {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

export function addCount(file, count) {
  appendFileSync(file, `${JSON.stringify({ passed: 0, failed: 0, pending: 0, ...count })}\n`);
}

export function sum(counts) {
  const total = { passed: 0, failed: 0, pending: 0 };
  for (const count of counts) for (const key of Object.keys(total)) total[key] += count[key] ?? 0;
  return total;
}

const WHY_LINES = 30;

/** What failed, in full: the end of a long log is what is kept and read. */
export function printFailures(counts) {
  for (const { part, failures = [] } of counts) {
    for (const { title, why } of failures) {
      console.log(`\nfailed (${part}): ${title}`);
      for (const line of why.split('\n').slice(0, WHY_LINES)) console.log(`    ${line}`);
    }
  }
}

// For .ci/run: `counts.mjs add FILE PART FAILED`, `counts.mjs failed FILE`, `counts.mjs total FILE`.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [verb, file, part, failed] = process.argv.slice(2);
  if (verb === 'add') addCount(file, { part, failed: Number(failed) });
  else {
    const counts = readCounts(file);
    const total = sum(counts);
    if (verb === 'total') printFailures(counts);
    console.log(verb === 'failed' ? String(total.failed) : `${total.passed} passed, ${total.failed} failed`);
  }
}

// Built-ins only. The test runs append one JSON line each to a file: {"part","passed","failed","pending"}.
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

// For .ci/run: `counts.mjs add FILE PART FAILED`, `counts.mjs failed FILE`, `counts.mjs total FILE`.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [verb, file, part, failed] = process.argv.slice(2);
  if (verb === 'add') addCount(file, { part, failed: Number(failed) });
  else {
    const total = sum(readCounts(file));
    console.log(verb === 'failed' ? String(total.failed) : `${total.passed} passed, ${total.failed} failed`);
  }
}

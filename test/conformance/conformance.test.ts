import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { probePath } from '../support/cviz';
import { compareQuickly } from './compareTestFile';
import type { Comparison } from './compareTestFile';
import { expectedDifferences } from './expectedDifferences';
import { fastFileNames, fastFiles } from './fastFiles';
import type { Bench } from './runTestFile';
import { findQuickSubject } from './subject';
import type { Subject } from './subject';
import { skipReason } from './unavailable';

/** Another build than dist/, e.g. a packaged one. */
const otherBuild = process.env['CVIZ_DIST'];
const probe = otherBuild === undefined ? probePath : path.resolve(otherBuild, 'probe.js');

describe("Node's own tests end the same under the probe", function () {
  this.timeout(120_000);
  const comparisons = new Map<string, Promise<Comparison>>();
  let subject: Subject;

  before(async function () {
    this.timeout(600_000);
    try {
      subject = await findQuickSubject();
    } catch (error) {
      console.log(`    skipped: ${skipReason(error)}`);
      this.skip();
    }
    startAll({ ...subject, probePath: probe, timeoutMs: 60_000 });
  });

  /** All at once, so that every core has something to do while each test waits for its own file. */
  function startAll(bench: Bench): void {
    const lanes = Array.from({ length: availableParallelism() }, () => Promise.resolve<unknown>(undefined));
    for (const [index, file] of fastFiles(bench.testFolder).entries()) {
      const lane = index % lanes.length;
      const comparison = lanes[lane]!.then(() => compareQuickly(bench, file));
      comparisons.set(file.name, comparison);
      // Whose turn it is next need not know; the file's own test does.
      lanes[lane] = comparison.catch(() => undefined);
    }
  }

  for (const name of fastFileNames()) {
    it(name, async function () {
      const comparison = comparisons.get(name);
      if (comparison === undefined) this.skip();
      const { result, bare, probed } = await comparison;
      if (result === 'uncomparable') {
        console.log(`    ${name} does not pass without the probe either: ${bare?.end ?? ''}`);
        this.skip();
      }
      if (expectedDifferences(subject.nodeVersion).has(name)) {
        assert.equal(result, 'differs', 'no longer differs: take it out of expectedDifferences.txt');
        return;
      }
      const told = `passes bare, under the probe: ${probed?.end ?? ''}\n${probed?.output ?? ''}`;
      assert.equal(result, 'same', result === 'unobserved' ? 'the probe wrote no log' : told);
    });
  }
});

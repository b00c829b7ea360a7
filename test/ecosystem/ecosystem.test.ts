import assert from 'node:assert/strict';
import { skipReason } from '../conformance/unavailable';
import { assertChannels } from './channels';
import { assertKernelFigures } from './kernel';
import { compareRuns } from './compareRuns';
import { ensurePackages } from './packages';
import { programs } from './programs';
import { assertTree } from './tree';

/** `npm run ecosystem -- --all`: the slow ones, too. */
const all = process.env['CVIZ_TEST_ALL'] === '1';

describe('programs of the ecosystem run the same under cviz record, and all of them is seen', function () {
  this.timeout(120_000);
  let packages = '';

  before(async function () {
    this.timeout(600_000);
    try {
      packages = await ensurePackages();
    } catch (error) {
      console.log(`    skipped: ${skipReason(error)}`);
      this.skip();
    }
  });

  for (const program of programs.filter(({ slow }) => all || slow !== true)) {
    it(program.name, async () => {
      const report = await compareRuns(program, packages);
      assertTree(report, program.tree);
      assertKernelFigures(report);
      // Under a heavy load the probe may leave out wake-ups and says how many; messages it has to count all the same.
      if (program.slow !== true) assert.deepEqual(report.dropped, { records: 0, bytes: 0 });
      if (program.channels !== null) assertChannels(report, program.channels);
    });
  }
});

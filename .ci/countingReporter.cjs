'use strict';

const { appendFileSync } = require('node:fs');
const { reporters, Runner } = require('mocha');

/** Mocha's spec reporter that also appends the totals, and what failed, to the file named by CVIZ_TEST_COUNTS. */
module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.CVIZ_TEST_COUNTS;
    if (file === undefined || file === '') return;
    const failed = [];
    runner.on(Runner.constants.EVENT_TEST_FAIL, (test, error) => {
      failed.push({ title: test.fullTitle(), why: String(error?.message ?? error) });
    });
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      const part = process.env.CVIZ_TEST_PART ?? 'tests';
      appendFileSync(
        file,
        `${JSON.stringify({ part, passed: passes, failed: failures, pending, failures: failed })}\n`,
      );
    });
  }
};

'use strict';

// `npm test` runs the folders one after the other and names the one it wants.
const part = process.env.CVIZ_TEST_PART;
const folders = part === undefined ? ['unit', 'integration'] : [part];

// Mocha would add these to the files named on its command line instead of giving way to them.
const namesFiles = process.argv.slice(2).some((argument) => argument.endsWith('.test.ts'));

module.exports = {
  'node-option': ['import=tsx'],
  extension: ['ts'],
  spec: namesFiles ? [] : folders.map((folder) => `test/${folder}/**/*.test.ts`),
  reporter: `${__dirname}/.ci/countingReporter.cjs`,
  timeout: 60_000,
  slow: 1_000,
  forbidOnly: Boolean(process.env.CI),
};

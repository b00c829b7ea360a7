import { strict as assert } from 'node:assert';
import { runTestSuite } from './context';

describe('The extension host', () => {
  // See suite/: what needs VS Code's own API rather than its window.
  it('passes the suite inside', async () => {
    const { code, log } = await runTestSuite();
    assert.equal(code, 0, log);
  });
});

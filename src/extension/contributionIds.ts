/** Names that package.json and the code must agree on; a test compares them both ways. */

export const commandIds = {
  visualize: 'concurrencyVisualizer.visualize',
  stop: 'concurrencyVisualizer.stop',
  restart: 'concurrencyVisualizer.restart',
  showPanel: 'concurrencyVisualizer.showPanel',
  openExample: 'concurrencyVisualizer.openExample',
} as const;

export const settingsSection = 'concurrencyVisualizer';

/** Keys inside the section. */
export const settingKeys = {
  nodePath: 'nodePath',
  nodeArgs: 'nodeArgs',
  args: 'args',
  cwd: 'cwd',
  env: 'env',
} as const;

/** Set by the code, read by `when` clauses. */
export const contextKeys = {
  /** There is a panel to show or to run again. */
  hasPanel: 'concurrencyVisualizer.hasPanel',
  /** A program is running under observation. */
  isRunning: 'concurrencyVisualizer.isRunning',
} as const;

export const viewTypes = {
  panel: 'concurrencyVisualizer.panel',
} as const;

/** Not in package.json: nobody is meant to write such a task by hand. */
export const taskType = 'concurrencyVisualizer';

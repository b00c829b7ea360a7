'use strict';

// Who may import whom: the table of the design, in the one place that every net reads it from.
// `why` is what a rule prints when somebody breaks it.

/**
 * @typedef {object} Room
 * @property {string} folder where the room lives, from the root
 * @property {string[]} rooms the other rooms it may import
 * @property {boolean} node may it import Node built-ins
 * @property {boolean} npm may it import npm packages (they end up in its bundle)
 * @property {boolean} vscode may it import the editor's API
 * @property {string} tsconfig the environment it is type-checked in
 * @property {string} why
 */

const pure = { node: false, npm: false, vscode: false, tsconfig: 'src/tsconfig.pure.json' };
const onNode = { node: true, npm: false, vscode: false, tsconfig: 'src/tsconfig.node.json' };
const inEditor = { node: true, npm: true, vscode: true, tsconfig: 'src/tsconfig.vscode.json' };

/** @type {Record<string, Room>} */
const rooms = {
  base: { folder: 'src/base', rooms: [], ...pure, why: 'base is the bottom: everything else stands on it' },
  trace: {
    folder: 'src/trace',
    rooms: ['base'],
    ...pure,
    why: 'the trace format is a leaf: it must be readable without knowing who writes or shows it',
  },
  probe: {
    folder: 'src/probe',
    rooms: ['trace'],
    ...onNode,
    why: "the probe is a guest in the user's program: small, quick to load, without a dependency",
  },
  system: {
    folder: 'src/system',
    rooms: ['base', 'trace'],
    ...onNode,
    why: 'system says what the operating system says and knows nothing of runs or views',
  },
  model: {
    folder: 'src/model',
    rooms: ['base', 'trace'],
    ...pure,
    why: 'the model is pure: the same records give the same picture in the editor, the webview and the tests',
  },
  protocol: {
    folder: 'src/protocol',
    rooms: ['base', 'trace', 'model'],
    ...pure,
    why: 'the protocol is loaded on both sides of the webview and may need neither Node nor a browser',
  },
  run: {
    folder: 'src/run',
    rooms: ['base', 'trace', 'model', 'system'],
    ...onNode,
    npm: true,
    why: 'a run must work without an editor and without a panel',
  },
  panel: {
    folder: 'src/panel',
    rooms: ['base', 'model', 'protocol', 'run'],
    ...inEditor,
    why: 'the panel connects run and protocol and does not know the commands above it',
  },
  extension: {
    folder: 'src/extension',
    rooms: ['base', 'model', 'run', 'panel'],
    ...inEditor,
    why: 'the extension reaches the webview through the panel and the operating system through the run',
  },
  cli: {
    folder: 'src/cli',
    rooms: ['base', 'trace', 'model', 'protocol', 'run'],
    ...onNode,
    npm: true,
    why: 'cviz does the same job without an editor',
  },
  webview: {
    folder: 'webview',
    rooms: ['base', 'trace', 'model', 'protocol'],
    node: false,
    npm: true,
    vscode: false,
    tsconfig: 'webview/tsconfig.json',
    why: 'the webview runs in a browser: no Node, no editor API, and no host code behind its back',
  },
};

module.exports = { rooms };

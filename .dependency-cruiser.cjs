'use strict';

const { rooms } = require('./.ci/rooms.cjs');

const npmTypes = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown'];
const editorApi = '^vscode$|(^|/)node_modules/@types/vscode/';

/** One rule a room: whatever is not in its row of the table is forbidden. */
function roomRule(name, room) {
  const allowed = [`^${room.folder}/`, ...room.rooms.map((other) => `^${rooms[other].folder}/`)];
  if (room.vscode) allowed.push(editorApi);
  const types = [...(room.node ? ['core'] : []), ...(room.npm ? npmTypes : [])];
  const may = [
    ...room.rooms,
    ...(room.node ? ['Node built-ins'] : []),
    ...(room.npm ? ['npm packages'] : []),
  ];
  if (room.vscode) may.push('vscode');
  return {
    name: `room-${name}`,
    comment: `${room.why}; it may import: ${may.join(', ') || 'nothing'}`,
    severity: 'error',
    from: { path: `^${room.folder}/` },
    to: { pathNot: allowed, ...(types.length > 0 ? { dependencyTypesNot: types } : {}) },
  };
}

const withoutEditor = Object.values(rooms).filter((room) => !room.vscode);

module.exports = {
  forbidden: [
    ...Object.entries(rooms).map(([name, room]) => roomRule(name, room)),
    {
      name: 'known-room',
      comment: 'a file outside the rooms of the design has no row in the table, so nothing would check it',
      severity: 'error',
      from: {
        path: '^(src|webview)/',
        pathNot: Object.values(rooms).map((room) => `^${room.folder}/`),
      },
      to: {},
    },
    {
      name: 'editor-api-only-in-panel-and-extension',
      comment:
        'the `vscode` module exists only inside the editor; its typings would make the import look like a package',
      severity: 'error',
      from: { path: withoutEditor.map((room) => `^${room.folder}/`) },
      to: { path: editorApi },
    },
    {
      name: 'no-cycle',
      comment:
        'a cycle, even of types only, means that two files cannot be understood, tested or moved one by one',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'an import that leads nowhere is in no row of the table',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    // Type-only imports count: they are invisible after compilation, and so are the cycles made of them.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'browser', 'default', 'types'],
      extensions: ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.css', '.json', '.d.ts'],
    },
  },
};

'use strict';

// node esbuild.js [--watch] [--production] [--quiet] [--outroot DIR] [target…]
// One named target a bundle; without a name, all of them. DIR (default: here) receives dist/ and out/.

const { existsSync, mkdirSync, copyFileSync, chmodSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join, resolve } = require('node:path');

const onNode = { platform: 'node', format: 'cjs', target: 'node20' };

const probeGlobals = [
  'Array',
  'ArrayBuffer',
  'BigInt',
  'Buffer',
  'DOMException',
  'DataView',
  'Date',
  'Error',
  'Function',
  'Int32Array',
  'JSON',
  'Map',
  'Math',
  'Number',
  'Object',
  'Promise',
  'Reflect',
  'Set',
  'SharedArrayBuffer',
  'String',
  'Symbol',
  'Uint8Array',
  'WeakMap',
  'process',
];

function keepGlobals(names) {
  return `"use strict";const{${names.join(',')}}=globalThis;`;
}

/** @type {Record<string, import('esbuild').BuildOptions & { entry: string, outfile: string, optional?: boolean }>} */
const targets = {
  // Runs inside the user's processes: always small, never with a comment that makes tools look for a source map.
  probe: {
    entry: 'src/probe/main.ts',
    outfile: 'dist/probe.js',
    ...onNode,
    target: 'node18',
    minify: true,
    sourcemap: false,
    legalComments: 'none',
    // A program may delete or replace globals: the probe keeps those it uses.
    banner: { js: keepGlobals(probeGlobals) },
    // Should Node ever show a line of the probe, it shall not fill the terminal.
    lineLimit: 160,
  },
  extension: {
    entry: 'src/extension/extension.ts',
    outfile: 'dist/extension.js',
    ...onNode,
    external: ['vscode'],
  },
  runWorker: { entry: 'src/run/worker.ts', outfile: 'dist/runWorker.js', ...onNode },
  cli: { entry: 'src/cli/main.ts', outfile: 'dist/cli.js', ...onNode, banner: { js: '#!/usr/bin/env node' } },
  webview: {
    entry: 'webview/main.ts',
    outfile: 'dist/webview/main.js',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    tsconfig: 'webview/tsconfig.json',
    loader: { '.ttf': 'file', '.svg': 'dataurl' },
    assetNames: '[name]',
  },
  vscodeTests: {
    entry: 'test/vscode/suite/index.ts',
    outfile: 'out/vscodeTests/index.js',
    ...onNode,
    external: ['vscode', 'mocha'],
    optional: true,
  },
};

const copies = {
  webview: [
    ['@vscode/codicons/dist/codicon.css', 'dist/webview/codicon.css'],
    ['@vscode/codicons/dist/codicon.ttf', 'dist/webview/codicon.ttf'],
  ],
};

function parseArgs(args) {
  const settings = { watch: false, production: false, quiet: false, outRoot: __dirname, names: [] };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === '--watch') settings.watch = true;
    else if (arg === '--production') settings.production = true;
    else if (arg === '--quiet') settings.quiet = true;
    else if (arg === '--outroot') settings.outRoot = resolve(args[++i] ?? '');
    else if (arg in targets) settings.names.push(arg);
    else throw new Error(`Unknown target or option ${arg}; targets are ${Object.keys(targets).join(', ')}`);
  }
  return settings;
}

/** The page is loaded anew whenever it is shown again: half a second pass saves a twentieth of what has to be read. */
async function shrink(file) {
  const { minify } = require('terser');
  // The templates' line breaks and indents are nothing but space between elements.
  const code = readFileSync(file, 'utf8').replace(/\n\s+/g, '\n');
  const { code: shrunk } = await minify(code, { ecma: 2020, toplevel: true, compress: { passes: 3 } });
  writeFileSync(file, shrunk);
}

/** Runs after every build, also in watch mode: what belongs beside the bundle. */
function finish(name, outfile, { outRoot, quiet, watch, production }) {
  return {
    name: 'finish',
    setup(build) {
      build.onEnd(async (result) => {
        if (result.errors.length > 0) return;
        if (name === 'webview' && production) await shrink(outfile);
        const metaFile = join(outRoot, 'out', 'meta', `${name}.json`);
        mkdirSync(dirname(metaFile), { recursive: true });
        writeFileSync(metaFile, JSON.stringify(result.metafile));
        for (const [from, to] of copies[name] ?? []) copyFileSync(require.resolve(from), join(outRoot, to));
        if (name === 'cli') chmodSync(outfile, 0o755);
        if (!quiet || watch) console.log(`built ${name}`);
      });
    },
  };
}

function optionsOf(name, settings) {
  const { entry, outfile, optional, ...own } = targets[name];
  const absoluteOut = join(settings.outRoot, outfile);
  return {
    entryPoints: [entry],
    outfile: absoluteOut,
    absWorkingDir: __dirname,
    bundle: true,
    metafile: true,
    minify: settings.production,
    sourcemap: settings.production ? false : 'linked',
    tsconfig: 'tsconfig.json',
    logLevel: 'warning',
    ...own,
    define: { 'process.env.NODE_ENV': JSON.stringify(settings.production ? 'production' : 'development') },
    plugins: [finish(name, absoluteOut, settings)],
  };
}

function present(name) {
  const { entry, optional } = targets[name];
  if (existsSync(join(__dirname, entry))) return true;
  if (!optional) {
    console.error(`${name}: its entry file ${entry} does not exist`);
    process.exitCode = 1;
  }
  return false;
}

async function main() {
  const settings = parseArgs(process.argv.slice(2));
  const esbuild = require('esbuild');
  const names = (settings.names.length > 0 ? settings.names : Object.keys(targets)).filter(present);
  const all = names.map((name) => optionsOf(name, settings));
  if (!settings.watch) {
    const results = await Promise.allSettled(all.map((options) => esbuild.build(options)));
    if (results.some((result) => result.status === 'rejected')) process.exitCode = 1;
    return;
  }
  const contexts = await Promise.all(all.map((options) => esbuild.context({ ...options, logLevel: 'info' })));
  await Promise.all(contexts.map((context) => context.watch()));
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});

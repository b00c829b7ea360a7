import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { waitFor } from './polling';
import { killStarted, killStartedIn, killStartedNow } from './processTree';
import { ensureServer } from './serverInstall';
import { guardServer } from './serverGuard';
import type { ServerInstall } from './serverInstall';
import type { ServerVersion } from './serverVersions';

export interface ServerOptions {
  readonly version: ServerVersion;
  /** A free one if not given. */
  readonly port?: number;
}

/** A running VS Code server with settings, extensions, home and temp folder of its own. */
export interface Server {
  readonly version: ServerVersion;
  readonly install: ServerInstall;
  /** http://127.0.0.1:PORT */
  readonly origin: string;
  readonly pid: number;
  /** $TMPDIR of everything that runs inside, removed at dispose. */
  readonly tempFolder: string;
  readonly extensionsFolder: string;
  /** Where windows' folders go, so that they go when the server goes. */
  readonly workspacesFolder: string;
  readonly userSettingsFile: string;
  readonly machineSettingsFile: string;
  /** What the server printed. */
  log(): string;
  /** What the extension hosts logged, the errors that extensions threw among it. */
  extensionHostLog(): Promise<string>;
  /** Ends the programs and shells that run in a folder. */
  killIn(folder: string): void;
  /** Ends the server and everything it started, and removes its folders. May be called twice. */
  dispose(): Promise<void>;
}

/** Where a server keeps settings, below our folder; the first `data` is its --server-data-dir. */
const settingsFolders = { user: ['data', 'data', 'User'], machine: ['data', 'data', 'Machine'] };

/** Starts a server and returns once it serves the workbench. Installs it first if need be. */
export async function startServer({ version, port }: ServerOptions): Promise<Server> {
  const install = await ensureServer(version);
  const folder = await mkdtemp(join(tmpdir(), 'cviz-vscode-'));
  const chosenPort = port ?? (await freePort());
  // Found again in the environment of whatever outlives its parents, see processTree.ts.
  const marker = `E2E_SERVER_ID=${randomUUID()}`;
  const child = spawn(install.nodePath, serverArgs(install, folder, chosenPort), {
    cwd: await preparedHome(folder),
    env: serverEnv(folder, marker),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = collectOutput(child);
  const pid = await spawned(child);
  const callOffGuard = guardServer({ pid, marker, folder });
  const onExit = (): void => {
    killStartedNow(pid, marker);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', onExit);
  const dispose = async (): Promise<void> => {
    await killStarted(pid, marker);
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    process.off('exit', onExit);
    callOffGuard();
  };
  const origin = `http://127.0.0.1:${chosenPort}`;
  try {
    await untilServing(origin, child, log);
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    version,
    install,
    origin,
    pid,
    tempFolder: join(folder, 'tmp'),
    extensionsFolder: join(folder, 'extensions'),
    workspacesFolder: join(folder, 'w'),
    userSettingsFile: join(folder, ...settingsFolders.user, 'settings.json'),
    machineSettingsFile: join(folder, ...settingsFolders.machine, 'settings.json'),
    log,
    extensionHostLog: () => readLogs(join(folder, 'data', 'data', 'logs'), 'remoteexthost.log'),
    killIn: (path) => killStartedIn(path, pid, marker),
    dispose,
  };
}

function serverArgs(install: ServerInstall, folder: string, port: number): string[] {
  return [
    join(install.root, 'out', 'server-main.js'),
    ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
    ...['--accept-server-license-terms', '--disable-workspace-trust', '--telemetry-level', 'off'],
    ...['--server-data-dir', join(folder, 'data'), '--extensions-dir', join(folder, 'extensions')],
  ];
}

async function preparedHome(folder: string): Promise<string> {
  const home = join(folder, 'home');
  for (const path of [
    ['home'],
    ['tmp'],
    ['w'],
    ['extensions'],
    settingsFolders.user,
    settingsFolders.machine,
  ]) {
    await mkdir(join(folder, ...path), { recursive: true });
  }
  // The same prompt in everybody's screenshots.
  await writeFile(join(home, '.bashrc'), "PS1='$ '\nHISTFILE=\n");
  return home;
}

/** The user's own shell start-up files, sockets and VS Code (if the tests run in its terminal) stay out of it. */
function serverEnv(folder: string, marker: string): NodeJS.ProcessEnv {
  const unwanted =
    /^(VSCODE_|ELECTRON_|XDG_|npm_|NODE_OPTIONS$|NODE_ENV$|E2E_SERVER_ID$|CVIZ_|BASH_ENV$|PROMPT_COMMAND$)/i;
  const inherited = Object.entries(process.env).filter(([name]) => !unwanted.test(name));
  const [name = '', value = ''] = marker.split('=');
  return {
    ...Object.fromEntries(inherited),
    [name]: value,
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    SHELL: '/bin/bash',
    // `node` in a terminal is the Node that runs the tests.
    PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
    // Nothing here may ask an extension gallery: it would be slow, different every day, and absent offline.
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  };
}

async function readLogs(folder: string, name: string): Promise<string> {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  const logs = files.filter((file) => basename(file) === name).sort();
  return (await Promise.all(logs.map((file) => readFile(join(folder, file), 'utf8')))).join('');
}

function collectOutput(child: ChildProcess): () => string {
  const limit = 1_000_000;
  let output = '';
  const collect = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-limit));
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  return () => output;
}

async function spawned(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => {
      if (child.pid === undefined) reject(new Error('The VS Code server has no pid.'));
      else resolve(child.pid);
    });
  });
}

async function untilServing(origin: string, child: ChildProcess, log: () => string): Promise<void> {
  const serves = async (): Promise<boolean> => {
    if (child.exitCode !== null)
      throw new Error(`The VS Code server ended with code ${child.exitCode}:\n${log()}`);
    const answer = await fetch(origin).catch(() => undefined);
    await answer?.body?.cancel();
    return answer?.ok === true;
  };
  await waitFor(`the VS Code server at ${origin}`, serves, {
    timeoutMs: 60_000,
    seen: () => `it printed:\n${log()}`,
  });
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('No free port.'));
        else resolve(address.port);
      });
    });
  });
}

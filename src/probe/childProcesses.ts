import { isConfined } from '../trace/confinement';
import { nativeBinding, type Binding } from './binding';
import { isArray } from './builtIns';
import { tokenOf, type ProbeContext } from './calls';
import { now } from './clock';
import { quietly } from './guard';
import { followChannel } from './ipc';
import { noteKill } from './kills';
import { processStat } from './linux';
import { callSite, type CallSite } from './location';
import type { Ports } from './ports';
import { bySymbol } from './properties';
import { withProbe } from './settings';

/** The part of Node's binding for one child that is used here (lib/internal/child_process.js, v18 to v26). */
interface ProcessHandle {
  pid?: number;
}

interface SpawnOptions {
  readonly file?: unknown;
  readonly args?: unknown;
  readonly cwd?: unknown;
  readonly envPairs?: unknown;
  readonly detached?: unknown;
  readonly stdio?: unknown;
}

interface SpawnSyncResult {
  readonly pid?: number;
  readonly status?: number | null;
  readonly signal?: string | null;
  readonly error?: number;
}

/**
 * Hooks the two native functions through which every child process is created. Compared with replacing the
 * exports of child_process this loads no module (1 to 3 ms), leaves every public function as it is, and puts no
 * frame of ours into the program's stack traces.
 */
export function hookChildProcesses(context: ProbeContext, ports: Ports): void {
  const processWrap = nativeBinding('process_wrap');
  const spawnSync = nativeBinding('spawn_sync');
  quietly(() => {
    if (processWrap === null) return;
    const { prototype } = processWrap['Process'] as { prototype: Binding };
    hookSpawn(context, ports, prototype);
    hookKill(context, prototype);
  });
  quietly(() => {
    if (spawnSync !== null) hookSpawnSync(context, spawnSync);
  });
}

function hookSpawn(context: ProbeContext, ports: Ports, prototype: Binding): void {
  const spawn = prototype['spawn'] as (this: ProcessHandle, ...args: unknown[]) => number;
  const close = prototype['close'] as (this: ProcessHandle, ...args: unknown[]) => unknown;
  const callOfHandle = new WeakMap<ProcessHandle, number>();

  prototype['spawn'] = function (this: ProcessHandle, ...args: unknown[]): number {
    const call = context.nextCall();
    quietly(() => {
      writeSpawn(context, call, spawnOptions(args), false);
    });
    const started = quietly(() => observedArguments(context, call, args, spawnOptions(args)));
    const result = spawn.apply(this, started ?? args);
    quietly(() => {
      writeSpawnResult(context, call, result === 0 ? (this.pid ?? null) : null, result);
      if (result !== 0) return;
      callOfHandle.set(this, call);
      followIpc(context, ports, this, call, spawnOptions(args));
    });
    return result;
  };

  // Node closes the handle when the child has exited, after it noted code and signal and before it tells anybody.
  // Defined on the child class itself: the inherited one serves every kind of handle.
  prototype['close'] = function (this: ProcessHandle, ...args: unknown[]): unknown {
    quietly(() => {
      writeExit(context, this, callOfHandle);
    });
    return close.apply(this, args);
  };
}

/** Up to v22 the native function takes one options object, newer ones take its fields one by one. */
function spawnOptions(args: readonly unknown[]): SpawnOptions {
  const first = args[0];
  if (typeof first === 'object' && first !== null) return first;
  const flags = args[5];
  return {
    file: first,
    args: args[1],
    cwd: args[2],
    envPairs: args[3],
    stdio: args[4],
    detached: typeof flags === 'number' && (flags & DETACHED_FLAG) !== 0,
  };
}

/** kProcessFlagDetached of v24 and newer. */
const DETACHED_FLAG = 1;

/** What the child is started with; null to leave it alone, because observing it would keep it from starting. */
function observedArguments(
  context: ProbeContext,
  call: number,
  args: readonly unknown[],
  options: SpawnOptions,
): unknown[] | null {
  const pairs = isArray(options.envPairs) ? (options.envPairs as string[]) : ownEnvironment();
  if (isConfined(isArray(options.args) ? options.args : [], pairs)) {
    context.log.write('unobserved', { time: now(), call, reason: 'permission' });
    return null;
  }
  return replaceEnvironment(args, options, pairs, context, call);
}

function replaceEnvironment(
  args: readonly unknown[],
  options: SpawnOptions,
  pairs: readonly string[],
  context: ProbeContext,
  call: number,
): unknown[] {
  const envPairs = withProbe(pairs, context.settings, tokenOf(context, call));
  if (options === args[0]) {
    // The object may be the program's own (ChildProcess.prototype.spawn is callable): it must not change.
    return [Object.create(options, { envPairs: { value: envPairs, enumerable: true } }), ...args.slice(1)];
  }
  return [...args.slice(0, 3), envPairs, ...args.slice(4)];
}

function ownEnvironment(): string[] {
  return Object.entries(process.env).map(([name, value]) => `${name}=${value ?? ''}`);
}

function writeSpawn(context: ProbeContext, call: number, options: SpawnOptions, sync: boolean): void {
  const site = callSite();
  context.log.write('spawn', {
    time: now(),
    call,
    api: apiName(site, sync),
    file: String(options.file),
    args: JSON.stringify(isArray(options.args) ? options.args.map(String) : []),
    cwd: typeof options.cwd === 'string' ? options.cwd : null,
    location: site.location,
    sync,
    detached: options.detached === true,
  });
}

const apis = new Set(['spawn', 'exec', 'execFile', 'fork', 'spawnSync', 'execSync', 'execFileSync']);

/** The public function is the outermost of Node's own on the stack. */
function apiName(site: CallSite, sync: boolean): string {
  for (const { file, name } of [...site.internals].reverse()) {
    if (file.includes('cluster')) return 'cluster.fork';
    if (name === 'customPromiseExecFunction') return 'exec';
    const short = name.slice(name.lastIndexOf('.') + 1);
    if (file === 'node:child_process' && apis.has(short)) return short;
  }
  return sync ? 'spawnSync' : 'spawn';
}

function writeSpawnResult(context: ProbeContext, call: number, pid: number | null, error: number): void {
  context.log.write('spawnResult', {
    time: now(),
    call,
    pid,
    startTicks: pid === null ? null : (processStat(pid)?.startTicks ?? null),
    error: error === 0 ? null : errorName(error),
  });
}

function errorName(errno: number): string {
  return quietly(() => lookUp(errno)) ?? `error ${errno}`;
}

function lookUp(errno: number): string | undefined {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only when something failed
  const util = require('node:util') as { getSystemErrorMap(): Map<number, [string, string]> };
  return util.getSystemErrorMap().get(errno)?.[0];
}

interface Owner {
  readonly exitCode?: number | null;
  readonly signalCode?: string | null;
}

/** The ChildProcess of a handle. */
function ownerOf(handle: ProcessHandle): (Owner & object) | undefined {
  return bySymbol(handle, 'owner_symbol') as (Owner & object) | undefined;
}

/** The child was given an IPC channel: one of its pipes is marked as such. */
function followIpc(
  context: ProbeContext,
  ports: Ports,
  handle: ProcessHandle,
  call: number,
  options: SpawnOptions,
): void {
  if (!isArray(options.stdio)) return;
  const ipc = (options.stdio as { readonly ipc?: unknown; readonly handle?: unknown }[]).find(
    (entry) => entry.ipc === true,
  );
  const child = ownerOf(handle);
  if (ipc === undefined || child === undefined || typeof ipc.handle !== 'object' || ipc.handle === null)
    return;
  const port = ports.add(ipc.handle, { origin: 'ipcParent', call });
  followChannel(context, ports, child, ipc.handle, port);
}

/** subprocess.kill. */
function hookKill(context: ProbeContext, prototype: Binding): void {
  const kill = prototype['kill'] as (this: ProcessHandle, ...args: unknown[]) => number;
  prototype['kill'] = function (this: ProcessHandle, ...args: unknown[]): number {
    const time = now();
    const result = kill.apply(this, args);
    quietly(() => noteKill(context, time, this.pid, args[0], result));
    return result;
  };
}

function writeExit(
  context: ProbeContext,
  handle: ProcessHandle,
  callOfHandle: WeakMap<ProcessHandle, number>,
): void {
  const call = callOfHandle.get(handle);
  if (call === undefined) return;
  const owner = ownerOf(handle);
  const code = owner?.exitCode ?? null;
  const signal = owner?.signalCode ?? null;
  // Closed without an exit: the program disposed of the handle while the child runs on.
  if (code === null && signal === null) return;
  callOfHandle.delete(handle);
  context.log.write('childExit', { time: now(), call, pid: handle.pid ?? 0, code, signal });
}

function hookSpawnSync(context: ProbeContext, binding: Binding): void {
  const spawn = binding['spawn'] as (options: SpawnOptions, ...rest: unknown[]) => SpawnSyncResult;

  binding['spawn'] = function (this: unknown, ...args: [SpawnOptions, ...unknown[]]): SpawnSyncResult {
    const call = context.nextCall();
    quietly(() => {
      writeSpawn(context, call, args[0], true);
    });
    const started = quietly(
      () => observedArguments(context, call, args, args[0]) as [SpawnOptions, ...unknown[]] | null,
    );
    const result = spawn.apply(this, started ?? args);
    quietly(() => {
      writeSyncEnd(context, call, result);
    });
    return result;
  };
}

function writeSyncEnd(context: ProbeContext, call: number, result: SpawnSyncResult): void {
  const time = now();
  const pid = result.pid === undefined || result.pid === 0 ? null : result.pid;
  // A child that ran into a timeout or maxBuffer has a pid and an error.
  const error = result.error === undefined || result.error === 0 ? null : errorName(result.error);
  context.log.add('spawnResult', { time, call, pid, startTicks: null, error });
  if (pid !== null) {
    const signal = result.signal ?? null;
    context.log.add('childExit', {
      time,
      call,
      pid,
      code: signal === null ? (result.status ?? null) : null,
      signal,
    });
  }
  context.log.flush();
}

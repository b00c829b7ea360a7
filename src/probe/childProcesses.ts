import { nativeBinding, type Binding } from './binding';
import { tokenOf, type ProbeContext } from './calls';
import { now } from './clock';
import { quietly } from './guard';
import { processStat } from './linux';
import { callSite, type CallSite } from './location';
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
export function hookChildProcesses(context: ProbeContext): void {
  const processWrap = nativeBinding('process_wrap');
  const spawnSync = nativeBinding('spawn_sync');
  quietly(() => {
    if (processWrap !== null)
      hookSpawn(context, (processWrap['Process'] as { prototype: Binding }).prototype);
  });
  quietly(() => {
    if (spawnSync !== null) hookSpawnSync(context, spawnSync);
  });
}

function hookSpawn(context: ProbeContext, prototype: Binding): void {
  const spawn = prototype['spawn'] as (this: ProcessHandle, ...args: unknown[]) => number;
  const close = prototype['close'] as (this: ProcessHandle, ...args: unknown[]) => unknown;
  const callOfHandle = new WeakMap<ProcessHandle, number>();

  prototype['spawn'] = function (this: ProcessHandle, ...args: unknown[]): number {
    const call = context.nextCall();
    const started = quietly(() => {
      const options = spawnOptions(args);
      writeSpawn(context, call, options, false);
      return replaceEnvironment(args, options, context, call);
    });
    const result = spawn.apply(this, started ?? args);
    quietly(() => {
      writeSpawnResult(context, call, result === 0 ? (this.pid ?? null) : null, result);
      if (result === 0) callOfHandle.set(this, call);
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
    detached: typeof flags === 'number' && (flags & DETACHED_FLAG) !== 0,
  };
}

/** kProcessFlagDetached of v24 and newer. */
const DETACHED_FLAG = 1;

function replaceEnvironment(
  args: readonly unknown[],
  options: SpawnOptions,
  context: ProbeContext,
  call: number,
): unknown[] {
  const pairs = Array.isArray(options.envPairs) ? (options.envPairs as string[]) : ownEnvironment();
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
    args: JSON.stringify(Array.isArray(options.args) ? options.args.map(String) : []),
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

function writeExit(
  context: ProbeContext,
  handle: ProcessHandle,
  callOfHandle: WeakMap<ProcessHandle, number>,
): void {
  const call = callOfHandle.get(handle);
  if (call === undefined) return;
  const symbol = Object.getOwnPropertySymbols(handle).find(
    ({ description }) => description === 'owner_symbol',
  );
  const owner = symbol === undefined ? undefined : (handle as Record<symbol, Owner | undefined>)[symbol];
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
    const started = quietly(() => {
      writeSpawn(context, call, args[0], true);
      return replaceEnvironment(args, args[0], context, call) as [SpawnOptions, ...unknown[]];
    });
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

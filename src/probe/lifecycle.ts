import type { RecordFields } from '../trace/records';
import type { ProbeContext } from './calls';
import { now, processStart } from './clock';
import { quietly } from './guard';
import { commandLine, processStat, threadStat, threadTimes } from './linux';

const memoryUsage = process.memoryUsage.bind(process);
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with the process as `this`, below
const inheritedEmit = process.emit;

export interface ThreadIdentity {
  readonly isMain: boolean;
  readonly threadId: number;
  readonly name: string | null;
}

/** The first record of the log. What all threads of a process share is said by its main thread alone. */
export function writeThreadStart(context: ProbeContext, identity: ThreadIdentity): void {
  const { log, settings } = context;
  const { isMain } = identity;
  const own = threadStat();
  const ppid = isMain ? (own?.ppid ?? process.ppid) : 0;
  log.add('threadStart', {
    time: now(),
    log: log.name,
    pid: process.pid,
    ppid,
    processStartTicks: isMain ? (own?.startTicks ?? null) : settings.processStartTicks,
    processStart: isMain ? processStart() : null,
    isMain,
    threadId: identity.threadId,
    tid: own?.id ?? null,
    threadStartTicks: own?.startTicks ?? null,
    name: identity.name,
    wallMs: Date.now(),
    platform: process.platform,
    nodeVersion: process.version,
    execPath: isMain ? process.execPath : '',
    argv: isMain ? JSON.stringify(process.argv) : '[]',
    execArgv: isMain ? JSON.stringify(process.execArgv) : '[]',
    cwd: isMain ? (quietly(() => process.cwd()) ?? null) : null,
    spawnToken: settings.spawnToken,
    ...threadTimes(),
  });
  if (isMain && settings.spawnToken !== null) addAncestors(context, ppid);
  log.flush();
}

const MAX_ANCESTORS = 16;

/**
 * Processes between this one and the one that made the call, while they can still be seen: shells may be gone soon. If
 * the way up does not lead to the caller, an orphan was adopted, and whoever adopted it is nobody of this run.
 */
function addAncestors(context: ProbeContext, parent: number): void {
  const caller = Number(context.settings.spawnToken?.split('.')[0]);
  const found: RecordFields<'ancestor'>[] = [];
  let pid = parent;
  for (; pid !== caller && found.length < MAX_ANCESTORS; pid = found.at(-1)?.ppid ?? 0) {
    const stat = pid > 1 ? processStat(pid) : null;
    if (stat === null) return;
    found.push({ pid, ppid: stat.ppid, startTicks: stat.startTicks, args: commandLine(pid) });
  }
  if (pid !== caller) return;
  for (const ancestor of found) context.log.add('ancestor', ancestor);
}

const HEAP_INTERVAL_MS = 1000;

/** Heap figures about once a second. The timer keeps nothing alive and was made before fake timers could matter. */
export function startHeapReports(context: ProbeContext): void {
  const timer = setInterval(() => {
    quietly(() => {
      addHeap(context);
      context.log.flush();
    });
  }, HEAP_INTERVAL_MS);
  timer.unref();
}

function addHeap(context: ProbeContext): void {
  const usage = quietly(() => memoryUsage());
  if (usage === undefined) return;
  context.log.add('heap', {
    time: now(),
    used: usage.heapUsed,
    total: usage.heapTotal,
    external: usage.external,
    arrayBuffers: usage.arrayBuffers,
    loopIdle: loopIdle(),
  });
}

/** Loading `performance` takes a millisecond, which a thread that lives for less than a second is not worth. */
const LOOP_IDLE_AFTER_NS = 0.9e9;
const began = now();

function loopIdle(): number | null {
  if (now() - began < LOOP_IDLE_AFTER_NS) return null;
  const idle = quietly(() => performance.eventLoopUtilization().idle);
  return idle === undefined ? null : idle * 1e6;
}

/**
 * Sees the end of the thread and the error that causes it, without adding a listener. Node announces both through
 * `process.emit`, which is inherited: ours goes between, on the one prototype that is this process object's own.
 */
export function hookProcessEvents(context: ProbeContext): void {
  function emit(this: NodeJS.Process, type: string | symbol, ...args: unknown[]): boolean {
    if (type === 'exit') return emitExit(context, this, args);
    const result = Reflect.apply(inheritedEmit, this, [type, ...args]) as boolean;
    if (type === 'uncaughtException' && !result) {
      quietly(() => {
        writeUncaught(context, args[0]);
      });
    }
    return result;
  }
  // The bundle's names are shortened; the program sees the original's.
  Object.defineProperty(emit, 'name', { value: 'emit', configurable: true });
  Object.defineProperty(Object.getPrototypeOf(process) as object, 'emit', {
    value: emit,
    writable: true,
    configurable: true,
    enumerable: false,
  });
}

/** Before the listeners, which may be long or throw, and again after them if they changed the code. */
function emitExit(context: ProbeContext, target: NodeJS.Process, args: readonly unknown[]): boolean {
  const before = exitCode(args[0]);
  quietly(() => {
    writeEnd(context, before);
  });
  const result = Reflect.apply(inheritedEmit, target, ['exit', ...args]) as boolean;
  quietly(() => {
    const after = exitCode(process.exitCode ?? args[0]);
    if (after !== before) writeEnd(context, after);
  });
  return result;
}

function exitCode(value: unknown): number | null {
  const code = Number(value ?? 0);
  return Number.isInteger(code) ? code & 0xff : null;
}

function writeEnd(context: ProbeContext, code: number | null): void {
  addHeap(context);
  context.log.write('threadEnd', { time: now(), code, ...threadTimes(), loopIdle: loopIdle() });
}

const MAX_STACK_LENGTH = 4000;

function writeUncaught(context: ProbeContext, error: unknown): void {
  context.log.write('uncaught', { time: now(), ...describe(error) });
}

/** Anything can be thrown, also things whose properties throw. */
function describe(error: unknown): Omit<RecordFields<'uncaught'>, 'time'> {
  const read = (name: string): string | null => {
    const value = quietly(() => (error as Record<string, unknown> | null | undefined)?.[name]);
    return typeof value === 'string' ? value : null;
  };
  const isObject = typeof error === 'object' && error !== null;
  return {
    name: (isObject ? read('name') : null) ?? typeof error,
    message: (isObject ? read('message') : null) ?? quietly(() => String(error)) ?? '',
    errorCode: isObject ? read('code') : null,
    stack: isObject ? (read('stack')?.slice(0, MAX_STACK_LENGTH) ?? null) : null,
  };
}

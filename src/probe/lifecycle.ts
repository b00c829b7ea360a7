import type { RecordFields } from '../trace/records';
import { getOwnPropertyDescriptor, getPrototypeOf } from './builtIns';
import type { ProbeContext } from './calls';
import { addHeapSpaces } from './heapSpaces';
import { now, processStart, type Ns } from './clock';
import { hookEmit, observeNext } from './emitting';
import { restoreExcerpt } from './excerpt';
import { quietly } from './guard';
import { processEmitIsRead } from './ipc';
import { commandLine, processStat, threadStat, threadTimes } from './linux';
import { callSite, directCaller } from './location';

const memoryUsage = process.memoryUsage.bind(process);
const inheritedEmit = process.emit as Emit;

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
/** Timers of ours that come late tell of long tasks; while the thread is at work they are due this often. */
const BUSY_INTERVAL_MS = 50;
const LONG_TASK: Ns = 50e6;
/** Below this share of idle time a thread is at work. */
const IDLE_SHARE = 0.9;
/** An event loop that turns more often than this a second is left alone: a timer due soon makes each of its waits dearer. */
const MAX_TURNS = 500;

/**
 * Heap figures about once a second, and a word of each stretch in which the event loop did not get to run its timers. The
 * timer keeps nothing alive and was made before fake timers could matter.
 */
export function startHeapReports(context: ProbeContext): void {
  due = now() + HEAP_INTERVAL_MS * 1e6;
  let heapTime = now();
  let looked: Look = { time: now(), idle: 0, turns: 0 };
  const tick = (): void => {
    const time = now();
    addLongTask(context, time);
    if (time - heapTime >= (HEAP_INTERVAL_MS - BUSY_INTERVAL_MS) * 1e6) {
      heapTime = time;
      addHeap(context);
      addHeapSpaces(context);
    }
    context.log.flush();
    const look = { time, idle: loopIdle() ?? 0, turns: loopTurns() };
    const interval = isAtWork(looked, look) ? BUSY_INTERVAL_MS : HEAP_INTERVAL_MS;
    looked = look;
    due = now() + interval * 1e6;
    schedule(interval);
  };
  const schedule = (interval: number): void => {
    setTimeout(() => {
      quietly(tick);
    }, interval).unref();
  };
  schedule(HEAP_INTERVAL_MS);
}

/** When the next timer of ours should run. */
let due: Ns = Infinity;

function addLongTask(context: ProbeContext, time: Ns): void {
  if (time - due > LONG_TASK) context.log.add('longTask', { time, from: due });
}

interface Look {
  readonly time: Ns;
  readonly idle: Ns;
  /** Turns of the event loop so far; null where Node does not tell (before v20.18). */
  readonly turns: number | null;
}

/** Busy in few long stretches rather than in many short ones. */
function isAtWork(before: Look, now: Look): boolean {
  if (before.turns === null || now.turns === null) return false;
  const time = now.time - before.time;
  return now.idle - before.idle < time * IDLE_SHARE && now.turns - before.turns < (time / 1e9) * MAX_TURNS;
}

function loopTurns(): number | null {
  const metrics = quietly(
    () =>
      (performance as unknown as { nodeTiming: { uvMetricsInfo?: { loopCount: number } } }).nodeTiming
        .uvMetricsInfo,
  );
  return metrics?.loopCount ?? null;
}

const { setTimeout } = globalThis;

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
 * Sees the end of the thread and the error that causes it, without a listener and without a frame of ours under those of
 * the program: what is noticed is that Node reads `process.emit` to announce them.
 */
export function hookProcessEvents(context: ProbeContext, isMain: boolean): void {
  const prototype = getPrototypeOf(process) as object;
  let monitorLine: number | null = null;
  let error: unknown;
  let isRejection = false;

  const uncaught = (line: number): void => {
    // The first of the two announcements names the error, whoever listens; then comes the one that may be answered.
    monitorLine ??= line;
    if (line === monitorLine) {
      observeNext(process, 'uncaughtExceptionMonitor', (value, type) => {
        error = value;
        isRejection = type === 'unhandledRejection';
      });
    } else if (!hasListeners('uncaughtException')) {
      writeUncaught(context, error);
      if (isMain) restoreExcerpt(error, isRejection);
    }
  };
  hookEmit(prototype, inheritedEmit, (emitter) => {
    if (emitter !== process) return;
    processEmitIsRead();
    quietly(() => {
      const getter = getOwnPropertyDescriptor(prototype, 'emit')?.get;
      if (getter === undefined) return;
      const caller = directCaller(getter);
      const file = caller?.file ?? null;
      if (isExiting()) {
        if (caller === null || file === PER_THREAD || file === EXECUTION || file === WORKER)
          writeEnd(context);
      } else if (caller !== null && file === EXECUTION) {
        uncaught(caller.line);
      }
    });
  });
}

function hasListeners(type: string): boolean {
  return (process as unknown as { _events?: Record<string, unknown> })._events?.[type] !== undefined;
}

type Emit = (this: object, type: string | symbol, ...args: unknown[]) => boolean;

/** Files of Node's in which the end of a thread and uncaught errors are announced; a natural end, from no file at all. */
const EXECUTION = 'node:internal/process/execution';
const PER_THREAD = 'node:internal/process/per_thread';
const WORKER = 'node:internal/main/worker_thread';

function isExiting(): boolean {
  return (process as unknown as { readonly _exiting?: boolean })._exiting === true;
}

/** The line that called process.exit. */
function exitCall(): string | null {
  const { internals, location } = callSite();
  return internals.some(({ name }) => name === 'exit' || name === 'process.exit') ? location : null;
}

/** What the program has set so far; a listener of 'exit' may still change it, which those outside will know. */
function exitCode(): number | null {
  const code = Number(process.exitCode ?? 0);
  return Number.isInteger(code) ? code & 0xff : null;
}

function writeEnd(context: ProbeContext): void {
  addLongTask(context, now());
  addHeap(context);
  context.log.write('threadEnd', {
    time: now(),
    code: exitCode(),
    ...threadTimes(),
    loopIdle: loopIdle(),
    location: quietly(exitCall) ?? null,
  });
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

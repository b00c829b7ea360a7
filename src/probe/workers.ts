import type * as workerThreads from 'node:worker_threads';
import { tokenOf, type ProbeContext } from './calls';
import { now } from './clock';
import { quietly } from './guard';
import { processStat } from './linux';
import { callSite } from './location';
import { throwAsNode } from './rethrow';
import { joinNodeOptions, NODE_OPTIONS, type ProbeSettings } from './settings';

type WorkerClass = typeof workerThreads.Worker;
type WorkerArgs = ConstructorParameters<WorkerClass>;

/** Where a worker finds the settings: environment data reaches every worker, whatever `env` it is given. */
const SETTINGS_KEY = 'cviz:settings';
const MAX_SOURCE_SHOWN = 200;

/** Settings left by the thread that created this worker. */
export function inheritedSettings(module: typeof workerThreads): ProbeSettings | null {
  const value: unknown = module.getEnvironmentData(SETTINGS_KEY);
  return (value as ProbeSettings | undefined) ?? null;
}

/** Hooks `new Worker` for this thread and passes the settings on to its workers. */
export function hookWorkers(context: ProbeContext, module: typeof workerThreads): void {
  const { setEnvironmentData } = module;
  const processStartTicks =
    context.settings.processStartTicks ?? processStat(process.pid)?.startTicks ?? null;
  const tell = (spawnToken: string | null): void => {
    setEnvironmentData(SETTINGS_KEY, { ...context.settings, processStartTicks, spawnToken });
  };
  // Workers that Node makes for itself (module loaders) come from no call.
  tell(null);
  (module as { Worker: WorkerClass }).Worker = hookedClass(context, module.Worker, tell);
}

/** Leaves the settings for the worker being created, with the call it comes from. */
type TellWorker = (spawnToken: string | null) => void;

/**
 * A class that looks like Node's in every respect (name, length, statics, prototype's members, what it extends) and
 * creates Node's workers. A Proxy would be simpler, but util.inspect shows it as one since Node 26.
 */
function hookedClass(context: ProbeContext, original: WorkerClass, tell: TellWorker): WorkerClass {
  // eslint-disable-next-line @typescript-eslint/no-extraneous-class -- its members are copied from the original
  class Hooked {
    // The rest parameter keeps `length` at 1, as it is for Node's.
    constructor(file: WorkerArgs[0], ...rest: unknown[]) {
      const args = (arguments.length === 0 ? [] : [file, ...rest]) as unknown as WorkerArgs;
      return construct({ context, original, tell }, args, new.target as unknown as WorkerClass);
    }
  }
  const { constructor: _constructor, ...members } = Object.getOwnPropertyDescriptors(original.prototype);
  Object.defineProperties(Hooked.prototype, members);
  Object.setPrototypeOf(Hooked.prototype, Object.getPrototypeOf(original.prototype) as object);
  const { prototype: _prototype, ...statics } = Object.getOwnPropertyDescriptors(original);
  Object.defineProperties(Hooked, statics);
  Object.setPrototypeOf(Hooked, Object.getPrototypeOf(original) as object);
  return Hooked as unknown as WorkerClass;
}

interface Hook {
  readonly context: ProbeContext;
  readonly original: WorkerClass;
  readonly tell: TellWorker;
}

function construct({ context, original, tell }: Hook, args: WorkerArgs, newTarget: WorkerClass): object {
  const call = context.nextCall();
  quietly(() => {
    writeCall(context, call, args);
    tell(tokenOf(context, call));
  });
  const observed = quietly(() => withPreload(args, context.settings)) ?? args;
  let worker: workerThreads.Worker;
  try {
    worker = withPreloadInEnvironment(args[1], context.settings, () =>
      withRoomForOurFrames((): workerThreads.Worker => Reflect.construct(original, observed, newTarget)),
    );
  } catch (error) {
    quietly(() => {
      writeFailure(context, call, error);
      removeOurFrames(error);
    });
    throwAsNode(error);
  } finally {
    quietly(() => {
      tell(null);
    });
  }
  quietly(() => {
    context.log.write('workerResult', {
      time: now(),
      call,
      threadId: worker.threadId,
      error: null,
      errorCode: null,
    });
  });
  quietly(() => {
    hookExit(context, call, worker);
  });
  return worker;
}

function writeCall(context: ProbeContext, call: number, [file, options]: WorkerArgs): void {
  const text = typeof file === 'string' ? file : String(file);
  const isEval = options?.eval === true;
  context.log.write('worker', {
    time: now(),
    call,
    file: text.slice(0, isEval || text.startsWith('data:') ? MAX_SOURCE_SHOWN : undefined),
    eval: isEval,
    name: typeof options?.name === 'string' ? options.name : null,
    location: callSite().location,
  });
}

function writeFailure(context: ProbeContext, call: number, error: unknown): void {
  const { message, code } = error as { message?: unknown; code?: unknown };
  context.log.write('workerResult', {
    time: now(),
    call,
    threadId: null,
    error: typeof message === 'string' ? message : String(error),
    errorCode: typeof code === 'string' ? code : null,
  });
}

/**
 * A worker inherits this process's options, our --require among them, unless it is given an environment or
 * arguments of its own. With an environment: ours is added to a copy, the program's object stays as it is.
 */
function withPreload(args: WorkerArgs, settings: ProbeSettings): WorkerArgs {
  const [file, options] = args;
  const env: unknown = options?.env;
  if (options === undefined || typeof env !== 'object' || env === null) return args;
  const copy = { ...(env as Record<string, unknown>) };
  copy[NODE_OPTIONS] = joinNodeOptions(settings.preload, copy[NODE_OPTIONS] as string | undefined);
  // Inheriting reads every other option through, getters included, exactly once and from the program's own object.
  return [
    file,
    Object.create(options, { env: { value: copy, enumerable: true } }) as workerThreads.WorkerOptions,
  ];
}

/**
 * Node also looks at NODE_OPTIONS of this thread's own environment: it takes it when the worker has arguments but no
 * environment of its own, and where both are equal it allows more options in it. So for the moment ours is there too.
 */
function withPreloadInEnvironment<T>(
  options: workerThreads.WorkerOptions | undefined,
  settings: ProbeSettings,
  create: () => T,
): T {
  const theirs = process.env[NODE_OPTIONS];
  const env: unknown = options?.env;
  const hasEnvironment = typeof env === 'object' && env !== null;
  const isNeeded = hasEnvironment
    ? (env as Record<string, unknown>)[NODE_OPTIONS] === theirs
    : Array.isArray(options?.execArgv);
  if (!isNeeded) return create();
  process.env[NODE_OPTIONS] = joinNodeOptions(settings.preload, theirs);
  try {
    return create();
  } finally {
    if (theirs === undefined) Reflect.deleteProperty(process.env, NODE_OPTIONS);
    else process.env[NODE_OPTIONS] = theirs;
  }
}

/** An error thrown by the constructor must still show as many of the program's frames as without us. */
function withRoomForOurFrames<T>(create: () => T): T {
  const limit = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  if (limit?.writable !== true || typeof limit.value !== 'number') return create();
  Error.stackTraceLimit = limit.value + OUR_FRAMES;
  try {
    return create();
  } finally {
    Error.stackTraceLimit = limit.value;
  }
}

/** Frames of this file between the constructor and its caller. */
const OUR_FRAMES = 6;

function removeOurFrames(error: unknown): void {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return;
  const lines = error.stack
    .split('\n')
    .filter((line) => !line.includes(__filename) && !/^\s+at Reflect\.construct/.test(line));
  const head = lines.findIndex((line) => /^\s+at /.test(line));
  error.stack = lines.slice(0, head + Error.stackTraceLimit).join('\n');
}

interface WorkerHandle {
  onexit?: unknown;
}

/**
 * Node calls `onexit` of the native handle when the worker's thread has ended. A listener would be visible, and a
 * wrapper would stand in the stack trace of every error made in the program's own 'exit' listeners; so what is noticed
 * is that Node reads the property. That does not tell the exit code, but the worker's own log does.
 */
function hookExit(context: ProbeContext, call: number, worker: workerThreads.Worker): void {
  const symbol = Object.getOwnPropertySymbols(worker).find(({ description }) => description === 'kHandle');
  const handle =
    symbol === undefined ? undefined : (worker as unknown as Record<symbol, WorkerHandle>)[symbol];
  if (handle?.onexit === undefined) return;
  const { threadId } = worker;
  let onexit: unknown = handle.onexit;
  let isTold = false;
  Object.defineProperty(handle, 'onexit', {
    configurable: true,
    enumerable: true,
    get() {
      if (!isTold) {
        isTold = true;
        quietly(() => {
          context.log.write('workerExit', { time: now(), call, threadId, code: null, error: null });
        });
      }
      return onexit;
    },
    set(value: unknown) {
      onexit = value;
    },
  });
}

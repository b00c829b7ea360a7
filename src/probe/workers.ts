import type * as workerThreads from 'node:worker_threads';
import { deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, isArray, isProxy } from './builtIns';
import { tokenOf, type ProbeContext } from './calls';
import { now } from './clock';
import { WORKER_DATA_BOUND } from './contents';
import { quietly } from './guard';
import { hookEnvironmentData, inheritanceTeller, type TellWorker } from './inheritance';
import { callSite } from './location';
import type { Messages } from './messages';
import type { Port } from './ports';
import { bySymbol, dataProperty } from './properties';
import { throwAsNode } from './rethrow';
import { joinNodeOptions, NODE_OPTIONS, type ProbeSettings } from './settings';
import { hookExit } from './workerEnds';

type WorkerClass = typeof workerThreads.Worker;
type WorkerArgs = ConstructorParameters<WorkerClass>;

const MAX_SOURCE_SHOWN = 200;

/** Hooks `new Worker` for this thread and passes the settings on to its workers. */
export function hookWorkers(context: ProbeContext, module: typeof workerThreads, messages: Messages): void {
  const tell = inheritanceTeller(messages, module);
  // Workers that Node makes for itself (module loaders) come from no call.
  tell(null, null, []);
  quietly(() => {
    hookEnvironmentData(module, messages);
  });
  const hook = { context, messages, original: module.Worker, tell };
  (module as { Worker: WorkerClass }).Worker = hookedClass(hook);
}

/**
 * A class that looks like Node's in every respect (name, length, statics, prototype's members, what it extends) and
 * creates Node's workers. A Proxy would be simpler, but util.inspect shows it as one since Node 26.
 */
function hookedClass(hook: Hook): WorkerClass {
  const { original } = hook;
  // Named by its property: V8 shows that name in stack traces, and the bundle shortens all others.
  const { Worker: Hooked } = {
    // eslint-disable-next-line @typescript-eslint/no-extraneous-class -- its members are copied from the original
    Worker: class {
      // The rest parameter keeps `length` at 1, as it is for Node's.
      constructor(file: WorkerArgs[0], ...rest: unknown[]) {
        const args = (arguments.length === 0 ? [] : [file, ...rest]) as unknown as WorkerArgs;
        return construct(hook, args, new.target as unknown as WorkerClass);
      }
    },
  };
  const { constructor: _constructor, ...members } = Object.getOwnPropertyDescriptors(original.prototype);
  Object.defineProperties(Hooked.prototype, members);
  Object.setPrototypeOf(Hooked.prototype, getPrototypeOf(original.prototype) as object);
  const { prototype: _prototype, ...statics } = Object.getOwnPropertyDescriptors(original);
  Object.defineProperties(Hooked, statics);
  Object.setPrototypeOf(Hooked, getPrototypeOf(original) as object);
  return Hooked as unknown as WorkerClass;
}

interface Hook {
  readonly context: ProbeContext;
  readonly messages: Messages;
  readonly original: WorkerClass;
  readonly tell: TellWorker;
}

function construct(hook: Hook, args: WorkerArgs, newTarget: WorkerClass): object {
  const { context, messages, original, tell } = hook;
  const call = context.nextCall();
  const given = quietly(() => {
    writeCall(context, call, args);
    const contents = messages.examine(dataProperty(args[1], 'workerData'), WORKER_DATA_BOUND);
    const totals = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
    tell(tokenOf(context, call), totals, contents.buffers);
    return { ports: contents.ports, totals };
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
      tell(null, null, []);
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
    const port = adoptPorts(hook, call, worker, given?.ports ?? []);
    hookExit(context, call, worker, () => {
      if (port !== null && given !== undefined) messages.ports.writePeer(port, given.totals);
    });
  });
  return worker;
}

/** The end of the channel to the worker, and the ports that moved into it. */
function adoptPorts(
  { messages }: Hook,
  call: number,
  worker: workerThreads.Worker,
  moved: readonly object[],
): Port | null {
  const port = bySymbol(worker, 'kPublicPort');
  moved.forEach((object, index) => {
    const state = messages.ports.of(object);
    if (state === undefined) return;
    messages.ports.writeMoved(state, { via: null, message: null, call, index });
  });
  return typeof port === 'object' && port !== null ? messages.adopt(port, { origin: 'creator', call }) : null;
}

function writeCall(context: ProbeContext, call: number, [file, options]: WorkerArgs): void {
  // Nothing of the program's is called: Node itself reads the options, once.
  const text = typeof file === 'string' ? file : isProxy(file) ? '' : hrefOf(file);
  const isEval = dataProperty(options, 'eval') === true;
  const name = dataProperty(options, 'name');
  context.log.write('worker', {
    time: now(),
    call,
    file: text.slice(0, isEval || text.startsWith('data:') ? MAX_SOURCE_SHOWN : undefined),
    eval: isEval,
    name: typeof name === 'string' ? name : null,
    location: callSite().location,
  });
}

/** Of a URL; anything else that is no string makes Node throw. */
function hrefOf(file: unknown): string {
  const href = quietly(() => (file instanceof URL ? file.href : ''));
  return href ?? '';
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
  const env = dataProperty(options, 'env');
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
  const env = dataProperty(options, 'env');
  const hasEnvironment = typeof env === 'object' && env !== null;
  const isNeeded = hasEnvironment
    ? (env as Record<string, unknown>)[NODE_OPTIONS] === theirs
    : isArray(dataProperty(options, 'execArgv'));
  if (!isNeeded) return create();
  process.env[NODE_OPTIONS] = joinNodeOptions(settings.preload, theirs);
  try {
    return create();
  } finally {
    if (theirs === undefined) deleteProperty(process.env, NODE_OPTIONS);
    else process.env[NODE_OPTIONS] = theirs;
  }
}

/** An error thrown by the constructor must still show as many of the program's frames as without us. */
function withRoomForOurFrames<T>(create: () => T): T {
  const limit = getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  if (limit?.writable !== true || typeof limit.value !== 'number') return create();
  Error.stackTraceLimit = limit.value + OUR_FRAMES;
  try {
    return create();
  } finally {
    Error.stackTraceLimit = limit.value;
  }
}

/** Frames of the probe at most, above and below Node's constructor. */
const OUR_FRAMES = 8;

function removeOurFrames(error: unknown): void {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return;
  const lines = error.stack
    .split('\n')
    .filter((line) => !line.includes(__filename) && !/^\s+at Reflect\.construct/.test(line));
  const head = lines.findIndex((line) => /^\s+at /.test(line));
  error.stack = lines.slice(0, head + Error.stackTraceLimit).join('\n');
}

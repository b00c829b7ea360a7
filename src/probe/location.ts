import { defineProperty, deleteProperty, getOwnPropertyDescriptor, isArray } from './builtIns';
import { passThrough } from './excerpt';
import { quietly } from './guard';
import { nodesPrepare, placeOf, prepareStackTrace } from './originalPlace';

/** Where a hooked function was called. */
export interface CallSite {
  /** `file:line:column` of the nearest line of user code; null when there is none (called by Node itself). */
  readonly location: string | null;
  /** Names of Node's own functions between the hook and that line, outermost last. */
  readonly internals: readonly Frame[];
}

interface Frame {
  readonly file: string;
  readonly name: string;
}

const DEEP = 30;
/** Enough for what is called by the program's code, perhaps through a function or two of Node's. */
const SHALLOW = 5;

const { captureStackTrace } = Error;
const { isExtensible } = Object;

/**
 * The stack as V8's call sites. The program may have its own prepareStackTrace (source-map-support) and its own limit:
 * both are put aside for the moment.
 */
function capture(frames: number, above: Hook): readonly NodeJS.CallSite[] {
  const limit = getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  const prepare = getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  if (limit?.writable === false || prepare?.writable === false || !isExtensible(Error)) return [];
  try {
    Error.stackTraceLimit = frames;
    Error.prepareStackTrace = (_error, sites) => sites;
    const holder: { stack?: unknown } = {};
    captureStackTrace(holder, above);
    return isArray(holder.stack) ? (holder.stack as NodeJS.CallSite[]) : [];
  } finally {
    restore('stackTraceLimit', limit);
    restore('prepareStackTrace', prepare);
  }
}

function restore(
  name: 'stackTraceLimit' | 'prepareStackTrace',
  descriptor: PropertyDescriptor | undefined,
): void {
  if (descriptor === undefined) deleteProperty(Error, name);
  else defineProperty(Error, name, descriptor);
}

/** Costs some 20 microseconds: for rare events only. */
export function callSite(): CallSite {
  return siteOf(DEEP, callSite);
}

/** The same from the few frames above `hook`, for some 5 microseconds. */
export function nearCallSite(hook: Hook, frames = SHALLOW): CallSite {
  return siteOf(frames, hook);
}

/** The function of ours that the program, or Node, called. */
export type Hook = (...args: never[]) => unknown;

function siteOf(frames: number, above: Hook): CallSite {
  const internals: Frame[] = [];
  const site = quietly(() => {
    // By index, here and wherever the program's code is under way: iterators may be its own.
    const sites = capture(frames, above);
    for (let index = 0; index < sites.length; index++) {
      const frame = sites[index] as NodeJS.CallSite;
      const file = frame.getFileName() as string | null | undefined;
      if (file == null || file === __filename) continue;
      if (!isNodesOwn(file)) return placeOf(frame, file);
      internals[internals.length] = { file, name: frame.getFunctionName() ?? '' };
    }
    return null;
  });
  return { location: site ?? null, internals };
}

/** The function that called a hook of ours; null when it was called by none. */
export function directCaller(hook: Hook): { readonly file: string | null; readonly line: number } | null {
  const site = quietly(() => capture(1, hook)[0]);
  if (site === undefined) return null;
  return { file: site.getFileName() ?? null, line: site.getLineNumber() ?? 0 };
}

function isNodesOwn(file: string): boolean {
  return file.startsWith('node:');
}

/**
 * An error thrown by Node through a hook of ours carries our frames; takes them out and the caller's in that fell out
 * of the stack at its end. `hook` is the function the program called.
 */
export function removeOurFrames(error: unknown, hook: Hook): void {
  quietly(() => {
    // A program that formats stacks itself has been asked already, with our frames in the list.
    if (!(error instanceof Error) || prepareStackTrace() !== nodesPrepare) return;
    const { stack } = error;
    if (typeof stack !== 'string' || !stack.includes(__filename)) return;
    const lines = stack.split('\n');
    const first = lines.findIndex((line) => /^ {4}at /.test(line));
    const ours = lines.findIndex((line) => line.includes(__filename));
    const holder: { stack?: unknown } = {};
    captureStackTrace(holder, hook);
    const callers = String(holder.stack).split('\n').slice(1);
    passThrough(error);
    error.stack = [...lines.slice(0, ours), ...callers].slice(0, first + Error.stackTraceLimit).join('\n');
  });
}

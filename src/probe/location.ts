import type * as nodeUrl from 'node:url';
import { quietly } from './guard';

/** Where a hooked function was called. */
export interface CallSite {
  /** `file:line:column` of the nearest line of user code; null when there is none (called by Node itself). */
  readonly location: string | null;
  /** Names of Node's own functions between the hook and that line, outermost last. */
  readonly internals: readonly { readonly file: string; readonly name: string }[];
}

const FRAMES = 30;

/**
 * The stack as V8's call sites. The program may have its own prepareStackTrace (source-map-support) and its own limit:
 * both are put aside for the moment.
 */
function capture(): readonly NodeJS.CallSite[] {
  const limit = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  const prepare = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  if (limit?.writable === false || prepare?.writable === false) return [];
  try {
    Error.stackTraceLimit = FRAMES;
    Error.prepareStackTrace = (_error, sites) => sites;
    const holder: { stack?: unknown } = {};
    Error.captureStackTrace(holder, capture);
    return Array.isArray(holder.stack) ? (holder.stack as NodeJS.CallSite[]) : [];
  } finally {
    restore('stackTraceLimit', limit);
    restore('prepareStackTrace', prepare);
  }
}

function restore(
  name: 'stackTraceLimit' | 'prepareStackTrace',
  descriptor: PropertyDescriptor | undefined,
): void {
  if (descriptor === undefined) Reflect.deleteProperty(Error, name);
  else Object.defineProperty(Error, name, descriptor);
}

/** Costs some 20 microseconds: for rare events only. */
export function callSite(): CallSite {
  const internals: { file: string; name: string }[] = [];
  const site = quietly(() => {
    for (const frame of capture()) {
      const file = frame.getFileName() as string | null | undefined;
      if (file == null || file === __filename) continue;
      if (!isNodesOwn(file))
        return `${toPath(file)}:${frame.getLineNumber() ?? 0}:${frame.getColumnNumber() ?? 0}`;
      internals.push({ file, name: frame.getFunctionName() ?? '' });
    }
    return null;
  });
  return { location: site ?? null, internals };
}

function isNodesOwn(file: string): boolean {
  return file.startsWith('node:');
}

function toPath(file: string): string {
  if (!file.startsWith('file:')) return file;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only programs made of ES modules need it
  return (require('node:url') as typeof nodeUrl).fileURLToPath(file);
}

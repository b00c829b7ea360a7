import type * as workerThreads from 'node:worker_threads';
import { hookAtomics } from './atomics';
import { createContext } from './calls';
import { hookChildProcesses } from './childProcesses';
import { now } from './clock';
import { hideFromProgram } from './disguise';
import { quietly } from './guard';
import { hookMessages } from './hookMessages';
import { adoptInheritance, inheritance } from './inheritance';
import { followOwnChannel } from './ipc';
import { hookKills } from './kills';
import { hookProcessEvents, startHeapReports, writeThreadStart } from './lifecycle';
import { ThreadLog } from './log';
import { Messages } from './messages';
import { removePreload, takeSettings } from './settings';
import { SharingBoard } from './sharingBoard';
import { hookWorkers } from './workers';

// Preloaded (`--require`) into every Node process and worker of an observed program, before any of its own code.
quietly(start);

function start(): void {
  // Bun and Deno understand NODE_OPTIONS to a degree but have none of the internals used here.
  if ('bun' in process.versions || 'deno' in process.versions) return;
  quietly(() => {
    hideFromProgram(__filename);
  });
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the public module object, which is what is patched
  const workers = require('node:worker_threads') as typeof workerThreads;
  const inherited = workers.isMainThread ? null : inheritance(workers);
  const settings = workers.isMainThread
    ? takeSettings(process.env, __filename)
    : (inherited?.settings ?? null);
  if (settings === null) return;
  // With SHARE_ENV this is the main thread's environment, which has no part of ours; otherwise a copy that may.
  if (inherited !== null) removePreload(process.env, settings.preload);
  const log = new ThreadLog(settings.directory, logName(workers.threadId));
  const context = createContext(log, settings);
  const messages = new Messages(context, new SharingBoard(inherited?.board));
  hookMessages(messages, workers);
  hookChildProcesses(context, messages.ports);
  hookWorkers(context, workers, messages);
  hookProcessEvents(context, workers.isMainThread);
  quietly(() => {
    hookKills(context);
  });
  quietly(() => {
    hookAtomics(context, messages.buffers);
  });
  writeThreadStart(context, {
    isMain: workers.isMainThread,
    threadId: workers.threadId,
    name: workerName(workers),
  });
  quietly(() => {
    if (inherited !== null) adoptInheritance(messages, workers, inherited);
    else followOwnChannel(context, messages.ports);
  });
  startHeapReports(context);
}

/** Unique, also when this pid is used again; begins with the pid, see `addAncestors`. */
function logName(threadId: number): string {
  return `${process.pid}.${threadId}.${Math.round(now()).toString(36)}`;
}

/** Since v22 a worker knows the name it was given. */
function workerName(workers: typeof workerThreads): string | null {
  const { threadName } = workers as { threadName?: unknown };
  return typeof threadName === 'string' && threadName !== '' && threadName !== 'WorkerThread'
    ? threadName
    : null;
}

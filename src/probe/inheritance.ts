import type * as workerThreads from 'node:worker_threads';
import { apply, getPrototypeOf } from './builtIns';
import { examine, WORKER_DATA_BOUND, type SharedMemory } from './contents';
import { quietly } from './guard';
import { processStat } from './linux';
import { lookLike } from './lookalike';
import type { Messages } from './messages';
import type { ProbeSettings } from './settings';

/** Where a worker finds the settings: environment data reaches every worker, whatever `env` it is given. */
const SETTINGS_KEY = 'cviz:settings';

/** What the creator of a worker leaves for it: its settings, and where shared memory comes from. */
export interface Inheritance {
  readonly settings: ProbeSettings;
  /** The cells of the process's SharingBoard. */
  readonly board: Int32Array;
  /** Where the worker counts the messages on its port to its creator: sent, received. */
  readonly totals: Int32Array | null;
  /** Names of the shared buffers in workerData, in the order in which they are found. */
  readonly workerData: readonly string[];
  /** The same for environment data, by key. */
  readonly environment: readonly (readonly [unknown, readonly string[]])[];
}

export function inheritance(module: typeof workerThreads): Inheritance | null {
  const value: unknown = module.getEnvironmentData(SETTINGS_KEY);
  return (value as Inheritance | undefined) ?? null;
}

/** In a new worker: its port to its creator, and the ports and shared buffers it was given. */
export function adoptInheritance(
  messages: Messages,
  module: typeof workerThreads,
  { settings, totals, workerData, environment }: Inheritance,
): void {
  if (module.parentPort !== null && settings.spawnToken !== null) {
    messages.adopt(module.parentPort, { origin: 'worker' }).totals = totals;
  }
  if (typeof module.workerData === 'object' && module.workerData !== null) {
    const isPort = (value: object): boolean => getPrototypeOf(value) === module.MessagePort.prototype;
    const { ports, buffers } = examine(module.workerData, WORKER_DATA_BOUND, isPort);
    ports.forEach((port, index) => messages.adopt(port, { origin: 'workerData', index }));
    inheritBuffers(messages, buffers, workerData);
  }
  for (const [key, names] of environment) {
    const value: unknown = module.getEnvironmentData(key as workerThreads.Serializable);
    const { buffers } = messages.examine(value, WORKER_DATA_BOUND);
    inheritBuffers(messages, buffers, names);
    messages.environment.set(key, buffers);
  }
}

function inheritBuffers(
  messages: Messages,
  buffers: readonly SharedMemory[],
  names: readonly string[],
): void {
  buffers.forEach((buffer, index) => {
    const same = names[index];
    if (same !== undefined) messages.buffers.numberOf(buffer, { same });
  });
}

/** Remembers the shared buffers in environment data, which cannot be listed later. */
export function hookEnvironmentData(module: typeof workerThreads, messages: Messages): void {
  const { setEnvironmentData: original } = module;
  const hook = {
    setEnvironmentData(key: unknown, value: unknown): void {
      apply(original, undefined, [key, value]);
      quietly(() => {
        const { buffers } = messages.examine(value, WORKER_DATA_BOUND);
        if (buffers.length > 0) messages.environment.set(key, buffers);
        else messages.environment.delete(key);
      });
    },
  }.setEnvironmentData;
  (module as { setEnvironmentData: unknown }).setEnvironmentData = lookLike(hook, original);
}

/** Leaves the settings for the worker being created, with the call it comes from and the shared buffers it is given. */
export type TellWorker = (
  spawnToken: string | null,
  totals: Int32Array | null,
  workerData: readonly SharedMemory[],
) => void;

export function inheritanceTeller(messages: Messages, module: typeof workerThreads): TellWorker {
  const { context } = messages;
  const { setEnvironmentData } = module;
  const processStartTicks =
    context.settings.processStartTicks ?? processStat(process.pid)?.startTicks ?? null;
  return (spawnToken, totals, workerData) => {
    const names = (buffers: readonly SharedMemory[]): string[] =>
      buffers.map((buffer) => messages.buffers.nameOf(messages.buffers.numberOf(buffer, {})));
    const left: Inheritance = {
      settings: { ...context.settings, processStartTicks, spawnToken },
      board: messages.board.cells,
      totals,
      workerData: names(workerData),
      environment: [...messages.environment].map(([key, buffers]) => [key, names(buffers)]),
    };
    setEnvironmentData(SETTINGS_KEY, left);
  };
}

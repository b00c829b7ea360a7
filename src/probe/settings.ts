import { deleteProperty } from './builtIns';

/**
 * How the probe gets into every Node process of the tree, and stays out of the program's sight: two environment
 * variables and a `--require` at the beginning of NODE_OPTIONS, taken out of `process.env` as soon as they are read
 * and put back into the environment of every child.
 */
export const RUN_VARIABLE = 'CVIZ_RUN';
export const CALL_VARIABLE = 'CVIZ_CALL';
export const NODE_OPTIONS = 'NODE_OPTIONS';

/** What a probe knows from its environment. */
export interface ProbeSettings {
  /** The run's folder, where logs are written. */
  readonly directory: string;
  /** `LOG#CALL` of the call that led to this process; null in the first one. */
  readonly spawnToken: string | null;
  /** With the pid the identity of the process (Linux); its main thread finds it out. */
  readonly processStartTicks: number | null;
  /** The part of NODE_OPTIONS that is ours. */
  readonly preload: string;
}

/** The part of NODE_OPTIONS that loads the probe. Node splits NODE_OPTIONS at spaces, so the path is quoted. */
export function preloadOption(probePath: string): string {
  return `--require "${probePath.replace(/[\\"]/g, '\\$&')}"`;
}

/** Ours first: a user's own --require then sees an environment without us. */
export function joinNodeOptions(preload: string, theirs: string | undefined): string {
  return theirs === undefined ? preload : `${preload} ${theirs}`;
}

/** What NODE_OPTIONS was before `joinNodeOptions`; undefined if it was not set. */
export function withoutPreload(joined: string, preload: string): string | undefined {
  if (joined === preload) return undefined;
  return joined.startsWith(`${preload} `) ? joined.slice(preload.length + 1) : joined;
}

/** Reads our variables and removes them from `env`. Null if this process is not observed. */
export function takeSettings(env: NodeJS.ProcessEnv, probePath: string): ProbeSettings | null {
  const directory = env[RUN_VARIABLE];
  if (directory === undefined || directory === '') return null;
  const spawnToken = env[CALL_VARIABLE] ?? null;
  deleteProperty(env, RUN_VARIABLE);
  deleteProperty(env, CALL_VARIABLE);
  const preload = preloadOption(probePath);
  removePreload(env, preload);
  return { directory, spawnToken, processStartTicks: null, preload };
}

/** Makes NODE_OPTIONS what the user set, or unset. */
export function removePreload(env: NodeJS.ProcessEnv, preload: string): void {
  const joined = env[NODE_OPTIONS];
  if (joined === undefined) return;
  const theirs = withoutPreload(joined, preload);
  if (theirs === undefined) deleteProperty(env, NODE_OPTIONS);
  else if (theirs !== joined) env[NODE_OPTIONS] = theirs;
}

/** A child's environment, as `NAME=value` pairs, with our part put back. Never changes the array it is given. */
export function withProbe(pairs: readonly string[], settings: ProbeSettings, token: string): string[] {
  // An observed program that starts a run of its own (cviz under cviz) gives its child to that run.
  const isOtherRun = (pair: string): boolean =>
    isNamed(pair, RUN_VARIABLE) && pair.slice(RUN_VARIABLE.length + 1) !== settings.directory;
  if (pairs.some(isOtherRun)) return [...pairs];
  const result: string[] = [];
  let theirs: string | undefined;
  for (const pair of pairs) {
    // Names are case-insensitive on Windows only; elsewhere `node_options` is somebody else's variable.
    if (isNamed(pair, NODE_OPTIONS)) theirs = pair.slice(NODE_OPTIONS.length + 1);
    else if (!isNamed(pair, RUN_VARIABLE) && !isNamed(pair, CALL_VARIABLE)) result.push(pair);
  }
  // A child that was given our part already (by a program that copied an environment) must not load us twice.
  const own = theirs === undefined ? undefined : withoutPreload(theirs, settings.preload);
  result.push(
    `${NODE_OPTIONS}=${joinNodeOptions(settings.preload, own)}`,
    `${RUN_VARIABLE}=${settings.directory}`,
    `${CALL_VARIABLE}=${token}`,
  );
  return result;
}

function isNamed(pair: string, name: string): boolean {
  if (pair.charCodeAt(name.length) !== 61 /* = */) return false;
  return (
    pair.startsWith(name) ||
    (process.platform === 'win32' && pair.slice(0, name.length).toUpperCase() === name)
  );
}

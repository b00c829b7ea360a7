import { isConfined } from '../trace/confinement';

const NODE_OPTIONS = 'NODE_OPTIONS';

/**
 * The environment in which a program reports to the run's folder: `base` with the probe's part added. The names and the
 * form of NODE_OPTIONS are the probe's (src/probe/settings.ts); a test holds the two together.
 */
export function programEnvironment(
  base: Readonly<Record<string, string | undefined>>,
  directory: string,
  probePath: string,
  /** What the program is started with: under the permission model it may be one that cannot be observed from inside. */
  args: readonly string[] = [],
): Record<string, string> {
  // A map, because a variable may have any name, also one that means something to an object.
  const result = new Map<string, string>();
  for (const [name, value] of Object.entries(base)) {
    // Set when an observed program itself starts cviz: the inner run is a run of its own.
    if (value !== undefined && name !== 'CVIZ_RUN' && name !== 'CVIZ_CALL') result.set(name, value);
  }
  const options = result.get(NODE_OPTIONS);
  if (isConfined(['', ...args], options === undefined ? [] : [`${NODE_OPTIONS}=${options}`]))
    return Object.fromEntries(result);
  const preload = `--require "${probePath.replace(/[\\"]/g, '\\$&')}"`;
  const theirs = result.get(NODE_OPTIONS);
  // That of an outer run may be there already.
  const isThere = theirs !== undefined && (theirs === preload || theirs.startsWith(`${preload} `));
  if (!isThere) result.set(NODE_OPTIONS, theirs === undefined ? preload : `${preload} ${theirs}`);
  result.set('CVIZ_RUN', directory);
  return Object.fromEntries(result);
}

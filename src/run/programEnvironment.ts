const NODE_OPTIONS = 'NODE_OPTIONS';

/**
 * The environment in which a program reports to the run's folder: `base` with the probe's part added. The names and the
 * form of NODE_OPTIONS are the probe's (src/probe/settings.ts); a test holds the two together.
 */
export function programEnvironment(
  base: Readonly<Record<string, string | undefined>>,
  directory: string,
  probePath: string,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(base)) {
    // Set when an observed program itself starts cviz: the inner run is a run of its own.
    if (value !== undefined && name !== 'CVIZ_RUN' && name !== 'CVIZ_CALL') result[name] = value;
  }
  const preload = `--require "${probePath.replace(/[\\"]/g, '\\$&')}"`;
  // That of an outer run is there already.
  const theirs = result[NODE_OPTIONS] === preload ? undefined : result[NODE_OPTIONS];
  const isThere = theirs?.startsWith(`${preload} `) ?? false;
  result[NODE_OPTIONS] = theirs === undefined ? preload : isThere ? theirs : `${preload} ${theirs}`;
  result['CVIZ_RUN'] = directory;
  return result;
}

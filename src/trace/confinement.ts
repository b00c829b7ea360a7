const MODEL = /^--(?:experimental-)?permission$/;
const READ_ALL = /^--allow-fs-read=\*/;
const WRITE = /^--allow-fs-write(?:=|$)/;

/**
 * A Node process to be started under the permission model that may not write files, so that nothing can be known from
 * inside it; or may not read all, so that (up to v20) it would not even start with the probe in its options.
 */
export function isConfined(args: readonly unknown[], environment: readonly string[]): boolean {
  const options: string[] = [];
  for (const argument of args) if (typeof argument === 'string') options.push(argument);
  for (const pair of environment) {
    if (pair.startsWith('NODE_OPTIONS=')) options.push(...pair.slice('NODE_OPTIONS='.length).split(/\s+/));
  }
  if (!options.some((option) => MODEL.test(option))) return false;
  return !options.some((option) => READ_ALL.test(option)) || !options.some((option) => WRITE.test(option));
}

const MODEL = /^--(?:experimental-)?permission$/;
const READ_ALL = /^--allow-fs-read=\*/;
const WRITE = /^--allow-fs-write(?:=|$)/;

/**
 * A Node process to be started under the permission model that may not write files, so that nothing can be known from
 * inside it; or may not read all, so that (up to v20) it would not even start with the probe in its options. `args` begins
 * with the program's own name, as argv does.
 */
export function isConfined(args: readonly unknown[], environment: readonly string[]): boolean {
  const options = nodeOptions(args);
  for (const pair of environment) {
    if (pair.startsWith('NODE_OPTIONS=')) options.push(...pair.slice('NODE_OPTIONS='.length).split(/\s+/));
  }
  if (!options.some((option) => MODEL.test(option))) return false;
  return !options.some((option) => READ_ALL.test(option)) || !options.some((option) => WRITE.test(option));
}

/** Options whose value is the next argument. */
const WITH_VALUE =
  /^(?:-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--env-file|--title)$/;

/** Node's own among the arguments: those before the script, whose arguments may look like anything. */
function nodeOptions(args: readonly unknown[]): string[] {
  const options: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const argument = args[index];
    if (typeof argument !== 'string' || argument === '--' || (index > 0 && !argument.startsWith('-'))) break;
    if (argument.startsWith('-')) options.push(argument);
    if (WITH_VALUE.test(argument)) index++;
  }
  return options;
}

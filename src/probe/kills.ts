import { apply } from './builtIns';
import type { ProbeContext } from './calls';
import { now, type Ns } from './clock';
import { quietly } from './guard';
import { callSite } from './location';
import { replaceMethod } from './lookalike';

type Kill = (this: unknown, ...args: unknown[]) => number;

/** process.kill, which calls the native function by this name. */
export function hookKills(context: ProbeContext): void {
  const { _kill: original } = process as unknown as { _kill: Kill };
  const hook = {
    kill(this: unknown, ...args: unknown[]): number {
      // Before, where it may be its own end.
      const isOwn = args[0] === process.pid || Number(args[0]) <= 0;
      const time = now();
      if (isOwn) quietly(() => noteKill(context, time, args[0], args[1], null));
      const result = apply(original, this, args);
      if (!isOwn) quietly(() => noteKill(context, time, args[0], args[1], result));
      return result;
    },
  }.kill;
  replaceMethod(process, '_kill', hook);
}

/** Signal 0 only asks whether a process exists. */
export function noteKill(
  context: ProbeContext,
  time: Ns,
  pid: unknown,
  signal: unknown,
  error: number | null,
): void {
  if (signal === 0) return;
  context.log.write('kill', {
    time,
    pid: typeof pid === 'number' ? pid : null,
    signal: typeof signal === 'number' ? signal : null,
    error,
    location: callSite().location,
  });
}

import { execFile, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Disposable } from '../base/disposable';
import { err, ok, type Result } from '../base/result';

/**
 * Runs a program to its end and hands over what it printed; fails with a code (`ENOENT`, `ETIMEDOUT`, `EXIT_1`). It does
 * not keep this process alive, and disposing of it ends it without a word.
 */
export type RunCommand = (
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  done: (outcome: Result<string>) => void,
) => Disposable;

const TIMEOUT_MS = 10_000;
/** Some thousand processes with long command lines; whatever is longer ends the program. */
const MAX_OUTPUT_BYTES = 64 << 20;

export const runCommand: RunCommand = (file, args, env, done) => {
  let isDisposed = false;
  let isLate = false;
  let child: ChildProcess;
  const options = { env, encoding: 'utf8', maxBuffer: MAX_OUTPUT_BYTES } as const;
  try {
    child = execFile(file, args, options, (error, stdout) => {
      clearTimeout(timer);
      if (isDisposed) return;
      done(error === null ? ok(stdout) : err(codeOf(error, isLate)));
    });
  } catch (error) {
    // Most failures to start come as an event, some are thrown.
    const timer = setImmediate(() => {
      done(err(codeOf(error as NodeJS.ErrnoException, false)));
    });
    return { dispose: () => clearImmediate(timer) };
  }
  // Not execFile's own option: its timer would keep this process alive.
  const timer = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, TIMEOUT_MS).unref();
  child.unref();
  for (const stream of [child.stdout, child.stderr]) (stream as Socket | null)?.unref();
  return {
    dispose: () => {
      isDisposed = true;
      child.kill('SIGKILL');
    },
  };
};

function codeOf({ code }: { readonly code?: string | number | null | undefined }, isLate: boolean): string {
  if (typeof code === 'string') return code;
  if (isLate) return 'ETIMEDOUT';
  return typeof code === 'number' ? `EXIT_${code}` : 'EKILLED';
}

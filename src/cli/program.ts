import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { err, ok, type Result } from '../base/result';
import type { LiveRun } from '../run/liveRun';
import { isScript, programForScript, type Program } from '../run/program';
import { startRun } from '../run/run';
import { probePath, productVersion } from './paths';

/** `script.js args…` runs with the Node that runs cviz; anything else is a command. */
export async function resolveProgram(words: readonly string[]): Promise<Result<Program>> {
  const [first, ...rest] = words;
  if (first === undefined)
    return err('Nothing to run. Give a script or a command, for example: cviz run script.js');
  if (isScript(first))
    return programForScript(first, rest, { nodePath: process.execPath, cwd: process.cwd() });
  return ok({ file: first, args: rest, title: words.join(' ') });
}

export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningProgram {
  readonly run: LiveRun;
  readonly child: ChildProcess;
  /** Settles when the program itself has ended; rejects never. A program that cannot be started gives a sentence. */
  readonly ended: Promise<Result<ProgramEnd>>;
}

/** Starts a program under observation, in this terminal: input, output and errors are its own. */
export function startProgram(program: Program, recordingPath: string | null): Result<RunningProgram> {
  const run = startRun({
    title: program.title,
    command: program.file,
    args: program.args,
    cwd: process.cwd(),
    recordingPath,
    probePath,
    productVersion: productVersion(),
  });
  if (!run.ok) return run;
  const child = spawn(program.file, program.args, {
    stdio: 'inherit',
    env: run.value.environmentFor(process.env),
  });
  if (child.pid !== undefined) run.value.rootStarted(child.pid);
  const ended = new Promise<Result<ProgramEnd>>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      run.value.rootExited(null, null);
      resolve(err(cannotStart(program, error)));
    });
    child.once('exit', (code, signal) => {
      run.value.rootExited(code, signal);
      resolve(ok({ code, signal }));
    });
  });
  return ok({ run: run.value, child, ended });
}

function cannotStart(program: Program, error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return `The command ${program.file} was not found. Check its name and PATH.`;
  if (error.code === 'EACCES') return `${program.file} may not be executed. Check its permissions.`;
  return `${program.file} could not be started (${error.code ?? error.message}).`;
}

/** Signals meant for the program that reach us because we stand in its place. */
const forwarded: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'];

/**
 * Passes signals on to the program. Ctrl+C in a terminal reaches the program by itself, as it is in the same
 * foreground group: passing that on would interrupt it twice. Answers how to stop passing on.
 */
export function forwardSignals(child: ChildProcess): () => void {
  const handlers = forwarded.map((signal) => {
    const handler = (): void => {
      const cameFromTerminal = process.stdin.isTTY && (signal === 'SIGINT' || signal === 'SIGQUIT');
      if (!cameFromTerminal) child.kill(signal);
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  return () => {
    for (const { signal, handler } of handlers) process.off(signal, handler);
  };
}

/** Ends this process the way the program ended: same code, or same signal. */
export function endLike({ code, signal }: ProgramEnd): void {
  if (signal === null) {
    process.exitCode = code ?? 0;
    return;
  }
  process.exitCode = 128 + constants.signals[signal];
  process.kill(process.pid, signal);
}

import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { Socket } from 'node:net';
import type { Disposable } from '../../base/disposable';

/** A child that is written to and read from as long as it lives. */
export interface LineChild extends Disposable {
  write(text: string): void;
}

export interface LineChildEvents {
  /** One line of what it prints, without its end. */
  readonly onLine: (line: string) => void;
  /** It is over, or never began; with a code (`ENOENT`, `EXIT_1`). Not after it was disposed of. */
  readonly onEnd: (reason: string) => void;
}

/** Starts a program that does not keep this process alive; disposing of it ends it without a word. */
export type StartLineChild = (file: string, args: readonly string[], events: LineChildEvents) => LineChild;

/** A list of thousands of processes with their command lines fits easily; without an end nobody waits for more. */
const MAX_LINE_CHARACTERS = 64 << 20;

export const startLineChild: StartLineChild = (file, args, events) => {
  try {
    const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
    return follow(child, events);
  } catch (error) {
    // Most failures to start come as an event, some are thrown.
    const timer = setImmediate(() => {
      events.onEnd(codeOf(error as NodeJS.ErrnoException));
    });
    return { write: () => undefined, dispose: () => clearImmediate(timer) };
  }
};

function follow(child: ChildProcess, { onLine, onEnd }: LineChildEvents): LineChild {
  let isOver = false;
  let pending = '';
  const kill = (): void => {
    isOver = true;
    pending = '';
    child.kill('SIGKILL');
  };
  const end = (reason: string): void => {
    if (isOver) return;
    kill();
    onEnd(reason);
  };
  child.on('error', (error) => {
    end(codeOf(error));
  });
  child.on('close', (code) => {
    end(code === null ? 'EKILLED' : `EXIT_${code}`);
  });
  // There are no streams when the system has no descriptor left for them; then 'error' tells.
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = text.split('\n');
    lines[0] = pending + (lines[0] ?? '');
    pending = lines.pop() ?? '';
    for (const line of lines) if (!isOver) onLine(line.replace(/\r$/, ''));
    if (pending.length > MAX_LINE_CHARACTERS) end('EMSGSIZE');
  });
  // What is written to a child that is ending; 'close' tells of its end.
  child.stdin?.on('error', () => undefined);
  child.unref();
  for (const stream of [child.stdin, child.stdout]) (stream as Socket | null)?.unref();
  return {
    write: (text) => {
      if (!isOver) child.stdin?.write(text);
    },
    dispose: kill,
  };
}

function codeOf(error: NodeJS.ErrnoException): string {
  return error.code ?? error.name;
}

/** The one that every Windows has, by its full path (a bare name might be found in the program's own folder), then version 7. */
export function powerShells(systemRoot: string | undefined): readonly string[] {
  const root = systemRoot ?? String.raw`C:\Windows`;
  return [path.win32.join(root, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe'), 'pwsh.exe'];
}

import type * as nodeFs from 'node:fs';
import type * as vm from 'node:vm';
import { nativeBinding } from './binding';
import { isNativeError } from './builtIns';
import { quietly } from './guard';
import { Notes } from './notes';

/**
 * Node shows an uncaught error with the source line that threw it last. Where an error of Node's came through a hook of
 * ours, that would be a line of ours. So the line is put there that Node would have shown.
 */
const passed = new Notes<boolean>();

/** This error came through a hook, and its stack has been rid of our frames. */
export function passThrough(error: Error): void {
  passed.set(error, true);
}

/** To be called when nobody caught an error, before Node prints it (in a main thread: a worker's is handed to its creator). */
export function restoreExcerpt(error: unknown, isRejection: boolean): void {
  if (!(error instanceof Error) || passed.get(error) === undefined) return;
  const stack = String(error.stack);
  const excerpt = quietly(() => excerptOf(stack, isRejection));
  if (excerpt === undefined || excerpt === null) return;
  // Node marks errors that carry their excerpt in their stack, and prints that alone. It does so for any error that leaves
  // a script run like this.
  quietly(() => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only when something failed
    const { createContext, runInContext } = require('node:vm') as typeof vm;
    runInContext('throw error', createContext({ error }));
  });
  // As Node words it when it prints one.
  const printed =
    error instanceof DOMException ? stack.replace(error.name, `DOMException [${error.name}]`) : stack;
  // What is no native error is printed by another part of Node, with its blank line elsewhere.
  error.stack = isNativeError(error) ? `${excerpt}\n${printed}` : `\n${excerpt}${printed}`;
}

const FRAME = /^ {4}at (?:.*\()?(?:file:\/\/)?([^()]+):(\d+):(\d+)\)?$/;

/**
 * The place where the error was thrown: the first frame that has a source, other than the making of the error itself, which
 * is shown only when a promise was rejected with it.
 */
function excerptOf(stack: string, isRejection: boolean): string | null {
  for (const line of stack.split('\n')) {
    const [, file = '', lineNumber = '', column = ''] = FRAME.exec(line) ?? [];
    if (file === '' || (!isRejection && file.includes('per_context/domexception'))) continue;
    const source = sourceOf(file)?.split('\n')[Number(lineNumber) - 1];
    if (source === undefined) return null;
    return `${file}:${lineNumber}\n${source}\n${' '.repeat(Math.max(0, Number(column) - 1))}^\n`;
  }
  return null;
}

function sourceOf(file: string): string | undefined {
  if (file.startsWith('node:')) {
    const source = nativeBinding('natives')?.[file.slice('node:'.length)];
    return typeof source === 'string' ? source : undefined;
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only when something failed
  return quietly(() => (require('node:fs') as typeof nodeFs).readFileSync(file, 'utf8'));
}

import type * as vm from 'node:vm';
import { nativeBinding } from './binding';
import { quietly } from './guard';

/**
 * Throws a caught error of Node's again. Node shows an uncaught error with the source line that threw it last, which would
 * be a line of ours: so the throw is done by a line that reads like Node's own and claims its place.
 */
export function throwAsNode(error: unknown): never {
  quietly(() => nodesThrow(error))?.();
  throw error;
}

/** A function that throws `error` from the place in Node's own source where it was made, if that is a plain `throw new X(…)`. */
function nodesThrow(error: unknown): (() => void) | undefined {
  if (!(error instanceof Error)) return undefined;
  // Up to v18 the first frames are those of the error's own constructor.
  const place = /^\s+at .*\(node:((?!internal\/errors:)[\w/]+):(\d+):\d+\)$/m.exec(error.stack ?? '');
  const [, id = '', lineNumber = ''] = place ?? [];
  const source = nativeBinding('natives')?.[id];
  const line = typeof source === 'string' ? source.split('\n')[Number(lineNumber) - 1] : undefined;
  const statement = /^\s*throw new (\w+)\(([\w, ]*)\);$/.exec(line ?? '');
  const [, className = '', names = ''] = statement ?? [];
  if (line === undefined || className === '') return undefined;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only when something failed
  const { compileFunction } = require('node:vm') as typeof vm;
  const parameters = names.split(',').map((name) => name.trim());
  const thrower = compileFunction(line, [className, ...parameters.filter((name) => name !== '')], {
    filename: `node:${id}`,
    lineOffset: Number(lineNumber) - 1,
  }) as (Class: () => Error) => void;
  // `new` on a function that returns an object gives that object: the very error.
  return () => {
    thrower(function () {
      return error;
    });
  };
}

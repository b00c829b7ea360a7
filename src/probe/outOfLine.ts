import { apply } from './builtIns';

/**
 * Calls a function that is seldom called from a place that is passed all the time, so that V8 does not compile the one
 * into the other: that would cost more than all the calls.
 */
export class OutOfLine<Arguments extends unknown[], Result> {
  private readonly target: (...args: Arguments) => Result;
  private readonly list: unknown[] = [];

  constructor(target: (...args: Arguments) => Result) {
    this.target = target;
  }

  call(...args: Arguments): Result {
    const { list } = this;
    for (let index = 0; index < args.length; index++) list[index] = args[index];
    try {
      return apply(this.target, undefined, list as Arguments);
    } finally {
      // Nothing of the program's is kept alive.
      list.length = 0;
    }
  }
}

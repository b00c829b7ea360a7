import { apply, defineProperty, deleteProperty, getPrototypeOf } from './builtIns';
import type { Hook } from './location';
import { lookLike } from './lookalike';

/**
 * Sees which events Node emits on an object, without adding listeners and without a frame of ours under the program's
 * listeners: what is hooked is that Node reads `emit` (and `listenerCount`, just before it emits a message).
 */
type Emit = (this: object, type: string | symbol, ...args: unknown[]) => boolean;
type Listener = (this: unknown, ...args: unknown[]) => unknown;

interface Emitting {
  _events?: Record<string | symbol, Listener | Listener[] | undefined>;
}

/**
 * Tells what the next event of this type is emitted with: the event's first listener is ours, and puts the program's list
 * back before any other runs. The result takes it back, for when the event does not come; null where nothing was done, as
 * the program has exactly one listener: Node calls a single one from another line, which shows in stack traces.
 */
export function observeNext(
  emitter: object,
  type: string | symbol,
  observe: (...args: unknown[]) => void,
): (() => void) | null {
  const { _events: events } = emitter as Emitting;
  const original = events?.[type];
  if (events === undefined || typeof original === 'function') return null;
  const first: Listener = (...args) => {
    restore();
    observe(...args);
  };
  const inserted = original === undefined ? first : [first, ...original];
  const restore = (): void => {
    if (events[type] !== inserted) return;
    if (original === undefined) deleteProperty(events, type);
    else events[type] = original;
  };
  events[type] = inserted;
  return restore;
}

/** Makes `emit` of this object (or prototype) a property whose reading is seen. */
export function hookEmit(target: object, inherited: Emit, reading: (emitter: object) => void): void {
  let assigned: Emit | undefined;
  defineProperty(target, 'emit', {
    configurable: true,
    enumerable: false,
    get(this: object) {
      reading(this);
      return assigned ?? inherited;
    },
    set(this: object, value: Emit) {
      if (this === target || getPrototypeOf(this) === target)
        assigned = value === inherited ? undefined : value;
      else defineProperty(this, 'emit', { configurable: true, enumerable: true, writable: true, value });
    },
  });
}

/** `listenerCount` of this object, told of each call. */
export function hookListenerCount(
  target: object,
  counting: (type: unknown, count: number, hook: Hook) => void,
): void {
  const inherited = (target as { listenerCount: (...args: unknown[]) => number }).listenerCount;
  const hook = {
    listenerCount(this: object, type: unknown): number {
      // eslint-disable-next-line prefer-rest-params -- as declared, its length is that of Node's
      const count = apply(inherited, this, arguments) as number;
      counting(type, count, hook);
      return count;
    },
  }.listenerCount;
  lookLike(hook, inherited);
  defineProperty(target, 'listenerCount', {
    configurable: true,
    enumerable: false,
    writable: true,
    value: hook,
  });
}

import { defineProperty, getOwnPropertyDescriptor } from './builtIns';

type Callable = (...args: never[]) => unknown;

/** Gives a replacement (a method) the name and length of what it replaces: the bundle shortens names, and programs may look. */
export function lookLike<F extends Callable>(replacement: F, original: Callable): F {
  for (const key of ['name', 'length'] as const) {
    const descriptor = getOwnPropertyDescriptor(original, key);
    if (descriptor !== undefined) defineProperty(replacement, key, descriptor);
  }
  // Ours are methods, which have none.
  const prototype = getOwnPropertyDescriptor(original, 'prototype');
  if (prototype !== undefined) defineProperty(replacement, 'prototype', prototype);
  return replacement;
}

/** Replaces a method in place, keeping everything else about the property. */
export function replaceMethod(target: object, name: string, replacement: Callable): void {
  const own = getOwnPropertyDescriptor(target, name);
  if (own?.configurable === false && own.writable !== true) return;
  const original = own?.value as Callable | undefined;
  if (original !== undefined) lookLike(replacement, original);
  const shape = own ?? { writable: true, enumerable: false, configurable: true };
  defineProperty(target, name, { ...shape, value: replacement });
}

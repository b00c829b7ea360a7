import type * as nodeUtil from 'node:util';

// Taken before the program can replace them: a broken one must not break the hooks that use it.
export const { isArray } = Array;
export const { defineProperty, getOwnPropertyDescriptor, getOwnPropertySymbols, getPrototypeOf } = Object;
export const { apply, deleteProperty } = Reflect;
// eslint-disable-next-line @typescript-eslint/no-require-imports -- as in linux.ts
export const { isProxy, isNativeError } = (require('node:util') as typeof nodeUtil).types;

import { defineProperty, deleteProperty, getOwnPropertyDescriptor } from './builtIns';
import { quietly } from './guard';

export type Binding = Record<string, unknown>;

/** One of Node's native modules, by process.binding; null where that is disabled (the permission model). */
export function nativeBinding(name: string): Binding | null {
  const own = getOwnPropertyDescriptor(process, 'noDeprecation');
  return (
    quietly(() => {
      // With --pending-deprecation Node warns about this call; the warning would be ours, not the program's.
      // With --no-deprecation it is set already, and read-only.
      if (process.noDeprecation !== true) process.noDeprecation = true;
      try {
        return (process as unknown as { binding(name: string): Binding }).binding(name);
      } finally {
        if (own === undefined) deleteProperty(process, 'noDeprecation');
        else if (own.writable === true) defineProperty(process, 'noDeprecation', own);
      }
    }) ?? null
  );
}

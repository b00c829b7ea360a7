import type * as nodeV8 from 'node:v8';
import type { ProbeContext } from './calls';
import { now } from './clock';
import { quietly } from './guard';

type Field = 'young' | 'old' | 'code' | 'large' | 'other';

/** V8's names of its spaces differ between versions: these are all of 18 to 26. */
const fields: Readonly<Record<string, Field | undefined>> = {
  new_space: 'young',
  old_space: 'old',
  code_space: 'code',
  trusted_space: 'code',
  large_object_space: 'large',
  new_large_object_space: 'large',
  code_large_object_space: 'large',
  trusted_large_object_space: 'large',
};

/**
 * Node's own way to its modules, past whatever the program has made of `require`; in Node 20.16, 22.3 and newer. Captured
 * before the program can replace it.
 */
const { getBuiltinModule } = process as { getBuiltinModule?: (name: string) => unknown };

/**
 * Writes how V8's heap of this thread is divided up. It takes some 20 microseconds, and 3 milliseconds the first time: so
 * not at start-up, most programs are over before this is needed.
 */
export function addHeapSpaces(context: ProbeContext): void {
  if (getBuiltinModule === undefined) return;
  quietly(() => {
    const { getHeapSpaceStatistics } = getBuiltinModule('node:v8') as typeof nodeV8;
    const spaces = getHeapSpaceStatistics();
    const sums = { young: 0, old: 0, code: 0, large: 0, other: 0, physical: 0 };
    for (let index = 0; index < spaces.length; index++) {
      const space = spaces[index] as nodeV8.HeapSpaceInfo;
      sums[fields[space.space_name] ?? 'other'] += space.space_size;
      sums.physical += space.physical_space_size;
    }
    context.log.add('heapSpaces', { time: now(), ...sums });
  });
}

/** Texts of the Memory tab on the parts of a process's memory. */
import type { SegmentKind } from '../src/model/systemTypes';
import type { FactText } from './factTexts';

export const partTexts: Readonly<Record<SegmentKind, FactText>> = {
  text: {
    name: 'Text (code)',
    meaning:
      'Machine code of the program and its libraries: read-only, one copy serves all processes that run it.',
  },
  data: {
    name: 'Data',
    meaning:
      'Constants and global variables of the program and its libraries; what is written to becomes private.',
  },
  brk: { name: 'C heap (brk)', meaning: 'The heap of native code: small blocks that malloc gives out.' },
  anonymous: {
    name: 'Anonymous',
    meaning: 'Memory that belongs to no file: V8’s heaps, Buffers, and large blocks of malloc.',
  },
  jit: { name: 'JIT code', meaning: 'Machine code that V8 made of JavaScript while it ran.' },
  stack: {
    name: 'Stacks',
    meaning: 'One for each thread: the calls it is in, with their local variables.',
  },
  file: {
    name: 'Mapped files',
    meaning: 'Files that are used as if they were memory, other than code and data.',
  },
  shared: {
    name: 'Shared mappings',
    meaning: 'Memory that was made to be shared with other processes. SharedArrayBuffers are not in it.',
  },
  kernel: {
    name: 'Kernel',
    meaning: 'A few pages by which the kernel answers quickly, for example what time it is.',
  },
};

export const partsTexts = {
  title: 'Its parts',
  partColumn: 'Part',
  resident: 'Resident',
  residentMeaning: 'What of it is in memory (RSS); the rest of its address space takes none.',
  privateColumn: 'Private',
  sharedColumn: 'Shared',
  pssColumn: 'PSS',
  swapColumn: 'Swapped',
  swapMeaning: 'What was moved to disk to make room.',
  sum: 'Kernel’s total',
  sumMeaning: 'What the kernel says of the whole process at the same moment (smaps_rollup).',
  sumOfParts: 'Sum of the parts',
  sumOfPartsMeaning: 'The kernel’s own total was not read at this moment.',
  remainder: 'In no part',
  remainderMeaning: 'By how much the kernel’s total exceeds the sum of the parts.',
  v8: 'of it V8’s heaps',
  v8Meaning:
    'As V8 itself counts, a moment earlier or later than the kernel; without its machine code (JIT).',
  notV8: 'of it all else',
  notV8Meaning: 'What is left: Buffers, large blocks of malloc, WebAssembly memory.',
  mappings: (count: string): string => `in ${count} ${count === '1' ? 'mapping' : 'mappings'}`,
  addressSpace: (size: string): string => `${size} of address space`,
  barLabel: (shares: string): string => `Resident memory: ${shares}`,
  stacks: (count: number): string => `Stacks of ${count} threads`,
  stackColumn: 'In memory',
  stackSizeColumn: 'Size',
} as const;

export const spacesTexts = {
  title: 'V8 heap by space',
  meaning: 'V8 keeps objects in spaces by their age and kind. Each JavaScript thread has a heap of its own.',
  columns: {
    young: { name: 'Young', meaning: 'New objects; most of them are garbage soon.' },
    old: { name: 'Old', meaning: 'Objects that outlived two collections of the young ones.' },
    code: { name: 'Code', meaning: 'Machine code of JavaScript, and what it needs.' },
    large: { name: 'Large', meaning: 'Large objects, each with memory of its own; they are never moved.' },
    other: { name: 'Other', meaning: 'All other spaces: read-only and shared ones.' },
    physical: { name: 'In memory', meaning: 'What of all spaces is in memory.' },
  },
} as const;

export const sharingTexts = {
  title: 'Shared with',
  meaning:
    'Files and shared objects that other processes of the program map too. Pages that nobody changed exist in memory only once.',
  none: 'No other process of the program maps what this one does.',
  nameColumn: 'Mapping',
  residentColumn: 'Resident',
  sharedColumn: 'Shared',
  withColumn: 'Also mapped by',
  more: (count: number): string => `and ${count} more`,
  moreMappings: (count: string): string => `${count} smaller ones are not listed.`,
} as const;

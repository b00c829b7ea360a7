/** Texts on waits and on shared memory. */

export const waits = {
  buffer: (number: number | null): string => (number === null ? 'a shared buffer' : `buffer ${number}`),
  cell: (cell: number): string => `cell ${cell}`,
  timeout: (duration: string): string => `timeout ${duration}`,
  noTimeout: 'no timeout',
  on: (call: string, buffer: string, cell: string, timeout: string): string =>
    `${call} on ${buffer}, ${cell}, ${timeout}`,
  at: 'at',
  wokenBy: 'woken by',
  results: {
    ok: 'woken',
    'timed-out': 'timed out',
    'not-equal': 'did not wait: the cell held another value',
  } as Readonly<Record<string, string>>,
  unanswered: 'never woken',
  longTask: (duration: string): string => `Long task: the event loop was held up for at least ${duration}`,
} as const;

export const sharedBufferTexts = {
  title: 'Shared buffers',
  meaning:
    'Memory that several threads of a process read and write directly: nothing is copied, so they must coordinate, with Atomics.',
  none: 'No thread shared memory with another one.',
  kinds: { shared: 'SharedArrayBuffer', wasm: 'WebAssembly.Memory' },
  bufferColumn: 'Buffer',
  sizeColumn: 'Size',
  kindColumn: 'Kind',
  holdersColumn: 'Held by, since',
  holdersTitle: 'Threads that can reach the memory, and since when',
  lineColumn: 'First shared at',
  lineTitle: 'The line at which the memory was first seen to be shared',
  since: (time: string): string => `since ${time}`,
  moreHolders: (count: number): string => `and ${count} more`,
  waitsTitle: 'Waits on shared buffers',
  waitsMeaning:
    'Atomics.wait stops a thread until another one calls Atomics.notify on the same cell, or time is up.',
  openWait: (duration: string): string => `has been waiting for ${duration}`,
  pastWait: (duration: string): string => `waited ${duration}`,
  moreWaits: (count: string): string => `${count} earlier waits are not listed.`,
  moreBuffers: (count: string): string => `${count} more buffers are not listed.`,
} as const;

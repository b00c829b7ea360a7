/**
 * What the threads of a process tell each other at no cost: how many messages with shared buffers are on their way. Only
 * while there are some do receivers look for shared buffers in what they are handed.
 */
export class SharingBoard {
  readonly cells: Int32Array;

  constructor(cells?: Int32Array) {
    this.cells = cells ?? new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  }

  get isAnythingOnItsWay(): boolean {
    return (this.cells[0] ?? 0) > 0;
  }

  /** A message with shared buffers is being sent, to so many receivers. */
  sent(receivers: number): void {
    add(this.cells, 0, receivers);
  }

  arrived(): void {
    if (this.isAnythingOnItsWay) sub(this.cells, 0, 1);
  }
}

// There is no Atomics where Node runs with --no-harmony-atomics.
const builtIns: { readonly Atomics?: typeof Atomics } = globalThis;
const { add, sub } = builtIns.Atomics ?? { add: () => 0, sub: () => 0 };

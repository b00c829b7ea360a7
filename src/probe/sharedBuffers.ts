import type { ProbeContext } from './calls';
import { now } from './clock';
import { bufferBytes, type SharedMemory } from './contents';
import { Notes } from './notes';

/** How a shared buffer came to this thread. */
export interface BufferOrigin {
  readonly via?: number;
  readonly message?: number;
  readonly index?: number;
  /** Its name (`LOG:BUFFER`) in the thread that handed it on. */
  readonly same?: string;
  readonly location?: string | null;
}

/** The shared backing stores this thread holds, by numbers of its own. */
export class SharedBuffers {
  private readonly context: ProbeContext;
  private readonly numbers = new Notes<number>();
  private count = 0;

  constructor(context: ProbeContext) {
    this.context = context;
  }

  /** Some are known: what comes and goes may hold more of them. */
  get areAny(): boolean {
    return this.count > 0;
  }

  /** The number of a buffer, which is told of when it is seen for the first time. */
  numberOf({ buffer, wasmMemory }: SharedMemory, origin: BufferOrigin): number {
    // Growing a WebAssembly.Memory gives it another buffer object over the same memory.
    const known =
      this.numbers.get(buffer) ?? (wasmMemory === null ? undefined : this.numbers.get(wasmMemory));
    const number = known ?? ++this.count;
    this.numbers.set(buffer, number);
    if (wasmMemory !== null) this.numbers.set(wasmMemory, number);
    if (known !== undefined) return number;
    this.context.log.write('sharedBuffer', {
      time: now(),
      buffer: number,
      bytes: bufferBytes(buffer),
      isWasm: wasmMemory !== null,
      via: origin.via ?? null,
      message: origin.message ?? null,
      index: origin.index ?? null,
      same: origin.same ?? null,
      location: origin.location ?? null,
    });
    return number;
  }

  /** What other threads call it. */
  nameOf(number: number): string {
    return `${this.context.log.name}:${number}`;
  }
}

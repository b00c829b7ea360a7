import type { Disposable } from '../base/disposable';

/** What a sampler is told about the run it observes. */
export interface SamplerOptions {
  /** The run's folder: processes that have it in their environment belong to the tree, whoever their parent is. */
  readonly runDirectory: string;
}

/**
 * Looks at the processes of a run from outside, through the operating system. One implementation per system; each
 * writes the records of src/trace/records.ts that its system can fill.
 */
export interface Sampler extends Disposable {
  /** The program's first process. */
  addRoot(pid: number): void;
  /** Looks at everything once. `interval` is the time until the next pass, nanoseconds, for the record. */
  pass(interval: number): void;
  /** Processes of the tree that were alive at the last pass. */
  livePids(): readonly number[];
  /** What the last pass spent on what has a budget of its own, ns of CPU time. */
  readonly budgetedCost: number;
  /** Threads that were alive at the last pass. */
  readonly threadCount: number;
}

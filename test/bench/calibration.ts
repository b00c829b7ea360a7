import type { ObservedNode } from './observedNode';

/** The amount of arithmetic that takes so many microseconds here: the same for bare and observed programs. */
export function calibratedSteps(node: ObservedNode, microseconds: number): number {
  return Math.round(Number(node.program('bare', 'calibrate.js', [])) * microseconds);
}

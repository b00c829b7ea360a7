export type ThreadKind = 'main' | 'worker' | 'native';

/** The states in which a thread spends time. */
export const liveStates = ['new', 'ready', 'running', 'waiting', 'blocked'] as const;
export type LiveState = (typeof liveStates)[number];

export type ThreadState = LiveState | 'terminated';
export const threadStates: readonly ThreadState[] = [...liveStates, 'terminated'];

/**
 * What a thread that is neither running nor ready waits for. `eventLoop` and `idlePool` make it Waiting, all
 * others Blocked, except `unknown`: nobody said, so it is taken as Waiting.
 */
export const waitReasons = [
  'unknown',
  'eventLoop',
  'idlePool',
  'childProcess',
  'lock',
  'pipe',
  'socket',
  'terminal',
  'disk',
  'sleep',
  'stopped',
  'traced',
  'other',
  'atomicsWait',
  'pageFault',
] as const;
export type WaitReason = (typeof waitReasons)[number];

export function isBlocking(reason: WaitReason): boolean {
  return reason !== 'unknown' && reason !== 'eventLoop' && reason !== 'idlePool';
}

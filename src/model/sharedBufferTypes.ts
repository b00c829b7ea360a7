import type { Bytes, Ns } from '../base/units';

/**
 * A backing store under the name that one log has for it (`LOG:BUFFER`). Nodes of the same memory are joined as logs
 * tell of it being passed on: each then leads, over `parent`, to the one that holds the facts.
 */
export interface BufferNode {
  readonly kind: 'buffer';
  readonly name: string;
  parent: BufferNode | null;
  /** Null once joined to another node. */
  facts: SharedBuffer | null;
}

/** One backing store, over all threads. */
export interface SharedBuffer {
  /** The largest size anybody saw; null as long as only waits spoke of it. */
  bytes: Bytes | null;
  isWasm: boolean;
  /** By thread. */
  readonly holders: Map<string, BufferHolder>;
}

export interface BufferHolder {
  readonly threadId: string;
  /** Its first name in the thread's log. */
  readonly name: string;
  readonly since: Ns;
  /** The line at which it was first seen to be shared. */
  readonly location: string | null;
}

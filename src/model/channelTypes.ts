import type { Bytes, Ns } from '../base/units';
import type { Distribution } from './distribution';
import type { ReceiveColumns, SendColumns } from './messageColumns';
import type { Rendezvous } from './rendezvous';
import type { BufferNode } from './sharedBufferTypes';

/** `worker`: parentPort and Worker. `port`: two entangled MessagePorts. `ipc`: process.send and subprocess.send. */
export type ChannelKind = 'worker' | 'port' | 'ipc' | 'broadcast';

export interface Channel {
  /** Made of names in the program's logs, so it is the same in whatever order they were read. */
  readonly id: string;
  readonly kind: ChannelKind;
  /** The call that made it (`worker`, `ipc`). */
  readonly callToken: string | null;
  /** Of a BroadcastChannel. */
  readonly name: string | null;
  /**
   * The two ends, the creator's, the parent's or the first one made first; either may never have been seen. Of a
   * broadcast: one for each member.
   */
  readonly ends: ChannelEnd[];
}

/** One end of a channel: whoever holds it sends on it and receives what the other end (all others) sends. */
export interface ChannelEnd {
  readonly channel: Channel;
  /** Distinguishes ends in keys. */
  readonly serial: number;
  /** The ports that were this end, one after the other: moving a port to another thread makes a new one there. */
  readonly holders: Port[];
  /** Grows with every change of a holder: tells whether derived figures are stale. */
  revision: number;
}

/** An end of a channel as one thread held it: what its log calls `port`. */
export interface Port {
  readonly kind: 'port';
  /** Its log and its number there. */
  readonly log: string;
  readonly number: number;
  readonly threadId: string;
  /** When it came here, and how; null as long as no record said so. */
  since: Ns | null;
  origin: string | null;
  location: string | null;
  /** The end it is; null as long as that cannot be told. */
  end: ChannelEnd | null;
  /** Messages sent and received by the holders before this one: its own are numbered on from there. */
  sentBefore: number;
  receivedBefore: number;
  moved: PortMove | null;
  /** What the holder of the other end had counted in the end, as this thread found out. */
  peer: { readonly sent: number; readonly received: number } | null;
  /** The same end after it was moved, and before. */
  next: Port | null;
  previous: Port | null;
  /** What went and came by this port, to be matched once it is known which end it is. */
  waiting: Transit[];
  /** Like its end's, also before there is one. */
  revision: number;
  readonly sending: Sending;
  readonly receiving: Receiving;
}

/** It left this thread; the counts are its last here. */
export interface PortMove {
  readonly time: Ns;
  readonly sent: number;
  readonly received: number;
}

/** What was sent on a port. Totals count every message, the rest those that have a record of their own. */
export interface Sending {
  total: number;
  /** Totals as the probe counted them, up to message `countedUpTo`; null if it never did. */
  countedBytes: Bytes | null;
  countedUpTo: number;
  /** Of the records after that. */
  recordedBytes: Bytes;
  transferred: number;
  transferredBytes: Bytes;
  first: Ns | null;
  last: Ns | null;
  /** Time spent in sending calls. */
  durations: Distribution | null;
  /** Messages by their line, as indices into `MessageIndex.locations`. */
  lines: Map<number, number> | null;
  columns: SendColumns | null;
}

export interface Receiving {
  total: number;
  first: Ns | null;
  last: Ns | null;
  /** Time spent in handlers. */
  durations: Distribution | null;
  columns: ReceiveColumns | null;
}

/** A port or a shared buffer that went by a message of a port. */
export interface Transit {
  readonly half: 'sent' | 'received';
  readonly message: number;
  readonly index: number;
  readonly subject: Port | BufferNode;
}

/** How reduce finds ports, channels and buffers again; nobody else's business. */
export interface MessageIndex {
  /** Ports of which it is not known (yet) what they are an end of. */
  readonly unplaced: Set<Port>;
  readonly ports: Rendezvous<Port>;
  readonly buffers: Rendezvous<BufferNode>;
  /** By `LOG:BUFFER`. */
  readonly bufferNodes: Map<string, BufferNode>;
  /** Lines of code by number, and their numbers; number 0 is "not known". */
  readonly locations: string[];
  readonly locationNumbers: Map<string, number>;
  nextSerial: number;
  /** Grows with every word on shared memory and on what passed it on: tells whether derived values are stale. */
  sharedRevision: number;
}

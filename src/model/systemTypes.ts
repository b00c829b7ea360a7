import type { Bytes, Ns } from '../base/units';
import type { RecordOf } from '../trace/records';

type Facts<K extends 'processFacts' | 'threadFacts' | 'heapSpaces' | 'mapping'> = Omit<RecordOf<K>, 'kind'>;

/** What the system keeps of a process; the meaning of each field is with the record of this name. */
export interface ProcessFacts extends Omit<Facts<'processFacts'>, 'pid' | 'startTicks' | 'state' | 'limits'> {
  /** The kernel's state letter. */
  readonly state: string | null;
  readonly limits: readonly Limit[];
}

export interface Limit {
  /** The kernel's name: `Max open files`. */
  readonly name: string;
  /** Null: unlimited. */
  readonly soft: number | null;
  readonly hard: number | null;
}

export type ThreadFacts = Omit<Facts<'threadFacts'>, 'lane'>;
export type HeapSpaces = Facts<'heapSpaces'>;
export type Mapping = Omit<Facts<'mapping'>, 'pid' | 'startTicks'>;

export interface Descriptors {
  readonly time: Ns;
  readonly total: number;
  readonly byKind: ReadonlyMap<string, number>;
  /** The lowest numbers, as many as were recorded. */
  readonly list: readonly Descriptor[];
}

export interface Descriptor {
  readonly number: number;
  readonly kind: string;
  readonly name: string;
}

/** Kinds of parts of a process's memory, in the order in which they are shown; see the record `segment`. */
export const segmentKinds = [
  'text',
  'data',
  'brk',
  'anonymous',
  'jit',
  'stack',
  'file',
  'shared',
  'kernel',
] as const;
export type SegmentKind = (typeof segmentKinds)[number];

export interface Segments {
  readonly time: Ns;
  readonly parts: ReadonlyMap<SegmentKind, Segment>;
}

export interface Segment {
  readonly mappings: number;
  readonly size: Bytes;
  readonly rss: Bytes;
  readonly pss: Bytes;
  readonly private: Bytes;
  readonly shared: Bytes;
  readonly swap: Bytes;
}

export interface CpuSample {
  readonly time: Ns;
  /** On a CPU so far, all threads together. */
  readonly cpu: Ns;
}

/** All that some systems tell of a process's memory; see the record `residentMemory`. */
export interface ResidentSample {
  readonly time: Ns;
  readonly rss: Bytes;
  readonly privateCommit: Bytes | null;
}

export interface ListedThread {
  readonly state: string;
  readonly cpu: Ns | null;
}

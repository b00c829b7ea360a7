/** What the Memory tab tells of one process: the parts of its memory, V8's share of them, what it shares with whom. */
import type { Bytes, Ns } from '../base/units';
import { javaScriptThreads, latestHeap } from './selectPanel';
import type { MappingHolder, SharedMapping } from './sharedMappings';
import { segmentKinds, type Segment, type SegmentKind } from './systemTypes';
import type { MemorySample, Process, Thread } from './types';

export interface MemoryPart extends Segment {
  readonly kind: SegmentKind;
}

type Sums = Pick<MemorySample, 'rss' | 'pss' | 'private' | 'shared'>;
const sumNames = ['rss', 'pss', 'private', 'shared'] as const;

export interface MemoryParts {
  readonly time: Ns;
  /** In the order in which they are shown; parts that the process does not have are left out. */
  readonly parts: readonly MemoryPart[];
  /** The kernel's own totals at the same moment; null if they were not read then. */
  readonly totals: Sums | null;
  /** The totals less all parts; null where they add up, or nobody can tell. */
  readonly remainder: Sums | null;
  /** What V8 says of its heaps within `anonymous`, and what is left of that. Null as long as no thread told. */
  readonly anonymous: { readonly v8: Bytes; readonly other: Bytes } | null;
}

export function memoryParts(process: Process): MemoryParts | null {
  const { segments } = process;
  if (segments === null) return null;
  const parts = segmentKinds.flatMap((kind): MemoryPart[] => {
    const segment = segments.parts.get(kind);
    return segment === undefined ? [] : [{ ...segment, kind }];
  });
  const totals = process.memory.findLast(({ time }) => time === segments.time) ?? null;
  return {
    time: segments.time,
    parts,
    totals,
    remainder: totals === null ? null : remainderOf(totals, parts),
    anonymous: anonymousParts(process, segments.parts.get('anonymous'), segments.time),
  };
}

export function sumOfParts(parts: readonly Sums[]): Sums {
  const sums = { rss: 0, pss: 0, private: 0, shared: 0 };
  for (const part of parts) for (const name of sumNames) sums[name] += part[name];
  return sums;
}

function remainderOf(totals: Sums, parts: readonly MemoryPart[]): Sums | null {
  const sums = sumOfParts(parts);
  const remainder = {
    rss: totals.rss - sums.rss,
    pss: totals.pss - sums.pss,
    private: totals.private - sums.private,
    shared: totals.shared - sums.shared,
  };
  return sumNames.some((name) => remainder[name] !== 0) ? remainder : null;
}

export function isAliveAt({ start, end }: Thread, time: Ns): boolean {
  return start <= time && (end === null || end > time);
}

function anonymousParts(process: Process, segment: Segment | undefined, time: Ns): MemoryParts['anonymous'] {
  if (segment === undefined) return null;
  let told = 0;
  let known = false;
  for (const thread of javaScriptThreads(process)) {
    const size = isAliveAt(thread, time) ? heapInMemory(thread) : null;
    if (size === null) continue;
    known = true;
    told += size;
  }
  if (!known) return null;
  // V8 was asked at another moment than the kernel.
  const v8 = Math.min(told, segment.rss);
  return { v8, other: segment.rss - v8 };
}

/** Of a thread's heap what is in memory, without machine code: the kernel counts that apart. */
function heapInMemory(thread: Thread): Bytes | null {
  const spaces = thread.heapSpaces;
  if (spaces === null) return latestHeap(thread)?.total ?? null;
  const { young, old, code, large, other, physical } = spaces;
  const total = young + old + code + large + other;
  return total > 0 ? physical * (1 - code / total) : physical;
}

/** A file or shared object that a process has in memory, and others of the tree too. */
export interface OwnSharedMapping {
  readonly object: string;
  readonly name: string;
  readonly own: MappingHolder;
  /** Those that mapped it while this process did; never empty. */
  readonly others: readonly MappingHolder[];
}

/** Of everything that is shared within the tree what this process takes part in, its largest first. */
export function mappingsSharedBy(process: Process, all: readonly SharedMapping[]): OwnSharedMapping[] {
  return all
    .flatMap(({ object, name, holders }): OwnSharedMapping[] => {
      const own = holders.find((holder) => holder.process === process);
      const others = holders.filter((holder) => holder !== own && haveMet(process, holder.process));
      return own === undefined || others.length === 0 ? [] : [{ object, name, own, others }];
    })
    .sort((a, b) => b.own.rss - a.own.rss);
}

function haveMet(one: Process, other: Process): boolean {
  return one.start < (other.end ?? Infinity) && other.start < (one.end ?? Infinity);
}

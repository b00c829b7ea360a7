import { mappingAt, type Mapping } from './smaps';

/** The parts a process's memory is divided into; see the record `segment` for what they are. */
export type Segment = 'text' | 'data' | 'brk' | 'jit' | 'stack' | 'anonymous' | 'file' | 'shared' | 'kernel';

/** Bytes. private + shared = rss. */
export interface Sum {
  size: number;
  rss: number;
  pss: number;
  private: number;
  shared: number;
  swap: number;
  mappings: number;
}

const KERNEL = /^\[(vdso|vvar|vsyscall|vectors|sigpage|uprobes)/;

/**
 * Which part of its process's memory each mapping belongs to. `stackPointers` are those of its threads: only these tell
 * a thread's stack from other anonymous memory.
 */
export function classify(mappings: readonly Mapping[], stackPointers: readonly number[]): Segment[] {
  const programs = new Set(
    mappings.filter(({ isExecutable }) => isExecutable).map(({ object }) => object ?? ''),
  );
  const stacks = new Set(stackPointers.map((pointer) => mappingAt(mappings, pointer)));
  const segments: Segment[] = [];
  mappings.forEach((mapping, index) => {
    segments.push(segmentOf(mapping, programs, stacks.has(mapping), endsInVariables(index)));
  });
  return segments;

  /** True when the mapping before ends where this one starts and holds a program's variables: those set to zero follow. */
  function endsInVariables(index: number): boolean {
    const before = mappings[index - 1];
    const isAdjacent = before !== undefined && before.end === mappings[index]?.start;
    return isAdjacent && before.isWritable && before.object !== null && segments[index - 1] === 'data';
  }
}

function segmentOf(
  { name, isShared, object, isExecutable, isWritable }: Mapping,
  programs: ReadonlySet<string>,
  hasStackPointer: boolean,
  followsVariables: boolean,
): Segment {
  if (KERNEL.test(name)) return 'kernel';
  if (isShared) return 'shared';
  if (object !== null) {
    if (isExecutable) return 'text';
    return programs.has(object) ? 'data' : 'file';
  }
  if (name === '[heap]') return 'brk';
  if (name.startsWith('[stack') || hasStackPointer) return 'stack';
  if (isExecutable) return 'jit';
  return followsVariables && isWritable && name === '' ? 'data' : 'anonymous';
}

/** The figures of each part; parts without any mapping are left out. */
export function sumParts(
  mappings: readonly Mapping[],
  segments: readonly Segment[],
): ReadonlyMap<Segment, Sum> {
  const parts = new Map<Segment, Sum>();
  mappings.forEach((mapping, index) => {
    const segment = segments[index] ?? 'anonymous';
    const sum = parts.get(segment) ?? emptySum();
    parts.set(segment, sum);
    addTo(sum, mapping);
  });
  return parts;
}

export interface MappedObject extends Sum {
  /** Device and inode. */
  readonly object: string;
  readonly name: string;
}

/** Files and shared objects, all mappings of one together. */
export function sumObjects(mappings: readonly Mapping[]): Map<string, MappedObject> {
  const objects = new Map<string, MappedObject>();
  for (const mapping of mappings) {
    const { object, name } = mapping;
    if (object === null) continue;
    const sum = objects.get(object) ?? { object, name, ...emptySum() };
    objects.set(object, sum);
    addTo(sum, mapping);
  }
  return objects;
}

function addTo(sum: Sum, mapping: Mapping): void {
  sum.mappings++;
  sum.size += mapping.end - mapping.start;
  sum.rss += mapping.rss;
  sum.pss += mapping.pss;
  sum.private += mapping.private;
  sum.shared += mapping.shared;
  sum.swap += mapping.swap;
}

export function emptySum(): Sum {
  return { size: 0, rss: 0, pss: 0, private: 0, shared: 0, swap: 0, mappings: 0 };
}

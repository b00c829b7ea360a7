import type { Bytes } from '../base/units';
import type { Model, Process } from './types';

/** A file or shared object that several processes of the tree map, so that they can share its pages. */
export interface SharedMapping {
  /** Device and inode. */
  readonly object: string;
  readonly name: string;
  readonly holders: readonly MappingHolder[];
}

export interface MappingHolder {
  readonly process: Process;
  /** In memory of this process, and of that the pages that others have in memory as well. */
  readonly rss: Bytes;
  readonly shared: Bytes;
}

/** What two or more processes that were alive at the same time map both: what shares most first. */
export function sharedMappings(model: Model): SharedMapping[] {
  const byObject = new Map<string, { name: string; holders: MappingHolder[] }>();
  for (const process of model.processes.values()) {
    for (const { object, name, rss, shared } of process.mappings.values()) {
      const known = byObject.get(object);
      const holder = { process, rss, shared };
      if (known === undefined) byObject.set(object, { name, holders: [holder] });
      else known.holders.push(holder);
    }
  }
  return [...byObject]
    .map(([object, { name, holders }]) => ({ object, name, holders: holders.filter(overlapsAnother) }))
    .filter(({ holders }) => holders.length > 1)
    .sort((a, b) => sharedBytes(b) - sharedBytes(a));
}

function overlapsAnother({ process }: MappingHolder, index: number, all: readonly MappingHolder[]): boolean {
  return all.some((other, at) => at !== index && areTogether(process, other.process));
}

function areTogether(a: Process, b: Process): boolean {
  return a.start < (b.end ?? Infinity) && b.start < (a.end ?? Infinity);
}

function sharedBytes({ holders }: SharedMapping): Bytes {
  return holders.reduce((sum, { shared }) => sum + shared, 0);
}

import type { Ms } from '../base/units';
import { processCores } from './cores';
import { toMs } from './reportUnits';
import { samplerOverhead } from './selectPanel';
import { sharedMappings } from './sharedMappings';
import { waitReasons, type WaitReason } from './states';
import { segmentKinds, type HeapSpaces, type SegmentKind, type ThreadFacts } from './systemTypes';
import type { Model, Process, SamplerPrecision, Thread } from './types';

/** What the system keeps of a process: a textbook's process control block. Null: not known. */
export interface ProcessFactsReport {
  /** The kernel's state letter of its first thread. */
  readonly state: string | null;
  readonly uid: number | null;
  readonly group: number | null;
  readonly session: number | null;
  readonly priority: number | null;
  readonly nice: number | null;
  readonly policy: string | null;
  /** CPUs it may run on, as a list: `0-3,8`. */
  readonly affinity: string | null;
  /** How many cores it may use at once, and what sets the limit: machine, affinity or cgroup. */
  readonly cores: { readonly count: number; readonly limitedBy: string } | null;
  readonly threads: number | null;
  readonly cgroup: string | null;
  /** What the cgroup allows; null without a limit. */
  readonly cpuLimit: number | null;
  readonly memoryLimitBytes: number | null;
  /** By the kernel's names; null stands for unlimited. */
  readonly limits: Readonly<Record<string, { readonly soft: number | null; readonly hard: number | null }>>;
}

export interface DescriptorsReport {
  readonly total: number;
  readonly byKind: Readonly<Record<string, number>>;
  /** The lowest numbers, as many as were recorded. */
  readonly list: readonly { readonly number: number; readonly kind: string; readonly name: string }[];
}

/** A part of a process's memory; all parts were read at the same moment. */
export interface SegmentReport {
  readonly segment: SegmentKind;
  readonly mappings: number;
  readonly sizeBytes: number;
  readonly rssBytes: number;
  readonly pssBytes: number;
  readonly privateBytes: number;
  readonly sharedBytes: number;
  readonly swapBytes: number;
}

export interface ThreadFactsReport {
  readonly priority: number | null;
  readonly nice: number | null;
  readonly policy: string | null;
  readonly affinity: string | null;
  /** The CPU it ran on last. */
  readonly cpuNumber: number | null;
  readonly voluntarySwitches: number | null;
  readonly involuntarySwitches: number | null;
  readonly minorFaults: number | null;
  readonly majorFaults: number | null;
  /** Addresses as hexadecimal text, of a moment at which it was asleep. */
  readonly stackPointer: string | null;
  readonly programCounter: string | null;
  readonly programCounterIn: string | null;
  readonly stackSizeBytes: number | null;
  readonly stackResidentBytes: number | null;
}

export interface HeapSpacesReport {
  readonly youngBytes: number;
  readonly oldBytes: number;
  readonly codeBytes: number;
  readonly largeBytes: number;
  readonly otherBytes: number;
  readonly physicalBytes: number;
}

/** A file or shared object that several processes of the tree map. */
export interface SharedMappingReport {
  readonly name: string;
  readonly processes: readonly {
    readonly id: string;
    readonly rssBytes: number;
    readonly sharedBytes: number;
  }[];
}

export interface SamplerReport {
  readonly precision: SamplerPrecision;
  /** Time between two looks, and their cost as a share of one core. */
  readonly intervalMs: Ms;
  readonly overhead: number | null;
  /** What the system does not let us read of any process, with the error's code. */
  readonly unreadable: Readonly<Record<string, string>>;
}

export function processFactsReport(model: Model, process: Process): ProcessFactsReport | null {
  const { facts } = process;
  if (facts === null) return null;
  const { state, uid, group, session, priority, nice, policy, affinity, threads, cgroup, cpuLimit } = facts;
  return {
    state,
    uid,
    group,
    session,
    priority,
    nice,
    policy,
    affinity,
    cores: processCores(process, model.run?.cores ?? null),
    threads,
    cgroup,
    cpuLimit,
    memoryLimitBytes: facts.memoryLimit,
    limits: Object.fromEntries(facts.limits.map(({ name, soft, hard }) => [name, { soft, hard }])),
  };
}

export function descriptorsReport({ descriptors }: Process): DescriptorsReport | null {
  if (descriptors === null) return null;
  const { total, byKind, list } = descriptors;
  return { total, byKind: Object.fromEntries(byKind), list };
}

export function segmentReports({ segments }: Process): SegmentReport[] | null {
  if (segments === null) return null;
  return segmentKinds.flatMap((segment) => {
    const part = segments.parts.get(segment);
    if (part === undefined) return [];
    return [
      {
        segment,
        mappings: part.mappings,
        sizeBytes: part.size,
        rssBytes: part.rss,
        pssBytes: part.pss,
        privateBytes: part.private,
        sharedBytes: part.shared,
        swapBytes: part.swap,
      },
    ];
  });
}

export function threadFactsReport({ facts, last }: Thread): ThreadFactsReport | null {
  if (facts === null) return null;
  return {
    priority: facts.priority,
    nice: facts.nice,
    policy: facts.policy,
    affinity: facts.affinity,
    cpuNumber: last?.cpuNumber ?? null,
    voluntarySwitches: facts.voluntarySwitches,
    involuntarySwitches: facts.involuntarySwitches,
    minorFaults: facts.minorFaults,
    majorFaults: facts.majorFaults,
    ...addresses(facts),
    stackSizeBytes: facts.stackSize,
    stackResidentBytes: facts.stackResident,
  };
}

function addresses(
  facts: ThreadFacts,
): Pick<ThreadFactsReport, 'stackPointer' | 'programCounter' | 'programCounterIn'> {
  const { stackPointer, programCounter, programCounterIn } = facts;
  return { stackPointer: hex(stackPointer), programCounter: hex(programCounter), programCounterIn };
}

function hex(address: number | null): string | null {
  return address === null ? null : `0x${address.toString(16)}`;
}

export function heapSpacesReport(spaces: HeapSpaces | null): HeapSpacesReport | null {
  if (spaces === null) return null;
  return {
    youngBytes: spaces.young,
    oldBytes: spaces.old,
    codeBytes: spaces.code,
    largeBytes: spaces.large,
    otherBytes: spaces.other,
    physicalBytes: spaces.physical,
  };
}

/** Time blocked for each reason, longest first. */
export function blockedByReport({ timeline }: Thread): { reason: WaitReason; ms: Ms }[] {
  return waitReasons
    .map((reason) => ({ reason, ms: toMs(timeline.blockedBy(reason)) }))
    .filter(({ ms }) => ms > 0)
    .sort((a, b) => b.ms - a.ms);
}

export function sharedMappingReports(model: Model): SharedMappingReport[] {
  return sharedMappings(model).map(({ name, holders }) => ({
    name,
    processes: holders.map(({ process, rss, shared }) => {
      return { id: process.id, rssBytes: rss, sharedBytes: shared };
    }),
  }));
}

export function samplerReport(model: Model): SamplerReport | null {
  const { sampler } = model;
  if (sampler === null) return null;
  return {
    precision: sampler.precision,
    intervalMs: toMs(sampler.interval),
    overhead: samplerOverhead(model),
    unreadable: Object.fromEntries(sampler.unreadable),
  };
}

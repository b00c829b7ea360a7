import { assertUnreachable } from '../base/assertUnreachable';
import type { RecordOf } from '../trace/records';
import { addProcessTime } from './accounting';
import { parseDescriptors, parseLimits, parseThreadList } from './parseFacts';
import { findProcess, mainThread } from './registry';
import { segmentKinds, type SegmentKind } from './systemTypes';
import type { Model, Process } from './types';

export type FactsRecord = RecordOf<
  | 'memory'
  | 'processFacts'
  | 'threadFacts'
  | 'descriptors'
  | 'segment'
  | 'mapping'
  | 'unreadable'
  | 'processSample'
  | 'residentMemory'
>;

/** Records of the sampler that tell what the system keeps of a process or thread. */
export function reduceFacts(model: Model, record: FactsRecord): void {
  if (record.kind === 'threadFacts') {
    const thread = model.index.lanes.get(record.lane);
    if (thread !== undefined) thread.facts = record;
    return;
  }
  if (record.kind === 'unreadable' && record.pid === null) {
    model.sampler?.unreadable.set(record.what, record.reason);
    return;
  }
  const process = record.pid === null ? null : findProcess(model, record.pid, record.startTicks);
  if (process !== null) reduceProcessFacts(model, process, record);
}

function reduceProcessFacts(
  model: Model,
  process: Process,
  record: Exclude<FactsRecord, { kind: 'threadFacts' }>,
): void {
  switch (record.kind) {
    case 'memory': {
      const { time, rss, pss, private: own, shared } = record;
      process.memory.push({ time, rss, pss, private: own, shared });
      return;
    }
    case 'processFacts':
      process.facts = {
        ...record,
        state: record.state === null ? null : String.fromCharCode(record.state),
        limits: parseLimits(record.limits),
      };
      return;
    case 'descriptors': {
      const { time, total, byKind, list } = record;
      process.descriptors = { time, total, ...parseDescriptors(byKind, list) };
      return;
    }
    case 'segment':
      reduceSegment(process, record);
      return;
    case 'mapping':
      if (record.rss > 0) process.mappings.set(record.object, record);
      else process.mappings.delete(record.object);
      return;
    case 'unreadable':
      process.unreadable.set(record.what, record.reason);
      return;
    case 'processSample':
      process.cpuSamples.push({ time: record.time, cpu: record.cpu });
      // A thread that runs JavaScript tells more of itself.
      if (!process.isNode) addProcessTime(model, mainThread(process), record.time, record.cpu);
      process.threadList = parseThreadList(record.threadList) ?? process.threadList;
      return;
    case 'residentMemory':
      process.resident.push({ time: record.time, rss: record.rss, privateCommit: record.privateCommit });
      return;
    default:
      assertUnreachable(record);
  }
}

function reduceSegment(process: Process, record: RecordOf<'segment'>): void {
  if (!isSegmentKind(record.segment)) return;
  const known = process.segments;
  // All parts of one look have the same time.
  const parts = new Map(known?.time === record.time ? known.parts : []);
  parts.set(record.segment, record);
  process.segments = { time: record.time, parts };
}

function isSegmentKind(text: string): text is SegmentKind {
  return (segmentKinds as readonly string[]).includes(text);
}

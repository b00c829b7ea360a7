import { assertUnreachable } from '../base/assertUnreachable';
import type { RecordOf } from '../trace/records';
import { addHolder, bufferNode, factsOf, joinBuffers, largest } from './bufferNodes';
import { plausible } from './distribution';
import { passOn } from './placePorts';
import { addPort } from './reduceMessages';
import type { Model, SourceState, Wait } from './types';

export type SharedRecord = RecordOf<'sharedBuffer' | 'bufferSent' | 'wait' | 'waitEnd' | 'notify'>;

/** Records of shared memory: who holds it, and who waits on it. */
export function reduceShared(model: Model, record: SharedRecord, sourceNumber: number): void {
  const source = model.index.sources.get(sourceNumber);
  // Every log begins with threadStart; a log without it says nothing that could be placed.
  if (source === undefined) return;
  model.index.messages.sharedRevision++;
  switch (record.kind) {
    case 'sharedBuffer':
      reduceBuffer(model, record, source);
      return;
    case 'bufferSent': {
      const via = source.ports.get(record.via) ?? addPort(model, source, record.via);
      const subject = bufferNode(model, nameOf(source, record.buffer));
      passOn(model, via, { half: 'sent', message: record.message, index: record.index, subject });
      return;
    }
    case 'wait':
      reduceWait(model, record, source);
      return;
    case 'waitEnd': {
      const wait = source.openWaits.get(record.wait);
      if (wait === undefined) return;
      source.openWaits.delete(record.wait);
      wait.result = record.result;
      // Also where its thread's end was read before: this is what ended the wait.
      wait.end = Math.max(record.time, wait.start);
      return;
    }
    case 'notify':
      model.notifies.push({
        time: record.time,
        threadId: source.thread.id,
        bufferName: nameOf(source, record.buffer),
        cell: record.cell,
        byteOffset: record.byteOffset,
        woken: record.woken,
        location: record.location,
      });
      return;
    default:
      assertUnreachable(record);
  }
}

function nameOf(source: SourceState, buffer: number): string {
  return `${source.log}:${buffer}`;
}

function reduceBuffer(model: Model, record: RecordOf<'sharedBuffer'>, source: SourceState): void {
  const name = nameOf(source, record.buffer);
  const node = bufferNode(model, name);
  const facts = factsOf(node);
  facts.bytes = largest(facts.bytes, plausible(record.bytes));
  facts.isWasm ||= record.isWasm;
  const { location } = record;
  addHolder(facts, { threadId: source.thread.id, name, since: record.time, location });
  if (record.same !== null) joinBuffers(node, bufferNode(model, record.same));
  if (record.via === null || record.message === null || record.index === null) return;
  const via = source.ports.get(record.via) ?? addPort(model, source, record.via);
  passOn(model, via, { half: 'received', message: record.message, index: record.index, subject: node });
}

function reduceWait(model: Model, record: RecordOf<'wait'>, source: SourceState): void {
  const wait: Wait = {
    start: record.time,
    end: null,
    reason: 'atomicsWait',
    location: record.location,
    callToken: null,
    threadId: source.thread.id,
    bufferName: nameOf(source, record.buffer),
    cell: record.cell,
    byteOffset: record.byteOffset,
    timeoutMs: record.timeoutMs,
    isAsync: record.async,
    result: null,
  };
  model.waits.push(wait);
  source.openWaits.set(record.wait, wait);
  if (!record.async) source.thread.blockedSpans.push(wait);
}

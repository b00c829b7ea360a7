import { assertUnreachable } from '../base/assertUnreachable';
import type { RecordOf } from '../trace/records';
import { addKill } from './kills';
import type { Deed, Model, Thread } from './types';

export type DeedRecord = RecordOf<'kill' | 'terminate' | 'unobserved' | 'longTask'>;

/** Records of what a thread did to others, and of what held itself up. */
export function reduceDeeds(model: Model, record: DeedRecord, sourceNumber: number): void {
  const source = model.index.sources.get(sourceNumber);
  // Every log begins with threadStart; a log without it says nothing that could be placed.
  if (source === undefined) return;
  switch (record.kind) {
    case 'kill':
      addKill(model, record, source);
      return;
    case 'terminate': {
      const call = model.calls.get(`${source.log}#${record.call}`);
      const worker = call?.createdThreadId == null ? undefined : model.threads.get(call.createdThreadId);
      if (worker === undefined) return;
      const { time, location } = record;
      setEndedBy(worker, { threadId: source.thread.id, location, time });
      return;
    }
    case 'unobserved': {
      const call = model.calls.get(`${source.log}#${record.call}`);
      if (call !== undefined) call.unobserved ??= record.reason;
      return;
    }
    case 'longTask': {
      const { from, time } = record;
      if (time > from) source.thread.longTasks.push({ start: from, end: time });
      return;
    }
    default:
      assertUnreachable(record);
  }
}

function setEndedBy(worker: Thread, deed: Deed): void {
  const isOver = worker.end !== null && worker.end < deed.time;
  // The first call does it; later ones find it ending. Whoever announced its own end was not ended.
  if (worker.endedBy === null && !isOver && !worker.hasExited) worker.endedBy = deed;
}

import { assertUnreachable } from '../base/assertUnreachable';
import type { RecordOf } from '../trace/records';
import { parseArgs } from './parseArgs';
import { endProcess, ensureProcess, findProcess } from './registry';
import type { Model } from './types';

export type RunRecord = RecordOf<'runStart' | 'rootStart' | 'rootExit' | 'runEnd' | 'notice'>;

/** Records that the run writes about itself. */
export function reduceRun(model: Model, record: RunRecord): void {
  switch (record.kind) {
    case 'runStart':
      model.start = model.index.runStart = record.time;
      model.run = { ...record, args: parseArgs(record.args) };
      return;
    case 'rootStart':
      // When the process is known already this comes late: an editor tells of its terminals in its own time.
      ensureProcess(model, record.pid, record.startTicks, record.time);
      return;
    case 'rootExit': {
      // A VS Code task cannot tell an exit code of 0 from a signal and says neither: what the process itself said stands.
      const isKnown = record.code !== null || record.signal !== null;
      const exit = { code: record.code, signal: record.signal };
      const root = record.pid === null ? null : findProcess(model, record.pid, null);
      if (root !== null) endProcess(model, root, record.time, isKnown ? exit : null, 'parent');
      model.rootExit = isKnown ? exit : (root?.exit ?? exit);
      return;
    }
    case 'runEnd':
      model.ended = true;
      // Where nobody saw the end itself, a process that announced its exit did end.
      for (const process of model.processes.values()) {
        if (process.exitEvent !== null) endProcess(model, process, process.exitEvent, null, 'ownExitEvent');
      }
      return;
    case 'notice':
      model.notices.push({ time: record.time, code: record.code, detail: record.detail });
      return;
    default:
      assertUnreachable(record);
  }
}

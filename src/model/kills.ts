import type { RecordOf } from '../trace/records';
import { signalName } from './signals';
import type { Kill, Model, Process, SourceState } from './types';

/** Signals sent to one pid beyond this many are forgotten, oldest first: only the last ones can have ended it. */
const MAX_KILLS_PER_PID = 64;

/** A thread sent a signal, perhaps to a process whose end is known already. */
export function addKill(model: Model, record: RecordOf<'kill'>, source: SourceState): void {
  const signal = record.signal === null ? null : signalName(record.signal);
  // Null: written before it was sent, by somebody who may have ended by it.
  if ((record.error ?? 0) !== 0 || record.pid === null || signal === null) return;
  // A negative number means the group that this process leads.
  const pid = Math.abs(record.pid);
  const { time, location } = record;
  const kill = { threadId: source.thread.id, location, time, signal };
  const kills = model.index.kills.get(pid);
  if (kills === undefined) model.index.kills.set(pid, [kill]);
  else {
    kills.push(kill);
    if (kills.length > MAX_KILLS_PER_PID) kills.shift();
  }
  for (const process of model.index.byPid.get(pid) ?? []) blame(process, kill);
}

/** Who sent the signal by which a process has just been told to have ended. */
export function findKiller(model: Model, process: Process): void {
  process.killedBy = null;
  for (const kill of model.index.kills.get(process.pid) ?? []) blame(process, kill);
}

/** The first such signal of its life ended it: later ones found it ending. */
function blame(process: Process, kill: Kill): void {
  const { end, exit, killedBy } = process;
  if (exit?.signal !== kill.signal || end === null || kill.time > end || kill.time < process.start) return;
  if (killedBy !== null && killedBy.time <= kill.time) return;
  process.killedBy = { threadId: kill.threadId, location: kill.location, time: kill.time };
}

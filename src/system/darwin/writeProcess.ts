import { NS_PER_MS, type Ns } from '../../base/units';
import type { ChunkWriter } from '../../trace/writer';
import type { FactsWriter } from '../factsWriter';
import type { PsProcess, PsThread } from './psText';

/** So many fit a record's string. */
const MAX_LISTED_THREADS = 400;

/** Writes what ps says of a process: what it used, what it has in memory, its threads, its facts. */
export function writeProcess(
  writer: ChunkWriter,
  facts: FactsWriter,
  time: Ns,
  process: PsProcess,
  listed: readonly PsThread[],
): void {
  const { state, uid, priority, nice, policy, rss, cpuMs } = process;
  const identity = { time, pid: process.pid, startTicks: process.startMs };
  // Without a list it was gone when its threads were asked for.
  const threads = listed.length === 0 ? null : listed.length;
  const threadList = threads === null ? null : listText(listed);
  writer.add('processSample', { ...identity, cpu: cpuMs * NS_PER_MS, threads, threadList });
  writer.add('residentMemory', { ...identity, rss, privateCommit: null });
  facts.write(identity, { state: state?.charCodeAt(0) ?? null, uid, priority, nice, policy, threads });
}

function listText(threads: readonly PsThread[]): string {
  const listed = threads.slice(0, MAX_LISTED_THREADS);
  return JSON.stringify(listed.map(({ state, cpuMs }) => [state ?? '?', cpuMs]));
}

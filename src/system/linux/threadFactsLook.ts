import { threadCpuTime } from '../threadCpuTime';
import type { RecordFields } from '../../trace/records';
import type { ChunkWriter } from '../../trace/writer';
import { pauseAfter, type Look } from './look';
import type { ProcessFolder } from './processFolder';
import { parseStatus } from './procText';
import { mappingAt, type Mapping } from './smaps';
import type { SystemCall } from './systemCall';
import type { ThreadWatch } from './threadWatch';

const INTERVAL_NS = 1e9;
/** More are read at the next looks. */
const MOST_THREADS = 32;

/** What the system keeps of the threads that have run since the last look. */
export class ThreadFactsLook implements Look {
  due = 0;
  private readonly folder: ProcessFolder;
  private readonly writer: ChunkWriter;
  private readonly threads: ReadonlyMap<number, ThreadWatch>;
  private readonly memory: { readonly mappings: readonly Mapping[] };

  constructor(
    folder: ProcessFolder,
    writer: ChunkWriter,
    threads: ReadonlyMap<number, ThreadWatch>,
    memory: { readonly mappings: readonly Mapping[] },
  ) {
    this.folder = folder;
    this.writer = writer;
    this.threads = threads;
    this.memory = memory;
  }

  restart(time: number): void {
    // By then the mappings are known, in which the stacks lie.
    this.due = time + 0.3 * INTERVAL_NS;
  }

  take(time: number): void {
    const begin = threadCpuTime();
    const moved = [...this.threads.values()].filter(({ factsTime, moved }) => moved > factsTime);
    // Those whose turn was longest ago come first, so that busy threads don't keep others from theirs.
    moved.sort((a, b) => a.factsTime - b.factsTime);
    for (const thread of moved.slice(0, MOST_THREADS)) this.takeThread(time, thread);
    const isAll = moved.length <= MOST_THREADS;
    this.due = time + pauseAfter(threadCpuTime() - begin, isAll ? INTERVAL_NS : INTERVAL_NS / 4);
  }

  private takeThread(time: number, thread: ThreadWatch): void {
    const stat = thread.readStat();
    if (!stat.ok || stat.value.state === 'Z') return;
    thread.factsTime = time;
    const status = parseStatus(this.folder.read('status', thread.path) ?? '');
    const call = stat.value.state === 'R' ? null : thread.systemCall();
    const { priority, nice, policy, minorFaults, majorFaults } = stat.value;
    this.writer.add('threadFacts', {
      time,
      lane: thread.lane,
      priority,
      nice,
      policy,
      affinity: status.affinity,
      voluntarySwitches: status.voluntarySwitches,
      involuntarySwitches: status.involuntarySwitches,
      minorFaults,
      majorFaults,
      ...this.place(call),
      ...this.stack(thread),
    });
  }

  private place(
    call: SystemCall | null,
  ): Pick<RecordFields<'threadFacts'>, 'stackPointer' | 'programCounter' | 'programCounterIn'> {
    const { stackPointer, programCounter } = call ?? { stackPointer: null, programCounter: null };
    const code = programCounter === null ? null : mappingAt(this.memory.mappings, programCounter);
    return { stackPointer, programCounter, programCounterIn: code?.name || null };
  }

  private stack(thread: ThreadWatch): Pick<RecordFields<'threadFacts'>, 'stackSize' | 'stackResident'> {
    const { stackPointer } = thread;
    const stack = stackPointer === null ? null : mappingAt(this.memory.mappings, stackPointer);
    return {
      stackSize: stack === null ? null : stack.end - stack.start,
      stackResident: stack?.rss ?? null,
    };
  }
}

import { NS_PER_MS } from '../../base/units';
import type { ChunkWriter } from '../../trace/writer';
import type { LookTime } from '../watchedTree';
import type { WindowsProcess, WindowsThread } from './lookText';

/** Windows counts CPU time in units of 100 ns, though only every 15.6 ms. */
export const NS_PER_COUNT = 100;

interface Lane {
  readonly lane: number;
  /** What was written last. */
  sample: string;
  priority: number | null;
}

/** The threads of a process from one look to the next, by number and start: numbers are reused. */
export class ThreadLanes {
  private readonly writer: ChunkWriter;
  private readonly nextLane: () => number;
  private lanes = new Map<string, Lane>();

  constructor(writer: ChunkWriter, nextLane: () => number) {
    this.writer = writer;
    this.nextLane = nextLane;
  }

  /** Writes what is new of them. */
  update({ pid, threads }: WindowsProcess, startTicks: number | null, at: LookTime): void {
    const lanes = new Map<string, Lane>();
    // The first one is the main thread: the model relies on that.
    for (const thread of [...threads].sort((a, b) => a.startMs - b.startMs)) {
      const key = `${thread.tid} ${thread.startMs}`;
      const lane = this.lanes.get(key) ?? this.add(pid, startTicks, thread, at);
      lanes.set(key, lane);
      this.sample(lane, thread, at);
    }
    for (const [key, { lane }] of this.lanes) {
      if (!lanes.has(key)) this.writer.add('threadGone', { time: at.time, lane });
    }
    this.lanes = lanes;
  }

  private add(pid: number, processStartTicks: number | null, thread: WindowsThread, at: LookTime): Lane {
    const lane = this.nextLane();
    this.writer.add('thread', {
      time: at.time,
      lane,
      pid,
      processStartTicks,
      tid: thread.tid,
      startTicks: thread.startMs,
      start: Math.min(at.time, at.time - (at.wallMs - thread.startMs) * NS_PER_MS),
      name: '',
    });
    return { lane, sample: '', priority: null };
  }

  private sample(lane: Lane, thread: WindowsThread, { time }: LookTime): void {
    const { cpu, state, waitChannel, priority } = thread;
    const sample = `${cpu} ${state} ${waitChannel ?? ''}`;
    // One that could run and got nothing waited for a CPU all the time: that is news.
    if (sample !== lane.sample || state === 'R') {
      lane.sample = sample;
      this.writer.add('threadSample', {
        time,
        lane: lane.lane,
        cpu: cpu * NS_PER_COUNT,
        runQueue: 0,
        state: state.charCodeAt(0),
        waitChannel,
        systemCall: null,
        majorFaults: null,
        cpuNumber: null,
      });
    }
    if (priority === lane.priority) return;
    lane.priority = priority;
    this.writer.add('threadFacts', {
      time,
      lane: lane.lane,
      priority,
      nice: null,
      policy: null,
      affinity: null,
      voluntarySwitches: null,
      involuntarySwitches: null,
      minorFaults: null,
      majorFaults: null,
      stackPointer: null,
      programCounter: null,
      programCounterIn: null,
      stackSize: null,
      stackResident: null,
    });
  }
}

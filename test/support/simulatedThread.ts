import { NS_PER_MS, type Ns } from '../../src/base/units';
import { emptyModel } from '../../src/model/model';
import { reduce } from '../../src/model/reduce';
import type { Model, Thread } from '../../src/model/types';
import type { TraceRecord } from '../../src/trace/records';
import { STORY_START } from './storyLine';

/** What the kernel does with a thread, one phase after the other; durations in ms. */
export interface Phase {
  readonly does: 'run' | 'queue' | 'sleep';
  readonly ms: number;
}

/** When somebody looks: the time since the last look began, and how long a pass takes after it has seen the thread. */
export interface Look {
  readonly after: number;
  readonly passTakes: number;
}

interface Counters {
  readonly state: 'R' | 'S';
  readonly cpu: Ns;
  readonly runQueue: Ns;
}

const PID = 100;
const LANE = 1;

/**
 * A thread as the kernel accounts for it (on-CPU time at once, waiting for a CPU only when the wait is over) and as a
 * sampler and a probe report it: samples only when something changed, ticks always, the final figures at the end.
 */
export class SimulatedThread {
  readonly phases: readonly Phase[];
  readonly lifeMs: number;

  constructor(phases: readonly Phase[]) {
    this.phases = phases;
    this.lifeMs = phases.reduce((sum, { ms }) => sum + ms, 0);
  }

  /** The truth, ms. */
  total(does: Phase['does']): number {
    return this.phases.reduce((sum, phase) => (phase.does === does ? sum + phase.ms : sum), 0);
  }

  /** The model that the reports of these looks come to. */
  observe(looks: readonly Look[]): Model {
    const model = emptyModel();
    for (const record of this.records(looks)) reduce(model, record, record.kind.startsWith('thread') ? 2 : 1);
    return model;
  }

  private countersAt(ms: number): Counters {
    let [begin, cpu, runQueue] = [0, 0, 0];
    for (const { does, ms: duration } of this.phases) {
      const end = begin + duration;
      if (does === 'run') cpu += Math.min(duration, ms - begin);
      if (does === 'queue' && end <= ms) runQueue += duration;
      if (ms < end) return { state: does === 'sleep' ? 'S' : 'R', ...inNs({ cpu, runQueue }) };
      begin = end;
    }
    return { state: 'R', ...inNs({ cpu, runQueue }) };
  }

  private *records(looks: readonly Look[]): Generator<TraceRecord> {
    yield thread(at(0));
    let ms = 0;
    let last: Counters = { state: 'R', cpu: -1, runQueue: -1 };
    for (const { after, passTakes } of looks) {
      ms += after;
      if (ms + passTakes >= this.lifeMs) break;
      const now = this.countersAt(ms);
      const moved = now.cpu !== last.cpu || now.runQueue !== last.runQueue;
      if (moved || now.state === 'R' || now.state !== last.state) yield sample(at(ms), now);
      last = now;
      ms += passTakes;
      yield { kind: 'tick', time: at(ms), cost: 0, interval: 0, processes: 1, threads: 1 };
    }
    const { cpu, runQueue } = this.countersAt(this.lifeMs);
    const time = at(this.lifeMs);
    yield sample(time, { state: 'R', cpu, runQueue });
    yield { kind: 'processGone', time, pid: PID, startTicks: 1, code: 0, signal: null };
  }
}

export function simulatedMain(model: Model): Thread {
  return model.threads.get(`${PID}/0`)!;
}

function at(ms: number): Ns {
  return STORY_START + ms * NS_PER_MS;
}

function inNs({ cpu, runQueue }: { cpu: number; runQueue: number }) {
  return { cpu: cpu * NS_PER_MS, runQueue: runQueue * NS_PER_MS };
}

function thread(time: Ns): TraceRecord {
  const ids = { lane: LANE, pid: PID, processStartTicks: 1, tid: PID, startTicks: 1 };
  return { kind: 'thread', time, ...ids, start: time, name: 'node' };
}

function sample(time: Ns, { state, cpu, runQueue }: Counters): TraceRecord {
  const waitChannel = state === 'S' ? 'do_epoll_wait' : null;
  return {
    kind: 'threadSample',
    time,
    lane: LANE,
    cpu,
    runQueue,
    state: state.charCodeAt(0),
    waitChannel,
    systemCall: null,
    majorFaults: null,
    cpuNumber: null,
  };
}

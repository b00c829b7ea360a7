import type { Ns } from '../base/units';
import type { RecordFields } from '../trace/records';
import type { ChunkWriter } from '../trace/writer';

/** Whose record it is, and when the system was asked. */
export interface ProcessAt {
  readonly time: Ns;
  readonly pid: number;
  readonly startTicks: number | null;
}

type Facts = Omit<RecordFields<'processFacts'>, keyof ProcessAt>;

const unknown: Facts = {
  state: null,
  uid: null,
  group: null,
  session: null,
  priority: null,
  nice: null,
  policy: null,
  affinity: null,
  threads: null,
  limits: null,
  cgroup: null,
  cpuLimit: null,
  memoryLimit: null,
};

/** Writes those facts of processes that a system tells, when they have changed. */
export class FactsWriter {
  private readonly writer: ChunkWriter;
  /** What was written last, by pid. */
  private readonly written = new Map<number, string>();

  constructor(writer: ChunkWriter) {
    this.writer = writer;
  }

  write(process: ProcessAt, facts: Partial<Facts>): void {
    const text = JSON.stringify([process.startTicks, facts]);
    if (this.written.get(process.pid) === text) return;
    this.written.set(process.pid, text);
    this.writer.add('processFacts', { ...process, ...unknown, ...facts });
  }

  /** Forgets all processes but these. */
  keep(pids: ReadonlySet<number>): void {
    for (const pid of this.written.keys()) if (!pids.has(pid)) this.written.delete(pid);
  }
}
